#!/usr/bin/env python3
"""Real bot exports: `bots.py DIALOGC FOLDER TEMPLATE...`.

Every export of the folder takes the templates, once and again, and gives them back; its own bytes
never change. What is added is valid JSON in the platform's layout.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def run(dialogc, *arguments):
    return subprocess.run([dialogc, *arguments], capture_output=True, text=True, check=False)


def added_only(old, new):
    """True when `new` is `old` with lines added: every line of `old` stands in `new`, in order."""
    lines = iter(new.split(b"\n"))
    return all(any(line == other for other in lines) for line in old.split(b"\n"))


def check(dialogc, path, templates, folder):
    original = path.read_bytes()
    bot = folder / "botDefinition.json"
    bot.write_bytes(original)
    first = run(dialogc, "install", "-q", "--into", str(bot), *templates)
    if first.returncode != 0:
        return f"install: exit status {first.returncode}: {first.stderr}"
    installed = bot.read_bytes()
    text = json.dumps(json.loads(installed), indent=4, ensure_ascii=False).encode()
    if text != installed:
        return "the installed export has another layout"
    # an empty list of the export opens up; everything else is additions
    opened = original
    for key, value in json.loads(original).items():
        if value == [] and json.loads(installed)[key] != []:
            opened = opened.replace(f'    "{key}": [],\n'.encode(), b"", 1)
    if not added_only(opened, installed):
        return "installing has changed lines of the export"
    again = run(dialogc, "install", "--into", str(bot), *templates)
    if not again.stderr.endswith("nothing to change\n") or bot.read_bytes() != installed:
        return f"installing again changes something: {again.stderr}"
    names = [pathlib.Path(template).stem for template in templates]
    back = run(dialogc, "uninstall", "-q", "--from", str(bot), *names)
    if back.returncode != 0 or bot.read_bytes() != original:
        return f"uninstalling does not give back the export: {back.stderr}"
    return None


def main():
    dialogc, corpus, *templates = sys.argv[1:]
    exports = sorted(pathlib.Path(corpus).glob("*.json"))
    failed = 0
    for path in exports:
        with tempfile.TemporaryDirectory() as folder:
            problem = check(dialogc, path, templates, pathlib.Path(folder))
        if problem is not None:
            failed += 1
            print(f"FAILED {path.name}: {problem}")
    print(f"{len(exports) - failed} passed, {failed} failed")
    return 1 if failed or not exports else 0


if __name__ == "__main__":
    sys.exit(main())
