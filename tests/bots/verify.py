#!/usr/bin/env python3
"""What `dialogc verify` finds: `verify.py DIALOGC FOLDER`.

The export in FOLDER has no findings. Each case breaks one thing in it and lists everything that verify
must then find: code, JSON pointer and message. The position in the file must be that of the pointer.
"""
import copy
import json
import pathlib
import subprocess
import sys

CASES = []


def case(*expected):
    """Registers a function that spoils an export; `expected` are (code, pointer, message)."""

    def register(spoil):
        CASES.append((spoil.__name__, spoil, expected))
        return spoil

    return register


def dialog(bot, index=0):
    return bot["dialogs"][index]


def component(bot, name):
    return next(c for c in bot["dialogComponents"] if c["name"] == name)


# ---- the form ----


@case(("E0103", "", "the file lacks the key `_id`"))
def a_missing_key_of_the_bot(bot):
    del bot["_id"]


@case(("E0103", "/dialogs/0/nodes/1", "an item of `nodes` lacks the key `componentId`"))
def a_missing_key_of_a_node(bot):
    del dialog(bot)["nodes"][1]["componentId"]
    bot["dialogComponents"] = [c for c in bot["dialogComponents"] if c["name"] != "orderNumber"]
    bot["patterns"] = [p for p in bot["patterns"] if p["taskName"] != "orderNumber"]


@case(("E0101", "/sentences/0/sentence", None))
def a_wrong_type(bot):
    bot["sentences"][0]["sentence"] = 7


@case(("E1105", "/dialogs/1/nodes/2/type",
      "the node has the type `searchai`, but its component `agentTransfer` has the type `agentTransfer`"))
def a_type_that_is_not_the_component_s(bot):
    dialog(bot, 1)["nodes"][2]["type"] = "searchai"


@case()
def what_real_exports_leave_out(bot):
    bot["detectMultiIntent"] = None
    bot["isCsMatchEnabled"] = None
    component(bot, "orderNumber")["ivrOptions"] = None
    for node in dialog(bot)["nodes"]:
        node["nodeOptions"] = {}
        for transition in node["transitions"]:
            transition["metadata"] = {}


@case()
def a_type_of_node_from_a_newer_platform(bot):
    dialog(bot, 1)["nodes"][2]["type"] = "generativeai"
    component(bot, "agentTransfer")["type"] = "generativeai"


@case(("W1123", "/dialogs/0/nodes/3/type",
       "the bot has nodes of types that dialogc does not know: `hologram`, `oracle`"))
def unknown_types_of_nodes(bot):
    for node, kind in ((3, "hologram"), (4, "oracle")):
        stub = dialog(bot)["nodes"][node]
        stub["type"] = next(c for c in bot["dialogComponents"] if c["_id"] == stub["componentId"])["type"] = kind


@case()
def an_export_of_training_alone(bot):
    for task in bot["dialogs"]:
        del task["nodes"]


# ---- references ----


@case(("E1101", "/dialogs/1/refId", "two dialogs have the same refId `{ref}`"))
def two_dialogs_with_one_ref(bot):
    dialog(bot, 1)["refId"] = dialog(bot)["refId"]
    bot["defaultDialogId"] = None
    bot["botEvents"] = {}
    return {"ref": dialog(bot)["refId"]}


@case(("E1101", "/dialogComponents/10/_id", "two components have the same _id `{id}`"))
def two_components_with_one_id(bot):
    again = copy.deepcopy(component(bot, "orderFound"))
    again["refId"] = "00000000-0000-5000-8000-000000000000"
    bot["dialogComponents"].append(again)
    return {"id": again["_id"]}


@case(("E1102", "/dialogs/0/nodes/5/nodeId", "two nodes of the dialog have the same id `{id}`"))
def two_nodes_with_one_id(bot):
    nodes = dialog(bot)["nodes"]
    nodes.append(copy.deepcopy(nodes[4]))
    return {"id": nodes[4]["nodeId"]}


@case(("E1103", "/dialogs/0/nodes/3/transitions/0/default",
       "the transition leads to `message9`, which is not a node of this dialog"))
def a_transition_to_nowhere(bot):
    dialog(bot)["nodes"][3]["transitions"][0]["default"] = "message9"


@case(("E1103", "/dialogComponents/2/nodes/0/transitions/0/default",
       "the transition leads to `nd-gone`, which is not a node of this dialog"))
def a_transition_to_nowhere_in_an_action(bot):
    component(bot, "lookUpOrderAction")["nodes"][0]["transitions"][0]["default"] = "nd-gone"


@case()
def an_end_that_is_left_open(bot):
    dialog(bot)["nodes"][3]["transitions"][0]["default"] = ""


@case(("W1110", "/dialogComponents/5/name",
       "no dialog has a node of the component `orderUnknown`"),
      ("E1104", "/dialogs/0/nodes/3/componentId",
       "the node's component `dc-gone` is not in the export"))
def a_node_without_component(bot):
    dialog(bot)["nodes"][3]["componentId"] = "dc-gone"


@case(("E1106", "/dialogs/0/nodes/2/nodes", "the bot action and its component list different nodes"))
def an_action_in_another_order(bot):
    dialog(bot)["nodes"][2]["nodes"].reverse()


@case(("E1107", "/sentences/3/taskId",
       "the utterance belongs to `{id}`, which is not an intent of the export"))
def a_sentence_of_an_entity(bot):
    bot["sentences"][3]["taskId"] = component(bot, "orderNumber")["_id"]
    return {"id": component(bot, "orderNumber")["_id"]}


@case(("E1108", "/patterns/1/refId",
       "the patterns belong to `nothing`, which is not a component of the export"))
def patterns_of_nothing(bot):
    bot["patterns"][1]["refId"] = "nothing"


@case(("W1109", "/dialogComponents/7/dialogId",
       "the intent `TalkSource` starts a dialog that is not in the export"))
def an_intent_of_another_bot(bot):
    component(bot, "TalkSource")["dialogId"] = "dg-elsewhere"


@case(("W1110", "/dialogComponents/10/name", "no dialog has a node of the component `left`"))
def an_orphan(bot):
    orphan = copy.deepcopy(component(bot, "orderFound"))
    orphan.update(_id="dc-left", refId="left", name="left")
    bot["dialogComponents"].append(orphan)


# ---- graphs ----


@case()
def a_node_that_too_many_retries_lead_to(bot):
    nodes = dialog(bot)["nodes"]
    for transition in nodes[2]["transitions"]:
        if transition.get("then") == nodes[3]["nodeId"]:
            transition["then"] = "end"
    nodes[1]["nodeOptions"]["eventOptions"] = {
        "defaultMaxRetry": {"retry_limit": 5, "action": "executeNode", "ref": nodes[3]["nodeId"]}}


@case(("W1111", "/dialogs/0/nodes/4/nodeId",
       "no path leads from the start of the dialog to this node"))
def an_unreachable_node(bot):
    dialog(bot)["nodes"][2]["transitions"][2]["default"] = "end"


@case(("W1112", "/dialogs/1/nodes/1/nodeId",
       "the confirmation has no transition for answers other than yes and no"))
def a_confirmation_without_default(bot):
    del dialog(bot, 1)["nodes"][1]["transitions"][2]


@case(("W1113", "/dialogs/0/nodes/3/nodeId",
       "the dialog loops here without asking anything, and no transition leads out"))
def a_loop_of_messages(bot):
    nodes = dialog(bot)["nodes"]
    nodes[3]["transitions"][0]["default"] = nodes[4]["nodeId"]
    nodes[4]["transitions"][0]["default"] = nodes[3]["nodeId"]


@case()
def a_loop_that_a_service_can_end(bot):
    nodes = dialog(bot)["nodes"]
    nodes[3]["transitions"][0]["default"] = nodes[2]["nodeId"]


@case()
def a_loop_with_a_question(bot):
    nodes = dialog(bot)["nodes"]
    nodes[3]["transitions"][0]["default"] = nodes[1]["nodeId"]


# ---- requests ----

TOKEN = "Bearer abcdefghijklmnopqrstuvwxyz0123456789"


@case(("W1114", "/dialogComponents/4/headers/value",
       "a literal credential in the headers: `Authorization`"))
def a_credential_in_a_header(bot):
    component(bot, "lookUpOrder")["headers"]["value"] = json.dumps({"Authorization": TOKEN})


@case(("W1114", "/dialogComponents/4/payload/value",
       "a literal credential in the body: `password`"))
def a_credential_in_a_body(bot):
    component(bot, "lookUpOrder")["payload"]["value"] = json.dumps({"password": "hunter2-hunter2"})


@case(("W1114", "/dialogComponents/3/script", "a literal credential in the script"))
def a_credential_in_a_script(bot):
    component(bot, "lookUpOrderScript")["script"] = "var t = '" + TOKEN + "';"


@case(("W1114", "/dialogComponents/3/script", "a literal credential in the script"))
def a_password_in_a_script(bot):
    component(bot, "lookUpOrderScript")["script"] = "var o = {\"password\" : 'hunter2-hunter2'};"


@case()
def words_about_a_password(bot):
    component(bot, "lookUpOrderScript")["script"] = (
        "context.password = 'Please enter your 8 digits'; if (token == 'abc123456') { go(); }"
        " var token = 'expired'; var secret = context.secret1;")


@case(("W1114", "/dialogComponents/4/endPoint/path",
       "a literal credential in the URL: `api_key`"))
def a_credential_in_a_url(bot):
    component(bot, "lookUpOrder")["endPoint"]["path"] = "/o?x=1&api_key=hunter2-hunter2"


@case()
def a_credential_by_reference(bot):
    component(bot, "lookUpOrder")["headers"]["value"] = json.dumps(
        {"Authorization": "Bearer {{env.SHOP_TOKEN}}"})


@case(("W1115", "/dialogComponents/4/endPoint/protocol",
       "the request uses http, so anyone on the network can read and change it"))
def plain_http(bot):
    component(bot, "lookUpOrder")["endPoint"]["protocol"] = "http"


@case()
def plain_http_on_this_machine(bot):
    component(bot, "lookUpOrder")["endPoint"].update(protocol="http", host="localhost")


@case(("W1116", "/dialogComponents/4/endPoint/path",
       "the user's text (`orderNumber`) goes into the URL unchanged"))
def user_text_in_a_url(bot):
    component(bot, "orderNumber")["entityType"] = "label"
    component(bot, "lookUpOrder")["endPoint"]["path"] = "/o/%7B%7Bcontext.entities.orderNumber%7D%7D"


@case()
def a_number_in_a_url(bot):
    component(bot, "lookUpOrder")["endPoint"]["path"] = "/o/{{context.entities.orderNumber}}"


@case()
def a_pattern_without_reserved_characters_in_a_url(bot):
    component(bot, "orderNumber").update(entityType="regex", regexPattern="(?:INC|req-)[0-9]{1,7}|\\d\\w*")
    component(bot, "lookUpOrder")["endPoint"]["path"] = "/o/{{context.entities.orderNumber}}"


@case(("W1116", "/dialogComponents/4/endPoint/path",
       "the user's text (`orderNumber`) goes into the URL unchanged"))
def a_pattern_with_a_reserved_character_in_one_language(bot):
    entity = component(bot, "orderNumber")
    entity.update(entityType="regex", regexPattern="[0-9]+")
    entity["localeData"]["en"]["regexPattern"] = "[0-9]+/[0-9]+"
    component(bot, "lookUpOrder")["endPoint"]["path"] = "/o/{{context.entities.orderNumber}}"


@case(("W1116", "/dialogComponents/4/payload/value",
       "the user's text (`name`) goes into the JSON body unchanged"))
def user_text_in_a_body(bot):
    component(bot, "lookUpOrder")["endPoint"]["method"] = "post"
    component(bot, "lookUpOrder")["payload"]["value"] = '{"n": "{{context.entities.name}}"}'


@case()
def an_object_as_the_body(bot):
    service = component(bot, "lookUpOrder")
    service["payload"]["value"] = "%7B%7Bcontext.payload%7D%7D"
    service["headers"]["value"] = '{"Content-Type":"application/json"}'


@case(("W1117", "/dialogComponents/4/payload/value", "the body is not JSON"))
def a_body_that_is_not_json(bot):
    component(bot, "lookUpOrder")["endPoint"]["method"] = "post"
    component(bot, "lookUpOrder")["payload"]["value"] = '{"n": {{context.n}},}'


@case()
def a_body_that_a_get_does_not_send(bot):
    component(bot, "lookUpOrder")["payload"]["value"] = "%5Bobject%20Object%5D"


@case()
def a_body_with_references(bot):
    component(bot, "lookUpOrder")["endPoint"]["method"] = "post"
    component(bot, "lookUpOrder")["payload"]["value"] = (
        '{"n": {{context.n}}, "s": "a {{context.s}} b", "o": {"x": "{{context.y}}"}}')


@case()
def a_body_of_a_form(bot):
    service = component(bot, "lookUpOrder")
    service["payload"]["value"] = "grant_type=client&x={{context.x}}"
    service["headers"]["value"] = '{"Content-Type":"application/x-www-form-urlencoded"}'


# ---- texts ----


@case(("E1118", "/dialogComponents/3/script",
       "the script does not parse: `)` is missing before `{{` (line 2 of the script)"))
def a_script_that_does_not_parse(bot):
    component(bot, "lookUpOrderScript")["script"] = "var a = 1;%0Aif%20(a%20%7B%7D"


@case(("W1119", "/sentences/3/sentence",
       "the utterance trains both `OrderStatusSource` and `TalkSource`"))
def one_sentence_for_two(bot):
    bot["sentences"][3]["sentence"] = "TRACK  my order"


@case(("W1120", "/sentences/2/sentence",
       "the utterance appears twice in `OrderStatusSource`"))
def a_sentence_twice(bot):
    bot["sentences"][2]["sentence"] = "Track my order"


@case(("W1121", "/dialogComponents/0/name",
       "the intent `OrderStatusSource` has no utterances, and nothing else starts its "
       "dialog"))
def an_intent_without_training(bot):
    del bot["sentences"][:3]


@case()
def a_dialog_that_a_sentiment_starts(bot):
    del bot["sentences"][:3]
    bot["botSentimentEvents"] = [{"action": "triggerDialog", "task": dialog(bot)["refId"]}]


@case()
def a_dialog_that_a_form_starts(bot):
    del bot["sentences"][:3]
    bot["forms"] = [{"refId": "f", "integrations": [{"resourceId": dialog(bot)["refId"]}]}]


@case()
def the_default_dialog_without_training(bot):
    del bot["sentences"][3:]


@case()
def an_export_without_training(bot):
    bot["sentences"] = []


@case(("W1122", "/dialogComponents/1/message",
       "4 texts of the dialog are missing in `de`, a language of the bot; this is the first"),
      ("W1122", "/dialogComponents/8/message",
       "1 text of the dialog is missing in `de`, a language of the bot; this is the first"))
def a_language_that_is_not_there(bot):
    bot["localeData"]["de"] = copy.deepcopy(bot["localeData"]["en"])
    bot["languageConfigurations"]["de"] = {"enabled": True}


@case()
def a_language_that_is_switched_off(bot):
    bot["localeData"]["de"] = copy.deepcopy(bot["localeData"]["en"])
    bot["languageConfigurations"]["de"] = {"enabled": False}


def resolve(bot, pointer):
    value = bot
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def check(dialogc, original, spoil, expected):
    bot = copy.deepcopy(original)
    names = spoil(bot) or {}
    text = json.dumps(bot, indent=4, ensure_ascii=False)
    run = subprocess.run([dialogc, "verify", "--format=json", "-"], input=text,
                         capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)["diagnostics"]
    problems = []
    if TOKEN in run.stdout or "hunter2" in run.stdout:
        problems.append("a credential is shown")
    human = subprocess.run([dialogc, "verify", "-"], input=text, capture_output=True, text=True,
                           check=False)
    if TOKEN in human.stderr or "hunter2" in human.stderr:
        problems.append("a credential is shown to people")
    errors = any(code.startswith("E") for code, _, _ in expected)
    if run.returncode != (1 if errors else 0):
        problems.append(f"exit status {run.returncode}")
    if len(found) != len(expected):
        problems.append("found: " + "; ".join(f'{d["code"]} {d["message"]}' for d in found))
        return problems
    for finding, (code, pointer, message) in zip(found, expected):
        note = finding["notes"][0]["message"]
        if finding["code"] != code:
            problems.append(f'{finding["code"]} instead of {code}: {finding["message"]}')
        if message is not None and finding["message"] != message.format(**names):
            problems.append(f'says: {finding["message"]}')
        if note.split(": ")[-1] != pointer and not any(
                n["message"].split(": ")[-1] == pointer for n in finding["notes"]):
            problems.append(f"says where: {note}")
        value = resolve(bot, pointer)
        place = finding["range"]["start"]
        line = text.split("\n")[place["line"] - 1][place["column"] - 1:]
        # a missing key is reported at the first key of its object
        start = next(iter(value)) if code == "E0103" else value
        if not line.startswith(json.dumps(start, indent=4, ensure_ascii=False).split("\n")[0]):
            problems.append(f"the place is wrong: {line}")
    return problems


def main():
    dialogc, folder = sys.argv[1:]
    original = json.loads((pathlib.Path(folder) / "botDefinition.json").read_text("utf-8"))
    cases = [("the_fixture_as_it_is", lambda bot: None, ())] + CASES
    failed = 0
    for name, spoil, expected in cases:
        problems = check(dialogc, original, spoil, expected)
        if problems:
            failed += 1
            print(f"FAILED {name}")
            for problem in problems:
                print(f"    {problem}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
