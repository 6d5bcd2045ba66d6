#!/usr/bin/env python3
"""Real exports become templates and back: import.py PROGRAM CORPUS [LEAST [STEP]]

Imports every export in CORPUS, or every STEPth, and builds the project as its user would. Each artifact must have exactly
the dialog of the export: the dialog itself, its components, sentences and patterns, equal as JSON,
including ids. At the end it prints the share of dialogs that needed no `xo` section; below LEAST percent, it fails.

A dialog that is imported alone must not lose anything either, and installing the templates into the
export that they came from must change nothing.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
least = float(sys.argv[3]) if len(sys.argv) > 3 else 0
step = int(sys.argv[4]) if len(sys.argv) > 4 else 1


def run(*arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)


def by_key(elements, key):
    table = {}
    for element in elements:
        table.setdefault(element.get(key), []).append(element)
    return table


def expected(bot, dialog):
    """What carries a dialog in an export: its components, sentences and patterns."""
    components = by_key(bot["dialogComponents"], "_id")
    used = []
    for stub in dialog["nodes"]:
        used.append(stub["componentId"])
        used += [member["componentId"] for member in stub.get("nodes", [])]
    parts = {name: components[name][0] for name in used if name in components}
    intent = parts[dialog["nodes"][0]["componentId"]]
    trained = [intent["refId"]] + [p["refId"] for p in parts.values() if p["type"] == "entity"]
    sentences = [s for s in bot.get("sentences", []) if s["taskId"] == intent["_id"]]
    patterns = [p for p in bot.get("patterns", []) if p["refId"] in trained]
    return parts, sentences, patterns


def difference(bot, dialog, artifact):
    """What the artifact has otherwise than the export; None when it is the same."""
    parts, sentences, patterns = expected(bot, dialog)
    if artifact["dialogs"] != [dialog]:
        return "the dialog"
    if by_key(artifact["dialogComponents"], "_id") != {k: [v] for k, v in parts.items()}:
        return "the components"
    if by_key(artifact["sentences"], "_id") != by_key(sentences, "_id"):
        return "the sentences"
    if by_key(artifact["patterns"], "refId") != by_key(patterns, "refId"):
        return "the patterns"
    return None


def check(path, folder):
    """Messages of what is wrong, the number of dialogs, and how many have an xo section."""
    project = folder / path.stem
    done = run("import", path, "-o", project)
    bot = json.loads(path.read_text())
    if not bot["dialogs"]:
        said = done.stdout + done.stderr
        refused = done.returncode == 1 and "has no dialogs" in said and not project.exists()
        return [] if refused else [f"import of no dialogs: {said}"], 0, 0
    if done.returncode != 0:
        return [f"import: {done.stderr.strip()}"], 0, 0
    done = run("build", "-C", project, "-q")
    if done.returncode != 0:
        return [f"build: {done.stdout}{done.stderr.strip()}"], 0, 0
    artifacts = {}
    for file in (project / "dialogs").glob("*.dialog.json"):
        artifact = json.loads(file.read_text())
        artifacts[artifact["dialogs"][0]["_id"]] = artifact
    problems = []
    for dialog in bot["dialogs"]:
        artifact = artifacts.get(dialog["_id"])
        wrong = "no artifact" if artifact is None else difference(bot, dialog, artifact)
        if wrong:
            problems.append(f"{dialog['lname']}: {wrong}")
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    done = run("install", "-q", "-C", project, "--into", copy)
    if done.returncode != 0 or copy.read_bytes() != path.read_bytes():
        problems.append(f"install: {done.stderr.strip() or 'another export'}")
    texts = [file.read_text() for file in (project / "templates").glob("*.yaml")]
    with_xo = sum(re.search(r"^xo:", text, re.M) is not None for text in texts)
    name = bot["dialogs"][-1]["localeData"]
    alone = folder / (path.stem + "-alone")
    done = run("import", path, "-o", alone, "--dialog", next(iter(name.values()))["name"])
    done = run("build", "-C", alone, "-q") if done.returncode == 0 else done
    built = list((alone / "dialogs").glob("*.dialog.json"))
    if done.returncode != 0 or not built:
        problems.append(f"alone: {done.stdout}{done.stderr.strip()}")
    elif difference(bot, bot["dialogs"][-1], json.loads(built[0].read_text())):
        problems.append("alone: another dialog")
    return problems, len(bot["dialogs"]), with_xo


def main():
    failed = dialogs = with_xo = 0
    share = 100
    exports = sorted(p for p in corpus.glob("*.json") if p.name != "config.json")[::step]
    with tempfile.TemporaryDirectory() as folder:
        for path in exports:
            problems, count, needed = check(path, pathlib.Path(folder))
            dialogs += count
            with_xo += needed
            failed += bool(problems)
            for problem in problems:
                print(f"{path.name}: {problem}")
    print(f"{len(exports) - failed} passed, {failed} failed")
    if dialogs:
        share = 100 * (dialogs - with_xo) / dialogs
        print(f"{dialogs - with_xo} of {dialogs} dialogs need no xo section ({share:.0f} %)")
    sys.exit(failed > 0 or not exports or share < least)


main()
