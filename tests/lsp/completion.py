#!/usr/bin/env python3
"""What the language server offers while an author types: completion.py DIALOGC."""
import sys, unittest

from case import FRAGMENT, Case
from client import place, uri

COMPLETED = """dialogc: 1
template: hello
title: Hi
integration: salesforce
intent: {utterances: [hi there]}
entities: {name: {type: string, prompt: Who?}}
services:
  find:
    salesforce:
      query: {object: Lead, fields: [Name, Status]}
messages: {greeting: 'Hi ${name}'}
flow:
  - ask: name
  - call: find
    label: again
  - say: greeting
"""


class Completion(Case):
    def setUp(self):
        super().setUp()
        self.is_started = False
        self.project()
        self.path = self.folder / "templates/hello.yaml"

    def items(self, text, path=None, snippets=False):
        """What is offered where the text has a `^`."""
        if not self.is_started:
            self.is_started = True
            self.client.start(self.folder, capabilities={"textDocument": {"diagnostic": {}, "completion": {
                "completionItem": {"snippetSupport": snippets}}}})
        before, after = text.split("^")
        self.client.open(path or self.path, before + after)
        lines = before.split("\n")
        result = self.client.ask("textDocument/completion", {
            "textDocument": {"uri": uri(path or self.path)},
            "position": {"line": len(lines) - 1, "character": len(lines[-1])}})
        return result["items"] if result else []

    def labels(self, text, path=None):
        return [item["label"] for item in self.items(text, path)]

    def test_an_item_has_all_that_there_is(self):
        self.assertEqual(self.items(COMPLETED + "  - say: gre^"), [
            {"label": "greeting", "kind": 18, "detail": "message",
             "documentation": {"kind": "markdown", "value": "Hi ${name}"}, "sortText": "1greeting",
             "textEdit": {"range": place(16, 9, end=12), "newText": "greeting"}}])

    def test_keys(self):
        self.assertEqual(self.labels(COMPLETED.replace("{type: string, prompt: Who?}", "{type: string, ^}")), [
            "label", "prompt", "error", "optional", "default", "sensitive", "multiple", "retries", "choices",
            "pattern", "object", "synonyms", "patterns", "defaultTemplate"])
        step = self.items(COMPLETED + "  - run: x\n    ^")
        self.assertEqual([(item["label"], item["textEdit"]["newText"]) for item in step],
                         [("bare", "bare: "), ("options", "options: "), ("label", "label: ")])
        self.assertEqual(self.labels(COMPLETED.replace("title: Hi", "titl^: Hi"))[0], "title")
        self.assertEqual(self.labels("^"), ["dialogc", "template", "fragment", "profile", "sobject", "conversation"])

    def test_snippets(self):
        item = [i for i in self.items(COMPLETED + "use^", snippets=True) if i["label"] == "use"][0]
        self.assertEqual((item["insertTextFormat"], item["textEdit"]["newText"]), (2, "use:\n  - $0"))

    def test_values(self):
        self.assertEqual(self.labels(COMPLETED.replace("integration: salesforce", "hidden: ^")), ["true", "false"])
        self.assertEqual(self.labels(COMPLETED.replace("type: string", "type: s^"))[:3], ["string", "choice", "date"])

    def test_names(self):
        for text, expected in [("  - ask: ^", ["name"]), ("  - call: ^", ["find"]), ("  - goto: ^", ["again"]),
                               ("  - set: {^}", ["name"]), ("  - dialog: ^", ["hello"]),
                               ("auth: ^", ["salesforce", "none"])]:
            self.labels("^" + COMPLETED)
            self.client.diagnostics(self.path)  # the names of other dialogs are known when they are checked
            self.assertEqual(self.labels(COMPLETED + text), expected, text)
        self.assertEqual(self.labels(COMPLETED + "  - use: choose-record\n    with: {^}"),
                         ["object", "noun", "title", "subtitle", "sample"])
        self.assertIn("Lead", self.labels(COMPLETED.replace("object: Lead", "object: ^")))
        self.assertIn("choose-record", self.labels(COMPLETED + "  - use: ^"))

    def test_names_of_fragments_and_conversations(self):
        self.write("fragments/parting.yaml", FRAGMENT)
        self.write("templates/hello.yaml", COMPLETED)
        self.assertEqual(self.labels(COMPLETED + "  - use: parting\n  - say: ^"), ["greeting", "bye"])
        self.client.diagnostics(self.path)
        conversation = self.folder / "templates/hello.test.yaml"
        self.assertEqual(self.labels("dialogc: 1\nconversation: hello\ncases:\n  - name: a\n    asks: ^", conversation),
                         ["name", "find", "greeting", "bye"])

    def test_fields(self):
        service = COMPLETED.replace("messages:", "  make:\n    salesforce:\n      create: Lead\n      fields:\n"
                                    "        FirstName: ${name}\n        @\nmessages:")
        items = sorted(self.items(service.replace("@", "^")), key=lambda item: item["sortText"])
        self.assertEqual([(i["label"], i["detail"], i["textEdit"]["newText"]) for i in items[:2]],
                         [("Company", "string(255), required", "Company: "),
                          ("LastName", "string(80), required", "LastName: ")])
        self.assertNotIn("FirstName", [item["label"] for item in items])
        self.assertIn(items[-1]["label"], ["SystemModstamp", "PhotoUrl"])
        self.assertEqual([i["textEdit"]["newText"] for i in self.items(service.replace("@", "Rating: ^"))],
                         ["Hot", "Warm", "Cold"])
        self.assertEqual(self.labels(service.replace("@", "DoNotCall: ^")), ["true", "false"])
        self.assertIn("Owner", self.labels(COMPLETED.replace("[Name, Status]", "[Name]\n      x: 1").replace(
            "query: {object: Lead, fields: [Name]\n      x: 1}", "retrieve: Lead\n      id: x\n      fields: [^]")))
        self.assertIn("Username", self.labels(COMPLETED.replace(
            "query: {object: Lead, fields: [Name, Status]}",
            "retrieve: Lead\n      id: x\n      fields: [CreatedBy.^]")))

    def query(self, text):
        """What is offered in a query that has a `^`, as what is seen, and what is written where that differs."""
        found = self.items(COMPLETED.replace("{object: Lead, fields: [Name, Status]}", text))
        return [item["label"] if item["textEdit"]["newText"] == item["label"]
                else (item["label"], item["textEdit"]["newText"]) for item in found]

    def test_queries_clause_by_clause(self):
        tail = ["FOR", "UPDATE", "ALL", "SET"]
        clauses = ["WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", *tail]
        for text, expected in {
                "^": ["SELECT"],
                "SELECT Name ^": ["FROM"],
                "SELECT Name FROM Lead ^": ["AS", "USING", "WHERE", *clauses],
                "SELECT Name FROM Lead WHERE Status ^": ["LIKE", "IN", "INCLUDES", "EXCLUDES", "NOT"],
                "SELECT Name FROM Lead WHERE Company = ${name} ^": ["OR", "AND", *clauses],
                "SELECT Name FROM Lead WHERE Name = 'a' AND Name = 'b' ^": ["AND", *clauses],
                "SELECT Name FROM Lead WHERE Id IN (^": ["${name}", "SELECT", "NULL"],
                "SELECT Name FROM Lead ORDER BY Name ^": ["ASC", "DESC", "NULLS", "LIMIT", "OFFSET", *tail],
                "SELECT Name FROM Lead ORDER BY Name NULLS ^": ["LAST", "FIRST"],
                "SELECT Name FROM Lead LIMIT ^": [],
                "SELECT Name FROM Lead LIMIT 3 ^": ["OFFSET", *tail],
                "SELECT Name FROM Lead USING SCOPE m^": [
                    "EVERYTHING", "DELEGATED", "MINE", "MINE_AND_MY_GROUPS", "MY_TERRITORY", "MY_TEAM_TERRITORY",
                    "TEAM", "SCOPINGRULE", "ALLPRIVATE"],
                "SELECT Name FROM Lead WHERE ) ^": []}.items():
            self.assertEqual(self.query(text), expected, text)

    def test_fields_of_queries(self):
        def has(text, *names):
            found = self.query(text)
            self.assertEqual([name for name in names if name not in found], [], text)
            return found

        self.assertNotIn(("COUNT", "COUNT("), has("SELECT ^ FROM Lead WHERE Id = null", "Company", "Owner",
                                                  ("MAX", "MAX("), "TYPEOF")[:60])
        self.assertNotIn(("COUNT", "COUNT("), has("SELECT Id FROM Lead WHERE ^", "Company", ("DAY_ONLY", "DAY_ONLY("),
                                                  "NOT"))
        self.assertNotIn("NOT", has("SELECT Id FROM Lead WHERE Name = 'a' OR ^", "Company"))
        self.assertNotIn("Company", has("SELECT Account.^ FROM Contact", "Industry"))
        has("SELECT Id FROM Contact c WHERE c.Account.^", "Industry")
        has("SELECT Name, (SELECT ^ FROM Contacts) FROM Account", "AssistantName")
        has("SELECT Name FROM Account WHERE Id IN (SELECT ^ FROM Contact)", "AssistantName")
        has("SELECT Name FROM Account WHERE Name = 'a) FROM Lead' AND ^", "Industry")
        has("SELECT Name, (SELECT Id FROM ^) FROM Account", "Contacts", "Opportunities")
        has("SELECT Name FROM ^", "Lead")
        has("SELECT COUNT(^) FROM Lead", "Company")
        has("SELECT (SELECT MAX(^) FROM Contacts), FORMAT(Name) FROM Account", "AssistantName")

    def test_values_of_queries(self):
        statuses = ["Open - Not Contacted", "Working - Contacted", "Closed - Converted", "Closed - Not Converted"]
        start = "SELECT Name FROM Lead WHERE "
        self.assertEqual(self.query(start + "Status = ^"),
                         [*((status, f"'{status}'") for status in statuses), "${name}", "NULL"])
        self.assertEqual(self.query(f"'{start}Status = ^'")[0], ("Open - Not Contacted", "''Open - Not Contacted''"))
        self.assertEqual(self.query(start + "Status = 'Closed - N^'"), statuses)
        self.assertEqual(self.items(COMPLETED.replace("{object: Lead, fields: [Name, Status]}",
                                                      start + "Status = 'Closed - N^'"))[0]["textEdit"]["range"],
                         place(9, 51, end=61))
        self.assertEqual(self.query(start + "IsConverted = ^"), ["true", "false", "${name}", "NULL"])
        dates = self.query(start + "CreatedDate > ^")
        self.assertEqual((dates[:3], dates[24]), (["${name}", "YESTERDAY", "TODAY"], "LAST_N_DAYS:"))

    def test_parts_of_queries(self):
        self.assertIn("Company", self.query("{object: Lead, fields: [^]}"))
        self.assertEqual(self.query("{object: Lead, fields: [Name ^]}"), [])
        self.assertIn("Company", self.query("{object: Lead, where: ^}"))
        self.assertEqual(self.query("{object: Lead, where: Company = 'a' ^}"), ["OR", "AND"])
        self.assertEqual(self.query("{object: Lead, where: Rating = ^}"),
                         [("Hot", "'Hot'"), ("Warm", "'Warm'"), ("Cold", "'Cold'"), "${name}", "NULL"])
        self.assertEqual(self.query("{object: Lead, order: [Name ^]}"), ["ASC", "DESC", "NULLS"])
        self.assertEqual(self.query("{object: Lead, order: Name ^}"), ["ASC", "DESC", "NULLS"])

    def test_turns_of_conversations(self):
        self.write("templates/hello.yaml", COMPLETED.replace("[hi there]", "{en: [hi there, 'a [name](name)']}").replace(
            "type: string", "type: choice, choices: [Ada, {title: Grace, value: g}]"))
        path = self.folder / "templates/hello.test.yaml"
        start = "dialogc: 1\nconversation: hello\ncases:\n  - name: a\n    turns:\n      - user: "
        self.labels(start + "^", path)
        self.client.ask("workspace/diagnostic")  # the names of dialogs are known when they are checked
        self.assertEqual(self.labels(start + "^", path), ["hi there"])
        self.assertEqual([(i["label"], i["detail"]) for i in self.items(
            start + "hi there\n        bot: [{text: Who?, buttons: [{title: Ada}, {title: Other, payload: other}]}]\n"
            "      - user: ^", path)],
            [("Ada", "offered by the bot"), ("other", "offered by the bot"), ("Grace", "choice of name")])

    def test_picklists(self):
        def chosen(text):
            return self.labels(COMPLETED.replace("type: string", f"type: choice, choices: {text}"))

        self.assertIn("Lead", chosen("{from: ^}"))
        self.assertEqual(chosen("{from: Lead.^}"), ["Salutation", "GeocodeAccuracy", "LeadSource", "Status",
                                                    "Industry", "Rating", "CleanStatus"])
        self.assertEqual(chosen("{from: Lead.Rating, only: [^]}"), ["Hot", "Warm", "Cold"])
        self.assertEqual(chosen("{from: Lead.Rating, titles: {Hot: x, ^}}"), ["Warm", "Cold"])

    def test_locales(self):
        built = COMPLETED.replace("title: Hi", "title: {en: Hi, ^}\nlocales: [de, en]")
        self.assertEqual(self.labels(built), ["de"])
        self.assertEqual(self.labels(COMPLETED + "locales: [de, en, ^]"), ["de", "en"])
        self.assertIn("de", self.labels(COMPLETED.replace("{greeting: 'Hi ${name}'}", "{greeting: {^}}\nlocales: [de, en]")))

    def test_codes_that_are_ignored(self):
        item = [i for i in self.items(COMPLETED + "# dialogc-ignore W0312 W03^") if i["label"] == "W0313"][0]
        self.assertEqual((item["detail"], item["textEdit"]),
                         ("an entity that is never used", {"range": place(16, 23, end=26), "newText": "W0313"}))
        self.assertNotIn("E0101", self.labels(COMPLETED + "# dialogc-ignore ^"))
        self.assertEqual(self.labels(COMPLETED + "# another comment ^"), [])

    def test_hover(self):
        def hover(text):
            before, after = text.split("^")
            lines = before.split("\n")
            self.client.open(self.path, before + after)
            found = self.client.ask("textDocument/hover", {
                "textDocument": {"uri": uri(self.path)},
                "position": {"line": len(lines) - 1, "character": len(lines[-1])}})
            return found and found["contents"]["value"]

        self.client.start(self.folder)
        self.assertEqual(hover(COMPLETED.replace("hidden", "").replace("- ask:", "- a^sk:")),
                         "**ask**: Ask\n\nAsks for an entity, or for several in order.")
        self.assertEqual(hover(COMPLETED.replace("ask: name", "ask: na^me")), "**name**: entity (string)\n\nWho?")
        self.assertEqual(hover(COMPLETED.replace("Hi ${name}", "Hi ${find.body.records[0].Na^me}")),
                         "**Name**: string(121)\n\nFull Name")
        self.assertEqual(hover(COMPLETED.replace("Hi ${name}", "Hi ${find.body.records[0].Rat^ing}")),
                         "**Rating**: picklist\n\nRating\n\nOne of `Hot`, `Warm`, `Cold`")
        self.assertEqual(hover(COMPLETED.replace("title: Hi", "title: H^i")), None)

    def test_references(self):
        def inside(reference):
            return self.labels(COMPLETED.replace("'Hi ${name}'", f"'Hi {reference}'"))

        self.assertEqual(inside("${n^"), ["name", "find", "user", "params", "env", "content", "context", "intent",
                                          "instanceUrl", "item", "today", "now"])
        self.assertEqual(inside("${name | ^}"), ["date", "time", "date-time", "number", "currency", "percent", "upper",
                                                 "lower", "first", "last", "join"])
        self.assertEqual(inside("${find.^}"), ["body", "status", "error"])
        self.assertEqual(inside("${find.body.^}"), ["totalSize", "done", "nextRecordsUrl", "records"])
        self.assertIn("LastName", inside("${find.body.records[0].^"))
        self.assertEqual(inside("${name} ^"), [])
        self.assertEqual(inside("${context.entities.^}"), ["name"])
        self.assertEqual(inside("${context.^}")[:3], ["session", "intent", "entities"])
        self.assertEqual(inside("${user.^}")[:3], ["firstName", "lastName", "fullName"])

    def test_works_behind_an_open_quote_or_bracket(self):
        for typed in ('[{say: gre^', '[{say: "gre^', "[{say: 'gre^", '[say, {say: gre^', '[{say: greeting}, {say: gre^'):
            text = COMPLETED.replace("  - say: greeting\n", f"  - if: ${{name}} == Ada\n    then: {typed}\n  - say: greeting\n")
            self.assertEqual(self.labels(text), ["greeting"], typed)
        for quote in "\"'":
            text = COMPLETED.replace("'Hi ${name}'}", f"{quote}Hi ${{n^")
            self.assertEqual(self.labels(text)[:2], ["name", "find"], quote)

    def test_works_while_the_text_is_broken(self):
        broken = COMPLETED.replace("title: Hi", "title: [Hi").replace("name: {type", '"name: {type').replace(
            "  - call: find", " - call: find")
        self.assertEqual(self.labels(broken + "  - say: ^"), ["greeting"])
        self.assertEqual(self.labels(COMPLETED.replace("  - ask: name", "  - ask: ^\n  say")), ["name"])
        self.assertIn("LastName", self.labels(COMPLETED.replace("title: Hi", "title: [Hi").replace(
            "Hi ${name}", "${find.body.records[0].^}")))

    def test_other_files_are_left_alone(self):
        self.folder = self.folder / "elsewhere"
        self.folder.mkdir()
        self.assertEqual(self.labels("services: {web: {^}}\n", self.folder / "compose.yaml"), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
