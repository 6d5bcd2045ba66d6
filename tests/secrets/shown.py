#!/usr/bin/env python3
"""No format shows a credential, whichever finding quotes it or is beside it.

    tests/secrets/shown.py DIALOGC [FORMS]

Puts made-up credentials of several forms into every place of a template that a finding can speak of, into names
of files, profiles, projects and conversations, and looks for them, and for their beginnings, in all output. FORMS: how
many of the forms to try.
"""
import os, subprocess, sys, tempfile

DIALOGC = os.path.abspath(sys.argv[1])
FORMATS = ["human", "json", "sarif", "github", "junit"]

FORMS = [
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "xoxb-123456789012-123456789012-madeUpMadeUp1234",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cC1zaWduYXR1cmUtMTIz",
    "sk_live_madeUpMadeUp12345678",
    "00D5g000001abcd!AQEAQNRaEmIuJ.madeUpMadeUp1234567890",
][:int(sys.argv[2]) if len(sys.argv) > 2 else None]

HEAD = "dialogc: 1\ntemplate: sec\ntitle: Sec\nintent: {utterances: [sec me]}\n"
DONE = "messages: {done: Done.}\n"
SERVICE = HEAD + DONE + "services: {s: {auth: none, request: {method: GET, url: \"%s\"%s}}}\n"

PLACES = {
    "message": HEAD + 'messages: {done: "SECRET"}\n',
    "unknown reference beside it": HEAD + 'messages: {done: "SECRET", b: "${nope}"}\n',
    "wrong type beside it": HEAD + 'messages: {done: "SECRET", b: 7}\n',
    "value of an unknown key": HEAD + 'messages: {done: {txt: "SECRET"}}\n',
    "unknown key": HEAD + '"SECRET": 1\n' + DONE,
    "value of a list": HEAD + 'integration: "SECRET"\n' + DONE,
    "type of an entity": HEAD + 'entities: {a: {type: "SECRET"}}\n' + DONE,
    "identifier": HEAD.replace("template: sec", 'template: "SECRET"') + DONE,
    "syntax error beside it": HEAD + 'messages: {done: "SECRET", b: [}\n',
    "duplicate key beside it": HEAD + 'messages: {done: "SECRET", done: x}\n',
    "unknown message": HEAD + DONE + 'flow: [{say: "SECRET"}]\n',
    "unknown entity": HEAD + DONE + 'flow: [{ask: "SECRET"}]\n',
    "profile": HEAD + 'auth: "SECRET"\n' + DONE,
    "http": SERVICE % ("http://a.example.com/SECRET", ""),
    "user of a URL": SERVICE % ("https://u:SECRET@a.example.com/", ""),
    "query of a URL": SERVICE % ("http://a.example.com/?token=SECRET", ""),
    "header": SERVICE % ("http://a.example.com/", ', headers: {X-Any: "SECRET"}'),
    "reference": HEAD + 'messages: {done: "${SECRET}"}\n',
    "environment": HEAD + 'messages: {done: "${env.SECRET}"}\n',
    "title": HEAD.replace("title: Sec", 'title: "SECRET SECRET SECRET SECRET SECRET SECRET"') + DONE,
    "tag": HEAD + "messages: {done: !SECRET x}\n",
    "alias": HEAD + "messages: {done: *SECRET }\n",
    "comment": HEAD + "# dialogc-ignore SECRET\n" + DONE,
    "fragment": HEAD + 'use: ["SECRET"]\n' + DONE,
    "condition": HEAD + "entities: {a: {type: string}}\n" + DONE +
                 'flow: [{ask: a}, {choose: [{when: "${a} = SECRET", then: []}]}, {say: done}]\n',
    "pattern": HEAD + 'entities: {a: {type: pattern, pattern: "(SECRET"}}\n' + DONE,
    "escaped": HEAD + 'messages: {done: "${\\x53ECRET}"}\n',
}


def run(folder, *arguments):
    result = subprocess.run([DIALOGC, *arguments], cwd=folder, capture_output=True)
    return (result.stdout + result.stderr).decode(errors="replace")


def look(failures, what, secret, output):
    """The whole secret, its beginning, and the parts that a name is split into."""
    parts = [secret, secret[:20]] + [part for part in secret.replace("!", ".").split(".") if len(part) > 20]
    for part in parts:
        if part in output:
            failures.append(f"{what} shows {part}:\n{output}")
            return


def check_templates(folder, failures):
    for place, text in PLACES.items():
        for number, form in enumerate(FORMS):
            escaped = "\\x%02x%s" % (ord(form[0]), form[1:])
            content = text.replace("\\x53ECRET", escaped).replace("SECRET", form)
            with open(f"{folder}/t.yaml", "w") as file:
                file.write(content)
            formats = FORMATS if number == 0 else FORMATS[:1] + [FORMATS[1 + number % 4]]
            for name in formats:
                output = run(folder, "check", f"--format={name}", "t.yaml")
                look(failures, f"{place}, {name}", form, output)


def check_other_files(folder, failures):
    secret = FORMS[0]
    good = HEAD + DONE
    files = {
        "project": ("dialogc.yaml", f"dialogc: 1\nlocales: [en]\nvariables: {{env: {{A: {secret}}}}}\n{secret}: 1\n"),
        "auth profile": ("auth/p.yaml", f"dialogc: 1\nprofile: p\napp: {secret}\nclientSecret: {secret}\n"),
        "name of a file": (f"{secret}.yaml", good + "nope: 1\n"),
        "conversation": ("t.test.yaml", f"conversation: {secret}\ncases: [{{name: '{secret}', turns: [{{say: a}}]}}]\n"),
    }
    for what, (path, content) in files.items():
        here = f"{folder}/{what}"
        os.makedirs(f"{here}/auth")
        with open(f"{here}/t.yaml", "w") as file:
            file.write(good)
        with open(f"{here}/{path}", "w") as file:
            file.write(content)
        for name in FORMATS:
            look(failures, f"{what}, {name}", secret, run(here, "check", f"--format={name}"))
            look(failures, f"{what}, {name}", secret, run(here, "check", f"--format={name}", path))
        for name in ["human", "json", "junit"]:
            look(failures, f"{what}, test, {name}", secret, run(here, "test", f"--format={name}"))
        for command in (["auth", "p"], ["auth", secret], ["verify", path], ["list", path], [secret], ["explain", secret]):
            look(failures, f"{what}, {command[0]}", secret, run(here, *command))


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        check_templates(folder, failures)
        check_other_files(folder, failures)
    print("\n".join(failures[:5]))
    print(f"{len(failures)} outputs show a credential")
    sys.exit(1 if failures else 0)


main()
