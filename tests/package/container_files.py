#!/usr/bin/env python3
"""Images are built of every file of the project: `.containerignore` leaves out nothing that git knows.

A pattern without a slash in front counts from the project's folder; `*` stays in a folder, `**` does not.
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
files = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, text=True)
if files.returncode != 0:
    print("this is no checkout of git: skipped")
    sys.exit(0)


def expression(pattern):
    """Matches what the pattern leaves out: a file, or all that is in a folder."""
    words = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    meant = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meant.get(word, re.escape(word)) for word in words) + "(/|$)")


failed = 0
for pattern in (root / ".containerignore").read_text(encoding="utf-8").split("\n"):
    if pattern and not pattern.startswith("#"):
        assert not pattern.startswith("!"), "this test does not know exceptions"
        left_out = [file for file in files.stdout.split("\0") if expression(pattern).match(file)]
        failed += len(left_out)
        if left_out:
            print(f"FAILED {pattern} leaves out {len(left_out)} files, such as {left_out[0]}")
sys.exit(failed > 0)
