#!/usr/bin/env python3
"""What a page holds, without a browser: `data.py DIALOGC`.

Compares the data of the page of order.yaml with order.json (UPDATE_GOLDEN=1 rewrites it), and looks at the
document around it.
"""
import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
dialogc = str(pathlib.Path(sys.argv[1]).resolve())


def page(*operands):
    return subprocess.run([dialogc, "preview", *operands], cwd=here, stdout=subprocess.PIPE, check=True, text=True).stdout


document = page("--coverage", "order.yaml")
text = re.search(r'<script type="application/json" id="data">(.*)</script>\n', document).group(1)
assert "<" not in text and "\u2028" not in text
expected = here / "order.json"
actual = json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"
if os.environ.get("UPDATE_GOLDEN") == "1":
    expected.write_text(actual, encoding="utf-8")
assert actual == expected.read_text(encoding="utf-8"), "the data of the page differ from order.json"

# Besides its data, a page has less than 400 KB, and loads nothing.
assert len(document.encode()) - len(text.encode()) < 400_000
assert not re.search(r"(src|href)=[\"'](?!#)|@import|url\((?!#)", document.replace(text, "").replace("url(#${", "")), "it loads something"

# The policy allows the one style and the one script by what they are.
policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document).group(1)
for tag, directive in ("style", "style-src"), ('script type="module"', "script-src"):
    content = document.split(f"<{tag}>")[1].split(f"</{tag.split()[0]}>")[0]
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    assert f"{directive} 'sha256-{digest}'" in policy, directive
assert re.sub(r"'sha256-[^']*'", "HASH", policy) == (
    "default-src 'none'; script-src HASH; style-src HASH; base-uri 'none'; form-action 'none'")

# What exploration does not reach, and why.
text = re.search(r'id="data">(.*)</script>\n', page("--coverage", "unreached.yaml")).group(1)
dialog = json.loads(text)["dialogs"][0]
assert [node["name"] for node in dialog["nodes"] if not node["reached"]] == ["child"]
names = [node["name"] for node in dialog["nodes"]]
assert [(names[edge["from"]], names[edge["to"]] if "to" in edge else None) for edge in dialog["edges"] if not edge["reached"]] == [
    ("choose1Action", "child"), ("child", None)]
assert dialog["unreached"] == [
    {"text": "never taken: from action choose1Action to child, if `choose1` is 2", "reason": "the condition was never true"},
    {"text": "never entered: say child", "reason": "no transition that was taken leads to it"}]

# The same input gives the same page.
assert page("--coverage", "order.yaml") == document
print("the page is as expected")
