#!/usr/bin/env python3
"""How good the layout of dialogs is: `layout.py DIALOGC FILE...` (templates, or artifacts and exports).

Prints numbers, and fails when two nodes overlap or a line goes through a node. The pages of `dialogc preview` have
the places of nodes and the points of lines.
"""
import json
import re
import subprocess
import sys

width, height = 172, 52


def segments(edge):
    points = list(zip(edge["points"][::2], edge["points"][1::2]))
    return [(a, b) for a, b in zip(points, points[1:]) if a != b]


def passes(segment, node):
    (ax, ay), (bx, by) = segment
    return (min(ax, bx) < node["left"] + width and max(ax, bx) > node["left"]
            and min(ay, by) < node["top"] + height and max(ay, by) > node["top"])


def cross(one, other):
    """True when an upright and a level line cross, and do not only touch."""
    for (a, b), (c, d) in ((one, other), (other, one)):
        if a[0] == b[0] and c[1] == d[1]:
            return min(c[0], d[0]) < a[0] < max(c[0], d[0]) and min(a[1], b[1]) < c[1] < max(a[1], b[1])
    return False


def measure(dialog):
    nodes, edges = dialog["nodes"], [edge for edge in dialog["edges"] if edge["points"]]
    overlaps = sum(abs(a["left"] - b["left"]) < width and abs(a["top"] - b["top"]) < height
                   for i, a in enumerate(nodes) for b in nodes[:i])
    through = sum(any(passes(segment, node) for segment in segments(edge)) for edge in edges for node in nodes)
    crossings = sum(cross(a, b) for i, edge in enumerate(edges) for other in edges[:i]
                    if edge["from"] != other["from"] and edge["to"] != other["to"]
                    for a in segments(edge) for b in segments(other))
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for edge in edges for a, b in segments(edge))
    return [len(nodes), len(edges), overlaps, through, crossings, length]


page = subprocess.run([sys.argv[1], "preview", *sys.argv[2:]], stdout=subprocess.PIPE, check=True, text=True).stdout
dialogs = json.loads(re.search(r'id="data">(.*)</script>\n', page).group(1))["dialogs"]
sums = [sum(column) for column in zip(*map(measure, dialogs))]
print(f"{len(dialogs)} dialogs, {sums[0]} nodes, {sums[1]} lines: {sums[2]} overlaps, {sums[3]} lines through nodes, "
      f"{sums[4]} crossings, {sums[5] // max(1, sums[1])} pixels a line")
sys.exit(sums[2] > 0 or sums[3] > 0)
