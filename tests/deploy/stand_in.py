#!/usr/bin/env python3
"""A stand-in of the platform: its public API, as far as it is documented, with bots that are kept.

    stand_in.py FOLDER

serves the bots of FOLDER (a folder for each, named after the bot's id, with botDefinition.json, config.json and
maybe other files), prints the port, and serves until standard input ends. Bots are in memory; what is imported is
seen by the next export, and published/ in a bot's folder is the version that was published.

FOLDER/behaviour.json (may be missing, and is read before every request) says how it behaves:

    states      how often a job says `pending` before it ends (1)
    faults      a list of {request, nth, do, ...}: what happens at the nth request of a kind, see `Fault`
    scopes      the scopes of the app; missing: all of them
    fail_tasks  names of dialogs that cannot be imported
    change      {after: N, bot: ID, name: TEXT}: somebody else renames a bot after N exports
    limit       the largest file, in bytes
    rate        after this many requests one is answered with 429
    odd         words to answer in place of documented ones, by key
"""
import base64, hashlib, hmac, io, json, pathlib, re, socket, ssl, sys, threading, time, uuid, zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIENT_ID, SECRET = "cs-stand-in", "kUq3b-the-secret-of-the-stand-in-9fJx"

SCOPES = {"export": "Bot Export", "export-state": "Bot Export", "upload": "Bot Import", "import": "Bot Import",
          "import-new": "Bot Import", "import-state": "Bot Import", "publish": "Publish"}

ROUTES = [("list", "GET", r"/api/public/bots\?offset=(\d+)&limit=(\d+)"),
          ("export", "POST", r"/api/public/bot/(st-[\w-]+)/export"),
          ("export-state", "GET", r"/api/public/bot/(st-[\w-]+)/export/status"),
          ("download", "GET", r"/download/([\w-]+)\.zip"),
          ("upload", "POST", r"/api/public/uploadfile"),
          ("import", "POST", r"/api/public/bot/(st-[\w-]+)/import"),
          ("import-new", "POST", r"/api/public/bot/import"),
          ("import-state", "GET", r"/api/public/bot/import/status/(bir-[\w-]+)"),
          ("publish", "POST", r"/api/public/bot/(st-[\w-]+)/publish"),
          ("tests", "POST", r"/api/public/stream/(st-[\w-]+)/conversation/testsuite/import")]

SETTINGS, TASKS = {"botSettings", "botVariables", "ivrSettings"}, {"botTask", "knowledgeGraph", "smallTalk"}
TRAINING = {"utterances", "patterns", "traits", "rules", "concepts", "synonyms", "standardResponses", "nlpSettings"}


class Refusal(Exception):
    def __init__(self, status, message, **headers):
        self.status, self.message, self.headers = status, message, headers


class Break(Exception):
    """The connection ends here."""


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Platform:
    def __init__(self, folder):
        self.folder, self.lock = pathlib.Path(folder), threading.RLock()
        self.bots, self.published, self.jobs, self.files, self.downloads = {}, {}, {}, {}, {}
        self.counts, self.suites, self.log = {}, [], []
        self.tokens, self.seen = set(), []  # claims `jti`, and whole tokens
        self.look = lambda: None  # called at every request
        for bot in sorted(self.folder.glob("st-*")):
            self.bots[bot.name] = {p.name: p.read_bytes() for p in sorted(bot.iterdir()) if p.is_file()}
            self.published[bot.name] = {p.name: p.read_bytes() for p in sorted((bot / "published").glob("*"))}

    def behaviour(self):
        path = self.folder / "behaviour.json"
        return json.loads(path.read_text()) if path.exists() else {}

    # ---- who asks ----

    def authorise(self, kind, token):
        self.seen.append(token)
        try:
            head, payload, signature = token.split(".")
            wanted = hmac.new(SECRET.encode(), f"{head}.{payload}".encode(), hashlib.sha256).digest()
            claims = json.loads(unpadded(payload))
            good = (json.loads(unpadded(head)) == {"alg": "HS256", "typ": "JWT"} and claims["appId"] == CLIENT_ID
                    and claims["sub"] and hmac.compare_digest(wanted, unpadded(signature))
                    and time.time() < claims["exp"] <= time.time() + 600 and claims["jti"] not in self.tokens)
        except (ValueError, KeyError, AttributeError):
            raise Refusal(401, "the token cannot be read")
        if not good:
            raise Refusal(401, "the token is not valid: " + token)  # a server that is careless with what it logs
        self.tokens.add(claims["jti"])
        scopes = self.behaviour().get("scopes")
        if scopes is not None and kind in SCOPES and SCOPES[kind] not in scopes:
            raise Refusal(403, "insufficient scope")

    # ---- requests ----

    def answer(self, kind, match, body, headers):
        return getattr(self, "on_" + kind.replace("-", "_"))(*match.groups(), body=body, headers=headers)

    def bot(self, bot):
        if bot not in self.bots:
            raise Refusal(404, f"no bot {bot}")
        return self.bots[bot]

    def on_list(self, offset, limit, **_):
        names = [{"_id": k, "name": self.name(v)} for k, v in sorted(self.bots.items())]
        start, count = int(offset), int(limit)
        return {"availableMore": start + count < len(names), "bots": names[start:start + count]}

    @staticmethod
    def name(files):
        data = json.loads(files["botDefinition.json"])
        return data["localeData"][data["defaultLanguage"]]["name"]

    def on_export(self, bot, body, **_):
        wanted, options = json.loads(body), {}
        files = self.bot(bot)
        options = wanted["exportOptions"]
        assert set(options["settings"]) == SETTINGS and set(options["tasks"]) == TASKS
        assert set(options["nlpData"]) == TRAINING and wanted["allTasks"] is True
        if wanted["exportType"] == "published":
            files = self.published[bot]
            if not files:
                raise Refusal(400, "the bot was never published")
        change = self.behaviour().get("change", {})
        self.counts["exports"] = self.counts.get("exports", 0) + 1
        if change.get("bot") == bot and self.counts["exports"] == change["after"] + 1:
            data = json.loads(files["botDefinition.json"])
            data["localeData"][data["defaultLanguage"]]["name"] = change["name"]
            files["botDefinition.json"] = json.dumps(data, indent=4, ensure_ascii=False).encode()
        job = {"_id": "ber-" + str(uuid.uuid4()), "streamId": bot, "left": self.behaviour().get("states", 1),
               "files": dict(files)}
        self.jobs["export " + bot] = job
        return {"_id": job["_id"], "streamId": bot, "status": self.odd("pending"), "requestType": "Export"}

    def on_export_state(self, bot, **_):
        self.bot(bot)
        job = self.jobs.get("export " + bot)
        if job is None:
            raise Refusal(400, "there is no export of this bot")
        if job["left"] > 0:
            job["left"] -= 1
            return {"_id": job["_id"], "streamId": bot, "status": self.odd("pending")}
        if self.behaviour().get("export_fails"):
            return {"_id": job["_id"], "streamId": bot, "status": "failure", "message": "no room"}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {**job["files"], **self.extra_files()}.items():
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 15, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
        key = str(uuid.uuid4())
        self.downloads[key] = out.getvalue()
        return {"_id": job["_id"], "streamId": bot, "status": self.odd("success"), "fileId": key,
                "downloadURL": self.odd("downloadURL", f"{self.origin}/download/{key}.zip"),
                "fileSize": len(out.getvalue())}

    def extra_files(self):
        return {name: text.encode() for name, text in self.behaviour().get("entries", {}).items()}

    def odd(self, word, usual=None):
        return self.behaviour().get("odd", {}).get(word, usual or word)

    def on_download(self, key, **_):
        return self.behaviour().get("download", "").encode() or self.downloads[key]

    def on_upload(self, body, headers, **_):
        boundary = re.search(r"multipart/form-data; boundary=(\S+)", headers["Content-Type"])[1].encode()
        fields = {}
        for part in body.split(b"--" + boundary)[1:-1]:
            head, data = part[2:-2].split(b"\r\n\r\n", 1)
            fields[re.search(rb'name="(\w+)"', head)[1].decode()] = data
        assert fields["fileContext"] == b"bulkImport" and fields["fileExtension"] in (b"json", b"zip", b"js", b"png")
        if len(fields["file"]) > self.behaviour().get("limit", 1 << 30):
            raise Refusal(413, "the file is too large")
        key = uuid.uuid4().hex[:24]
        self.files[key] = fields["file"]
        return {"fileId": key, "hash": hashlib.sha256(fields["file"]).hexdigest()}

    def start_import(self, bot, files, options):
        failing = self.behaviour().get("fail_tasks", [])
        data = json.loads(files["botDefinition.json"])
        names = [d["lname"] for d in data["dialogs"]]
        job = {"_id": "bir-" + str(uuid.uuid4()), "bot": bot, "left": self.behaviour().get("states", 1) + len(names),
               "names": names, "failing": failing, "files": files, "options": options, "done": False}
        self.jobs[job["_id"]] = job
        return {"_id": job["_id"], "status": "pending", "streamRefId": bot, "streamId": bot, "requestType": "Import",
                "statusLogs": self.tasks(job)}

    @staticmethod
    def tasks(job):
        finished = len(job["names"]) - job["left"] if job["left"] > 0 else len(job["names"])
        out = []
        for i, name in enumerate(job["names"]):
            state = "pending" if i >= finished else "failure" if name in job["failing"] else "success"
            task = {"taskType": "Dialog", "taskName": name, "status": state}
            if state == "failure":
                task["statusMessage"] = "an entity of this dialog is not valid"
            out.append(task)
        return out

    def on_import(self, bot, body, **_):
        self.bot(bot)
        wanted = json.loads(body)
        files = {"botDefinition.json": self.files[wanted["botDefinition"]]}
        if "configInfo" in wanted:
            files["config.json"] = self.files[wanted["configInfo"]]
        options = wanted.get("importOptions")
        if options is not None:
            assert set(options) <= {"tasks", "nlpData", "settings", "options"}
            assert set(options["tasks"]) <= TASKS and set(options["settings"]) <= SETTINGS
            assert set(options["nlpData"]) <= TRAINING
        return self.start_import(bot, files, options)

    def on_import_new(self, body, **_):
        wanted = json.loads(body)
        assert wanted["uploadMode"] == "ZIP"
        with zipfile.ZipFile(io.BytesIO(self.files[wanted["zipInfo"]])) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        bot = f"st-new-{len(self.bots)}"
        data = json.loads(files["botDefinition.json"])
        data["localeData"][data["defaultLanguage"]]["name"] = wanted["name"]
        files["botDefinition.json"] = json.dumps(data, indent=4, ensure_ascii=False).encode()
        return self.start_import(bot, files, None)

    def on_import_state(self, key, **_):
        if key not in self.jobs:
            raise Refusal(404, "no such import")
        job = self.jobs[key]
        failed = any(name in job["failing"] for name in job["names"])
        state = "pending" if job["left"] > 0 else "failure" if failed else "success"
        return {"_id": key, "status": self.odd(state), "streamId": job["bot"], "statusLogs": self.tasks(job)}

    def go_on(self):
        """Imports take time, whether anybody asks for them or not: here, time is requests."""
        for job in list(self.jobs.values()):
            if "done" in job and not job["done"]:
                job["left"] -= job["left"] > 0
                if job["left"] == 0:
                    job["done"] = True
                    self.apply(job)

    def apply(self, job):
        """Incremental: dialogs and training that the file names are added and updated. Whole: everything."""
        new, bot = dict(job["files"]), job["bot"]
        self.published.setdefault(bot, {})
        old = self.bots.get(bot, {})
        if job["options"] is None or not old:
            self.bots[bot] = {**old, **new}
            return
        data, given = json.loads(old["botDefinition.json"]), json.loads(new["botDefinition.json"])
        failed = [d for d in given["dialogs"] if d["lname"] in job["failing"]]
        failing = {d["_id"] for d in failed} | {n["componentId"] for d in failed for n in self.nodes(d)}
        if "botTask" in job["options"]["tasks"]:
            for key in ("dialogs", "dialogComponents", "idpConfigurations", "contentVariables"):
                self.merge(data, given, key, failing)
            data["exportOptions"] = given["exportOptions"]
        if "utterances" in job["options"]["nlpData"]:
            assert job["options"]["options"]["utterances"] == {"append": False, "replace": True}
            data["sentences"] = [s for s in given.get("sentences", []) if s["taskId"] not in failing]
        if "patterns" in job["options"]["nlpData"]:
            data["patterns"] = [p for p in given.get("patterns", []) if p["refId"] not in failing]
        old["botDefinition.json"] = json.dumps(data, indent=4, ensure_ascii=False).encode()
        if "botVariables" in job["options"]["settings"]:
            old["config.json"] = new["config.json"]

    @staticmethod
    def nodes(dialog):
        return [n for n in dialog.get("nodes", []) if "componentId" in n]

    @staticmethod
    def merge(data, given, key, failing):
        identity = "key" if key == "contentVariables" else "_id"
        known = {item[identity]: i for i, item in enumerate(data.get(key, []))}
        for item in given.get(key, []):
            if item[identity] in failing:
                continue
            if item[identity] in known:
                data[key][known[item[identity]]] = item
            else:
                data.setdefault(key, []).append(item)

    def on_publish(self, bot, body, **_):
        wanted = json.loads(body)
        assert wanted["initiateTraining"] is True and wanted["versionComment"]
        files = self.bot(bot)
        self.published[bot] = dict(files)
        refused = self.behaviour().get("publish_fails")
        return [{"resourceType": "dialog", "resourceId": d["_id"], "status": "FAILED" if refused else "SUCCESS",
                 "result": None} for d in json.loads(files["botDefinition.json"])["dialogs"]]

    def on_tests(self, bot, body, headers, **_):
        wanted = json.loads(body)
        self.suites.append((bot, headers["bot-language"], wanted["name"], self.files[wanted["fileName"]].decode()))
        return {"status": "IN_PROGRESS", "dsId": "ds-1"}

    # ---- what goes wrong ----

    def fault(self, kind):
        """The fault of this request: {"request": KIND or "any", "nth": N, "do": WHAT}."""
        with self.lock:
            for name in (kind, "any"):
                self.counts[name] = self.counts.get(name, 0) + 1
            for fault in self.behaviour().get("faults", []):
                if fault["request"] in (kind, "any") and self.counts[fault["request"]] == fault["nth"]:
                    return fault
            rate = self.behaviour().get("rate")
            if rate and self.counts["any"] % rate == 0:
                return {"do": "429"}
        return {"do": ""}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    platform = None

    def log_message(self, *_):
        pass

    def drop(self):
        """Ends the connection as a broken one ends."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()
        raise Break

    def respond(self, status, body, fault, **headers):
        raw = f"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        raw += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()) + "\r\n"
        raw = raw.encode() + body
        if fault["do"] == "cut":  # of the response
            self.wfile.write(raw[:int(len(raw) * fault["at"])])
            self.wfile.flush()
            self.drop()
        self.wfile.write(raw)

    def handle_one(self, method):
        platform = self.platform
        for kind, wanted, pattern in ROUTES:
            match = re.fullmatch(pattern, self.path)
            if match and wanted == method:
                break
        else:
            kind, match = "unknown", None
        fault = platform.fault(kind)
        length = int(self.headers.get("Content-Length") or 0)
        if fault["do"] == "cut-request":
            self.rfile.read(int(length * fault["at"]))
            self.drop()
        body = self.read_body(length)
        try:
            with platform.lock:
                platform.log.append(kind)
                platform.go_on()
                platform.look()
                if match is None:
                    raise Refusal(404, "no such path")
                if fault["do"].isdigit():
                    raise Refusal(int(fault["do"]), fault.get("message", "not now"), **fault.get("headers", {}))
                if kind != "download":
                    platform.authorise(kind, self.headers.get("auth", ""))
                elif "auth" in self.headers:
                    raise Refusal(400, "a token where none belongs")
                answer = platform.answer(kind, match, body, self.headers)
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            if "body" in fault:
                data = fault["body"].encode()
            self.respond(200, data, fault)
        except Refusal as refusal:
            text = json.dumps({"errors": [{"msg": refusal.message, "code": refusal.status}]})
            self.respond(refusal.status, text.encode(), fault, **refusal.headers)

    def read_body(self, length):
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(length)
        out = b""
        while (size := int(self.rfile.readline(), 16)) > 0:
            out += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return out

    def do_GET(self):
        try:
            self.handle_one("GET")
        except (Break, ConnectionError):
            pass

    def do_POST(self):
        try:
            self.handle_one("POST")
        except (Break, ConnectionError):
            pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        if not isinstance(sys.exc_info()[1], (ConnectionError, ValueError, OSError)):
            super().handle_error(request, address)


def serve(folder, certificate=None):
    """A server that is running, in this process: `server_port`, and `platform` with all that it has.

    `certificate`: the files of a certificate for localhost and its key, for https."""
    platform = Platform(folder)
    server = Server(("127.0.0.1", 0), type("OneHandler", (Handler,), {"platform": platform}))
    server.platform = platform
    platform.origin = f"{'https://localhost' if certificate else 'http://127.0.0.1'}:{server.server_port}"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


if __name__ == "__main__":
    print(serve(sys.argv[1]).server_port, flush=True)
    sys.stdin.read()
