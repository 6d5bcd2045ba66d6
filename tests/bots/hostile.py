#!/usr/bin/env python3
"""No text of an input acts on the terminal or the log it is shown in: `hostile.py DIALOGC EXPORT`.

Every text of the export, every key, the names of files and dialogs, and all arguments hold escape
sequences, controls of two bytes, characters that turn the direction of text around, line feeds and
commands of workflow logs. Whatever dialogc says of them, in all its formats, holds none.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

ACTS = ("\x1b]0;T\x07\x1b[31mR\x7f\u202e\u2066\u200b\U000e0041\ufeff\x9b31m\u061c##[error]a##vso[b]\r"
        "\n::error::x\n \u3000::stop-commands::y\n")
TEMPLATE = """dialogc: 1
template: hostile
title: "T %(acts)s"
intent: {utterances: ["ask %(acts)s", plain words here]}
entities: {answer: {type: string, prompt: "P %(acts)s"}}
scripts: {fail: "throw new Error(decodeURIComponent('%(percent)s'));"}
messages:
  shown:
    text: "S %(acts)s \U0001f469\u200d\U0001f467 \u0645\u06cc\u200c\u062e"
    buttons: [{title: "B %(acts)s", url: "https://example.com/?%(acts)s"}]
  all:
    text: "${answer}"
    table: {each: "${context.rows}", columns: [{title: "C %(acts)s", value: "${item.Name}"}]}
%(unknown)s
flow: [{ask: answer}, {say: shown}, {run: fail}, {say: all}]
"""
CONVERSATION = """dialogc: 1
conversation: hostile
cases:
  - name: "N %(acts)s"
    turns: [{user: "plain words here"}, {user: "U %(acts)s", bot: ["E %(acts)s"]}]
"""
failures = []


def spoil(value, key=None):
    """Texts that say what something is called; ids, kinds and structure stay."""
    if isinstance(value, dict):
        return {k: spoil(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [spoil(v, key) for v in value]
    names = ("name", "lname", "title", "displayName", "intent", "text", "shortDesc", "dialogName",
             "idp", "hint", "value", "sentence", "pattern", "refName", "host", "path", "context")
    return value + ACTS if isinstance(value, str) and key in names else value


def spoil_keys(value):
    if isinstance(value, dict):
        return {**{k: spoil_keys(v) for k, v in value.items()}, "k" + ACTS: 1}
    return [spoil_keys(v) for v in value] if isinstance(value, list) else value


def spoil_kinds(bot):
    node = bot["dialogs"][0]["nodes"]
    node[0]["type"] += ACTS
    node[1]["nodeId"] += ACTS
    bot["dialogs"][0]["_id"] += ACTS
    bot["dialogComponents"][0]["type"] += ACTS
    bot["dialogComponents"][1]["_id"] += ACTS
    return bot


def acts(character, before, after):
    """Controls but ends of lines, and what has no form; emoji and letters may be joined."""
    if character in "\n\t":
        return False
    if character == "\u200d" or character == "\u200c":
        return before < "\x80" or after < "\x80"
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def look(what, stream, output, workflow):
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError as error:
        failures.append(f"{what}: {stream} is not UTF-8: {error}")
        return
    found = [c for i, c in enumerate(text) if acts(c, text[i - 1:i] or " ", text[i + 1:i + 2] or " ")]
    if found:
        failures.append(f"{what}: {stream} has {sorted(set(map(ascii, found)))}")
    commands = re.findall(r"##\w*\[|^[\s]*::.*", text, re.MULTILINE)
    ours = r"::(error|warning) file=[^\n]*,title=[EW]\d{4}::[^\n]*"
    wrong = [c for c in commands if not (workflow and re.fullmatch(ours, c))]
    if wrong:
        failures.append(f"{what}: {stream} has the command {wrong[0]!r}")


def run(dialogc, *arguments, stdin=""):
    done = subprocess.run([os.fsencode(a) for a in (dialogc, *arguments)], input=stdin.encode(),
                          capture_output=True, timeout=60, check=False)
    what = " ".join(arguments).encode("unicode_escape").decode()[:100]
    if done.returncode not in (0, 1, 2, 3):
        failures.append(f"{what}: exit status {done.returncode}")
    workflow = "--format=github" in arguments
    look(what, "standard output", done.stdout, workflow)
    look(what, "standard error", done.stderr, workflow)
    return done


def main():
    dialogc = os.path.abspath(sys.argv[1])
    source = pathlib.Path(sys.argv[2], "botDefinition.json").read_text(encoding="utf-8")
    formats = ("human", "json", "sarif", "github", "junit")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("good.json").write_text(source, encoding="utf-8")
        hostile_file = "f" + ACTS.replace("/", "") + ".json"
        for name, bot in (("names.json", spoil(json.loads(source))),
                          ("keys.json", spoil_keys(json.loads(source))),
                          (hostile_file, spoil_kinds(json.loads(source)))):
            pathlib.Path(name).write_text(json.dumps(bot), encoding="utf-8")
            for form in formats:
                done = run(dialogc, "verify", "--format=" + form, name)
                if form in ("json", "sarif"):
                    json.loads(done.stdout)
                elif form == "junit":
                    xml.etree.ElementTree.fromstring(done.stdout)
            for arguments in (("list", name), ("list", "--format=json", name),
                              ("diff", "good.json", name), ("diff", name, "good.json"),
                              ("import", "-o", "imported-" + name[0], name),
                              ("uninstall", "--from", name, "x" + ACTS),
                              ("chat", "--from", name, "x" + ACTS),
                              ("test", "--explore", "--from", name)):
                run(dialogc, *arguments)
        acting = "".join(f"\\U{ord(c):08x}" for c in ACTS)  # as a quoted text of YAML
        names = {"acts": acting, "percent": "%1B%5B31m%0A::error::x"}
        pathlib.Path("hostile.yaml").write_text(TEMPLATE % {**names, "unknown": ""}, encoding="utf-8")
        pathlib.Path("hostile.test.yaml").write_text(CONVERSATION % names, encoding="utf-8")
        wrong = pathlib.Path("w" + ACTS + ".yaml")
        wrong.write_text(TEMPLATE % {**names, "unknown": f'"u {acting}": 1'}, encoding="utf-8")
        for form in formats:
            run(dialogc, "check", "--format=" + form, str(wrong))
            run(dialogc, "check", "--format=" + form, "hostile.yaml", str(wrong))
        for form in ("human", "json", "junit"):
            run(dialogc, "test", "--coverage", "--format=" + form, "hostile.test.yaml")
        run(dialogc, "install", "--into", "names.json", "hostile.yaml")
        talk = "plain words here\nU \x1b[31m\u202e\n/context\n/request\n/save x\x1b.test.yaml\n/x\x1b\n"
        shown = run(dialogc, "chat", "hostile.yaml", stdin=talk).stdout.decode()
        for legitimate in ("\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e"):
            if legitimate not in shown:
                failures.append(f"chat does not show {legitimate!r}")
        x = "x" + ACTS
        for arguments in (("explain", x), (x,), ("help", x), ("-" + x,), ("check", "--" + x),
                          ("check", "nofile" + x), ("schema", x), ("mock-salesforce", "--port", x),
                          ("install", "--into", "good.json", x), ("verify", x), ("auth", x),
                          ("verify", "--format=" + x, "good.json"), ("sobject", "import", x),
                          ("sobject", "show", x), ("sobject", x), ("new", x), ("build", "-o", x, x),
                          ("check", "@" + x), ("check", "--ignore", x, "hostile.yaml"),
                          ("new", "n", "--object", x, "--operation", "create"),
                          ("bundle", "-o", x, "hostile.yaml"), ("test", x), ("chat", "--set", x)):
            run(dialogc, *arguments)
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
