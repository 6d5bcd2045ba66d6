#!/usr/bin/env python3
"""Compares packaging/components.json.in with what the programs of a build link, and what is made of it: the SBOM and
`dialogc licenses`.
    components.py BUILD"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[1]).resolve()
root = pathlib.Path(__file__).resolve().parents[2]
components = json.loads((build / "components.json").read_text(encoding="utf-8"))
programs = ["dialogc", "dialogc-full", "dialogc-online"]
failures = []


def check(what, wanted, got):
    if wanted != got:
        failures.append(f"{what}:\n  wanted {wanted}\n  got    {got}")


def linked(program):
    """The libraries on the command line of the linker: libyaml, libpcre2-8, …"""
    commands = subprocess.run(["ninja", "-C", build, "-t", "commands", "-s", program], capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"/(lib[a-zA-Z0-9_.+-]*?)\.(?:a|so)(?=\s|$)", commands))
    return named - {"libglib-2.0", "libgobject-2.0"}  # JavaScriptCore's own, which pkg-config names


def stem(file):
    return re.sub(r"\.(a|so)(\..*)?$", "", file)


# ---- the table and the programs ----
for program in programs:
    wanted = {stem(c["file"]) for c in components if c["link"] in ("archive", "shared") and program in c["programs"]}
    check(f"what {program} links", sorted(wanted - {"libc"}), sorted(linked(program)))
includes = {p.name for p in (root / "src").rglob("*.[ch]") if "<xxhash.h>" in p.read_text(encoding="utf-8")}
check("the header of xxHash is used", True, bool(includes))

# ---- each row ----
for component in components:
    name = component["name"]
    check(f"{name} has a version", True, bool(re.search("[0-9]", component["version"])))
    if component["link"] != "shared":
        for text in component["texts"]:
            check(f"{name} has its licence {text}", True, (root / f"packaging/licenses/{text}.txt").is_file())
texts = {text for c in components for text in c.get("texts", [])}
check("no licence is left over", sorted(texts), sorted(p.stem for p in (root / "packaging/licenses").iterdir()))

# ---- dialogc licenses ----
shown = subprocess.run([build / "dialogc", "licenses"], capture_output=True, text=True, check=True).stdout
check("the licences are those of the build", (build / "licenses.txt").read_text(encoding="utf-8"), shown)
check("dialogc's own licence comes first", True, (root / "LICENSE").read_text(encoding="utf-8") in shown)
for component in components:
    for copyright in component.get("copyright", []):
        check(f"the copyright of {component['name']}", True, f"\n    Copyright (c) {copyright}\n" in shown)
for text in texts:
    check(f"the text of {text}", True, (root / f"packaging/licenses/{text}.txt").read_text(encoding="utf-8") in shown)

# ---- the SBOM ----
with tempfile.TemporaryDirectory() as folder:
    command = ["jq", "-f", root / "packaging/sbom.jq", "--arg", "name", "dialogc-1.2.3-linux-x64", "--arg", "version", "1.2.3",
               "--arg", "created", "2026-01-15T09:00:00Z", build / "components.json"]
    sbom = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
head = {key: sbom[key] for key in ("spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace")}
check("the head of the SBOM", {
    "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "dialogc-1.2.3-linux-x64",
    "documentNamespace": "https://dialogc.dev/spdx/dialogc-1.2.3-linux-x64-20260115090000"}, head)
packages = {p["SPDXID"]: p for p in sbom["packages"]}
check("ids are unique", len(sbom["packages"]), len(packages))
check("ids have the form of SPDX", [], [i for i in packages if not re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", i)])
check("each library is in the SBOM", [(c["name"], c["version"], c["license"]) for c in components],
      [(p["name"], p["versionInfo"], p["licenseConcluded"]) for p in sbom["packages"][len(programs):]])
relations = {"archive": "STATIC_LINK", "shared": "DYNAMIC_LINK", "header": "CONTAINS", "script": "CONTAINS"}
wanted = [("DESCRIBES", program) for program in programs]
wanted += [(relations[c["link"]], f"{program} {c['name']}") for c in components for program in c["programs"]]
got = []
for relation in sbom["relationships"]:
    names = [packages[i]["name"] for i in (relation["spdxElementId"], relation["relatedSpdxElement"]) if i != "SPDXRef-DOCUMENT"]
    got.append((relation["relationshipType"], " ".join(names)))
check("who links what", wanted, got)

if failures:
    print("\n".join(f"FAILED {failure}" for failure in failures))
    sys.exit(1)
print(f"ok {len(components)} components")
