#!/usr/bin/env python3
"""The dialogs that the platform's installer brings, held against artifacts: `installed.py DIALOGC FOLDER`.

Scripts, reports and conversations name what is in the table: the platform documents it for each of its seven
Salesforce templates. The artifacts may have more, which is what makes them safe: checks of answers, scripts that
prepare requests.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

dialogc, folder = sys.argv[1], pathlib.Path(sys.argv[2])

# The title, the method of the request, the intent, the entities in order, scripts, services in order, the message.
TABLE = [
    ("Create a Lead", "post", "Createlead", ["firstName", "lastName", "companyName"],
     [], ["createLeadService", "subDomainService"], "createLeadMessage"),
    ("Create an Opportunity", "post", "Create Opportunity",
     ["Opportunity Name", "Closed Date", "Stage of Opportunity"],
     [], ["createOpportunityService", "subDomainService"], "createOpportunityMessage"),
    ("Update a Lead", "patch", "Update lead", ["Id", "AskOptions", "LeadStatus", "Title", "MobilePhone"],
     ["updateLeadScript"], ["updateLeadService", "subDomainService"], "updateLeadMessage"),
    ("View a Lead By ID", "get", "View Lead by Id", ["ID"],
     [], ["viewLeadbyIdService", "subDomainService"], "viewLeadbyIdMessage"),
    ("List All Leads", "get", "List All Lead", [],
     [], ["listAllLeadsService", "subDomainService"], "listAllLeadsMessage"),
    ("Search Leads", "get", "Search Leads", ["Keyword"],
     [], ["searchLeadsService", "subDomainService"], "searchLeadsMessage"),
    ("Delete a Lead", "delete", "Delete Lead", ["ID"],
     [], ["deleteLeadService"], "deleteLeadMessage"),
]
# dialogc adds these to ask again for an answer that a field or a search cannot take.
ADDED_MESSAGES = {"answerRefused"}
failed = 0


def expect(what, actual, wanted):
    global failed
    if actual != wanted:
        failed += 1
        print(f"{what}: {actual!r} instead of {wanted!r}")


def walk(dialog, components):
    """The nodes in the order in which the default transitions come to them, those of bot actions inside."""
    nodes = {node["nodeId"]: node for node in dialog["nodes"]}
    waiting, seen, order = [dialog["nodes"][0]["nodeId"]], set(), []
    while waiting:
        node = nodes.get(waiting.pop(0))
        if node is None or node["nodeId"] in seen:
            continue
        seen.add(node["nodeId"])
        order.append(components[node["componentId"]])
        order += [components[inner["componentId"]] for inner in node.get("nodes", [])]
        targets = [step.get("default") or step.get("then") for step in node["transitions"]]
        waiting = targets + waiting
    return order


def shown(component):
    words = component["localeData"]["en"]
    return words.get("intent") or words["label"]


with tempfile.TemporaryDirectory() as out:
    subprocess.run([dialogc, "build", "-q", "-C", folder, "-o", out], check=True)
    dialogs = {}
    for path in sorted(pathlib.Path(out).glob("*.dialog.json")):
        artifact = json.loads(path.read_text(encoding="utf-8"))
        dialogs[artifact["dialogs"][0]["localeData"]["en"]["name"]] = artifact

expect("the templates", sorted(dialogs), sorted(row[0] for row in TABLE))
for title, method, intent, entities, scripts, services, message in TABLE:
    artifact = dialogs[title]
    components = {component["_id"]: component for component in artifact["dialogComponents"]}
    order = walk(artifact["dialogs"][0], components)
    of_type = {kind: [one for one in order if one["type"] == kind]
               for kind in ("intent", "entity", "script", "service", "message", "botAction")}
    expect(f"{title}: the intent", [shown(one) for one in of_type["intent"]], [intent])
    # the order of the questions is that of the flow: in the artifact the nodes are in it, too
    entity_order = [components[node["componentId"]] for node in artifact["dialogs"][0]["nodes"]
                    if node["type"] == "entity"]
    expect(f"{title}: the entities", [shown(one) for one in entity_order], entities)
    expect(f"{title}: the services", [one["name"] for one in of_type["service"]], services)
    expect(f"{title}: the method", of_type["service"][0]["endPoint"]["method"], method)
    expect(f"{title}: the message", [one["name"] for one in of_type["message"]
                                     if one["name"] not in ADDED_MESSAGES], [message])
    said = [one for one in of_type["message"] if one["name"] == message][0]
    expect(f"{title}: the message is a script",
           {text["type"] for entry in said["message"] for text in entry["localeData"].values()}, {"uxmap"})
    for script in scripts:
        expect(f"{title}: {script}", script in [one["name"] for one in of_type["script"]], True)
    outside = [node["type"] for node in artifact["dialogs"][0]["nodes"] if node["type"] in ("service", "script")]
    expect(f"{title}: services and scripts are in bot actions", outside, [])
    expect(f"{title}: the API's version", "/v52.0/" in of_type["service"][0]["endPoint"]["path"], True)
print("failed" if failed else f"{len(TABLE)} dialogs")
sys.exit(failed > 0)
