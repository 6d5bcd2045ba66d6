#!/usr/bin/env python3
"""What the server knows after many edits is what `dialogc check` finds in the text: property.py DIALOGC SEED COUNT FILE...

Copies the files (templates with their fragments and profiles) into a project, opens them, and edits them at random COUNT
times: characters and lines go, come, are doubled and swapped. After each edit the findings that the server has for the
edited file must be those of a fresh `dialogc check` of the project on the disk; and whatever else an editor asks for
at a place of the file is answered.
"""
import json, pathlib, random, shutil, subprocess, sys, tempfile

from client import Client, uri

program, seed, count = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
PIECES = ["${", "}", ": ", "- ", "\n", "  ", "#", "'", '"', "{", "[", "a", "name", "é", "\U0001F600", "&x ", "*x", "\t",
          "say: ", "ask: ", "use: ", "# dialogc-ignore W0312\n", "\r\n", "${params.noun}", "SELECT Id FROM ", "en: "]
ASKED = ["completion", "hover", "definition", "documentHighlight", "foldingRange", "documentLink", "inlayHint",
         "semanticTokens/full", "codeAction", "documentSymbol"]


def edit(text):
    """A range of the text, and what takes its place."""
    start = chance.randrange(len(text) + 1)
    kind = chance.randrange(6)
    if kind == 0:
        return start, start, chance.choice(PIECES)
    if kind == 1:
        return start, min(len(text), start + chance.randrange(1, 12)), ""
    lines = text.splitlines(keepends=True)
    if not lines:
        return 0, len(text), "dialogc: 1\n"
    at = chance.randrange(len(lines))
    begin = sum(map(len, lines[:at]))
    end = begin + len(lines[at])
    if kind == 2:
        return begin, end, ""
    if kind == 3:
        return begin, begin, lines[at]
    if kind == 4:
        return begin, begin, " " * chance.randrange(1, 4)
    return begin, end, chance.choice(lines)


def position(text, offset):
    """As the protocol counts with UTF-8."""
    lines = text[:offset].encode().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return {"line": len(lines) - 1, "character": len(lines[-1])}


def checked(folder, path):
    """The findings of `dialogc check` in a file: where they begin, with what they are."""
    run = subprocess.run([program, "check", "--format=json", "-C", str(folder)], capture_output=True, check=False)
    found = json.loads(run.stdout)["diagnostics"]
    return sorted((d["range"]["start"]["line"], d["code"], d["message"], d["suggestion"]) for d in found
                  if d["file"] == str(path))


def served(client, path):
    return sorted((d["range"]["start"]["line"] + 1, d["code"], d["message"].split("\n")[0],
                   d.get("data", {}).get("suggestion")) for d in client.diagnostics(path))


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lsp"))
    (folder / "dialogc.yaml").write_text("dialogc: 1\nname: Bot\nlocales: [en]\n")
    texts = {}
    for name in map(pathlib.Path, sys.argv[4:]):
        kind = "fragments" if name.parent.name == "fragments" else "templates"
        path = folder / kind / name.name
        path.parent.mkdir(exist_ok=True)
        shutil.copy(name, path)
        texts[path] = path.read_bytes().decode()
    first = dict(texts)
    client = Client(program)
    client.start(folder, capabilities={"general": {"positionEncodings": ["utf-8"]}})
    for path, text in texts.items():
        client.open(path, text)
    for number in range(count):
        path = chance.choice(list(texts))
        text = texts[path]
        if chance.random() < 0.1:  # the text as it was at first, so that not all is broken in the end
            start, end, new = 0, len(text), first[path]
        else:
            start, end, new = edit(text)
        after = text[:start] + new + text[end:]
        if "\r" in text[max(0, start - 1):end + 1] or "\r" in new:
            client.change(path, {"text": after}, version=number)
        else:
            client.change(path, {"range": {"start": position(text, start), "end": position(text, end)},
                                 "text": new}, version=number)
        texts[path] = after
        path.write_bytes(after.encode())
        for method in ASKED:
            client.ask(f"textDocument/{method}", {
                "textDocument": {"uri": uri(path)}, "position": position(after, chance.randrange(len(after) + 1)),
                "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}}})
        expected, found = checked(folder, path), served(client, path)
        if expected != found:
            sys.exit(f"seed {seed}, edit {number}, {path}:\ncheck  {expected}\nserver {found}")
    sys.exit(client.stop())


main()
