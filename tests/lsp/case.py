"""A test of the language server in a project of its own; the program is the first argument."""
import pathlib, sys, tempfile, unittest

from client import Client

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())

TEMPLATE = """dialogc: 1
template: hello
title: Hi
intent: {utterances: [hi there]}
entities: {name: {type: string, prompt: Who?}}
messages: {greeting: 'Hi ${name}'}
flow:
  - ask: name
  - say: greeting
"""
FRAGMENT = """dialogc: 1
fragment: parting
messages: {bye: Bye}
flow:
  - say: bye
"""


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lsp"))
        self.client = Client(PROGRAM)
        self.addCleanup(self.finish)

    def finish(self):
        if self.client.process.poll() is None:
            self.client.process.stdin.close()
            self.client.process.wait(timeout=60)
        self.client.process.stdout.close()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def project(self, **files):
        self.write("dialogc.yaml", "dialogc: 1\nname: Bot\n")
        for name, text in files.items():
            self.write(f"templates/{name}.yaml", text)

    def codes(self, path):
        return [d["code"] for d in self.client.diagnostics(path)]
