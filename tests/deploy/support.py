"""What the tests of `dialogc pull` and `dialogc deploy` share: a project, a bot, and the stand-in of the platform."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile

sys.dont_write_bytecode = True
import stand_in

BOT = "st-a9245e1a"
PROJECT = """dialogc: 1
name: Sales Bot
environments:
  test:
    bot: st-a9245e1a
    variables: {HOST: test.example.com}
  empty: {}
"""
TEMPLATE = """dialogc: 1
template: {0}
title: {0}
intent: {{utterances: [{0}]}}
messages: {{{0}Greeting: "{1}"}}
"""


class World:
    """A folder with the project `p` and the platform's bots, a server for these, and dialogc."""

    def __init__(self, dialogc, bot):
        self.dialogc, self.folder = str(pathlib.Path(dialogc).resolve()), pathlib.Path(tempfile.mkdtemp())
        shutil.copytree(bot, self.folder / "bots" / BOT)
        (self.folder / "p/templates").mkdir(parents=True)
        (self.folder / "p/dialogc.yaml").write_text(PROJECT)
        self.template("one", "Hello at {{env.HOST}}")
        self.template("two", "Hello!")
        self.server = stand_in.serve(self.folder / "bots")
        self.platform = self.server.platform
        self.host = f"http://127.0.0.1:{self.server.server_port}"
        self.environment = {"PATH": os.environ["PATH"], "DIALOGC_CLIENT_ID": stand_in.CLIENT_ID,
                            "DIALOGC_CLIENT_SECRET": stand_in.SECRET}
        for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        shutil.rmtree(self.folder)

    def template(self, name, text):
        (self.folder / f"p/templates/{name}.yaml").write_text(TEMPLATE.format(name, text))

    def behave(self, **behaviour):
        (self.folder / "bots/behaviour.json").write_text(json.dumps(behaviour))
        self.platform.counts = {}

    def command(self, *arguments, host=None):
        given = [] if "--host" in arguments else ["--host", host or self.host]
        return [self.dialogc, *arguments, *given, "--interval", "1"]

    def run(self, *arguments, host=None, **environment):
        """Exit status, standard output and standard error, without what differs from run to run."""
        done = subprocess.run(self.command(*arguments, host=host), cwd=self.folder, capture_output=True, text=True,
                              env={**self.environment, **environment}, stdin=subprocess.DEVNULL, timeout=60)
        return done.returncode, self.plain(done.stdout), self.plain(done.stderr)

    def plain(self, text):
        text = text.replace(self.host[7:], "HOST").replace(str(self.folder), "FOLDER")
        text = re.sub(r"\d{8}T\d{6}Z(-\d+)?", "TIME", text)
        return re.sub(r"bir-[0-9a-f-]{36}", "bir-ID", text)

    def bot(self, name=BOT):
        return json.loads(self.platform.bots[name]["botDefinition.json"])

    def dialogs(self, name=BOT):
        return [d["lname"] for d in self.bot(name)["dialogs"]]

    def backups(self):
        return sorted((self.folder / "p/.dialogc/deploy").glob("*.zip"), key=lambda path: path.stat().st_mtime_ns)

    def records(self):
        return list((self.folder / "p/.dialogc/deploy").glob("*.json"))
