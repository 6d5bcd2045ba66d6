#!/usr/bin/env python3
"""A diff that cannot miss: `diff_changes.py DIALOGC [--share N] [--seed S] [--more M] BOT.json...`.

Makes single changes to exports, one at a time: at every key path that the exports have (or one in N of
them), each in the smallest export that has it, and at M random places more of each export. For each, `dialogc diff` must report one change, in the right dialog,
with the right mark, and nothing else; or nothing but a quiet count, where the change has no effect.
`diff A A` is empty, and `diff B A` is the mirror of `diff A B`.
"""
import argparse
import collections
import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

LOCALE = re.compile(r"^[a-z]{2}(_[A-Z]{2})?$")
SCENE_ID = re.compile(r"^snc-")
DEFINITIONS = {"_id", "refId", "nodeId", "lname", "defaultLanguage"}


# ---- what the docs promise ----

def is_anew(path):
    """Values that every export makes anew: changes of them are not reported."""
    text = "/".join(map(str, path))
    return re.search(
        r"^encryptedHash$|^botEvents/.*/(lMod|lModBy|createdOn|createdBy)$"
        r"|^advancedNLSettings/\d+/lastModified(On|By)$"
        r"|^namespaces/\d+/(created|lModified)(On|By)$"
        r"|^translationEngines/\d+/(createdOn|createdBy|lMod|lModBy)$"
        r"|^smallTalk/.*/(_id|groupId)$|^scenes/\d+/(_id|refId)$"
        r"|^scenes/\d+/components/[^/]+/(parentId|seqId)$"
        r"|^sceneComponents/\d+/(_id|refId|sceneId)$"
        r"|^dialogs/\d+/sceneRefId$|^dialogComponents/\d+/parentId$", text) is not None


NODE = r"^(dialogs/\d+/nodes/\d+(/nodes/\d+)?|dialogComponents/\d+/nodes/\d+)"


def quiet_kind(path):
    """What is only counted: "positions", "ids", or None."""
    text = "/".join(map(str, path))
    if re.search(NODE + r"/(positionMeta|metadata)(/|$)", text):
        return "positions"
    if re.search(NODE + r"/transitions/\d+/metadata/color$", text):
        return "positions"
    if re.search(NODE + r"/transitions/\d+/metadata/connId$", text):
        return "ids"
    if re.search(r"^sentences/\d+/_id$", text):
        return "ids"
    return None


def is_breaking(bot, path, operation, before):
    """What docs/bots.md lists as breaking, for a change of this kind at this place."""
    text = "/".join(map(str, path))
    removed = operation in ("delete", "remove")

    def at(pattern):
        return re.search(pattern, text) is not None

    if at(r"^(idpConfigurations|contentVariables)/\d+$"):
        return True
    if at(r"^(idpConfigurations|contentVariables)/\d+/"):
        return True
    if at(r"^dialogComponents/\d+/(endPoint|headers|payload|idp|entityType|regexPattern|dialogId|type|name)(/|$)"):
        return True
    if at(r"^dialogComponents/\d+$"):
        return removed and uses(bot, before["_id"]) > 0
    if at(NODE + "$"):
        return removed
    if at(NODE + "/(type|componentId)$"):
        return True
    if at(NODE + r"/transitions$|" + NODE + r"/transitions/\d+$"):
        return True
    if at(NODE + r"/transitions/\d+/(?!metadata|userUtterance)"):
        return True
    if at(r"^dialogComponents/\d+/(message|errorMessage|submitMessage)/\d+$"):
        return removed
    if at(r"^dialogComponents/\d+/(message|errorMessage|submitMessage)/\d+/localeData/[^/]+$"):
        return removed
    if at(r"^dialogComponents/\d+/(message|errorMessage|submitMessage)/\d+/channel$"):
        return True
    if at(r"^(dialogs/\d+/|dialogComponents/\d+/|patterns/\d+/)?localeData/[^/]+$"):
        return removed
    if at(r"^supportedLanguages/\d+$"):
        return removed or operation == "set"
    if at(r"^dialogComponents/\d+/localeData/[^/]+/allowedValues/values/\d+$"):
        return removed
    if at(r"^dialogComponents/\d+/localeData/[^/]+/allowedValues/values/\d+/value$"):
        return True
    if at(r"^sentences/\d+$|^dialogs/\d+$"):
        return removed
    if at(r"^sentences/\d+/(sentence|language|taskId)$"):
        return True
    if at(r"^patterns/\d+$"):
        return removed and any(v.get("patterns") for v in before["localeData"].values())
    if at(r"^patterns/\d+/localeData/[^/]+/patterns/\d+$"):
        return removed
    if at(r"^patterns/\d+/localeData/[^/]+/patterns/\d+/value$"):
        return True
    return False


# ---- where a change is ----

def dialog_name(dialog):
    return (next(iter(dialog.get("localeData", {}).values()), {}).get("name") or dialog.get("lname", ""))


def users(bot):
    """The names of the dialogs that use each component."""
    found = collections.defaultdict(set)
    for dialog in bot["dialogs"]:
        for stub in dialog.get("nodes") or []:
            for node in [stub, *(stub.get("nodes") or [])]:
                found[node.get("componentId")].add(dialog_name(dialog))
    return found


def uses(bot, component):
    """How many nodes have a component; those in a bot action are in its component, too."""
    return sum(1 for dialog in bot["dialogs"] for stub in dialog.get("nodes") or []
               for node in [stub, *(stub.get("nodes") or [])] if node.get("componentId") == component)


def places(bot, path):
    """The dialogs that a change may be reported in; {None}: the bot."""
    section, index = path[0], path[1] if len(path) > 1 else None
    if index is None or not isinstance(bot[section], list):
        return {None}
    element = bot[section][index]
    if section == "dialogs":
        return {dialog_name(element)}
    if section == "dialogComponents":
        return users(bot)[element.get("_id")] or {None}
    if section == "sentences":
        return users(bot)[element.get("taskId")] or {None}
    if section == "patterns":
        ids = [c["_id"] for c in bot["dialogComponents"] if c.get("refId") == element.get("refId")]
        return users(bot)[ids[0]] or {None} if ids else {None}
    return {None}


# ---- changes ----

def walk(value, path=()):
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, path + (index,))


def shape(bot, path):
    """A path without what tells one element from another: one place of each shape is changed."""
    steps, value = [], bot
    for key in path:
        kind = value.get("type", "") if isinstance(value, dict) and isinstance(value.get("type"), str) else ""
        value = value[key]
        name = "[]" if isinstance(key, int) else "*" if LOCALE.match(key) or SCENE_ID.match(key) else key
        steps.append(f"{name}<{kind}" if len(steps) in (2, 4) and len(kind) < 16 else name)
    return "/".join(steps)


def is_skipped(path):
    """What defines an id is changed everywhere at once (`rename`); and what other keys derive from."""
    key = path[-1]
    text = "/".join(map(str, path))
    if key in DEFINITIONS and not re.search(r"^sentences|smallTalk|scene", text):
        return True
    if text in ("dialogs", "dialogComponents", "sentences", "patterns", "localeData", "supportedLanguages",
                "idpConfigurations", "contentVariables"):
        return True
    if re.search(r"^exportOptions/subTasks/dialogs", text):
        return True
    return False


def changed(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return (value or "") + "Q7"


def apply(bot, path, operation, randomness):
    """A copy with the change, or None when it cannot be made there."""
    other = copy.deepcopy(bot)
    parent = other
    for key in path[:-1]:
        parent = parent[key]
    key = path[-1]
    value = parent[key]
    if operation == "set" and not isinstance(value, (dict, list)):
        parent[key] = changed(value)
    elif operation == "delete" and isinstance(parent, dict):
        del parent[key]
    elif operation == "remove" and isinstance(parent, list):
        del parent[key]
    elif operation == "add" and isinstance(value, dict):
        value["newKeyQ7"] = randomness.choice([1, "text", True, {"a": []}])
    else:
        return None
    return other


def operations(value, parent):
    if isinstance(value, dict):
        own = ["add"]
    elif isinstance(value, list):
        own = []
    else:
        own = ["set"]
    return own + (["remove"] if isinstance(parent, list) else ["delete"])


# ---- the test ----

class Tester:
    def __init__(self, dialogc, folder):
        self.dialogc = dialogc
        self.old = folder / "old.json"
        self.new = folder / "new.json"
        self.failures = 0
        self.count = 0

    def diff(self, a, b):
        run = subprocess.run([self.dialogc, "diff", "--breaking", "--format=json", str(a), str(b)],
                             capture_output=True, text=True, check=False)
        try:
            result = json.loads(run.stdout)
        except ValueError:
            return None, f"exit status {run.returncode}: {run.stderr}"
        status = 1 if result["breaking"] else 0
        return result, None if run.returncode == status else f"exit status {run.returncode}"

    def fail(self, what, *details):
        self.failures += 1
        print("\n".join(["FAILED " + what, *("    " + str(d) for d in details)]), flush=True)

    def check_mirror(self, what, result):
        mirror, problem = self.diff(self.new, self.old)
        if problem:
            return self.fail(what, "mirror: " + problem)
        swap = {"added": "removed", "removed": "added", "changed": "changed"}
        there = sorted((c["change"], tuple(c["keys"])) for c in result["changes"])
        back = sorted((swap[c["change"]], tuple(c["keys"])) for c in mirror["changes"])
        if there != back or result["withoutEffect"] != mirror["withoutEffect"]:
            return self.fail(what, "no mirror", result["changes"], mirror["changes"],
                             result["withoutEffect"], mirror["withoutEffect"])
        texts = sorted(c["text"] for c in result["changes"] if ", now " in c["text"])
        swapped = sorted(re.sub(r"^(.*?(?:was|were) )(.*), now (.*?)( with a different query| in \S+)?$", r"\1\3, now \2\4",
                                c["text"]) for c in mirror["changes"] if ", now " in c["text"])
        if texts != swapped:
            self.fail(what, "no mirror", texts, swapped)
        return None

    def check(self, bot, other, path, operation, before):
        self.count += 1
        what = f"{operation} {'/'.join(map(str, path))}"
        self.new.write_text(json.dumps(other, indent=4, ensure_ascii=False))
        result, problem = self.diff(self.old, self.new)
        if problem:
            return self.fail(what, problem)
        changes, quiet = result["changes"], result["withoutEffect"]
        counted = {k for k, v in quiet.items() if v}
        if is_anew(path):
            if changes or counted:
                self.fail(what, "made anew, but reported", changes, quiet)
        elif quiet_kind(path):
            if changes or counted != {quiet_kind(path)}:
                self.fail(what, f"expected {quiet_kind(path)} alone", changes, quiet)
        else:
            expected = 1
            if re.search(r"^dialogComponents/\d+$", "/".join(map(str, path))) and operation == "remove":
                expected = max(1, uses(bot, before["_id"]))
            if path[0] == "supportedLanguages" and operation == "set":
                expected = 2  # one language has gone, and another one has come
            allowed = places(bot, path) | places(other, path[:1] if operation == "remove" else path)
            if len(changes) != expected:
                self.fail(what, f"{len(changes)} changes", changes, quiet)
            elif counted:
                self.fail(what, "counted as well", changes, quiet)
            elif any(c["dialog"] not in allowed for c in changes):
                self.fail(what, f"reported in the wrong place: {allowed}", changes)
            elif any(c["breaking"] for c in changes) != is_breaking(bot, path, operation, before):
                self.fail(what, f"breaking should be {is_breaking(bot, path, operation, before)}", changes)
        return self.check_mirror(what, result)

    def check_quiet(self, what, other, expected):
        """A change without an effect: only a count."""
        self.count += 1
        self.new.write_text(json.dumps(other, indent=4, ensure_ascii=False))
        result, problem = self.diff(self.old, self.new)
        if problem:
            return self.fail(what, problem)
        counted = {k for k, v in result["withoutEffect"].items() if v}
        if result["changes"] or counted != expected:
            self.fail(what, f"expected {expected} alone", result["changes"], result["withoutEffect"])
        return self.check_mirror(what, result)


def place_of(bot, path):
    value = bot
    for key in path:
        value = value[key]
    return value


def duplicates(bot):
    """Exports with an id twice are left alone: which of the two has changed, nobody can say."""
    for dialog in bot["dialogs"]:
        ids = [n.get("nodeId") for n in dialog.get("nodes") or []]
        if len(ids) != len(set(ids)):
            return True
    return False


def test_quiet(tester, bot, randomness):
    text = json.dumps(bot)
    for key in ("dialogs", "dialogComponents", "sentences", "patterns"):
        if len(bot.get(key, [])) > 1:
            other = copy.deepcopy(bot)
            other[key].reverse()
            tester.check_quiet(f"reverse {key}", other, {"reordered"})
    ids = [c[k] for c in bot["dialogComponents"] for k in ("_id", "refId") if k in c]
    ids += [d[k] for d in bot["dialogs"] for k in ("_id", "refId") if k in d]
    for old in randomness.sample(ids, min(4, len(ids))):
        other = json.loads(text.replace(f'"{old}"', f'"{old}Q7"'))
        tester.check_quiet(f"another id for {old}", other, {"ids"})
    for path, value in walk(bot["dialogComponents"]):
        if path and path[-1] == "text" and isinstance(value, str) and value.isalnum() and value:
            other = copy.deepcopy(bot)
            place_of(other["dialogComponents"], path[:-1])["text"] = "%" + f"{ord(value[0]):02X}" + value[1:]
            if value[0].isascii():
                tester.check_quiet(f"encode {path}", other, {"encodings"})
                break


def test(tester, file, seen, arguments, randomness):
    bot = json.loads(file.read_text())
    if duplicates(bot):
        return
    tester.old.write_text(json.dumps(bot, indent=4, ensure_ascii=False))
    result, problem = tester.diff(tester.old, tester.old)
    if problem or result["changes"] or any(result["withoutEffect"].values()):
        tester.fail(f"diff {file.name} with itself", problem, result)
    if arguments.share == 1 or randomness.randrange(4) == 0:
        test_quiet(tester, bot, randomness)
    by_shape = collections.defaultdict(list)
    for path, _ in walk(bot):
        if path and not is_skipped(path):
            by_shape[shape(bot, path)].append(path)
    todo = []
    for name, paths in sorted(by_shape.items()):
        if name not in seen:
            seen.add(name)
            if arguments.share == 1 or randomness.randrange(arguments.share) == 0:
                path = randomness.choice(paths)
                todo += [(path, o) for o in operations(place_of(bot, path), place_of(bot, path[:-1]))]
    every = [p for paths in by_shape.values() for p in paths]
    for _ in range(arguments.more):
        path = randomness.choice(every)
        todo.append((path, randomness.choice(operations(place_of(bot, path), place_of(bot, path[:-1])))))
    for path, operation in todo:
        other = apply(bot, path, operation, randomness)
        if other is not None and other != bot:
            tester.check(bot, other, path, operation, place_of(bot, path))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dialogc")
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--more", type=int, default=0)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    randomness = random.Random(arguments.seed)
    files = [f for path in arguments.files
             for f in (sorted(path.rglob("*.json")) if path.is_dir() else [path]) if f.name != "config.json"]
    files.sort(key=lambda file: (file.stat().st_size, file))
    seen = set()
    with tempfile.TemporaryDirectory() as folder:
        tester = Tester(arguments.dialogc, pathlib.Path(folder))
        for file in files:
            test(tester, file, seen, arguments, randomness)
    print(f"{tester.count} changes, {tester.failures} failures")
    return 1 if tester.failures or tester.count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
