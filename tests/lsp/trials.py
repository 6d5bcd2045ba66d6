#!/usr/bin/env python3
"""Conversations and explorations that an editor starts: trials.py DIALOGC."""
import sys, unittest

from case import TEMPLATE, Case
from client import place, uri

CONVERSATION = """dialogc: 1
conversation: hello
cases:
  - name: it greets
    turns:
      - {user: hi there, bot: Who?}
      - {user: Ada, bot: Hi Ada}
  - name: it does not
    turns:
      - {user: hi there, bot: Whom?}
"""


class Trials(Case):
    def setUp(self):
        super().setUp()
        self.project(hello=TEMPLATE)
        self.path = self.folder / "templates/hello.yaml"
        self.conversation = self.write("templates/hello.test.yaml", CONVERSATION)

    def begin(self, **options):
        self.client.start(self.folder, **options)
        self.client.open(self.path, TEMPLATE)
        self.client.open(self.conversation, CONVERSATION)

    def lenses(self, path):
        return [(lens["range"], lens["command"]["title"], lens["command"]["command"], lens["command"]["arguments"])
                for lens in self.client.ask("textDocument/codeLens", {"textDocument": {"uri": uri(path)}})]

    def run_command(self, command, path):
        result = self.client.ask("workspace/executeCommand", {"command": command, "arguments": [uri(path)]})
        said = [(n["method"], n["params"]["type"], n["params"]["message"]) for n in self.client.notifications
                if n["method"].startswith("window/")]
        return result, said

    def test_lenses(self):
        self.begin(commands=["dialogc.chat"])
        where, arguments = place(1, 0, end=8), [uri(self.path)]
        self.assertEqual(self.lenses(self.path), [
            (where, "Run its conversations", "dialogc.test", arguments), (where, "Chat", "dialogc.chat", arguments),
            (where, "Explore", "dialogc.explore", arguments)])
        self.assertEqual(self.lenses(self.conversation), [
            (place(1, 0, end=12), "Run these conversations", "dialogc.test", [uri(self.conversation)])])
        self.assertEqual(self.lenses(self.path)[2][1], "Explore")

    def test_a_conversation_that_fails_is_a_finding(self):
        self.begin()
        result, said = self.run_command("dialogc.test", self.conversation)
        self.assertEqual(result, {"passed": 1, "failed": 1})
        failure = "turn 1: the message is different\nexpected: bot: [Whom?]\nactual: bot: [Who?]"
        self.assertEqual(said, [
            ("window/logMessage", 3, "passed: it greets"),
            ("window/logMessage", 1, f"failed: it does not\n{failure}"),
            ("window/showMessage", 1, "hello.test.yaml: 1 passed, 1 failed")])
        self.assertEqual(self.client.diagnostics(self.conversation), [
            {"range": place(9, 0, end=36), "severity": 1, "source": "dialogc test", "message": failure}])
        self.client.change(self.conversation, {"range": place(9, 31, end=35), "text": "Who?"})
        self.assertEqual(self.client.diagnostics(self.conversation), [])

    def test_a_template_runs_its_conversations(self):
        self.begin(pulls=False)
        self.assertEqual(self.run_command("dialogc.test", self.path)[0], {"passed": 1, "failed": 1})
        published = [n["params"] for n in self.client.notifications
                     if n["method"] == "textDocument/publishDiagnostics"]
        self.assertEqual([(p["uri"], len(p["diagnostics"])) for p in published], [(uri(self.conversation), 1)])

    def test_explorations(self):
        self.begin()
        result, said = self.run_command("dialogc.explore", self.path)
        self.assertEqual((result["failed"], self.client.diagnostics(self.path)), (0, []))
        self.assertRegex(said[-1][2], r"^hello.yaml: \d+ ways through the dialog, 0 problems$")

    def test_what_cannot_be_run(self):
        self.begin()
        ask = lambda command, *arguments: self.client.ask_error("workspace/executeCommand", {
            "command": command, "arguments": arguments})
        self.assertEqual(ask("dialogc.fly"), {"code": -32602, "message": "there is no command `dialogc.fly`"})
        self.assertEqual(ask("dialogc.test"), {"code": -32602, "message": "the document is not open"})
        self.assertEqual(ask("dialogc.test", "file:///etc/passwd"),
                         {"code": -32602, "message": "the document is not open"})
        self.client.change(self.path, {"text": TEMPLATE + "\n"})
        self.assertEqual(ask("dialogc.test", uri(self.path)),
                         {"code": -32803, "message": "save hello.yaml first: what is saved is run"})
        self.path.write_text(TEMPLATE.replace("${name}", "${nmae}"))
        self.client.open(self.path, self.path.read_text())
        self.assertEqual(ask("dialogc.test", uri(self.path)),
                         {"code": -32803, "message": "nothing was run: what is wrong with the files comes first"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
