#!/usr/bin/env python3
"""The files in languages/: `run.py DIALOGC DIALOGC-PHRASES LANGUAGES FRAGMENTS`.

The build has compared their sentences with phrases.def already. Here: what that comparison reports, that
each text of the fragments is in every language, and that the files are in Unicode's composed form.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

dialogc, phrases = sys.argv[1:3]
languages, fragments = (pathlib.Path(path) for path in sys.argv[3:5])
names = sorted(path.stem for path in languages.glob("*.yaml"))
failed = 0


def expect(what, actual, wanted):
    global failed
    if actual != wanted:
        failed += 1
        print(f"{what}:\n  expected {wanted!r}\n  actual   {actual!r}")


def said(change):
    """What the program of the build says when a line of the German file is changed."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "de.yaml")
        text = (languages / "de.yaml").read_text(encoding="utf-8")
        changed = re.sub(*change, text, count=1, flags=re.MULTILINE)
        assert changed != text
        file.write_text(changed, encoding="utf-8")
        done = subprocess.run([phrases, pathlib.Path(folder, "out.c"), languages / "en.yaml", file],
                              stderr=subprocess.PIPE, encoding="utf-8")
        return done.returncode, re.sub(r"^.*/", "", done.stderr.strip(), flags=re.MULTILINE)


expect("all ten", names, ["ar", "de", "en", "es", "fr", "hi", "it", "ja", "nl", "pt"])
expect("a sentence is missing", said((r"^failed:.*\n", "")), (1, "de.yaml:4: the sentence `failed` is missing"))
expect("a wrong name", said((r"^may_be_more:", "maybe_more:")),
       (1, "de.yaml:25: unknown sentence `maybe_more`; did you mean `may_be_more`?\n"
        "de.yaml:4: the sentence `may_be_more` is missing"))
expect("a place is missing", said((r"\{limit\}", "80")), (1, "de.yaml:22: this sentence must have `{limit}` once"))
expect("a place twice", said((r"\{limit\}", "{limit}{limit}")),
       (1, "de.yaml:22: this sentence must have `{limit}` once"))
expect("a wrong place", said((r"^no_access: \"", 'no_access: "{reason} ')),
       (1, "de.yaml:15: nothing is put in for `{reason}` here"))
expect("not text", said((r"^no_access:.*", "no_access: [1]")), (1, "de.yaml:15: this must be text"))

for path in languages.glob("*.yaml"):
    text = path.read_text(encoding="utf-8")
    expect(f"{path.name} is composed", text, unicodedata.normalize("NFC", text))

# A template with all fragments, in all languages: nothing is missing, and nothing falls back to English.
NOUNS = ", ".join(f"{name}: {name}-noun" for name in names)
TEMPLATE = f"""dialogc: 1
template: everything
title: Everything
integration: salesforce
auth: salesforce
locales: [en, {", ".join(name for name in names if name != "en")}]
intent: {{utterances: {{{", ".join(f"{name}: [{name} sentence]" for name in names)}}}}}
entities: {{name: {{type: string}}}}
services:
  createService: {{salesforce: {{create: Account, fields: {{Name: "${{name}}"}}}}}}
  readService: {{salesforce: {{retrieve: Account, id: "${{recordId}}", fields: [Name]}}}}
messages: {{created: "${{createService.body.id}}", read: "${{readService.body.Name}}"}}
flow:
  - use: choose-record
    with: {{object: Account, noun: {{{NOUNS}}}, sample: {{Id: 0015g00000AbCdEAAV, Name: Acme}}}}
  - use: record-call
    with: {{service: readService, noun: {{{NOUNS}}}, success: [{{say: read}}]}}
  - ask: name
  - use: create-call
    with: {{service: createService, noun: {{{NOUNS}}}, success: [{{say: created}}]}}
"""
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "everything.yaml")
    file.write_text(TEMPLATE, encoding="utf-8")
    done = subprocess.run([dialogc, "build", "-o", "-", file], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8")
    expect("a template in all languages", (done.returncode, done.stderr), (0, ""))

english = set()
for path in fragments.glob("*.yaml"):
    english |= set(re.findall(r"^ +en: \"?(.*?)\"?$|\{en: ([^}$]*)\}", path.read_text(encoding="utf-8"), re.MULTILINE))
english = {one or other for one, other in english}
places = {"${params.noun.en}": "{noun}", "${searchWord}": "{word}", "${${params.service}.error}": "{reason}"}
table = dict(re.findall(r"^(\w+): \"(.*)\"$", (languages / "en.yaml").read_text(encoding="utf-8"), re.MULTILINE))
for text in english - {"lead, de: Lead"}:
    for reference, place in places.items():
        text = text.replace(reference, place)
    expect("a text of a fragment is a sentence of languages/en.yaml", text in table.values(), True)
print("failed" if failed else f"{len(table)} sentences in {len(names)} languages")
sys.exit(failed > 0)
