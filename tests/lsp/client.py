"""A small client of the language server: what the tests need of the protocol."""
import json, pathlib, subprocess


class Client:
    def __init__(self, dialogc, *arguments):
        self.process = subprocess.Popen([dialogc, "lsp", *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.count = 0
        self.notifications = []
        self.requests = []

    # ---- frames ----

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self):
        """The next message, whatever it is; None at the end."""
        length = None
        while line := self.process.stdout.readline():
            if line == b"\r\n":
                return json.loads(self.process.stdout.read(length))
            length = int(line.split(b":")[1])
        return None

    # ---- messages ----

    def notify(self, method, params=None):
        self.send({"method": method, "params": params or {}})

    def begin(self, method, params=None):
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params or {}})
        return self.count

    def response(self, number):
        while True:
            message = self.receive()
            assert message is not None, "the server has ended"
            if message.get("id") == number and "method" not in message:
                return message
            (self.requests if "id" in message else self.notifications).append(message)

    def ask(self, method, params=None):
        """The result of a request, which must not be an error."""
        message = self.response(self.begin(method, params))
        assert "error" not in message, message
        return message["result"]

    def ask_error(self, method, params=None):
        return self.response(self.begin(method, params))["error"]

    def wait_for(self, method):
        """The params of the next notification of this method."""
        while True:
            for message in self.notifications:
                if message["method"] == method:
                    self.notifications.remove(message)
                    return message["params"]
            message = self.receive()
            assert message is not None, "the server has ended"
            (self.requests if "id" in message else self.notifications).append(message)

    # ---- what an editor does ----

    def start(self, *folders, pulls=True, capabilities=None, **options):
        document = {"publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True,
                                           "tagSupport": {"valueSet": [1]}}}
        if pulls:
            document["diagnostic"] = {}
        result = self.ask("initialize", {
            "processId": None, "rootUri": None, "initializationOptions": options,
            "capabilities": {"textDocument": document, **(capabilities or {})},
            "workspaceFolders": [{"uri": uri(folder), "name": "x"} for folder in folders] or None})
        self.notify("initialized")
        return result

    def open(self, path, text, version=1):
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri(path), "languageId": "yaml", "version": version, "text": text}})

    def change(self, path, *changes, version=2):
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri(path), "version": version}, "contentChanges": changes})

    def close(self, path):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri(path)}})

    def diagnostics(self, path):
        return self.ask("textDocument/diagnostic", {"textDocument": {"uri": uri(path)}})["items"]

    def stop(self):
        """Shuts the server down; its exit status."""
        self.ask("shutdown")
        self.notify("exit")
        return self.end()

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=60)


def uri(path):
    return pathlib.Path(path).as_uri()


def place(line, character, end_line=None, end=None):
    """A range within a line, or over several."""
    return {"start": {"line": line, "character": character},
            "end": {"line": line if end_line is None else end_line,
                    "character": character if end is None else end}}
