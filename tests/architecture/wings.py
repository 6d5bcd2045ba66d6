#!/usr/bin/env python3
"""Holds the order of the folders: `wings.py docs/architecture.md src OBJECTS`.

The first column of the document's table of folders has them lowest first. Fails on a folder that is
not in it, on an #include of a folder further down, and on files whose functions call each other in a
circle, which the symbols of the compiled OBJECTS tell.
"""
import collections, graphlib, pathlib, re, subprocess, sys

document, source, objects = map(pathlib.Path, sys.argv[1:])
order = re.findall(r"^\| `src/([^`]*)/` \|", document.read_text(), re.M)
mistakes = []
for path in sorted(p for p in source.rglob("*.[ch]") if p.parent != source):
    folder = str(path.parent.relative_to(source))
    if folder not in order:
        mistakes.append(f"{path}: {document} does not list its folder")
        continue
    for name in re.findall(r'^#include "(.*)/[^/]*"', path.read_text(), re.M):
        if name not in order or order.index(name) > order.index(folder):
            mistakes.append(f"{path}: {folder} must not include {name}, which is above it")

defined, wanted = {}, collections.defaultdict(set)
for line in subprocess.check_output(["nm", "-A", *sorted(objects.rglob("*.c.o"))], text=True).splitlines():
    path, entry = line.split(":", 1)
    file = path.split(".dir/")[1][:-2]
    kind, symbol = entry.split()[-2:]
    if kind in "TDBR":
        defined[symbol] = file
    elif kind == "U":
        wanted[file].add(symbol)
calls = {file: {defined[s] for s in symbols if defined.get(s, file) != file} for file, symbols in wanted.items()}
try:
    graphlib.TopologicalSorter(calls).prepare()
except graphlib.CycleError as error:
    mistakes.append("a circle of calls: " + " <- ".join(error.args[1]))
print("\n".join(mistakes) or f"{len(order)} folders, {len(calls)} files: no way up, no circle")
sys.exit(len(mistakes) > 0)
