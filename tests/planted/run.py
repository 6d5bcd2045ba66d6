#!/usr/bin/env python3
"""Plants errors in copies of the templates and checks what finds them: check, test or explore.

    run.py DIALOGC TEMPLATES

Each error says which of them must find it; none may escape all three. Some errors are of a kind that
`check` cannot see; conversations and the exploration must find these.
"""
import os
import shutil
import subprocess
import sys
import tempfile

program, templates = os.path.abspath(sys.argv[1]), sys.argv[2]

# (what, template, [(old, new)], who finds it)
PLANTED = [
    ("a swapped branch", "delete-a-lead",
     [('    "no": [{say: leadKept}, end]', '    "yes": [{say: leadKept}, end]')],
     {"test"}),
    ("a wrong path in an answer", "view-a-lead-by-id",
     [("${viewLeadService.body.Company}", "${viewLeadService.body.Compny}")],
     {"check"}),
    ("an unescaped quote in a message", "create-a-lead",
     [("  leadCreated:\n    text:\n", "  leadCreated:\n    script: |\n      print('{\"text\": \"The lead ' + context.entities.lastName + ' has been created.\"}');\n  unused:\n    text:\n"),
      ("    buttons:\n", "    buttons:\n")],
     {"test", "explore"}),
    ("an unescaped quote in a body", "create-a-lead", "RAW", {"check"}),
    ("a missing case", "update-a-lead",
     [("      - when: [status, all]", "      - when: [status]")],
     {"test"}),
    ("the wrong entity in a field", "create-a-lead",
     [("        LastName: ${lastName}", "        LastName: ${firstName}")],
     {"test"}),
    ("a required field that is missing", "create-a-lead",
     [("        Company: ${companyName}\n", "")],
     {"check"}),
    ("a value that is no date", "create-a-task",
     [("ActivityDate: ${", "ActivityDate: soon ${")],
     {"check"}),
    ("a name of the platform that is misspelt", "create-a-lead",
     [("The lead ${firstName} ${lastName} has been created.",
       "The lead {{context.entities.frstName}} ${lastName} has been created.")],
     {"test"}),
    ("another one, in a plain text", "update-a-lead",
     [("There is no such lead any more.", "There is no lead {{context.entities.recrdId}} any more.")],
     {"test", "explore"}),
    ("an exception in a script", "create-a-lead",
     [("flow:\n", "scripts:\n  compute: |\n    context.total = context.missing.value;\nflow:\n  - run: compute\n")],
     {"test", "explore"}),
    ("a loop without a question", "create-a-lead",
     [("flow:\n", "scripts:\n  compute: |\n    context.again = \"yes\";\nflow:\n  - {run: compute, label: again}\n  - choose: ${context.again}\n    cases:\n      - {when: \"yes\", then: [{goto: again}]}\n")],
     {"check"}),
    ("a text that one language lacks", "create-a-lead",
     [("      de: Wie lautet der Vorname?\n", "")],
     {"check"}),
    ("the wrong method", "update-a-lead",
     [("      update: Lead\n      id: ${recordId}\n", "      create: Lead\n")],
     {"check"}),
]


def run(*arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120)


def plant(name, text, changes):
    """The text with the error in it."""
    if changes == "RAW":
        start, end, flow = text.index("  createLeadService:"), text.index("messages:"), text.index("flow:")
        service = """  createLeadService:
    unprepared: true
    request:
      method: POST
      url: "https://${env.SALESFORCE_INSTANCE}/services/data/v62.0/sobjects/Lead"
      headers: {Accept: application/json, Content-Type: application/json}
      body: {LastName: "${lastName}", Company: "${companyName}"}
    samples: [{status: 201, body: {id: 00Q5g00000DZ0d4EAD}}]

"""
        steps = """flow:
  - ask: [firstName, lastName, companyName]
  - {call: createLeadService, success: [{say: leadCreated}]}
"""
        return text[:start] + service + text[end:flow] + steps
    for old, new in changes:
        assert old in text, f"{name}: the template has no {old!r}"
        text = text.replace(old, new)
    return text


def finders(name, template, changes):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(templates, template)
        text = open(source + ".yaml", encoding="utf-8").read()
        path = os.path.join(folder, template + ".yaml")
        planted = plant(name, text, changes)
        assert planted != text, f"{name}: nothing was planted"
        open(path, "w", encoding="utf-8").write(planted)
        shutil.copy(source + ".test.yaml", folder)
        found = set()
        check = run("check", path)
        if check.returncode != 0:
            return {"check"}, check.stderr
        test = run("test", folder)
        if test.returncode != 0:
            found.add("test")
        explored = run("test", "--explore", path)
        if explored.returncode != 0:
            found.add("explore")
        return found, check.stderr + test.stdout + explored.stdout


failed = 0
for what, template, changes, expected in PLANTED:
    found, output = finders(what, template, changes)
    good = found == expected
    failed += not good
    print(f"{'ok    ' if good else 'FAILED'} {what} ({template}): found by {', '.join(sorted(found)) or 'nobody'}")
    if not good:
        print(f"       expected: {', '.join(sorted(expected))}\n{output[:3000]}")
print(f"{len(PLANTED) - failed} of {len(PLANTED)} as expected")
sys.exit(failed > 0)
