#!/usr/bin/env python3
"""No input costs more than it should: twice as much of one thing may take little more than twice as long.

    run.py DIALOGC EXPORT.json [--sample]

Instructions are counted (valgrind's callgrind), not seconds, so that the machine and its load do not
matter. Of each kind of input there are three sizes: none, some, and four times as many. What `none` takes is
taken off the other two; then four times as many may take up to MOST times as long (4 in proportion, 16 by the
square; sorting is in between). The sample has a few kinds, for every run of the tests.

For imports, memory is measured too: from an export of one size to one of four times that size, what is held at
the most may grow by MOST_MEMORY times as many bytes as the export does. Exports are written as the platform
writes them. (A value of JSON takes 48 bytes in a tree, so an export that is nothing but `[1,1,1,...]` without
spaces takes 27 times its size before anything is imported; no export is like that.)
"""
import copy
import json
import os
import re
import subprocess
import sys
import tempfile

MOST = 6.0
MOST_MEMORY = 12.0
HEAD = "dialogc: 1\ntemplate: g\ntitle: G\nintent: {utterances: [go now]}\n"
KINDS = []
EXPORTS = []
# Large pages (prctl 41 is PR_SET_THP_DISABLE) would count with what lies beside the bytes that are used, more or less of
# it in each run.
PEAK = ("import ctypes, resource, subprocess, sys; ctypes.CDLL(None).prctl(41, 1, 0, 0, 0); "
        "subprocess.run(sys.argv[1:], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")


def kind(name, size, sample=False):
    """Registers a function that writes files for a size and gives the arguments of dialogc."""
    def add(function):
        KINDS.append((name, size, sample, function))
        return function
    return add


def exports(name, size, sample=False):
    """Registers a function that makes an export of a size, of which import takes memory in proportion."""
    def add(function):
        EXPORTS.append((name, size, sample, function))
        return function
    return add


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text if isinstance(text, str) else json.dumps(text))
    return path


def template(text):
    return write("g.yaml", HEAD + text)


def bot():
    return copy.deepcopy(BOT)


# ---- objects with many keys ----

@kind("keys of xo", 1000, sample=True)
def _(n):
    keys = "".join("    k%d: {a: {b: [1, 2]}}\n" % i for i in range(n))
    return ["build", "-o", "out", template("messages: {done: x}\n" + ("xo:\n  dialog:\n" + keys if n else ""))]


@kind("keys of imported", 1000)
def _(n):
    keys = "".join("    k%d: {a: {b: [1, 2]}}\n" % i for i in range(n))
    return ["build", "-o", "out", template("messages: {done: x}\n" + ("imported:\n  dialog:\n" + keys if n else ""))]


@kind("keys that xo removes", 1000)
def _(n):
    keys = "".join("      k%d: 1\n" % i for i in range(n))
    gone = ", ".join("k%d" % i for i in range(n))
    patch = "xo:\n  dialog:\n    a:\n" + keys + "    b: {'-': [" + gone + "]}\n" if n else ""
    return ["build", "-o", "out", template("messages: {done: x}\n" + patch)]


@kind("unknown keys of a dialog, imported", 1000, sample=True)
def _(n):
    b = bot()
    b["dialogs"][0].update({"zz%d" % i: {"a": "x"} for i in range(n)})
    return ["import", "-o", "imported-%d" % n, write("b.json", b)]


@kind("locales of a dialog, verified", 500)
def _(n):
    b = bot()
    b["dialogs"][0]["localeData"].update({"l%d" % i: {"name": "x", "shortDesc": ""} for i in range(n)})
    return ["verify", write("b.json", b)]


@kind("keys that differ", 2000)
def _(n):
    a, b = bot(), bot()
    a["dialogs"][0].update({"a%d" % i: 1 for i in range(n)})
    b["dialogs"][0].update({"b%d" % i: 1 for i in range(n)})
    return ["diff", write("a.json", a), write("b.json", b)]


@kind("keys in another order", 2000)
def _(n):
    a, b = bot(), bot()
    a["dialogs"][0].update({"a%d" % i: i for i in range(n)})
    b["dialogs"][0].update({"a%d" % i: i for i in reversed(range(n))})
    return ["diff", write("a.json", a), write("b.json", b)]


@kind("keys of an export, verified", 4000)
def _(n):
    return ["verify", write("b.json", dict(bot(), x={"a%d" % i: 1 for i in range(n)}))]


@kind("keys of a YAML mapping", 1000)
def _(n):
    return ["check", template("messages: {done: x}\nvariables:\n  content:\n    z: {value: z}\n" +
                              "".join("    v%d: {value: x}\n" % i for i in range(n)))]


@kind("installed into many dialogs", 200)
def _(n):
    b = bot()
    one = b["dialogs"][0]
    b["dialogs"] += [dict(one, _id="dg-%d" % i, lname="x%d" % i, localeData={"en": {"name": "x%d" % i, "shortDesc": ""}})
                     for i in range(n)]
    return ["install", "-n", "--into", write("b.json", b), template("messages: {done: x}\n")]


# ---- many findings, long lines ----

@kind("a finding behind one long line", 40000, sample=True)
def _(n):
    broken = {"bad%d" % i: {} for i in range(100)}
    b = {"zpad": "x" * (8 * n), **bot()}
    b["dialogs"] = b["dialogs"] + [broken] * 50
    return ["verify", write("b.json", b)]


@kind("unknown references on one line", 250)
def _(n):
    return ["check", template('messages: {done: "x %s"}\n' % " ".join("${nope%d}" % i for i in range(n)))]


@kind("known references on one line", 1000)
def _(n):
    return ["check", template('entities: {a: {type: string}}\nmessages: {done: "${a} %s"}\n' % ("${a} " * n))]


# ---- many of one thing ----

@kind("entities and messages", 250)
def _(n):
    return ["check", template("entities:\n  z: {type: string}\n" + "".join("  e%d: {type: string}\n" % i for i in range(n)) +
                              "messages:\n  done: x\n" + "".join("  m%d: x\n" % i for i in range(n)))]


@kind("utterances", 500)
def _(n):
    return ["check", template("messages: {done: x}\n") if not n else
            write("g.yaml", "dialogc: 1\ntemplate: g\ntitle: G\nintent:\n  utterances:\n" +
                  "".join("    - go now please %d times\n" % i for i in range(n)) + "messages: {done: x}\n")]


@kind("choices", 300)
def _(n):
    choices = "".join("      - {title: T%d, value: v%d, synonyms: [s%d]}\n" % (i, i, i) for i in range(n))
    return ["check", template("entities:\n  a:\n    type: choice\n    choices:\n      - {title: Z, value: z}\n" + choices +
                              'messages: {done: "x ${a}"}\n')]


@kind("steps", 300)
def _(n):
    return ["build", "-o", "out", template("messages: {done: x}\nflow:\n  - say: done\n" + "  - say: done\n" * n)]


@kind("branches", 200)
def _(n):
    branches = "".join("      - {when: \"${a} == v%d\", then: []}\n" % i for i in range(n))
    return ["check", template("entities: {a: {type: string}}\nmessages: {done: x}\nflow:\n  - ask: a\n  - choose:\n"
                              "      - {when: \"${a} == z\", then: []}\n" + branches + "  - say: done\n")]


@kind("items of a list in a value", 2000)
def _(n):
    return ["verify", write("b.json", dict(bot(), x=[[], "a", {"b": 1}] * n))]


@kind("dialogs of one name, compared", 100)
def _(n):
    a, b = bot(), bot()
    one = a["dialogs"][0]
    a["dialogs"] += [dict(one, _id="dg-%d" % i) for i in range(n)]
    b["dialogs"] += [dict(one, _id="dh-%d" % i) for i in range(n)]
    return ["diff", write("a.json", a), write("b.json", b)]


@kind("sentences in another order", 500)
def _(n):
    a, b = bot(), bot()
    one = a["sentences"][0]
    more = [dict(one, _id="s%d" % i, sentence="say %d" % i) for i in range(n)]
    a["sentences"] = a["sentences"] + more
    b["sentences"] = more[::-1] + b["sentences"]
    return ["diff", write("a.json", a), write("b.json", b)]


# ---- memory of an import ----

def chain(n, text, shared=False):
    """A dialog of n messages, one after the other; all of them the same one when it is `shared`."""
    b = bot()
    dialog = b["dialogs"][0]
    b["dialogs"] = [dialog]
    stub = next(node for node in dialog["nodes"] if node["type"] == "message")
    component = next(c for c in b["dialogComponents"] if c["_id"] == stub["componentId"])
    nodes = [dialog["nodes"][0]]
    for i in range(n):
        node = copy.deepcopy(stub)
        node["nodeId"] = "n%d" % i
        node["transitions"][0]["default"] = "n%d" % (i + 1) if i + 1 < n else "end"
        if not shared:
            own = copy.deepcopy(component)
            own.update(_id="dc-%08d" % i, refId="%08d" % i, name="m%d" % i)
            for entry in own["message"]:
                for locale in entry["localeData"].values():
                    locale["text"] = text
            b["dialogComponents"].append(own)
            node["componentId"] = own["_id"]
        nodes.append(node)
    nodes[0]["transitions"][0]["default"] = "n0"
    dialog["nodes"] = nodes
    return b


@kind("cases that tell the values of a choice apart", 300)
def _(n):
    values = ", ".join("v%d" % i for i in range(n + 3))
    cases = "".join("      - {when: v%d, then: [{say: done}]}\n" % i for i in range(n + 2))
    return ["check", template("entities:\n  c: {type: choice, prompt: Which?, choices: [%s]}\nmessages: {done: Done.}\n"
                              "flow:\n  - ask: c\n  - choose: ${c}\n    cases:\n%s" % (values, cases))]


@kind("cases of a message that tell the values of a choice apart", 300)
def _(n):
    values = ", ".join("v%d" % i for i in range(n + 3))
    cases = "".join("      - {when: \"${c} == v%d\", text: T%d}\n" % (i, i) for i in range(n + 2))
    return ["check", template("entities:\n  c: {type: choice, prompt: Which?, choices: [%s]}\n"
                              "messages:\n  done:\n    choose:\n%s    else: x\nflow: [{ask: c}, {say: done}]\n" % (values, cases))]


@exports("nodes, each with its message", 600, sample=True)
def _(n):
    return chain(n, "Hello")


@exports("nodes of one message", 1000)
def _(n):
    return chain(n, "Hello", shared=True)


@exports("long texts", 10)
def _(n):
    return chain(n, "some words " * 20000)


@exports("long texts, encoded", 10)
def _(n):
    return chain(n, "a%20b%C3%A9" * 20000)


@exports("locales", 100)
def _(n):
    b = chain(20, "Hello")
    names = ["%c%c" % (97 + i // 26, 97 + i % 26) for i in range(n)]
    b["dialogs"][0]["localeData"].update({l: {"name": "Order " + l, "shortDesc": ""} for l in names})
    for c in b["dialogComponents"]:
        for data in [c["localeData"]] + [entry["localeData"] for entry in c.get("message", [])]:
            data.update({l: dict(data["en"]) for l in names})
    return b


@exports("sentences", 5000, sample=True)
def _(n):
    b = bot()
    b["dialogs"] = b["dialogs"][:1]
    one = b["sentences"][0]
    b["sentences"] += [dict(one, _id="%024d" % i, sentence="I want to say number %d to whoever is there for me today" % i) for i in range(n)]
    return b


@exports("unknown keys", 10000)
def _(n):
    b = bot()
    b["dialogs"] = b["dialogs"][:1]
    b["dialogs"][0].update({"settings%d" % i: {"name": "x", "value": ""} for i in range(n)})
    return b


def memory(program, export):
    """The bytes of an export, and those that its import held at the most."""
    with open("m.json", "w", encoding="utf-8") as file:
        json.dump(export, file, ensure_ascii=False, indent=4)
    with tempfile.TemporaryDirectory() as folder:
        # a process of its own, since what this one holds would count as well
        run = subprocess.run([sys.executable, "-c", PEAK, program, "import", "-q", "-o", folder, "m.json"],
                             capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit("import: %s" % (run.stdout + run.stderr)[-2000:])
    return os.path.getsize("m.json"), 1024 * int(run.stdout)


def measure_memory(program, name, size, function):
    (some, held_some), (many, held_many) = (memory(program, function(n)) for n in (size, 4 * size))
    ratio = (held_many - held_some) / (many - some)
    print("%-36s %6d: %6d KiB, %6d: %6d KiB, %.1f times the export%s" %
          (name, size, held_some // 1024, 4 * size, held_many // 1024, ratio, "  TOO MUCH" if ratio > MOST_MEMORY else ""),
          flush=True)
    return ratio <= MOST_MEMORY


def count(program, arguments):
    """The instructions of a run; what it exits with does not matter, but it must not crash."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *arguments]
    run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.findall(r"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or not found:
        sys.exit("%s ends with %d:\n%s" % (" ".join(command), run.returncode, run.stderr[-2000:]))
    return max(int(number) for number in found)


def measure(program, name, size, function):
    none, some, many = (count(program, function(n)) for n in (0, size, 4 * size))
    ratio = (many - none) / max(some - none, 1)
    print("%-36s %6d: %11d, %6d: %11d, ratio %.1f%s" %
          (name, size, some - none, 4 * size, many - none, ratio, "  TOO MUCH" if ratio > MOST else ""), flush=True)
    return ratio <= MOST


def main():
    global BOT
    program = os.path.abspath(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        BOT = json.load(file)
    wanted = sys.argv[4:] if len(sys.argv) > 4 else None
    sample = "--sample" in sys.argv
    good = True
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, size, in_sample, function in KINDS:
            if (in_sample or not sample) and (wanted is None or name in wanted):
                good = measure(program, name, size, function) and good
        for name, size, in_sample, function in EXPORTS:
            if (in_sample or not sample) and (wanted is None or name in wanted):
                good = measure_memory(program, name, size, function) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
