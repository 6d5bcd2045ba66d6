# dialogc list, diff and verify on the command line.
load support.bash

bot() {
    cp "$root/tests/bots/support-desk/botDefinition.json" old.json
    chmod u+w old.json
}

# new.json: old.json after a change in Python, where `bot` is the export.
change() {
    python3 -c '
import json, sys
bot = json.load(open("old.json"))
def component(name):
    return next(c for c in bot["dialogComponents"] if c["name"] == name)
exec(sys.argv[1])
open("new.json", "w").write(json.dumps(bot, indent=4, ensure_ascii=False))' "$1"
}

@test "list shows dialogs, nodes, requests" {
    bot
    run "$dialogc" list old.json
    [ "$status" -eq 0 ]
    [ "$output" = "old.json: Support Desk, 2 dialogs, 10 components, 5 utterances

Order Status: 5 nodes, 3 utterances
  intent        OrderStatusSource
  entity        orderNumber (number)
  botAction     lookUpOrderAction
    script        lookUpOrderScript
    service       lookUpOrder: GET https://shop.example.com/orders/{{context.lookUpOrderRequest.part1}}
  message       orderUnknown
  message       orderFound

Talk to Somebody: 3 nodes, 2 utterances
  intent        TalkSource
  dialogAct     confirm1
  agentTransfer agentTransfer" ]
}

@test "list shows profiles and calls, no queries, and no control characters" {
    bot
    change '
component("lookUpOrder")["endPoint"].update(path="/o?key=hunter2", port="8443")
component("lookUpOrder")["idp"] = "Shop"
component("orderFound")["name"] = "x\x1b[31m\ny"
bot["idpConfigurations"].append({"name": "Shop", "sso_type": "oauth2"})
call = json.loads(json.dumps(bot["dialogs"][1]["nodes"][0]))
call["nodeId"] = "intent7"
bot["dialogs"][0]["nodes"].append(call)'
    run "$dialogc" list new.json
    [ "${lines[6]}" = "    service       lookUpOrder: GET https://shop.example.com:8443/o?…, profile \`Shop\`" ]
    [[ "$output" == *"  intent        TalkSource: starts \`Talk to Somebody\`"* ]]
    [[ "$output" == *"auth profile \`Shop\` (oauth2)" ]]
    [[ "$output" != *hunter2* && "$output" != *$'\x1b'* ]]
    "$dialogc" list --format=json new.json > list.json
    python3 - <<'END'
import json
listed = json.load(open("list.json"))
assert listed["name"] == "Support Desk" and listed["languages"] == ["en"]
assert [d["name"] for d in listed["dialogs"]] == ["Order Status", "Talk to Somebody"]
assert listed["dialogs"][0]["trainingSentences"] == 3
nodes = listed["dialogs"][0]["nodes"]
assert nodes[1]["entityType"] == "number"
assert nodes[2]["nodes"][1]["request"] == {
    "method": "get", "url": "https://shop.example.com:8443/o?…", "profile": "Shop"}
assert nodes[5]["calls"] == listed["dialogs"][1]["id"]
assert listed["profiles"] == [{"name": "Shop", "type": "oauth2"}]
END
}

@test "diff finds nothing where only positions and what exports make anew differ" {
    bot
    run "$dialogc" diff --breaking old.json old.json
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    change '
for node in bot["dialogs"][0]["nodes"]:
    node["positionMeta"] = {"left": 1, "top": 2}
bot["encryptedHash"] = "0"'
    run "$dialogc" diff --breaking old.json new.json
    [ "$status" -eq 0 ]
    [ "$output" = "without effect: 5 places on the canvas" ]
    run "$dialogc" diff -q old.json new.json
    [ "$output" = "" ]
}

@test "diff describes changes, and marks what can break" {
    bot
    change '
component("orderUnknown")["message"][0]["localeData"]["en"]["text"] = "No%20such%20order."
component("orderNumber")["entityType"] = "label"
component("lookUpOrder")["endPoint"].update(method="post", host="orders.example.com")
component("lookUpOrder")["headers"]["value"] = "{\"Authorization\":\"Bearer hunter2-hunter2\"}"
component("lookUpOrderScript")["script"] = "var%20a%20%3D%201%3B"
nodes = bot["dialogs"][1]["nodes"]
nodes[1]["transitions"][1]["then"] = nodes[2]["nodeId"]
bot["sentences"][0]["sentence"] = "where are my things"
bot["contentVariables"][0]["localeData"]["en"]["value"] = "Acme Ltd."
bot["color"] = "#000000"'
    run "$dialogc" diff --breaking old.json new.json
    [ "$status" -eq 1 ]
    [ "$output" = "dialog \`Order Status\`
! entity \`orderNumber\`: the type was \`number\`, now \`label\`
  script \`lookUpOrderScript\`: the script changed
! service \`lookUpOrder\`: the request's method was \"get\", now \"post\"
! service \`lookUpOrder\`: the request's host was \"shop.example.com\", now \"orders.example.com\"
! service \`lookUpOrder\`: the request's headers changed
  message \`orderUnknown\`: the text for default in en was \"I cannot find that order. Is the number right?\", now \"No such order.\"
! utterance \"where are my things\" (en): was \"where is my order\" (en)
dialog \`Talk to Somebody\`
! dialogAct \`confirm1\`: the transitions were \"yes -> agentTransfer; no -> end; otherwise -> end\", now \"yes -> agentTransfer; no -> agentTransfer; otherwise -> end\"
the bot
! content variable \`shop\`: changed in \`localeData.en.value\`
  bot \`Support Desk\`: changed in \`color\`" ]
    run "$dialogc" diff old.json new.json
    [ "$status" -eq 0 ]
    [[ "$output" != *!* ]]
}

@test "diff of nodes and dialogs that come and go" {
    bot
    change '
message = json.loads(json.dumps(component("orderFound")))
message.update(_id="dc-new", refId="new", name="thanks")
bot["dialogComponents"].append(message)
nodes = bot["dialogs"][0]["nodes"]
node = json.loads(json.dumps(nodes[4]))
node.update(nodeId="nd-new", componentId="dc-new")
nodes[4]["transitions"][0]["default"] = "nd-new"
nodes.append(node)
del bot["dialogs"][1]'
    run "$dialogc" diff --breaking old.json new.json
    [ "$status" -eq 1 ]
    [ "$output" = "dialog \`Order Status\`
! message \`orderFound\`: the transitions were \"otherwise -> end\", now \"otherwise -> thanks\"
  message \`thanks\`: added
dialog \`Talk to Somebody\`
! removed" ]
    run "$dialogc" diff --breaking new.json old.json
    [ "$output" = "dialog \`Order Status\`
! message \`thanks\`: removed
! message \`orderFound\`: the transitions were \"otherwise -> thanks\", now \"otherwise -> end\"
dialog \`Talk to Somebody\`
  added" ]
}

# old.json: the bot with a second node of the message `orderFound`, which the failed request leads to.
twins() {
    bot
    change '
nodes = bot["dialogs"][0]["nodes"]
twin = json.loads(json.dumps(nodes[4]))
twin["nodeId"] = "nd-twin"
twin["transitions"][0]["default"] = nodes[1]["nodeId"]
nodes.append(twin)
nodes[2]["transitions"][1]["then"] = "nd-twin"'
    mv new.json old.json
    code='context.lookUpOrder.response.statusCode'
    message='(nd-msg-94e3b0e7-8c07-5a36-ae28-63b204633882)'
    start="$code dne  -> orderUnknown (nd-msg-7126ff01-6b9f-59ea-a274-3e98f483bf15); $code gte 400 -> orderFound"
    to_twin="\"$start (nd-twin); otherwise -> orderFound $message\""
    to_message="\"$start $message; otherwise -> orderFound $message\""
}

@test "diff of a transition to another node of the same name" {
    twins
    change 'nodes = bot["dialogs"][0]["nodes"]; nodes[2]["transitions"][1]["then"] = nodes[4]["nodeId"]'
    run "$dialogc" diff --breaking old.json new.json
    [ "$status" -eq 1 ]
    [ "$output" = "dialog \`Order Status\`
! botAction \`lookUpOrderAction\`: the transitions were $to_twin, now $to_message" ]
}

@test "diff of a node that goes while its twin stays" {
    twins
    change '
nodes = bot["dialogs"][0]["nodes"]
nodes[2]["transitions"][1]["then"] = nodes[4]["nodeId"]
nodes.pop()'
    run "$dialogc" diff --breaking old.json new.json
    [ "$status" -eq 1 ]
    [ "$output" = "dialog \`Order Status\`
! message \`orderFound\`: removed
! botAction \`lookUpOrderAction\`: the transitions were $to_twin, now $to_message" ]
    run "$dialogc" diff --breaking new.json old.json
    [ "$status" -eq 1 ]
    [ "$output" = "dialog \`Order Status\`
! botAction \`lookUpOrderAction\`: the transitions were $to_message, now $to_twin
  message \`orderFound\`: added" ]
}

@test "diff of a renamed component is one line, and none for what leads to its nodes" {
    twins
    change 'component("orderFound")["name"] = "found"'
    run "$dialogc" diff --breaking old.json new.json
    [ "$status" -eq 1 ]
    [ "$output" = "dialog \`Order Status\`
! message \`found\`: was named \`orderFound\`" ]
}

@test "diff of an artifact and the bot that has it, before and after a change" {
    bot
    template hi
    "$dialogc" build -q -o out hi.yaml
    "$dialogc" install -q -o new.json --into old.json hi.yaml
    run "$dialogc" diff out/hi.dialog.json new.json
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    sed -i 's/Hello!/Good day!/' hi.yaml
    "$dialogc" build -q -o out hi.yaml
    run "$dialogc" diff new.json out/hi.dialog.json
    [ "$output" = "dialog \`hi\`
  message \`hiGreeting\`: the text for default in en was \"Hello!\", now \"Good day!\"" ]
    run "$dialogc" diff old.json out/hi.dialog.json
    [ "$output" = "dialog \`hi\`
  added" ]
}

@test "verify: formats, policy, several files, standard input" {
    bot
    change 'component("lookUpOrder")["endPoint"]["protocol"] = "http"'
    run "$dialogc" verify old.json new.json
    [ "$status" -eq 0 ]
    [[ "$output" == "warning[W1115]: the request uses http, so anyone on the network can read and change it
   --> new.json:"*"= note: dialog \`Order Status\`, service \`lookUpOrder\`: /dialogComponents/4/endPoint/protocol

0 errors, 1 warning in 2 files" ]]
    run "$dialogc" verify --error W1115 - < new.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"--> <stdin>:"* ]]
    run "$dialogc" verify --ignore W1115 new.json
    [ "$output" = "" ]
    run "$dialogc" verify --max-warnings 0 new.json
    [ "$status" -eq 1 ]
    for format in sarif github junit; do
        run "$dialogc" verify --format=$format new.json
        [ "$status" -eq 0 ]
        [[ "$output" == *W1115* ]]
    done
}

@test "wrong usage, and files that are not exports" {
    bot
    for command in list verify diff; do
        run "$dialogc" $command
        [ "$status" -eq 2 ]
        run "$dialogc" $command missing.json missing.json
        [ "$status" -ge 2 ]
    done
    run "$dialogc" list --format=sarif old.json
    [ "$status" -eq 2 ]
    printf '{"dialogs": [' > broken.json
    for arguments in "list broken.json" "verify broken.json" "diff old.json broken.json"; do
        run "$dialogc" $arguments
        [ "$status" -eq 1 ]
        [ "${lines[0]}" = "error[E0016]: the document ends unexpectedly" ]
        [ "${lines[1]}" = " --> broken.json:1:14" ]
    done
}

@test "apps of version 11: list, verify, diff, install, uninstall and import" {
    for app in shop-assistant help-centre; do
        export=$root/tests/bots/$app/appDefinition.json
        run "$dialogc" verify "$export"
        [ "$status" -eq 0 ]
        [ "$output" = "" ]
        cp "$export" app.json
        chmod u+w app.json
        template hi
        "$dialogc" install -q --into app.json hi.yaml
        run "$dialogc" verify app.json
        [ "$output" = "" ]
        run "$dialogc" diff -q "$export" app.json
        [ "$output" = "dialog \`hi\`
  added" ]
        "$dialogc" uninstall -q --from app.json hi
        cmp app.json "$export"
        "$dialogc" import -q -o "$app" app.json
        "$dialogc" install -C "$app" --into app.json 2> told
        [ "$(tail -1 told)" = "nothing to change" ]
        cmp app.json "$export"
    done
    run "$dialogc" list "$root/tests/bots/help-centre/appDefinition.json"
    [[ "$output" == *"
  searchai      searchArticles
  dynamicIntent whateverIsNext
"* ]]
}

# What a page about changes marks: dialogs, below them nodes, members of bot actions and lines.
marked() {
    python3 -c '
import json, re, sys
page = json.loads(re.search("id=\"data\">(.*)</script>\n", open(sys.argv[1]).read()).group(1))
for dialog in page["dialogs"]:
    print(dialog["name"], dialog.get("change"))
    for change in dialog["changes"]:
        print("   ", "!" if change["breaks"] else "-", change["text"])
    for node in dialog["nodes"]:
        for one in [node] + node["members"]:
            if "change" in one:
                print("  ", one["name"], one["change"], len(one["changes"]), "old" in one)
    for edge in dialog["edges"]:
        if "change" in edge:
            to = dialog["nodes"][edge["to"]]["name"] if "to" in edge else "end"
            print("  ", dialog["nodes"][edge["from"]]["name"], "->", to, edge["change"])
print([change["text"] for change in page["changes"]])' "$1"
}

@test "diff --html marks what was added, removed and changed, with breaking changes first" {
    bot
    change '
from urllib.parse import quote
component("orderUnknown")["message"][0]["localeData"]["en"]["text"] = quote("Which order?")
component("lookUpOrder")["endPoint"]["host"] = "store.example.com"
bot["name"] = "Support"
nodes = bot["dialogs"][0]["nodes"]
gone = nodes.pop()
for transition in (t for node in nodes for t in node["transitions"]):
    for key in "then", "default":
        if transition.get(key) == gone["nodeId"]:
            transition[key] = "end"
bot["dialogs"].reverse()'
    run "$dialogc" diff --html old.json new.json -o out/page.html
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    was='"context.lookUpOrder.response.statusCode dne  -> orderUnknown; context.lookUpOrder.response.statusCode gte 400 -> orderUnknown; otherwise -> '
    run marked out/page.html
    [ "$output" = "Order Status changed
    ! message \`orderFound\`: removed
    ! service \`lookUpOrder\`: the request's host was \"shop.example.com\", now \"store.example.com\"
    ! botAction \`lookUpOrderAction\`: the transitions were ${was}orderFound\", now ${was}end\"
    - message \`orderUnknown\`: the text for default in en was \"I cannot find that order. Is the number right?\", now \"Which order?\"
   lookUpOrderAction changed 1 True
   lookUpOrder changed 1 True
   orderUnknown changed 1 True
   orderFound removed 1 False
   lookUpOrderAction -> end added
   lookUpOrderAction -> orderFound removed
   orderFound -> end removed
Talk to Somebody None
['bot \`Support Desk\`: changed in \`name\`']" ]
    run "$dialogc" diff --breaking --html new.json old.json -o page.html
    [ "$status" -eq 1 ]
    run marked page.html
    [[ "$output" = *"   orderFound added 1 False
   lookUpOrderAction -> orderFound added
   orderFound -> end added
   lookUpOrderAction -> end removed"* ]]
}

@test "diff --html shows dialogs that only one version has" {
    bot
    change '
del bot["dialogs"][1]
bot["dialogComponents"] = [c for c in bot["dialogComponents"] if c["name"] in open("old.json").read()]'
    "$dialogc" diff --html old.json new.json > page.html
    run marked page.html
    [[ "$output" = "Talk to Somebody removed
    ! removed"*"   TalkSource removed "*"   agentTransfer -> end removed
Order Status "* ]]
    run "$dialogc" diff -o page.html old.json new.json
    [ "$status" -eq 2 ]
    run "$dialogc" diff --html --format=json old.json new.json
    [ "$status" -eq 2 ]
}
