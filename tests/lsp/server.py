#!/usr/bin/env python3
"""The language server, as a client sees it: server.py DIALOGC."""
import pathlib, sys, unittest

from case import FRAGMENT, PROGRAM, TEMPLATE, Case
from client import Client, place, uri


class Protocol(Case):
    def test_begins_and_ends(self):
        result = self.client.start(self.folder)
        self.assertEqual(result["serverInfo"]["name"], "dialogc")
        self.assertEqual(result["capabilities"]["positionEncoding"], "utf-16")
        self.assertEqual(self.client.stop(), 0)

    def test_an_end_without_shutdown_is_a_failure(self):
        self.client.start(self.folder)
        self.client.notify("exit")
        self.assertEqual(self.client.end(), 1)

    def test_order_of_life(self):
        self.assertEqual(self.client.ask_error("textDocument/diagnostic"),
                         {"code": -32002, "message": "the server is not initialized yet"})
        self.client.start(self.folder)
        self.assertEqual(self.client.ask_error("initialize"),
                         {"code": -32600, "message": "the server is initialized already"})
        self.client.ask("shutdown")
        self.assertEqual(self.client.ask_error("textDocument/diagnostic"),
                         {"code": -32600, "message": "the server is shut down"})

    def test_answers_whatever_comes(self):
        self.client.start(self.folder)
        cases = [
            (b"Content-Length: 3\r\n\r\n{x}", -32700, "the message is not JSON"),
            (b"Content-Length: 2\r\n\r\n[]", -32600, "the message is neither a request nor a notification"),
            (b"Content-Length: 10\r\n\r\n{\"method\":1}"[:32], -32700, "the message is not JSON"),
            (b"X: 3\r\n\r\n", -32700, "there is no Content-Length before the message"),
            (b"Content-Length: -3\r\n\r\n", -32700, "there is no Content-Length before the message"),
            (b"Content-Length: 99999999\r\n\r\n" + b" " * 99999999, -32600, "the message is too long"),
        ]
        for data, code, message in cases:
            self.client.write(data)
            self.assertEqual(self.client.receive(), {"jsonrpc": "2.0", "id": None,
                                                     "error": {"code": code, "message": message}})
        self.assertEqual(self.client.ask_error("textDocument/fly"),
                         {"code": -32601, "message": "there is no method `textDocument/fly`"})
        self.assertEqual(self.client.ask_error("textDocument/diagnostic", {"textDocument": {"uri": "file:///x"}}),
                         {"code": -32602, "message": "the document is not open"})
        self.client.notify("$/unknown")
        self.client.notify("textDocument/didChange", {"textDocument": 3, "contentChanges": {}})
        self.client.send({"id": 12, "result": None})
        self.assertEqual(self.client.stop(), 0)

    def test_identifiers_come_back_as_they_are(self):
        self.client.start(self.folder)
        for number in ["a", 12345678901234567890, 0]:
            self.client.send({"id": number, "method": "no"})
            self.assertEqual(self.client.receive()["id"], number)

    def test_cancels(self):
        self.client.start(self.folder)
        request = b'{"jsonrpc":"2.0","id":7,"method":"workspace/diagnostic","params":{}}'
        cancel = b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}'
        frame = b"Content-Length: %d\r\n\r\n%s"
        self.client.write(frame % (len(request), request) + frame % (len(cancel), cancel))
        self.assertEqual(self.client.response(7)["error"],
                         {"code": -32800, "message": "the request was cancelled"})

    def test_ends_with_the_stream(self):
        self.client.start(self.folder)
        self.assertEqual(self.client.end(), 1)


class Findings(Case):
    def test_a_finding_has_all_that_there_is(self):
        self.project()
        self.client.start(self.folder, checksUrl="https://example.com/checks#")
        path = self.folder / "templates/hello.yaml"
        self.client.open(path, TEMPLATE.replace("${name}", "${nmae}") + "  - say: greeting\n")
        self.assertEqual(self.client.diagnostics(path), [
            {"range": place(5, 27, end=31), "severity": 1, "code": "E0202", "source": "dialogc",
             "codeDescription": {"href": "https://example.com/checks#e0202"},
             "message": "`nmae` is neither an entity nor a service of this template\ndid you mean `name`?",
             "data": {"suggestion": "name"}}])
        self.client.change(path, {"text": TEMPLATE.replace("messages: {", "messages: {none: Hi, ")})
        self.assertEqual(self.client.diagnostics(path), [
            {"range": place(5, 11, end=15), "severity": 2, "code": "W0312", "source": "dialogc", "tags": [1],
             "codeDescription": {"href": "https://example.com/checks#w0312"},
             "message": "the message `none` is never said"}])

    def test_related_places(self):
        self.project(other=TEMPLATE.replace("hello", "other"))
        self.client.start(self.folder)
        path = self.folder / "templates/hello.yaml"
        self.client.open(path, TEMPLATE)
        found = [d for d in self.client.ask("workspace/diagnostic")["items"] if d["items"]]
        self.assertEqual([(d["uri"], i["code"], i["message"], i["relatedInformation"][0]["location"]["uri"])
                          for d in found for i in d["items"]],
                         [(uri(self.folder / "templates/other.yaml"), "E0510",
                           "another template already has the title `Hi`", uri(path)),
                          (uri(self.folder / "templates/other.yaml"), "E0505",
                           "another template already has the utterance `hi there`", uri(path))])

    def test_changes_of_texts(self):
        self.project()
        self.client.start(self.folder)
        path = self.folder / "templates/hello.yaml"
        self.client.open(path, TEMPLATE)
        self.assertEqual(self.codes(path), [])
        self.client.change(path, {"range": place(5, 27, end=31), "text": "x"})
        self.assertEqual(self.codes(path), ["E0202"])
        self.client.change(path, {"range": place(5, 27, end=28), "text": "na"},
                           {"range": place(5, 29, end=29), "text": "me"})
        self.assertEqual(self.codes(path), [])
        self.client.change(path, {"text": TEMPLATE + TEMPLATE})
        self.assertEqual(self.codes(path)[0], "E0007")
        self.client.change(path, {"range": place(9, 0, 999, 0), "text": ""})
        self.assertEqual(self.codes(path), [])

    def test_positions_count_what_was_agreed_on(self):
        text = TEMPLATE.replace("'Hi ${name}'", "'\U0001F600é ${nmae}'")
        path = self.folder / "templates/hello.yaml"
        self.project()
        self.client.start(self.folder)
        self.client.open(path, text)
        self.assertEqual(self.client.diagnostics(path)[0]["range"], place(5, 28, end=32))
        self.finish()
        self.client = Client(PROGRAM)
        abilities = {"general": {"positionEncodings": ["utf-8", "utf-16"]}}
        result = self.client.start(self.folder, capabilities=abilities)
        self.assertEqual(result["capabilities"]["positionEncoding"], "utf-8")
        self.client.open(path, text)
        self.assertEqual(self.client.diagnostics(path)[0]["range"], place(5, 31, end=35))

    def test_same_findings_are_not_sent_again(self):
        self.project()
        self.client.start(self.folder)
        path = self.folder / "templates/hello.yaml"
        self.client.open(path, TEMPLATE)
        first = self.client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri(path)}})
        self.assertEqual(self.client.ask("textDocument/diagnostic", {
            "textDocument": {"uri": uri(path)}, "previousResultId": first["resultId"]}),
            {"resultId": first["resultId"], "kind": "unchanged"})

    def test_published_when_they_change(self):
        self.project(hello=TEMPLATE.replace("${name}", "${nmae}"))
        self.client.start(self.folder, pulls=False)
        path = self.folder / "templates/hello.yaml"
        published = self.client.wait_for("textDocument/publishDiagnostics")
        self.assertEqual((published["uri"], [d["code"] for d in published["diagnostics"]]),
                         (uri(path), ["E0202"]))
        self.client.open(path, TEMPLATE, 5)
        self.assertEqual(self.client.wait_for("textDocument/publishDiagnostics"),
                         {"uri": uri(path), "version": 5, "diagnostics": []})
        self.client.close(path)
        published = self.client.wait_for("textDocument/publishDiagnostics")
        self.assertEqual([d["code"] for d in published["diagnostics"]], ["E0202"])

    def test_a_fragment_marks_the_templates_that_use_it(self):
        self.project(hello=TEMPLATE + "  - use: parting\n")
        fragment = self.write("fragments/parting.yaml", FRAGMENT)
        path = self.folder / "templates/hello.yaml"
        self.client.start(self.folder)
        self.client.open(path, path.read_text())
        self.client.open(fragment, FRAGMENT)
        self.assertEqual((self.codes(path), self.codes(fragment)), ([], []))
        self.client.change(fragment, {"text": FRAGMENT.replace("parting", "farewell")})
        self.assertEqual((self.codes(path), self.codes(fragment)), (["E0901"], []))
        self.client.change(fragment, {"text": FRAGMENT.replace("say: bye", "say: buy")})
        self.client.ask("workspace/diagnostic")
        self.assertEqual([(d["message"], d["relatedInformation"][-1]["location"]["uri"])
                          for d in self.client.diagnostics(fragment) if d["code"] == "E0204"],
                         [("unknown message `buy`", uri(path))])
        self.client.close(fragment)
        self.assertEqual(self.codes(path), [])

    def test_all_kinds_of_files(self):
        self.project()
        self.client.start(self.folder)
        kinds = {
            "auth/a.yaml": ("dialogc: 1\nprofile: a\ntype: non\n", ["E0104"]),
            "sobjects/Shoe__c.yaml": ("dialogc: 1\nsobject: Shoe__c\n", ["E0103"]),
            "templates/hello.test.yaml": ("dialogc: 1\nconversation: hi\n", ["E0103"]),
            "fragments/f.yaml": ("dialogc: 1\nfragment: f\nmessage: {}\n", ["E0102"]),
        }
        for name, (text, _) in kinds.items():
            self.client.open(self.folder / name, text)
        self.assertEqual({name: self.codes(self.folder / name)[:1] for name in kinds},
                         {name: codes for name, (_, codes) in kinds.items()})
        self.client.open(self.folder / "dialogc.yaml", "dialogc: 1\nnam: Bot\n")
        self.assertEqual(self.codes(self.folder / "dialogc.yaml"), ["E0102"])

    def test_files_of_others_are_left_alone(self):
        self.client.start(self.folder)
        path = self.folder / "compose.yaml"
        self.client.open(path, "services: {web: {image: x}}\n")
        self.assertEqual(self.codes(path), [])
        self.client.open(self.folder / "alone.yaml", TEMPLATE.replace("${name}", "${nmae}"))
        self.assertEqual(self.codes(self.folder / "alone.yaml"), ["E0202"])

    def test_files_without_a_project(self):
        self.client.start(self.folder)
        conversation, fragment, path = (self.folder / name for name in ("a.test.yaml", "bye.yaml", "hello.yaml"))
        text = "dialogc: 1\nconversation: hello\ncases:\n  - name: a\n    turns: [{user: hi}]\n"
        self.client.open(conversation, text)
        self.assertEqual(self.codes(conversation), [])
        self.client.change(conversation, {"range": place(2, 5, end=6), "text": ""})
        self.assertEqual(self.codes(conversation), ["E0005"])
        self.client.open(path, TEMPLATE + "  - use: parting\n")
        self.assertEqual(self.codes(path), ["E0901"])
        self.client.open(fragment, FRAGMENT)
        self.assertEqual((self.codes(path), self.codes(fragment)), ([], []))

    def test_a_clash_stays_until_it_is_over(self):
        self.project(hello=TEMPLATE, other=TEMPLATE.replace("hello", "other"), third=TEMPLATE.replace(
            "hello", "third").replace("title: Hi", "title: Ho").replace("hi there", "ho there"))
        self.client.start(self.folder)
        other, third = (self.folder / f"templates/{name}.yaml" for name in ("other", "third"))
        clash = lambda: [i["code"] for d in self.client.ask("workspace/diagnostic")["items"] for i in d["items"]]
        self.assertEqual(clash(), ["E0510", "E0505"])
        third.unlink()
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(third), "type": 3}]})
        self.assertEqual(clash(), ["E0510", "E0505"])
        other.unlink()
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(other), "type": 3}]})
        self.assertEqual(clash(), [])

    def test_called_dialogs(self):
        caller = TEMPLATE.replace("hello", "caller").replace("title: Hi", "title: Ho").replace(
            "hi there", "ho there") + "  - dialog: hello\n"
        self.project(caller=caller, hello=TEMPLATE)
        path, other = (self.folder / f"templates/{name}.yaml" for name in ("caller", "hello"))
        self.client.start(self.folder)
        self.client.open(path, caller)
        self.client.open(other, TEMPLATE)
        self.assertEqual(self.codes(path), [])
        self.client.change(other, {"text": TEMPLATE.replace("template: hello", "template: hallo")})
        self.assertEqual(self.codes(other), [])
        self.assertEqual([(d["code"], d["data"]) for d in self.client.diagnostics(path)],
                         [("E0213", {"suggestion": "hallo"})])

    def test_nothing_outside_of_the_workspace_is_read(self):
        inner = self.folder / "inner"
        self.write("secret.yaml", "dialogc: 1\nprofile: outside\ntype: none\n")
        self.write("inner/dialogc.yaml", "dialogc: 1\nname: Bot\nauth: [../secret.yaml]\n")
        self.write("dialogc.yaml", "dialogc: 1\nnam: Outer\n")
        self.client.start(inner)
        path = inner / "templates/hello.yaml"
        self.client.open(path, TEMPLATE)
        self.assertEqual(self.codes(path), [])
        self.assertEqual([i["uri"] for i in self.client.ask("workspace/diagnostic")["items"]],
                         [uri(inner / "dialogc.yaml"), uri(path)])

    def test_changes_on_the_disk(self):
        self.project(hello=TEMPLATE)
        path = self.folder / "templates/hello.yaml"
        self.client.start(self.folder, pulls=False)
        path.write_text(TEMPLATE.replace("${name}", "${nmae}"))
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(path), "type": 2}]})
        published = self.client.wait_for("textDocument/publishDiagnostics")
        self.assertEqual([d["code"] for d in published["diagnostics"]], ["E0202"])

    def test_secrets_are_not_shown(self):
        self.project()
        self.client.start(self.folder)
        path = self.folder / "templates/hello.yaml"
        secret = "00Dxx0000001gPL!AQ4AQFzO9yHkU2xVbJtT0sYmNq7cWeRpLgKd3fXa1iBvZuHs6oPj8MnQ5rTyEwCx2LkGhDf"
        self.client.open(path, TEMPLATE.replace("title: Hi", f"titel: {secret}"))
        self.assertNotIn(secret, str(self.client.diagnostics(path)))


class Actions(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.client.start(self.folder)
        self.path = self.folder / "templates/hello.yaml"

    def actions(self, where, **context):
        return self.client.ask("textDocument/codeAction", {
            "textDocument": {"uri": uri(self.path)}, "range": where, "context": {"diagnostics": [], **context}})

    def edits(self, action):
        return action["edit"]["changes"][uri(self.path)]

    def test_a_suggestion_is_a_quick_fix(self):
        self.client.open(self.path, TEMPLATE.replace("${name}", "${nmae}"))
        found = self.client.diagnostics(self.path)
        self.assertEqual(self.actions(place(5, 28), diagnostics=found), [
            {"title": "Change to `name`", "kind": "quickfix", "diagnostics": found, "isPreferred": True,
             "edit": {"changes": {uri(self.path): [{"range": place(5, 27, end=31), "newText": "name"}]}}},
            {"title": "Apply all suggestions of dialogc", "kind": "source.fixAll.dialogc",
             "edit": {"changes": {uri(self.path): [{"range": place(5, 27, end=31), "newText": "name"}]}}}])
        self.assertEqual([a["title"] for a in self.actions(place(0, 0), diagnostics=found)],
                         ["Apply all suggestions of dialogc"])

    def test_all_of_a_kind_at_once(self):
        self.client.open(self.path, TEMPLATE.replace("Hi ${name}", "${nmae} ${nam} ${name | nmber}"))
        first = self.actions(place(5, 24), only=["quickfix"])
        self.assertEqual([a["title"] for a in first], ["Change to `name`", "Change all 2 of E0202 in this file"])
        self.assertEqual(self.edits(first[1]), [{"range": place(5, 24, end=28), "newText": "name"},
                                                {"range": place(5, 32, end=35), "newText": "name"}])

    def test_a_value_in_quotes_stays_in_quotes(self):
        self.client.open(self.path, TEMPLATE.replace("type: string", 'type: "strng"'))
        self.assertEqual(self.edits(self.actions(place(4, 25))[0]),
                         [{"range": place(4, 24, end=31), "newText": '"string"'}])

    def test_a_warning_is_ignored_here(self):
        text = TEMPLATE.replace("messages: {", "messages:\n  none: Hi\n  greeting: '").replace(
            "greeting: 'greeting: 'Hi ${name}'}", "greeting: 'Hi ${name}'")
        self.client.open(self.path, text)
        action = self.actions(place(6, 3))[0]
        self.assertEqual((action["title"], self.edits(action)),
                         ("Ignore W0312 here", [{"range": place(6, 0), "newText": "  # dialogc-ignore W0312\n"}]))
        self.client.change(self.path, {"range": place(6, 0), "text": "  # dialogc-ignore W0311\n"})
        action = [a for a in self.actions(place(7, 3)) if a["title"] == "Ignore W0312 here"][0]
        self.assertEqual(self.edits(action), [{"range": place(6, 24), "newText": " W0312"}])

    def applied(self, text, action):
        """The text after the edits of an action."""
        lines = text.splitlines(keepends=True)
        at = lambda place: sum(map(len, lines[:place["line"]])) + place["character"]
        edits = sorted(self.edits(action), key=lambda e: at(e["range"]["start"]))  # those of one place in their order
        for edit in reversed(edits):
            text = text[:at(edit["range"]["start"])] + edit["newText"] + text[at(edit["range"]["end"]):]
        return text

    def test_required_fields_are_asked_for(self):
        text = """dialogc: 1
template: hello
title: Hi
integration: salesforce
auth: salesforce
intent: {utterances: [hi there]}
entities:
    name: {type: string, prompt: Who?}
services:
  make:
    salesforce:
      create: Lead
      fields: {FirstName: "${name}"}
messages: {greeting: Hi}
flow:
  - ask: name
  - call: make
  - say: greeting
"""
        self.client.open(self.path, text)
        action = self.actions(place(11, 10), only=["refactor"])[0]
        self.assertEqual((action["title"], action["kind"]),
                         ("Ask for the required fields `LastName`, `Company`", "refactor.rewrite"))
        after = self.applied(text, action)
        self.assertEqual(after, text.replace("prompt: Who?}\n", """prompt: Who?}
    lastName:
      type: string
      prompt: "What is the Last Name?"
    company:
      type: string
      prompt: "What is the Company?"
""").replace('"${name}"}', '"${name}", LastName: "${lastName}", Company: "${company}"}').replace(
            "  - call", "  - ask: [lastName, company]\n  - call"))
        self.client.change(self.path, {"text": after})
        self.assertEqual(self.codes(self.path), [])
        self.assertEqual(self.actions(place(11, 10), only=["refactor"]), [])

    def test_a_call_moves_to_a_fragment(self):
        text = """dialogc: 1
template: hello
title: Hi
integration: salesforce
auth: salesforce
intent: {utterances: [hi there]}
services:
    findLead:
        salesforce:
            query: >-
                SELECT Id
                FROM Lead
messages: {found: Hi, none: No}
flow:
    - call: findLead
      failure:
          - say: none
      success: [{say: found}]
"""
        self.client.open(self.path, text)
        self.assertEqual(self.actions(place(14, 10), only=["refactor.extract"]), [])
        self.finish()
        self.client = Client(PROGRAM)
        self.client.start(self.folder, capabilities={"workspace": {"workspaceEdit": {"resourceOperations": ["create"]}}})
        self.client.open(self.path, text)
        action = self.actions(place(14, 10), only=["refactor"])[0]
        self.assertEqual((action["title"], action["kind"]),
                         ("Move the call to a fragment `find-lead`", "refactor.extract"))
        fragment = self.folder / "fragments/find-lead.yaml"
        creation, new, own = action["edit"]["documentChanges"]
        self.assertEqual((creation, new["textDocument"]["uri"], [e["range"] for e in new["edits"]]),
                         ({"kind": "create", "uri": uri(fragment)}, uri(fragment), [place(0, 0)]))
        self.assertEqual(new["edits"][0]["newText"], """dialogc: 1
fragment: find-lead
services:
  findLead:
      salesforce:
          query: >-
              SELECT Id
              FROM Lead
flow:
  - call: findLead
    failure:
        - say: none
    success: [{say: found}]
""")
        self.assertEqual(own["edits"], [
            {"range": place(6, 0, 12, 0), "newText": ""},
            {"range": place(14, 6, 17, 29), "newText": "use: find-lead"}])
        self.client.open(fragment, new["edits"][0]["newText"])
        self.client.change(self.path, *reversed([{"range": e["range"], "text": e["newText"]} for e in own["edits"]]))
        self.assertEqual((self.codes(self.path), self.codes(fragment)), ([], []))

    def test_texts_of_a_locale(self):
        text = TEMPLATE.replace("title: Hi", "locales: [en, de]\ntitle:\n  en: >-\n    Hi\n    there").replace(
            "{greeting: 'Hi ${name}'}", "{greeting: {de: 'Hallo ${name}'}}").replace(
            "prompt: Who?", "prompt: {en: Who?, de: Wer?}").replace("[hi there]", "{en: [hi there], de: [hallo]}")
        self.client.open(self.path, text)
        action = [a for a in self.actions(place(3, 1)) if "missing" in a["title"]][0]
        self.assertEqual(action["title"], "Add the texts that are missing in `de`, `en`")
        after = self.applied(text, action)
        self.assertEqual(after, text.replace("    there", "    there\n  de: >-\n    Hi\n    there").replace(
            "'Hallo ${name}'}", "'Hallo ${name}', en: 'Hallo ${name}'}"))
        self.client.change(self.path, {"text": after})
        self.assertEqual(self.client.diagnostics(self.path), [])

    def test_formatting(self):
        def formatted(text):
            self.client.open(self.path, text)
            return self.client.ask("textDocument/formatting", {
                "textDocument": {"uri": uri(self.path)}, "options": {"tabSize": 2, "insertSpaces": True}})

        form = TEMPLATE
        for edit in formatted(TEMPLATE):
            lines = form.splitlines(keepends=True)
            form = "".join(lines[:edit["range"]["start"]["line"]]) + edit["newText"] + "".join(
                lines[edit["range"]["end"]["line"]:])
        self.assertEqual(formatted(form), [])
        self.assertEqual(formatted(form.replace("title: Hi", 'title:   "Hi"')),
                         [{"range": place(2, 0, 3, 0), "newText": "title: Hi\n"}])
        self.client.open(self.path, "a: [")
        self.assertEqual(self.client.ask_error("textDocument/formatting", {"textDocument": {"uri": uri(self.path)}}),
                         {"code": -32803, "message": "this file cannot be formatted before its syntax is right"})


RICH = """dialogc: 1
template: hello
title: Hi
intent: {utterances: [hi there]}
entities:
  name: {type: string, prompt: Who?}
  "mood":
    type: string
    prompt: How, ${name}?
scripts:
  note: |
    context.x = context.entities.name + context.entities.nameless;
messages: {greeting: 'Hi ${name} ${mood | upper}'}
flow:
  - ask: [name, mood]
  - run: note
  - choose:
      - when: ${name} == "x"
        then: [{say: greeting, label: again}, {goto: again}]
  - set: {name: "${mood}"}
  - use: parting
  - dialog: other
"""
RICH_FRAGMENT = """dialogc: 1
fragment: parting
messages: {bye: 'Bye ${name}'}
flow:
  - say: bye
"""
RICH_CONVERSATION = """dialogc: 1
conversation: hello
set: {name: Ada}
cases:
  - name: name is asked
    turns: [{user: hi there}]
    asks: name
"""
RICH_OTHER = TEMPLATE.replace("hello", "other").replace("Hi", "Ho").replace("hi there", "ho there")


class Names(Case):
    def setUp(self):
        super().setUp()
        self.project(hello=RICH, other=RICH_OTHER)
        self.path = self.folder / "templates/hello.yaml"
        self.fragment = self.write("fragments/parting.yaml", RICH_FRAGMENT)
        self.conversation = self.write("templates/hello.test.yaml", RICH_CONVERSATION)
        self.client.start(self.folder)
        self.client.open(self.path, RICH)

    def at(self, line, character, path=None):
        return {"textDocument": {"uri": uri(path or self.path)}, "position": {"line": line, "character": character}}

    def renamed(self, where, new):
        """The texts after a rename, by the names of their files."""
        changes = self.client.ask("textDocument/rename", {**where, "newName": new})["changes"]
        result = {}
        for path in self.folder.rglob("*.yaml"):
            lines = path.read_text().splitlines(keepends=True)
            edits = changes.get(uri(path), [])
            for edit in sorted(edits, key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]),
                               reverse=True):
                start, end = edit["range"]["start"], edit["range"]["end"]
                line = lines[start["line"]]
                lines[start["line"]] = line[:start["character"]] + edit["newText"] + line[end["character"]:]
            if edits:
                result[path.name] = "".join(lines)
        return result

    def test_rename_reaches_everything_that_means_it(self):
        expected = {
            "hello.yaml": RICH.replace("name", "who").replace("nameless", "who").replace("entities.wholess",
                                                                                       "entities.nameless"),
            "parting.yaml": RICH_FRAGMENT.replace("name", "who"),
            "hello.test.yaml": RICH_CONVERSATION.replace("{name", "{who").replace("asks: name", "asks: who")}
        for place_of_it in [(5, 3), (8, 19), (14, 11), (12, 27)]:
            self.assertEqual(self.renamed(self.at(*place_of_it), "who"), expected)
        self.client.open(self.conversation, RICH_CONVERSATION)
        self.assertEqual(self.renamed(self.at(2, 7, self.conversation), "who"), expected)

    def test_rename_of_other_kinds(self):
        self.assertEqual(self.renamed(self.at(12, 12), "welcome"),
                         {"hello.yaml": RICH.replace("greeting", "welcome")})
        self.assertEqual(self.renamed(self.at(18, 40), "more"), {"hello.yaml": RICH.replace("again", "more")})
        self.assertEqual(self.renamed(self.at(20, 10), "farewell"),
                         {"hello.yaml": RICH.replace("parting", "farewell"),
                          "parting.yaml": RICH_FRAGMENT.replace("parting", "farewell")})
        self.assertEqual(self.renamed(self.at(1, 11), "hullo"),
                         {"hello.yaml": RICH.replace("hello", "hullo"),
                          "hello.test.yaml": RICH_CONVERSATION.replace("hello", "hullo")})
        self.assertEqual(self.renamed(self.at(6, 4), "humour"), {"hello.yaml": RICH.replace("mood", "humour")})

    def test_what_cannot_be_renamed(self):
        self.assertEqual(self.client.ask("textDocument/prepareRename", self.at(14, 10)),
                         {"range": place(14, 10, end=14), "placeholder": "name"})
        self.assertEqual(self.client.ask_error("textDocument/prepareRename", self.at(2, 8)),
                         {"code": -32803, "message": "there is no name here that a file of the project defines"})
        for new, code, message in [("mood", -32803, "there is an entity `mood` already"),
                                   ("a b", -32602, "`a b` cannot be a name: use letters, digits, `_` and `-`")]:
            self.assertEqual(self.client.ask_error("textDocument/rename", {**self.at(5, 3), "newName": new}),
                             {"code": code, "message": message})

    def test_definitions_and_references(self):
        def define(*where):
            return [(pathlib.Path(l["uri"]).name, l["range"]["start"]["line"])
                    for l in self.client.ask("textDocument/definition", self.at(*where)) or []]

        self.assertEqual([define(8, 20), define(15, 10), define(20, 11), define(21, 12), define(2, 8)],
                         [[("hello.yaml", 5)], [("hello.yaml", 10)], [("parting.yaml", 1)], [("other.yaml", 1)], []])
        found = self.client.ask("textDocument/references", {**self.at(12, 14), "context": {
            "includeDeclaration": False}})
        self.assertEqual(found, [{"uri": uri(self.path), "range": place(18, 21, end=29)}])
        self.assertEqual(len(self.client.ask("textDocument/documentHighlight", self.at(5, 3))), 7)

    def test_lists_of_symbols(self):
        symbols = self.client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri(self.path)}})
        self.assertEqual([(s["name"], s["detail"]) for s in symbols], [
            ("hello", "dialog"), ("name", "entity"), ("mood", "entity"), ("note", "script"), ("greeting", "message"),
            ("again", "label")])
        self.assertEqual((symbols[2]["range"], symbols[2]["selectionRange"]),
                         (place(6, 3, 8, 25), place(6, 3, end=7)))
        found = self.client.ask("workspace/symbol", {"query": "BY"})
        self.assertEqual([(s["name"], s["containerName"]) for s in found], [("bye", "parting.yaml")])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
