#!/usr/bin/env python3
"""Real bot exports: `bots.py DIALOGC FOLDER TEMPLATE...`.

Installs the templates into every export in the folder, twice, and uninstalls them; the export's own bytes
never change. The additions are valid JSON in the platform's layout, and verify finds nothing in them. The
findings in the exports themselves are counted and must not include errors.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile


def run(dialogc, *arguments):
    return subprocess.run([dialogc, *arguments], capture_output=True, text=True, check=False)


def added_only(old, new):
    """True if `new` is `old` with lines added: `new` has every line of `old`, in order."""
    lines = iter(new.split(b"\n"))
    return all(any(line == other for other in lines) for line in old.split(b"\n"))


def open_lists(text, old, new, indent):
    """`text` without the lines of the empty lists of `old` that have elements in `new`."""
    for key, value in old.items():
        if value == [] and new[key] != []:
            text = text.replace(f'\n{" " * indent}"{key}": [],\n'.encode(), b"\n", 1)
        elif isinstance(value, dict):
            text = open_lists(text, value, new[key], indent + 4)
    return text


def findings(dialogc, path):
    run_ = run(dialogc, "verify", "--format=json", str(path))
    found = json.loads(run_.stdout)["diagnostics"]
    return collections.Counter((d["code"], d["severity"]) for d in found)


def check(dialogc, path, templates, folder, totals):
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
    opened = open_lists(original, json.loads(original), json.loads(installed), 4)
    if not added_only(opened, installed):
        return "installing has changed lines of the export"
    before, after = findings(dialogc, path), findings(dialogc, bot)
    totals.update(before)
    if any(severity == "error" for _, severity in before):
        return f"verify finds errors: {dict(before)}"
    expected = set()
    bot_json = json.loads(original)
    if not bot_json["sentences"]:
        expected.add("W1121")  # without any training nothing is said of the bot's own intents
    if len(bot_json["localeData"]) > 1:
        expected.add("W1122")  # the templates have other languages than the bot
    more = {code: n for (code, _), n in (after - before).items() if code not in expected}
    if more:
        return f"verify finds more in what was installed: {more}"
    spaces = {json.dumps(d.get("vNameSpace")) for d in json.loads(installed)["dialogs"]}
    if len(spaces) > 1 and len(bot_json["dialogs"]) > 1:
        return f"the installed dialogs are in other namespaces: {spaces}"
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
    totals = collections.Counter()
    for path in exports:
        with tempfile.TemporaryDirectory() as folder:
            problem = check(dialogc, path, templates, pathlib.Path(folder), totals)
        if problem is not None:
            failed += 1
            print(f"FAILED {path.name}: {problem}")
    for (code, severity), count in sorted(totals.items()):
        print(f"{code} ({severity}): {count}")
    print(f"{len(exports) - failed} passed, {failed} failed")
    return 1 if failed or not exports else 0


if __name__ == "__main__":
    sys.exit(main())
