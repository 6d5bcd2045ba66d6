#!/usr/bin/env python3
"""What the language server shows of a file without being asked for a place: shown.py DIALOGC."""
import sys, unittest

from case import FRAGMENT, TEMPLATE, Case
from client import place, uri

RICH = """dialogc: 1
template: hello
title: Hi
# The utterances
# are few.
intent: {utterances: [hi there]}
auth: mine
entities:
  name:
    type: string
    prompt: |
      Who,
      please?
  when: {type: date, prompt: When?}
services:
  find:
    salesforce:
      query: >-
        SELECT Id, COUNT(Name) FROM Lead
        WHERE Name = ${name} AND CreatedDate = LAST_N_DAYS:3
  list:
    salesforce: {query: {object: Lead, where: "Name = 'a${name}b'"}}
scripts:
  note: |
    // a comment
    var x = context.entities.name.trim();
    if (/a.c/.test(x)) { y = `a ${x + 1} b` + 'c'; } /* and
      another */
messages: {greeting: 'Hi ${name | upper} ${find.body.totalSize}'}

flow:
  - ask: [name, when]
  - use: choose-record
    with: {object: Lead}
  - use: parting
  - dialog: other
"""


class Shown(Case):
    def setUp(self):
        super().setUp()
        self.project(other=TEMPLATE.replace("hello", "other"))
        self.path = self.folder / "templates/hello.yaml"
        self.fragment = self.write("fragments/parting.yaml", FRAGMENT)
        self.profile = self.write("auth/mine.yaml", "dialogc: 1\nprofile: mine\ntype: none\n")
        abilities = self.client.start(self.folder)["capabilities"]
        self.legend = abilities["semanticTokensProvider"]["legend"]["tokenTypes"]
        self.client.open(self.path, RICH)

    def ask(self, method, path=None, **more):
        return self.client.ask(f"textDocument/{method}", {"textDocument": {"uri": uri(path or self.path)}, **more})

    def tokens(self, text):
        """The coloured words of a text with their kinds."""
        self.client.open(self.path, text)
        data = self.ask("semanticTokens/full")["data"]
        lines, line, character, found = text.split("\n"), 0, 0, []
        for i in range(0, len(data), 5):
            character = data[i + 1] + (0 if data[i] else character)
            line += data[i]
            found.append((self.legend[data[i + 3]], lines[line][character:character + data[i + 2]]))
        return found

    def test_tokens(self):
        self.assertEqual(self.tokens(RICH), [
            ("keyword", "SELECT"), ("property", "Id"), ("function", "COUNT"), ("property", "Name"),
            ("keyword", "FROM"), ("type", "Lead"), ("keyword", "WHERE"), ("property", "Name"), ("variable", "name"),
            ("keyword", "AND"), ("property", "CreatedDate"), ("keyword", "LAST_N_DAYS"), ("number", "3"),
            ("property", "Name"), ("string", "'a"), ("variable", "name"),
            ("comment", "// a comment"), ("keyword", "var"), ("variable", "x"), ("variable", "context"),
            ("property", "entities"), ("property", "name"), ("function", "trim"), ("keyword", "if"),
            ("regexp", "/a.c/"), ("function", "test"), ("variable", "x"), ("variable", "y"), ("string", "`a ${"),
            ("variable", "x"), ("number", "1"), ("string", "} b`"), ("string", "'c'"), ("comment", "/* and"),
            ("comment", "another */"),
            ("variable", "name"), ("function", "upper"), ("variable", "find"), ("property", "body"),
            ("property", "totalSize")])
        self.assertEqual(self.tokens(RICH + "a: ["), [])

    def test_folding(self):
        self.assertEqual([(f["startLine"], f["endLine"], f.get("kind")) for f in self.ask("foldingRange")], [
            (7, 13, None), (8, 12, None), (10, 12, None), (14, 21, None), (15, 19, None), (16, 19, None),
            (17, 19, None), (20, 21, None), (22, 27, None), (23, 27, None), (30, 35, None), (32, 33, None),
            (3, 4, "comment")])

    def test_selection(self):
        def grown(line, character):
            at = self.ask("selectionRange", positions=[{"line": line, "character": character}])[0]
            found = []
            while at:
                found.append(at["range"])
                at = at.get("parent")
            return found

        self.assertEqual(grown(31, 10), [place(31, 10, end=14), place(31, 9, end=21), place(31, 4, end=21),
                                         place(31, 2, 35, 17), place(30, 0, 35, 17), place(0, 0, 35, 17),
                                         place(0, 0, 36, 0)])
        self.client.open(self.path, "a: [")
        self.assertEqual(grown(0, 0), [place(0, 0, end=1), place(0, 0, end=4)])

    def test_links(self):
        self.client.diagnostics(self.path)
        self.assertEqual(self.ask("documentLink"), [
            {"range": place(6, 6, end=10), "target": uri(self.profile)},
            {"range": place(34, 9, end=16), "target": uri(self.fragment)},
            {"range": place(35, 12, end=17), "target": uri(self.folder / "templates/other.yaml")}])
        project = self.folder / "dialogc.yaml"
        self.client.open(project, "dialogc: 1\nname: Bot\nfragments: [fragments/parting.yaml, ../x.yaml, fragments]\n")
        self.assertEqual(self.ask("documentLink", project),
                         [{"range": place(2, 12, end=34), "target": uri(self.fragment)}])

    def test_hints(self):
        found = self.ask("inlayHint", range=place(0, 0, 36, 0))
        self.assertEqual([(h["position"], h["label"], h["kind"]) for h in found], [
            ({"line": 9, "character": 16}, "label", 1),
            ({"line": 32, "character": 22}, "(object, noun, title, subtitle, sample)", 2)])
        self.assertEqual(self.ask("inlayHint", range=place(10, 0, 12, 0)), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
