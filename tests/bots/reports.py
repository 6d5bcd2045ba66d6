#!/usr/bin/env python3
"""The JSON of the commands for exports has the form that the schema says: reports.py DIALOGC VALIDATE SCHEMA BOTS

Runs each command with --format=json on the fixtures in BOTS, in cases with and without findings, and validates what
it prints. VALIDATE is the program that validates JSON files by a schema.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

program, validate, schema, bots = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
TEMPLATE = """dialogc: 1
template: hello
title: hello
intent: {utterances: [hello]}
messages: {greeting: "Hello ${env.CITY}!"}
variables: {env: {CITY: where the shop is}}
"""
DESCRIBE = {"name": "Visit__c", "label": "Visit", "keyPrefix": "a01", "custom": True, "fields": [
    {"name": "Id", "label": "Record ID", "type": "id", "length": 18, "createable": False, "updateable": False,
     "nillable": False, "defaultedOnCreate": True, "custom": False}]}
PROFILE = """dialogc: 1
profile: weather
name: Weather
type: apiKey
in: query
parameter: appid
apiKey: ${env.WEATHER_KEY}
"""
FORM = {"profile": "weather", "name": "Weather", "fields": [
    {"field": "Authorization Type", "value": "Api Key"},
    {"field": "Name", "value": "Weather"},
    {"field": "Field Type", "value": "Query String"},
    {"field": "Field Key", "value": "appid"},
    {"field": "Field Value", "value": "{{env.WEATHER_KEY}}"}]}


def broken_bot(bot):
    """A bot whose second dialog has no nodes, so that no template gives it back; the first one calls it."""
    second, first = bot["dialogs"][:2]
    intent = first["nodes"][0]["componentId"]
    first["nodes"] = []
    message = next(node for node in second["nodes"] if node["type"] == "message")
    call = dict(message, nodeId="intent77", type="intent", componentId=intent, flowTaskId=first["refId"],
                transitions=[{"default": "end", "metadata": {"color": "#676767", "connId": "dummy77"}}])
    message["transitions"][-1]["default"] = "intent77"
    second["nodes"].append(call)
    return bot


def main():
    failures, printed = [], {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def run(title, *arguments, status=0):
            done = subprocess.run([program, *map(str, arguments), "--format=json"], cwd=folder,
                                  capture_output=True, text=True, check=False)
            (folder / f"{title}.report").write_text(done.stdout, encoding="utf-8")
            checked = subprocess.run([validate, schema, folder / f"{title}.report"], capture_output=True,
                                     text=True, check=False)
            if done.returncode != status or done.stderr or checked.returncode != 0:
                failures.append(f"{title}: exit status {done.returncode}, {done.stderr}{checked.stdout}{checked.stderr}")
            printed[title] = json.loads(done.stdout)

        run("init", "init", "project")
        run("library", "add")
        run("add", "add", "-C", "project", "create-a-lead", "--as", "my-lead")
        run("names", "sobject", "list")
        run("objects", "sobject", "show", "Task", "Lead")
        (folder / "describe.json").write_text(json.dumps(DESCRIBE), encoding="utf-8")
        run("describe", "sobject", "import", "-o", "visit.json", "describe.json")
        (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
        run("form", "auth", "profile.yaml")
        if printed["names"]["result"]["objects"][:2] != ["Account", "Campaign"]:
            failures.append(f"sobject list: {printed['names']}")
        if [o["name"] for o in printed["objects"]["result"]["objects"]] != ["Task", "Lead"]:
            failures.append(f"sobject show: {printed['objects']}")
        if printed["describe"]["result"] != {"files": ["visit.json"]} or not (folder / "visit.json").is_file():
            failures.append(f"sobject import: {printed['describe']}")
        if printed["form"]["result"] != FORM:
            failures.append(f"auth: {printed['form']}")
        (folder / "hello.yaml").write_text(TEMPLATE, encoding="utf-8")
        for bot in ("support-desk", "old-crm", "shop-assistant", "help-centre"):
            export = next((bots / bot).glob("*Definition.json"))
            run(f"list-{bot}", "list", export)
            run(f"diff-{bot}", "diff", bots / "support-desk" / "botDefinition.json", export)
            run(f"import-{bot}", "import", "-o", bot, export)
            verified = subprocess.run([program, "verify", "-q", export], capture_output=True, check=False)
            run(f"verify-{bot}", "verify", export, status=verified.returncode)
        shutil.copytree(bots / "support-desk", folder / "bot")
        run("dry", "install", "--into", "bot/botDefinition.json", "--dry-run", "hello.yaml")
        run("install", "install", "--into", "bot/botDefinition.json", "hello.yaml")
        run("again", "install", "--into", "bot/botDefinition.json", "hello.yaml")
        run("uninstall", "uninstall", "--from", "bot/botDefinition.json", "hello")
        run("unknown", "uninstall", "--from", "bot/botDefinition.json", "hello", status=1)
        bot = broken_bot(json.loads((bots / "support-desk" / "botDefinition.json").read_text(encoding="utf-8")))
        (folder / "broken.json").write_text(json.dumps(bot, indent=4), encoding="utf-8")
        run("broken", "import", "-o", "all", "broken.json", status=1)
        run("kept", "import", "-k", "-o", "some", "broken.json", status=1)
        left = [dialog["localeData"]["en"]["name"] for dialog in bot["dialogs"]]
        if (folder / "all").exists() or printed["broken"].get("result") is not None:
            failures.append("an import with a failure wrote something")
        result = printed["kept"].get("result", {})
        if result.get("leftOut") != left[1:] or [d["name"] for d in result.get("dialogs", [])] != left[:1]:
            failures.append(f"--keep-going: {result}")
        for path in result.get("files", []):
            if not (folder / "some" / path).is_file():
                failures.append(f"--keep-going has not written {path}")
        built = subprocess.run([program, "build", "-q", "-C", folder / "some"], capture_output=True, text=True, check=False)
        if built.returncode != 0:
            failures.append(f"what --keep-going wrote: {built.stdout}{built.stderr}")
    print("\n".join(failures) if failures else f"{len(printed)} reports are as the schema says")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
