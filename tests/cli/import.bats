# dialogc import on the command line.
load support.bash

bot() {
    cp "$root/tests/bots/old-crm/botDefinition.json" bot.json
    chmod u+w bot.json
}

# An edit of an imported file: FILE and a sed script. It must change something.
edit() {
    cp "$1" before
    sed -i "$2" "$1"
    ! cmp -s "$1" before
}

# The part of the artifact that a Python expression names, as JSON.
part() { # FILE EXPRESSION
    python3 -c '
import json, sys
artifact = json.load(open(sys.argv[1]))
dialog = artifact["dialogs"][0]
nodes = {node["nodeId"]: node for node in dialog["nodes"]}
components = {part["name"]: part for part in artifact["dialogComponents"]}
print(json.dumps(eval(sys.argv[2])))' "$1" "$2"
}

@test "import writes the whole project, to the byte" {
    bot
    run "$dialogc" import -o out bot.json
    [ "$status" -eq 0 ]
    [ "$output" = "2 dialogs in out, 2 of them with an \`xo\` section" ]
    diff -r "$root/tests/bots/old-crm/imported" out
}

@test "what is imported checks with warnings alone, and builds" {
    bot
    "$dialogc" import -q -o out bot.json
    run "$dialogc" check -C out
    [ "$status" -eq 0 ]
    [[ "$output" = *"warning[E0301]"* ]]
    [[ "$output" = *"warning[E0703]"* ]]
    [[ "$output" != *"error["* ]]
    run "$dialogc" build -q -C out
    [ "$status" -eq 0 ]
    [ "$(ls out/dialogs)" = "register-a-customer.dialog.json
update-a-customer.dialog.json" ]
}

@test "installed into the bot that it comes from, an edited text changes that text alone" {
    bot
    "$dialogc" import -q -o out bot.json
    edit out/templates/register-a-customer.yaml 's/What is the last name?/What is your last name?/'
    cp bot.json old.json
    run "$dialogc" install -q -C out --into bot.json
    [ "$status" -eq 0 ]
    run diff old.json bot.json
    [ "${#lines[@]}" -eq 4 ]
    [[ "${lines[1]}" = *'"What%20is%20the%20last%20name%3F"'* ]]
    [[ "${lines[3]}" = *'"What%20is%20your%20last%20name%3F"'* ]]
}

@test "a shared component that one template changes is a clash" {
    bot
    "$dialogc" import -q -o out bot.json
    edit out/templates/update-a-customer.yaml 's/Say that again, please\./Once more./'
    run "$dialogc" install -q -C out --into bot.json
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" = "error[E1011]: the message \`sayAgain\` of the template \`update-a-customer\`"* ]]
}

@test "what imported says cannot change what the dialog does" {
    bot
    "$dialogc" import -q -o out bot.json
    "$dialogc" build -q -C out
    cp out/dialogs/register-a-customer.dialog.json before.json
    edit out/templates/register-a-customer.yaml \
        "s/message\/leadDone: {nodeId: message11/message\/leadDone: {type: entity, nodeOptions: {transitionType: onInput, precedence: x}, nodeId: message11/"
    edit out/templates/register-a-customer.yaml \
        "s/endPoint: {path: /idp: other, script: boo, endPoint: {host: evil.example.com, path: /"
    run "$dialogc" build -q -C out
    [ "$status" -eq 0 ]
    diff before.json out/dialogs/register-a-customer.dialog.json
}

@test "an end that leads nowhere stays one only while it is an end" {
    bot
    "$dialogc" import -q -o out bot.json
    "$dialogc" build -q -C out
    artifact=out/dialogs/update-a-customer.dialog.json
    [ "$(part $artifact 'nodes["intent7"]["transitions"][0]["default"]')" = '""' ]
    edit out/templates/update-a-customer.yaml '/dialog: update-a-customer/{n;s/end/goto: leadId/;s/- goto/- goto/}'
    "$dialogc" build -q -C out
    [ "$(part $artifact 'nodes["intent7"]["transitions"][0]["default"]')" = '"entity1"' ]
}

@test "a new node finds its place, and takes nothing from the others" {
    bot
    "$dialogc" import -q -o out bot.json
    edit out/templates/register-a-customer.yaml 's/^messages:$/messages:\n  hello: Good day./'
    edit out/templates/register-a-customer.yaml 's/^flow:$/flow:\n  - say: hello/'
    run "$dialogc" build -q -C out
    [ "$status" -eq 0 ]
    artifact=out/dialogs/register-a-customer.dialog.json
    [ "$(part $artifact 'len(nodes)')" = 11 ]
    [ "$(part $artifact '[n["nodeId"][:6] for n in dialog["nodes"]][:3]')" = '["intent", "nd-msg", "messag"]' ]
    [ "$(part $artifact 'len([n for n in nodes.values() if n["componentId"] == components["hello"]["_id"]][0]["transitions"])')" = 1 ]
    [ "$(part $artifact 'components["hello"]["localeData"]')" = '{"en": {"label": "hello"}, "de": {"label": "hello"}}' ]
}

@test "without unprepared, dialogc prepares the request" {
    bot
    "$dialogc" import -q -o out bot.json
    edit out/templates/register-a-customer.yaml '/unprepared: true/d'
    edit out/templates/register-a-customer.yaml '/^    headers: {Content-Type: application\/json}$/d'
    run "$dialogc" build -q -C out
    [ "$status" -eq 0 ]
    artifact=out/dialogs/register-a-customer.dialog.json
    [ "$(part $artifact '[m["type"] for m in components["saveLead"]["nodes"]]')" = '["script", "script", "service"]' ]
    [ "$(part $artifact 'components["createLead"]["payload"]["value"]')" = '"%7B%7Bcontext.createLeadRequest.body%7D%7D"' ]
}

@test "--dialog imports one, and declares what it calls" {
    bot
    run "$dialogc" import -o out --dialog "Kunden ändern" bot.json
    [ "$status" -eq 0 ]
    [ "$(ls out/templates)" = update-a-customer.yaml ]
    run sed -n '/^dialogs:/,/^$/p' out/templates/update-a-customer.yaml
    [[ "${lines[1]}" = "  register-a-customer:" ]]
    [[ "$output" = *"    intent: Register"* ]]
    run "$dialogc" build -q -C out
    [ "$status" -eq 0 ]
}

@test "no file is written over, and none is written when one cannot be" {
    bot
    mkdir -p out/templates
    echo mine > out/templates/update-a-customer.yaml
    run "$dialogc" import -o out bot.json
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: out/templates/update-a-customer.yaml already exists; import into another folder" ]
    [ "$(find out -type f)" = out/templates/update-a-customer.yaml ]
    mkdir locked
    chmod 500 locked
    run as_user "$dialogc" import -o locked/out bot.json
    [ "$status" -eq 3 ]
    [[ "$output" = "dialogc: cannot create the folder locked/out: "* ]]
}

@test "wrong usage and wrong input" {
    bot
    run "$dialogc" import bot.json
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: \`dialogc import\` needs \`--output DIR\`: the folder of the new project" ]
    run "$dialogc" import -o out
    [ "$status" -eq 2 ]
    run "$dialogc" import -o out missing.json
    [ "$status" -eq 3 ]
    echo '{"dialogs": [' > broken.json
    run "$dialogc" import -o out broken.json
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" = "error[E0016]"* ]]
    [ ! -e out ]
}

@test "credentials are imported, reported and not shown" {
    bot
    sed -i 's#{\\"Content-Type\\":\\"application/x-www-form-urlencoded\\"}#{\\"Authorization\\":\\"Bearer abcdefghij0123456789abcdefghij\\"}#' bot.json
    run "$dialogc" import -o out bot.json
    [ "$status" -eq 0 ]
    [[ "$output" = *"imported 1 literal credential: \`dialogc check -C out\` shows where"* ]]
    [[ "$output" != *abcdefghij* ]]
    run "$dialogc" check -C out
    [[ "$output" = *"warning[E0701]"* ]]
    [[ "$output" != *abcdefghij* ]]
}

@test "a node of an unknown type is a script of which only xo has the content" {
    bot
    python3 - <<'END'
import json
bot = json.load(open("bot.json"))
nodes = bot["dialogs"][0]["nodes"]
last = next(node for node in nodes if any(way.get("default") == "end" for way in node["transitions"]))
for way in last["transitions"]:
    if way.get("default") == "end":
        way["default"] = "teleport1"
nodes.append({"type": "teleport", "nodeId": "teleport1", "componentId": "dc-teleport", "transitions": [{"default": "beam2"}]})
nodes.append({"type": "beam", "nodeId": "beam2", "transitions": []})
bot["dialogComponents"].append({"_id": "dc-teleport", "name": "goThere", "type": "teleport", "place": {"x": 1.50}})
json.dump(bot, open("bot.json", "w"), ensure_ascii=False)
END
    run "$dialogc" import -o out bot.json
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = '2 dialogs in out, 2 of them with an `xo` section' ]
    template=out/templates/register-a-customer.yaml
    [ "$(grep 'see xo' $template)" = "  goThere: // a node of the type teleport (see xo)
  node: // a node of the type beam (see xo)" ]
    [ "$(sed -n '/- label: leadDone/,/- end/p' $template)" = '  - label: leadDone
    say: leadDone
  - run: goThere
    bare: true
  - run: node
    bare: true
  - end' ]
    [ "$(sed -n '/^xo:/,/^$/p' $template)" = "xo:
  nodes:
    entity/lastName: {transitions: {0: {if: {\"-\": [context], field: entity1, op: eq, value: O'Hara \"x\"}}}}
    script/goThere: {type: teleport}
    script/node: {type: beam, transitions: {\"-\": [\"0\"]}}
  components:
    script/goThere: {\"-\": [refId, script, localeData, entityFields], type: teleport, place: {x: 1.5}}
    \"-\": [script/node]" ]
    "$dialogc" build -q -C out
    [ "$(part out/dialogs/register-a-customer.dialog.json 'dialog["nodes"][-1]["type"]')" = '"beam"' ]
    cp bot.json before.json
    "$dialogc" install -q -C out --into bot.json
    cmp bot.json before.json
}

@test "patterns that a node of an unknown type has stay in the bot" {
    cp "$root/tests/bots/support-desk/botDefinition.json" bot.json
    chmod u+w bot.json
    sed -i 's/"type": "entity"/"type": "question"/' bot.json
    cp bot.json before.json
    "$dialogc" import -q -o out bot.json
    "$dialogc" install -q -C out --into bot.json
    cmp bot.json before.json
}

@test "the way that is much longer than the others goes on behind the question, whichever it is" {
    python3 - "$root/tests/bots/support-desk/botDefinition.json" <<'END'
import copy, json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    bot = json.load(file)
dialog = bot["dialogs"][0]
intent = dialog["nodes"][0]
stub = next(node for node in dialog["nodes"] if node["type"] == "message")
content = {part["_id"]: part for part in bot["dialogComponents"]}

def way(target, condition=None):
    metadata = {"color": "#676767", "connId": "dummy1", "pathName": "", "pathsMap": []}
    test = {"if": condition, "then": target} if condition else {"default": target}
    return dict(test, metadata=metadata, userUtterance="")

def node(kind, name, transitions):
    part = dict(copy.deepcopy(content[stub["componentId"]]), _id="dc-" + name, refId=name, name=name, type=kind)
    bot["dialogComponents"].append(part)
    return dict(copy.deepcopy(stub), type=kind, nodeId=name, componentId=part["_id"], transitions=transitions)

def chain(*names, then="end"):
    return [node("message", name, [way(following)]) for name, following in zip(names, names[1:] + (then,))]

intent["transitions"] = [way("shall")]
yes, no = {"dialogAct": "yes"}, {"dialogAct": "no"}
failed = {"context": "context.failed", "op": "eq", "value": "true"}
dialog["nodes"] = [
    intent,
    node("dialogAct", "shall", [way("one", yes), way("never", no), way("again")]),
    *chain("never"), *chain("again", then="shall"),
    *chain("one"), *chain("two", "three", "four", "five"), *chain("sorry")]
dialog["nodes"][4]["transitions"] = [way("two", {"context": "context.good", "op": "eq", "value": "true"}), way("sorry")]
dialog["nodes"][-2]["transitions"] = [way("sorry", failed), way("end")]
bot["dialogs"] = [dialog]
json.dump(bot, open("bot.json", "w"), indent=4)
END
    "$dialogc" import -q -o out bot.json
    [ "$(sed -n '/^flow:/,/^$/p' out/templates/order-status.yaml)" = 'flow:
  - label: shall
    confirm: I cannot find that order. Is the number right?
    name: shall
    display: orderUnknown
    no: [{say: never}, end]
    else: [{say: again}, {goto: shall}]
  - say: one
  - choose:
      - when: ${context.good} == true
        then: []
    else: [{goto: sorry}]
  - say: two
  - say: three
  - say: four
  - say: five
  - choose:
      - when: ${context.failed} == true
        then: []
    else: [end]
  - label: sorry
    say: sorry' ]
}
