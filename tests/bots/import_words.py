#!/usr/bin/env python3
"""What bots have and the language has words for: import_words.py DIALOGC EXPORT.json EMPTY.json

Makes exports that have each of these things, imports them, and builds what comes out: no template may need an
`xo` section, and the dialogs are as they were (tests/conformance/import.py).
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

program, bot = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
CHANGES = {}
SENTENCES = []  # that the present change adds
PATTERNS = []  # those of the bot that it changes


def change(function):
    """Registers a function that changes a bot: its first dialog, and its components by id."""
    CHANGES[function.__name__] = function
    return function


def stub_of(dialog, kind):
    return next(node for node in dialog["nodes"] if node["type"] == kind)


@change
def amendments_of_hidden_values(dialog, components):
    dialog["amendConfig"]["allowHidden"] = False


@change
def amendments(dialog, components):
    dialog["amendConfig"] = {"allowHidden": False, "enabled": True, "postAmend": "Changed.", "priority": "task"}


@change
def interruptions_of_a_dialog(dialog, components):
    dialog["interruptOptions"] = {
        "interruptsEnabled": True, "priority": "task", "type": {"option": "developer", "message": ""},
        "holdUxOptions": {"option": "discardCurrTask", "message": ["One moment."]},
        "resumeUxOptions": {"option": "resume", "message": ""}}


@change
def interruptions_of_a_node(dialog, components):
    stub_of(dialog, "message")["nodeOptions"]["interruptOptions"] = {
        "interruptsEnabled": True, "priority": "task", "type": {"option": "developer", "message": "Wait."}}


@change
def options_of_the_intent(dialog, components):
    dialog["nodes"][0]["nodeOptions"]["userInputCorrection"] = False


@change
def negative_patterns_in_a_component(dialog, components):
    component = components[dialog["nodes"][0]["componentId"]]
    for data in component["localeData"].values():
        data["negativePatterns"] = [{"value": "never * this", "original": "never * this"}]


@change
def empty_patterns_in_a_component(dialog, components):
    component = components[dialog["nodes"][0]["componentId"]]
    for data in component["localeData"].values():
        data.update(patterns=[], negativePatterns=[])


@change
def a_language_without_some_of_the_texts(dialog, components):
    """The project has the language; what the bot does not say in it stays unsaid."""
    dialog["localeData"]["es"] = dict(dialog["localeData"]["en"])
    for node in [part for node in dialog["nodes"] for part in [node, *node.get("nodes", [])]]:
        component = components[node["componentId"]]
        component["localeData"]["es"] = dict(component["localeData"]["en"])
        for entry in PATTERNS:
            if entry["refId"] == component["refId"]:
                entry["localeData"]["es"] = {}
                if component["type"] == "intent":
                    entry["localeData"]["en"]["patterns"] = [{"value": "order * status", "original": "order * status"}]


@change
def a_path_without_context(dialog, components):
    add_condition(dialog, {"context": "tries", "op": "eq", "value": "3"})


@change
def less(dialog, components):
    add_condition(dialog, {"context": "context.tries", "op": "lt", "value": "3"})
    add_condition(dialog, {"context": "tries", "op": "lte", "value": "1"})


@change
def a_condition_that_nobody_has_filled_in(dialog, components):
    add_condition(dialog, {"context": "", "op": "eq", "value": "0"})
    add_condition(dialog, {"intent": "", "op": "", "value": ""})


@change
def an_operator_that_nobody_knows(dialog, components):
    add_condition(dialog, {"context": "context.name", "op": "startsWith", "value": "A B"})
    add_condition(dialog, {"conjoin": "and", "tests": [{"context": "context.name", "op": "startsWith", "value": "A"},
                                                       {"context": "context.tries", "op": "", "value": ""}]})


@change
def one_of_several_tests(dialog, components):
    add_condition(dialog, {"conjoin": "or", "tests": [{"context": "context.tries", "op": "eq", "value": "3"},
                                                      {"context": "name", "op": "", "value": ""}]})


@change
def an_intent_as_a_condition(dialog, components):
    add_condition(dialog, {"intent": "Order pizza", "op": "", "value": ""})


@change
def a_value_without_an_operator(dialog, components):
    add_condition(dialog, {"context": "context.loggedIn", "op": "", "value": "true"})
    add_condition(dialog, {"context": "loggedIn", "value": "false"})


@change
def retries_that_lead_to_a_node(dialog, components):
    entity = stub_of(dialog, "entity")
    entity["nodeOptions"]["eventOptions"] = {"defaultMaxRetry": {
        "retry_limit": "3", "action": "executeNode", "ref": stub_of(dialog, "message")["nodeId"]}}


@change
def retries_that_lead_to_a_node_of_their_own(dialog, components):
    entity, message = stub_of(dialog, "entity"), copy.deepcopy(stub_of(dialog, "message"))
    message.update(nodeId="message77", transitions=[{"default": "end", "metadata": {"color": "#676767", "connId": "dummy7"}}])
    dialog["nodes"].append(message)
    entity["nodeOptions"]["eventOptions"] = {"defaultMaxRetry": {
        "retry_limit": 2, "action": "executeNode", "ref": "message77"}}


@change
def rare_options_of_a_node(dialog, components):
    stub_of(dialog, "entity")["nodeOptions"].update(
        isOptional=False, reuseOptions=1, entityRules={"rules": []}, contextTags=["asked"],
        eventOptions={"defaultMaxRetry": {"retry_limit": 5, "action": "endOfDialog"},
                      "maxRetry": {"action": "invokeCallTerminationHandler", "ref": ""}})


@change
def rare_options_of_a_dialog(dialog, components):
    dialog["displayOption"] = "tile"
    dialog["interruptOptions"] = {
        "interruptsEnabled": False, "priority": "task", "type": {"option": "developer", "message": ""},
        "resumeUxOptions": {"option": "notifyUser", "message": "", "neverNotify": False}}


@change
def interruptions_without_a_priority(dialog, components):
    stub_of(dialog, "message")["nodeOptions"]["interruptOptions"] = {"type": {"option": "doNotAllowHoldResume"}}


@change
def an_empty_label(dialog, components):
    for data in components[stub_of(dialog, "message")["componentId"]]["localeData"].values():
        data["label"] = ""


def add_service(dialog, components, **keys):
    """A node with a service of its own, which the first message leads to."""
    service = {"_id": "dc-6b6f1a46-7f3c-5ad2-9b2c-3a6c0b1d2e4f", "refId": "5f3c1a46-7f3c-5ad2-9b2c-3a6c0b1d2e4f",
               "name": "notify", "type": "service", "serviceNodeType": "custom", "serviceType": "rest",
               "localeData": {locale: {"label": "notify"} for locale in dialog["localeData"]},
               "endPoint": {"host": "api.example.com", "port": "", "path": "/v1/notify", "protocol": "https",
                            "method": "post", "connectorEnabled": False, "piiDataEnabled": False},
               "authRequired": False, "idp": "none", "payload": {"type": "raw", "value": "%7B%7D"},
               "headers": {"type": "raw", "value": "{}"}, "entityFields": {"cityAdvanced": []},
               "preConditions": [], "vNameSpace": [], "useTaskLevelNs": True, "applyDefaultTemplate": False,
               "spellcorrectThreshold": 0, "piiDataEnabled": False, "isSensitive": False, "serviceAPITimeout": 20,
               "timeOutError": {"closeConversation": True}}
    service["endPoint"].update(keys.pop("endPoint", {}))
    service.update(keys)
    components[service["_id"]] = service
    message = stub_of(dialog, "message")
    node = dict(copy.deepcopy(message), nodeId="service77", type="service", componentId=service["_id"])
    message["transitions"][-1]["default"] = "service77"
    dialog["nodes"].append(node)


@change
def scripts_around_a_request(dialog, components):
    add_service(dialog, components, preProcessor="context.ready%20%3D%20true%3B", postProcessor="")


@change
def an_integration(dialog, components):
    add_service(dialog, components, subType="sendSmsService", integrationId="twilio")


@change
def a_port_that_is_no_number(dialog, components):
    add_service(dialog, components, endPoint={"port": "{{env.PORT}}"})


@change
def a_port(dialog, components):
    add_service(dialog, components, endPoint={"port": "8000"})


@change
def what_a_call_assigns(dialog, components):
    other = next(d for d in bot["dialogs"] if d["_id"] != dialog["_id"])
    message = stub_of(dialog, "message")
    node = dict(copy.deepcopy(message), nodeId="intent77", type="intent", flowTaskId=other["refId"],
                componentId=other["nodes"][0]["componentId"], contextMap="%7B%22city%22%3A%20%22Bonn%22%7D",
                postContextMap="done")
    message["transitions"][-1]["default"] = "intent77"
    dialog["nodes"].append(node)


@change
def marks_in_any_order(dialog, components):
    entity = stub_of(dialog, "entity")["componentId"]
    intent = components[dialog["nodes"][0]["componentId"]]
    SENTENCES.append({"_id": "53fc9ec4a755c4a831b42900", "taskId": intent["_id"], "sentence": "take one or two of them",
                      "taskName": intent["name"], "type": "DialogIntent", "language": next(iter(dialog["localeData"])),
                      "entities": [{"startIndex": 12, "endIndex": 15, "entityId": entity}, {"startIndex": 0, "endIndex": 4},
                                   {"startIndex": 5, "endIndex": 8, "entityId": entity}]})


@change
def a_value_that_is_missing(dialog, components):
    add_condition(dialog, {"context": "context.order", "op": "dne"})


@change
def a_default_value(dialog, components):
    locales = {locale: {"text": "2503%20or%20so", "type": "basic"} for locale in dialog["localeData"]}
    stub_of(dialog, "entity")["nodeOptions"]["defaultValue"] = {"channel": "default", "localeData": locales}


@change
def members_with_all_keys_of_nodes(dialog, components):
    for member in stub_of(dialog, "botAction")["nodes"]:
        member.update(vNameSpace=[], preConditions=[], useTaskLevelNs=True, metadata={"left": 787, "top": 645})
        member.setdefault("nodeOptions", {}).update(
            customTags={"session": [], "message": [], "user": []}, isRetriesExceeded=False, promptOptions="required",
            reuseMarkedupPhrases=False, interruptOptions={"priority": "task"}, transitionType="auto",
            transitionMode="initiateCurrentTask", inputHandlingOptions="useAsEntityValue", reuseOptions="1",
            userInputCorrection=True, noAutoCorrection=False, notForReuse=False, contextTags=[])


@change
def members_of_integrations(dialog, components):
    for member in stub_of(dialog, "botAction")["nodes"]:
        member.setdefault("nodeOptions", {}).update(integrationFields={}, responseMapper={})


@change
def no_message_of_a_follow_up(dialog, components):
    dialog.setdefault("followupTaskOptions", {"isFollowUp": False}).pop("message", None)


def add_condition(dialog, condition):
    transitions = stub_of(dialog, "message")["transitions"]
    transitions.insert(0, {"if": condition, "then": "end", "metadata": {"color": "#299d8e", "connId": "dummy1"}})


def import_of_empty_condition(folder):
    """EMPTY.json has a node that only a condition nobody has filled in leads to: it is imported all the same."""
    run = subprocess.run([program, "import", "-q", "-o", folder, sys.argv[3]], capture_output=True, text=True, check=False)
    return run.returncode == 0


def main():
    comparison = pathlib.Path(__file__).resolve().parent.parent / "conformance" / "import.py"
    with tempfile.TemporaryDirectory() as folder:
        for name, function in CHANGES.items():
            changed = copy.deepcopy(bot)
            SENTENCES.clear()
            PATTERNS[:] = changed["patterns"]
            components = {c["_id"]: c for c in changed["dialogComponents"]}
            function(changed["dialogs"][0], components)
            changed["dialogComponents"] = list(components.values())
            changed["sentences"] += SENTENCES
            changed["supportedLanguages"] = sorted({locale for d in changed["dialogs"] for locale in d["localeData"]})
            (pathlib.Path(folder) / (name + ".json")).write_text(json.dumps(changed, indent=4), encoding="utf-8")
        run = subprocess.run([sys.executable, comparison, program, folder], capture_output=True, text=True, check=False)
    with tempfile.TemporaryDirectory() as folder:
        if not import_of_empty_condition(folder):
            print("an empty condition: the import fails")
            return 1
    count = len(CHANGES)
    expected = (f"{count} passed, 0 failed\n"
                f"{2 * count} of {2 * count} dialogs need no xo section (100 %)\n")
    if run.stdout != expected:
        print(run.stdout + run.stderr)
        return 1
    print(f"{count} kinds of things have words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
