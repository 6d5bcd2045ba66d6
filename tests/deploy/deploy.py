#!/usr/bin/env python3
"""`dialogc pull` and `dialogc deploy` against a stand-in of the platform: `deploy.py DIALOGC BOT`.

Whole outputs; what the platform has in the end; what is on the disk; and that nobody sees a credential.
"""
import difflib, io, json, os, pathlib, pty, select, shutil, signal, stat, subprocess, sys, threading, time, zipfile

sys.dont_write_bytecode = True
from support import BOT, World
import stand_in

dialogc, bot = sys.argv[1:3]
failed = []


def expect(what, wanted, got):
    if wanted != got:
        failed.append(what)
        if isinstance(wanted, str) and isinstance(got, str):
            got = "\n".join(difflib.unified_diff(wanted.splitlines(), got.splitlines(), "wanted", "got", lineterm=""))
        print(f"FAILED {what}: wanted {wanted!r}, got" if not isinstance(got, str) else f"FAILED {what}", got, sep="\n")


def said(what, result, status, output="", error=""):
    expect(what + ": the exit status", status, result[0])
    expect(what + ": standard output", output, result[1])
    expect(what + ": standard error", error, result[2])


def case(function):
    world = World(dialogc, bot)
    try:
        function(world)
    except Exception as error:
        failed.append(function.__name__)
        print(f"FAILED {function.__name__}: {error!r}")
    finally:
        world.close()


PLAN = f"""change `Support Desk` ({BOT}) on HOST

other changes:
dialog `one`
  added
dialog `two`
  added

variables:
  environment variable `HOST`: added
"""
DONE = f"""importing into {BOT}
  imported Dialog `order status`
  imported Dialog `talk to somebody`
  imported Dialog `one`
  imported Dialog `two`
{BOT} is as planned
"""
BACKUP = f"backup: p/.dialogc/deploy/{BOT}-TIME.zip\n"
DEPLOY = ("deploy", "-C", "p", "--bot", BOT)


def pulling(w):
    said("list", w.run("pull", "--list"), 0, f"{BOT}  Support Desk\n")
    said("pull", w.run("pull", "--bot", BOT, "-o", "out"), 0, "",
         f"`Support Desk` ({BOT}): 2 dialogs, 2 files in out\n")
    for path in (w.folder / "bots" / BOT).iterdir():
        expect("pull " + path.name, path.read_bytes(), (w.folder / "out" / path.name).read_bytes())
    said("pull of an environment", w.run("pull", "-C", "p", "--env", "test", "-q", "-o", "again"), 0)
    said("pull, which bot", w.run("pull", "-C", "p", "--env", "empty", "-o", "again"), 3, "",
         "dialogc: which bot? name it with `--bot ID`, or with `--env NAME` an environment of the project file; "
         "`dialogc pull --list` lists the bots\n")
    said("pull, an environment", w.run("pull", "-C", "p", "--env", "tset", "-o", "again"), 3, "",
         "dialogc: the project has no environment `tset`; did you mean `test`?\n")
    said("pull, no id", w.run("pull", "--bot", "Support", "-o", "again"), 3, "",
         "dialogc: `Support` is not the id of a bot, such as st-1e845b00-81ad-5757-a1e7-d0f6fea227e9; "
         "`dialogc pull --list` lists the bots\n")
    said("pull, an unknown bot", w.run("pull", "--bot", "st-2", "-o", "again"), 3, "",
         "dialogc: HOST knows nothing there, asked to export the bot (404): no bot st-2; check the id of the bot and "
         "the host\n")
    said("pull, never published", w.run("pull", "--bot", BOT, "--published", "-o", "again"), 3, "",
         "dialogc: HOST responds with 400, asked to export the bot: the bot was never published\n")
    w.behave(export_fails=True)
    said("pull, a failed export", w.run("pull", "--bot", BOT, "-o", "new"), 3, "",
         f"dialogc: the platform could not export {BOT}: no room\n")
    w.behave(odd={"pending": "on its way", "success": "on its way"})
    said("pull, a state without an end", w.run("pull", "--bot", BOT, "-o", "new", "--timeout", "1"), 3, "",
         "dialogc: the export has not ended in 1 seconds; its state is `on its way`\n")
    w.behave(states=40)
    said("pull, many questions", w.run("pull", "--bot", BOT, "-q", "-o", "out"), 0)
    expect("nothing else is written", ["again", "bots", "out", "p"], sorted(os.listdir(w.folder)))


def archives(w):
    for entries, reason in (({"../x": ""}, "the name `../x` in it leads out of the archive"),
                            ({"/x": ""}, "the name `/x` in it leads out of the archive"),
                            ({".git/config": ""}, "the name `.git/config` in it is hidden"),
                            ({"CONFIG.json": ""}, "the name `CONFIG.json` in it is there twice")):
        w.behave(entries=entries)
        result = w.run("pull", "--bot", BOT, "-o", "new")
        expect(f"{entries}: status", 1, result[0])
        expect(f"{entries}: reason", True, reason in result[2])
    w.behave(download="<html>")
    result = w.run("pull", "--bot", BOT, "-o", "new")
    expect("no zip", (1, True), (result[0], "it is not a zip" in result[2]))
    w.behave(entries={"functions/a.js": "// a"})
    w.run("pull", "--bot", BOT, "-o", "new")
    expect("a file in a folder", "// a", (w.folder / "new/functions/a.js").read_text())
    expect("nothing leaves the folder", ["bots", "new", "p"], sorted(os.listdir(w.folder)))


def credentials(w):
    without = {"DIALOGC_CLIENT_ID": "", "DIALOGC_CLIENT_SECRET": ""}
    file = w.folder / "secrets"
    file.write_text(f"# the app\nDIALOGC_CLIENT_ID = {stand_in.CLIENT_ID}\nDIALOGC_CLIENT_SECRET={stand_in.SECRET}\n")
    file.chmod(0o640)
    said("a file for others", w.run("pull", "--list", "--credentials", "secrets", **without), 3, "",
         "dialogc: secrets can be read by others than you; make it a file of your own with `chmod 600`, and change "
         "the secret if they may have seen it\n")
    file.chmod(0o600)
    said("a file", w.run("pull", "--list", "--credentials", "secrets", **without), 0, f"{BOT}  Support Desk\n")
    command = ("--client-id", stand_in.CLIENT_ID, "--secret-command")
    said("a command", w.run("pull", "--list", *command, f"echo {stand_in.SECRET}", **without), 0,
         f"{BOT}  Support Desk\n")
    said("a command that fails", w.run("pull", "--list", *command, "exit 3", **without), 3, "",
         "dialogc: the command for the secret has failed\n")
    said("a command that says too much", w.run("pull", "--list", *command, "echo a; echo b", **without), 3, "",
         "dialogc: the command for the secret must print one line, the secret\n")
    said("none", w.run("pull", "--list", **without), 3, "",
         "dialogc: the platform needs the client id of an app: set DIALOGC_CLIENT_ID, or use `--credentials FILE` or "
         "`--client-id ID`\n")
    said("no secret", w.run("pull", "--list", "--client-id", "cs-1", **without), 3, "",
         "dialogc: the platform needs the client secret of an app: set DIALOGC_CLIENT_SECRET, or use "
         "`--credentials FILE` or `--secret-command COMMAND`\n")
    said("a wrong one", w.run("pull", "--list", DIALOGC_CLIENT_SECRET="another"), 3, "",
         "dialogc: HOST does not accept the credentials, which are needed to list the bots (401); check the client id "
         "and the secret, that the app signs with HS256, and the clock of this machine\n")
    w.behave(scopes=["Bot Export"])
    said("a scope", w.run(*DEPLOY, "--yes"), 3, PLAN,
         BACKUP + "dialogc: the app may not upload a file (403): insufficient scope; give it the scope `Bot Import` "
         "in the admin console of HOST, and make sure that it may see this bot\n"
         f"dialogc: {BOT} is as it was before\n")


def addresses(w):
    for host, reason in (("http://example.com", "http is only possible for this machine (localhost); use https"),
                         ("ftp://localhost", "only https is possible"),
                         ("https://me:word@example.com", "a host has no user name and password"),
                         ("example.com/api", "a host is a name such as `bots.kore.ai`, without a path")):
        result = w.run("pull", "--list", "--host", host)
        expect(host, (3, True), (result[0], result[2].endswith(f" is not a host of the platform: {reason}\n")))
    said("nobody there", w.run("pull", "--list", "--host", "http://127.0.0.1:1"), 3, "",
         "dialogc: cannot reach 127.0.0.1:1 to list the bots: Couldn't connect to server\n")
    said("a proxy of the environment", w.run("pull", "--list", "--host", "bots.kore.ai",
                                             https_proxy="http://127.0.0.1:1"), 3, "",
         "dialogc: cannot reach bots.kore.ai to list the bots: Couldn't connect to server\n")
    said("no proxy for this machine", w.run("pull", "--list", http_proxy="http://127.0.0.1:1"), 0,
         f"{BOT}  Support Desk\n")
    other = "http://127.0.0.1:9/elsewhere"
    w.behave(faults=[{"request": "list", "nth": 1, "do": "302", "headers": {"Location": other}}])
    said("a redirect", w.run("pull", "--list"), 3, "",
         f"dialogc: HOST redirects the request to list the bots to another place, {other}; dialogc sends nothing "
         "there. If that is the platform, name it with `--host`\n")
    w.behave(faults=[{"request": "list", "nth": 1, "do": "307",
                      "headers": {"Location": "/api/public/bots?offset=0&limit=50"}}])
    said("a redirect on the same host", w.run("pull", "--list"), 0, f"{BOT}  Support Desk\n")
    w.behave(odd={"downloadURL": "https://files.example.com/x.zip"})
    said("a download elsewhere", w.run("pull", "--bot", BOT, "-o", "new"), 3, "",
         "dialogc: the export lies on another host than HOST: https://files.example.com/x.zip. If that is the "
         "platform, name it with `--host`\n")


def retries(w):
    w.behave(faults=[{"request": "list", "nth": n, "do": do} for n, do in ((1, "429"), (2, "503"), (3, "500"))])
    said("three failures", w.run("pull", "--list"), 0, f"{BOT}  Support Desk\n")
    w.behave(faults=[{"request": "list", "nth": n, "do": "500", "message": "a bad day"} for n in range(1, 9)])
    said("too many", w.run("pull", "--list"), 3, "", "dialogc: HOST responds with 500, asked to list the bots: "
         "a bad day\n")
    expect("attempts", 6, w.platform.counts["list"])
    w.behave(faults=[{"request": "list", "nth": 1, "do": "429", "headers": {"Retry-After": "1"}}])
    before = time.monotonic()
    said("Retry-After", w.run("pull", "--list"), 0, f"{BOT}  Support Desk\n")
    expect("Retry-After is kept", True, time.monotonic() - before >= 1)
    w.behave(faults=[{"request": "list", "nth": 1, "do": "429", "headers": {"Retry-After": "9999"}}])
    said("Retry-After that is too long", w.run("pull", "--list"), 3, "",
         "dialogc: HOST allows no more requests for now, asked to list the bots (429): not now; try again later\n")
    w.behave(faults=[{"request": "list", "nth": 1, "do": "", "body": "{"}])
    said("no JSON", w.run("pull", "--list"), 3, "",
         "dialogc: HOST responds without JSON to the request to list the bots; this version of dialogc does not know "
         "such a platform\n")
    w.behave(limit=1000)
    said("a file that is too large", w.run(*DEPLOY, "--yes", "-q"), 3, PLAN,
         "dialogc: the file is too large for HOST, asked to upload a file (413): the file is too large\n"
         f"dialogc: {BOT} is as it was before\n")
    w.behave(rate=4)
    said("a rate", w.run(*DEPLOY, "--yes", "-q"), 0, PLAN)


def deploying(w):
    said("the plan", w.run(*DEPLOY, "--plan"), 0, PLAN)
    expect("a plan changes nothing", ["order status", "talk to somebody"], w.dialogs())
    expect("nor the disk", ["dialogc.yaml", "templates"], sorted(os.listdir(w.folder / "p")))
    old = w.bot()
    said("deploy", w.run(*DEPLOY, "--yes"), 0, PLAN, BACKUP + DONE)
    expect("the dialogs", ["order status", "talk to somebody", "one", "two"], w.dialogs())
    expect("old dialogs stay", old["dialogs"], w.bot()["dialogs"][:2])
    expect("no record is left", [], w.records())
    expect("the backup is private", 0o600, stat.S_IMODE(w.backups()[0].stat().st_mode))
    with zipfile.ZipFile(w.backups()[0]) as archive:
        expect("the backup is the bot", old, json.loads(archive.read("botDefinition.json")))
    said("once more", w.run(*DEPLOY, "--yes"), 0, "", f"nothing to change in `Support Desk` ({BOT})\n")
    expect("and no backup", 1, len(w.backups()))
    w.template("two", "Good morning!")
    (w.folder / "p/templates/one.yaml").unlink()
    said("a change", w.run(*DEPLOY, "--yes"), 0, f"""change `Support Desk` ({BOT}) on HOST

other changes:
dialog `two`
  message `twoGreeting`: the text for default in en was "Hello!", now "Good morning!"
""", BACKUP + DONE)
    said("an error in a template", (lambda: ((w.folder / "p/templates/two.yaml").write_text("dialogc: 1\n"),
                                             w.run(*DEPLOY, "--yes"))[1])()[:2] + ("",), 1)


def environments(w):
    variables = PLAN + "  the value of the environment variable `HOST`: changed\n"
    said("an environment", w.run("deploy", "-C", "p", "-e", "test", "--yes"), 0, variables, BACKUP + DONE)
    config = json.loads(w.platform.bots[BOT]["config.json"])
    expect("its value", {"SHOP_HOST": "shop.example.com", "HOST": "test.example.com"},
           {v["key"]: v["value"] for v in config["envVariables"]})
    path = w.folder / "p/dialogc.yaml"
    path.write_text(path.read_text().replace("HOST:", "HOTS:"))
    said("a variable that there is not", w.run("deploy", "-C", "p", "-e", "test", "--yes"), 3, "",
         "dialogc: the environment `test` has a value for the variable `HOTS`, which neither the bot has nor a "
         "template uses\ndialogc: this deploy has changed nothing on the platform\n")


def going_back(w):
    w.run(*DEPLOY, "--yes")
    backup = str(w.backups()[0].relative_to(w.folder))
    old = json.loads((w.folder / "bots" / BOT / "botDefinition.json").read_text())
    result = w.run(*DEPLOY, "--rollback", backup, "--yes")
    said("back", result, 0, f"""bring back `Support Desk` ({BOT}) on HOST

can break conversations or integrations:
dialog `one`
! removed
dialog `two`
! removed

variables:
  config.json: as in the backup

a backup replaces the whole bot, whatever else has changed in it since then
""", BACKUP + f"""importing into {BOT}
  imported Dialog `order status`
  imported Dialog `talk to somebody`
{BOT} is as planned
""")
    expect("the bot of before", old, w.bot())
    expect("a backup of what was there", 2, len(w.backups()))
    result = w.run(*DEPLOY, "--rollback", "p/dialogc.yaml", "--yes")
    expect("no backup", (1, True), (result[0], "it is not a zip" in result[2]))


def afterwards(w):
    said("publish", w.run(*DEPLOY, "--yes", "--publish", "first"), 0, PLAN,
         BACKUP + DONE + "published, with the comment `first`\n")
    said("publish what is there", w.run(*DEPLOY, "--yes", "--publish", "second"), 0, "",
         f"nothing to change in `Support Desk` ({BOT})\npublished, with the comment `second`\n")
    said("the published version", w.run("pull", "--bot", BOT, "--published", "-q", "-o", "out"), 0)
    w.behave(publish_fails=True)
    result = w.run(*DEPLOY, "--yes", "--publish", "third")
    expect("a publication that fails", (3, 4), (result[0], result[2].count("was not published: FAILED")))
    (w.folder / "suite.json").write_text('{"tests": []}')
    said("tests", w.run(*DEPLOY, "--yes", "--tests", "suite.json", "--tests-user", "me@example.com"), 0, "",
         f"nothing to change in `Support Desk` ({BOT})\n"
         "the platform imports the conversations of suite.json as the test suite `suite`\n")
    expect("the suite", [(BOT, "en", "suite", '{"tests": []}')], w.platform.suites)


def a_new_bot(w):
    said("a new bot", w.run("deploy", "-C", "p", "--new", "Fresh", "--yes"), 0,
         "a new bot `Fresh` on HOST: 2 dialogs\n  one\n  two\n",
         "  imported Dialog `one`\n  imported Dialog `two`\nthe new bot `Fresh` is st-new-1\n")
    expect("its dialogs", ["one", "two"], w.dialogs("st-new-1"))
    w.behave(faults=[{"request": "import-new", "nth": 1, "do": "cut", "at": 0.5}])
    result = w.run("deploy", "-C", "p", "--new", "Lost", "--yes")
    expect("a lost response", (3, True), (result[0], "the bot may have been made: `dialogc pull --list` shows whether "
                                                     "it is there" in result[2]))
    expect("it is made once", 1, w.platform.log.count("import-new") - 1)


def partial(w):
    w.behave(fail_tasks=["one"])
    said("a task that fails", w.run(*DEPLOY, "--yes"), 3, PLAN, BACKUP + f"""importing into {BOT}
  imported Dialog `order status`
  imported Dialog `talk to somebody`
  failed   Dialog `one`
  imported Dialog `two`
still to be changed in the bot:
dialog `one`
  added
dialogc: Dialog `one` was not imported: an entity of this dialog is not valid
dialogc: {BOT} is neither as it was nor as planned
dialogc: deploy again to complete it, or bring back what was there: `dialogc deploy -C p --bot {BOT} --host 'http://HOST' --rollback p/.dialogc/deploy/{BOT}-TIME.zip`
""")
    w.behave()
    result = w.run(*DEPLOY, "--yes")
    expect("it is taken up", (0, True), (result[0], result[2].startswith(
        f"an earlier deploy has not ended; its backup is p/.dialogc/deploy/{BOT}-TIME.zip, which `--rollback` brings "
        "back\n")))
    expect("and completed", ["order status", "talk to somebody", "two", "one"], w.dialogs())
    expect("no record is left", [], w.records())


def at_once(w):
    w.behave(change={"after": 1, "bot": BOT, "name": "Help Desk"})
    said("somebody else changes the bot", w.run(*DEPLOY, "--yes"), 3, PLAN,
         BACKUP + "dialogc: somebody has changed the bot since the plan was made (1 change); look at it, and deploy "
         f"again\ndialogc: {BOT} is as it was before\n")
    expect("nothing is imported", 0, w.platform.log.count("import"))


def lost(w):
    w.behave(faults=[{"request": "import", "nth": 1, "do": "cut", "at": 0.5}], states=0)
    result = w.run(*DEPLOY, "--yes")
    expect("a lost response: deployed", (0, True), (result[0], result[2].endswith(f"{BOT} is as planned\n")))
    expect("all dialogs are there", ["order status", "talk to somebody", "one", "two"], w.dialogs())


def interrupted(w):
    w.behave(states=100000)
    w.platform.behaviour = lambda: {"states": 0 if w.platform.log.count("import") == 0 else 100000}
    process = subprocess.Popen(w.command(*DEPLOY, "--yes"), cwd=w.folder, env=w.environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while w.platform.log.count("import-state") < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=30)
    said("Ctrl-C", (process.returncode, w.plain(out), w.plain(error)), 3, PLAN, BACKUP + f"""importing into {BOT}
dialogc: interrupted; the platform goes on with the import bir-ID
dialogc: whether {BOT} has changed is not known yet
dialogc: deploy again to complete it, or bring back what was there: `dialogc deploy -C p --bot {BOT} --host 'http://HOST' --rollback p/.dialogc/deploy/{BOT}-TIME.zip`
""")
    expect("a record is left", 1, len(w.records()))
    for job in w.platform.jobs.values():
        job["left"] = min(job["left"], 2)
    w.platform.behaviour = lambda: {}
    result = w.run(*DEPLOY, "--yes")
    expect("the next deploy waits for the import, and has nothing to do", (0, True),
           (result[0], result[2].endswith(f"nothing to change in `Support Desk` ({BOT})\n")))
    expect("no record is left", [], w.records())


def interrupted_early(w):
    """Before anything is written."""
    w.behave(states=100000)
    process = subprocess.Popen(w.command(*DEPLOY, "--yes"), cwd=w.folder, env=w.environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while w.platform.log.count("export-state") < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    out, error = process.communicate(timeout=30)
    said("a signal while the bot is exported", (process.returncode, out, error), 3, "",
         "dialogc: interrupted\ndialogc: this deploy has changed nothing on the platform\n")


def trust(w):
    """TLS is verified: the authority, and the name."""
    for name in ("localhost", "elsewhere"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                        "-addext", f"subjectAltName=DNS:{name}", "-keyout", name + ".key", "-out", name + ".pem"],
                       cwd=w.folder, check=True, capture_output=True)
    server = stand_in.serve(w.folder / "bots", [str(w.folder / "localhost.pem"), str(w.folder / "localhost.key")])
    host = f"https://localhost:{server.server_port}"
    plain = lambda result: (result[0], result[1], result[2].replace(host[8:], "TLS"))
    untrusted = ("dialogc: TLS cannot be trusted: SSL peer certificate or SSH remote key was not OK; a proxy with "
                 "certificates of its own needs `--ca-file`\n")
    said("an unknown authority", plain(w.run("pull", "--list", host=host)), 3, "", untrusted)
    said("a known one", plain(w.run("pull", "--list", "--ca-file", "localhost.pem", host=host)), 0,
         f"{BOT}  Support Desk\n")
    said("a whole export", plain(w.run("pull", "--bot", BOT, "-q", "-o", "out", "--ca-file", "localhost.pem",
                                       host=host)), 0)
    expect("an untrusted server sees no token, a trusted one that of each request", 4, len(server.platform.seen))
    server.shutdown()
    server = stand_in.serve(w.folder / "bots", [str(w.folder / "elsewhere.pem"), str(w.folder / "elsewhere.key")])
    host = f"https://localhost:{server.server_port}"
    said("another name", plain(w.run("pull", "--list", "--ca-file", "elsewhere.pem", host=host)), 3, "", untrusted)
    expect("another name sees no token", [], server.platform.seen)
    server.shutdown()
    said("no such file", w.run("pull", "--list", "--ca-file", "nothing.pem"), 3, "",
         "dialogc: nothing.pem is not a file with certificates of authorities\n")


def on_a_terminal(w):
    """Answers the question on a terminal of its own; what is shown there in the end."""
    for answer, wanted, dialogs in ((b"no\n", "this deploy has changed nothing on the platform", 2),
                                    (b"\x03", "this deploy has changed nothing on the platform", 2),
                                    (b"yes\n", f"{BOT} is as planned", 4)):
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(w.folder)
            os.execve(dialogc_path, w.command(*DEPLOY), {**w.environment, "TERM": "xterm"})
        shown, answered = b"", False
        while select.select([terminal], [], [], 30)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
            if b"[no]: " in shown and not answered:
                answered = True
                os.write(terminal, answer)
        os.waitpid(process, 0)
        expect(f"{answer}: what is said", True, wanted in shown.decode())
        expect(f"{answer}: the bot", dialogs, len(w.dialogs()))


def secrecy(w):
    """Looks for the secret and for every token in what is printed, in files, and in what other processes see."""
    found = []

    def look():
        for path in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(path / "exe").endswith(("dialogc-online", "dialogc")):
                    seen = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
                    found.extend(s for s in [stand_in.SECRET, *w.platform.seen] if s.encode() in seen)
            except OSError:
                pass
    w.platform.look = look
    texts = []
    for behaviour in ({}, {"fail_tasks": ["one"]}, {"scopes": []},
                      {"faults": [{"request": "import", "nth": 1, "do": "cut", "at": 0.2}]}):
        w.behave(**behaviour)
        texts += w.run(*DEPLOY, "--yes")[1:]
        w.template("one", f"Hello {len(texts)}")
    texts += w.run("pull", "--list", DIALOGC_CLIENT_SECRET=stand_in.SECRET + "x")[1:]
    for path in (w.folder / "p").rglob("*"):
        if path.is_file():
            texts.append(path.read_bytes().decode("latin-1"))
    texts += [json.dumps(w.bot())]
    expect("in other processes' sight", [], found)
    expect("tokens were seen", True, len(w.platform.seen) > 20)
    for secret in [stand_in.SECRET, *w.platform.seen]:
        for part in (secret, secret.rsplit(".", 1)[-1]):
            expect(f"a credential is shown: {part}", False, any(part in text for text in texts))


def the_script(w):
    """The script with which the owner of an account checks the platform itself."""
    script = pathlib.Path(__file__).resolve().parents[2] / "examples/check-platform"
    done = subprocess.run([script, BOT, w.host], cwd=w.folder / "p", capture_output=True, text=True,
                          env={**w.environment, "DIALOGC": w.dialogc, "INTERVAL": "1"})
    expect("ten steps", (0, [f"{i} ok" for i in range(1, 11)]),
           (done.returncode, [line.split(":")[0] for line in done.stdout.splitlines()]))
    expect("only reading", set(), {"upload", "import", "import-new", "publish", "tests"} & set(w.platform.log))


dialogc_path = str(pathlib.Path(dialogc).resolve())
for function in (pulling, archives, credentials, addresses, retries, deploying, environments, going_back, afterwards,
                 a_new_bot, partial, at_once, lost, interrupted, interrupted_early,
                 on_a_terminal, secrecy, the_script,
                 *([trust] if shutil.which("openssl") else [])):
    case(function)
print(f"{len(failed)} failed" if failed else "all as expected")
sys.exit(len(failed) > 0)
