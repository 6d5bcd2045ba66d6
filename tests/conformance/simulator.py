#!/usr/bin/env python3
"""Real bot exports run: simulator.py PROGRAM CORPUS [--all] [--least=PER_CENT].

Explores every dialog of every export in CORPUS, and counts those that meet nothing which the simulator cannot do; each
of the others is listed, with the reasons. What else exploring finds is the dialogs' own, and only counted: also that
no conversation comes to an end, which is so of menus that start themselves again, and where the anonymised values of
conditions fit no choice. Large exports take minutes and run with --all alone.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

LIMITATIONS = [
    "nothing simulates",
    "the simulator cannot",
    "asks a language model",
    "is not part of the simulator",
    "does not exist here",
]
ENDLESS = "no conversation comes to an end"
LARGE = 25  # dialogs


def limitations(found):
    """The reasons why a dialog did not run; a finding that no conversation leads to is one of the run itself."""
    return [f["message"] for f in found["findings"]
            if not f["turns"] and f["message"] != ENDLESS or any(words in f["message"] for words in LIMITATIONS)]


def kind(message):
    """A message without what is only of its dialog."""
    return re.sub(r"[:(].*", "", re.sub(r"`[^`]*`", "`…`", message)).strip()


def explore(program, path):
    done = subprocess.run([program, "test", "--explore", "--format=json", "--from", str(path)],
                          capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return [{"dialog": "all of them", "findings": [{"message": done.stderr.strip(), "turns": []}]}]


def main():
    program, corpus, *options = sys.argv[1:]
    least = next((float(o.split("=")[1]) for o in options if o.startswith("--least=")), 97)
    dialogs, failed, own = 0, 0, collections.Counter()
    for path in sorted(pathlib.Path(corpus).glob("*.json")):
        count = len(json.loads(path.read_text()).get("dialogs", []))
        if count == 0 or count > LARGE and "--all" not in options:
            continue
        for found in explore(program, path):
            reasons = limitations(found)
            dialogs += 1
            failed += bool(reasons)
            for reason in reasons:
                print(f"{path.name}: {found['dialog']}: {reason}")
            own.update({kind(f["message"]) for f in found["findings"]} - {kind(r) for r in reasons})
    for message, count in own.most_common():
        print(f"dialogs of which {count:3} have: {message}")
    share = 100 * (dialogs - failed) / dialogs if dialogs else 0
    print(f"{dialogs - failed} of {dialogs} dialogs meet no limitation ({share:.1f} %), {dialogs - own[ENDLESS]} come to an end")
    return 1 if share < least else 0


if __name__ == "__main__":
    sys.exit(main())
