#!/usr/bin/env python3
"""Explores a template with one planted error at a time: each must be found, and be called by its name.

    explored.py DIALOGC [STEP]

errors.json has the errors: of each its family, the changes of the template's text, and a part of what must be reported.
The template without an error must have no finding. All of them, or every STEPth, are explored in one run.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

program, here = os.path.abspath(sys.argv[1]), pathlib.Path(__file__).parent
planted = json.loads((here / "errors.json").read_text(encoding="utf-8"))
step = int(sys.argv[2]) if len(sys.argv) > 2 else 1
base = (here / planted["template"]).read_text(encoding="utf-8")


def plant(number, error):
    """The template with an error, under a name of its own."""
    text = base
    for old, new in error["change"]:
        assert text.count(old) == 1, f"{error['what']}: the template has {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    return text.replace("template: order\n", f"template: order-{number}\n") \
        .replace("title: Order Tea\n", f"title: Order Tea {number}\n").replace("[order tea]", f"[order tea {number}]")


def explore(folder):
    run = subprocess.run([program, "test", "--explore", "--format=json", folder], capture_output=True, text=True, timeout=900)
    assert run.returncode == 1 and run.stdout, run.stderr
    return {result["dialog"]: result for result in json.loads(run.stdout)}


def said_of(result):
    return [finding["message"] for finding in result["findings"]] + \
        [f"{gap['message']}: {gap['reason']}" for gap in result["unreached"]]


failed = 0
families = collections.Counter(error["family"] for error in planted["errors"])
with tempfile.TemporaryDirectory() as folder:
    errors = [{"what": "no error", "change": [], "family": "", "finds": None}, *planted["errors"][::step]]
    for number, error in enumerate(errors):
        pathlib.Path(folder, f"order-{number}.yaml").write_text(plant(number, error), encoding="utf-8")
    results = explore(folder)
for number, error in enumerate(errors):
    said = said_of(results[f"order-{number}"])
    found = said == [] if error["finds"] is None else any(error["finds"] in one for one in said)
    failed += not found
    if not found:
        print(f"FAILED {error['family']}: {error['what']}\n  expected: {error['finds']}\n  reported: {said}")
for family, count in families.items():
    if count < 5:
        failed += 1
        print(f"FAILED {family}: only {count} errors")
print(f"{len(errors) - 1} errors of {len(families)} families, {failed} failures")
sys.exit(failed > 0)
