# dialogc install and dialogc uninstall: on the project's own fixture of a bot export.
load support.bash

# A copy of the fixture, as bot/botDefinition.json and bot/config.json, and of both in before/.
bot() {
    cp -r "$root/tests/bots/support-desk" bot
    chmod -R u+w bot
    cp -r bot before
}

# Nothing in the bot's folder is other than before.
untouched() {
    diff -r before bot
}

# A template with a service under an auth profile of its own, and a content variable.
rich_template() { # IDENTIFIER CLIENT-ID SHOP
    mkdir -p auth
    cat > auth/org.yaml <<END
dialogc: 1
profile: org
type: oauth2
authorization: end-user
app: custom
name: My Org
edition: enterprise
identityProvider: My Org
clientId: \${env.$2}
clientSecret: \${env.ORG_SECRET}
authorizationUrl: https://login.salesforce.com/services/oauth2/authorize
tokenUrl: https://login.salesforce.com/services/oauth2/token
refreshUrl: https://login.salesforce.com/services/oauth2/token
scopes: [api, refresh_token]
END
    cat > "$1.yaml" <<END
dialogc: 1
template: $1
title: List Leads
integration: salesforce
auth: org
variables: {content: {SHOP: $3}}
intent: {utterances: [list leads]}
services:
  listService: {salesforce: {list: Lead}}
messages:
  done: "\${content.SHOP}: \${listService.status} at {{env.SHOP_HOST}}"
  again: Please sign in.
flow:
  - call: listService
    unauthorized: [{say: again}]
  - say: done
END
}

install() {
    "$dialogc" install --into bot/botDefinition.json "$@"
}

uninstall() {
    "$dialogc" uninstall --from bot/botDefinition.json "$@"
}

@test "install adds lines only, says what it added, and is valid JSON; uninstall restores every byte" {
    bot
    rich_template list-leads ORG_ID Acme
    run install --auth auth list-leads.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "bot/botDefinition.json
  add       dialog \`List Leads\` (list-leads): 6 nodes, 8 components, 1 utterance
  add       auth profile \`My Org\`
  add       content variable \`SHOP\`
  note: \`encryptedHash\` is unchanged, because only the platform can compute it
bot/config.json
  add       environment variable \`ORG_ID\`
  add       environment variable \`ORG_SECRET\`
  add       environment variable \`SALESFORCE_INSTANCE\`" ]
    [ "$(diff before/botDefinition.json bot/botDefinition.json | grep '^<')" = '<     "idpConfigurations": [],' ]
    [ "$(diff before/config.json bot/config.json | grep -c '^<')" -eq 0 ]
    python3 - <<'END'
import json
old = json.load(open("before/botDefinition.json"))
new = json.load(open("bot/botDefinition.json"))
for key in old:
    if key == "exportOptions":
        dialogs = new[key]["subTasks"]["dialogs"]
        assert dialogs == [new["dialogs"][-1]["_id"]] + old[key]["subTasks"]["dialogs"]
    elif new[key] != old[key]:
        assert new[key][:len(old[key])] == old[key], key
assert list(new) == list(old)
assert new["dialogs"][-1]["vNameSpace"] == old["dialogs"][0]["vNameSpace"] != []
assert new["contentVariables"][-1]["vNameSpace"] == old["dialogs"][0]["vNameSpace"]
config = json.load(open("bot/config.json"))["envVariables"]
assert [(v["key"], v["isSecured"]) for v in config] == [
    ("SHOP_HOST", False), ("ORG_ID", True), ("ORG_SECRET", True), ("SALESFORCE_INSTANCE", False)]
assert config[1] == {
    "key": "ORG_ID", "value": "", "variableType": "env",
    "hint": "Used by dialogs that dialogc has installed", "scope": "prePopulated", "group": "",
    "propagateValue": False, "vNameSpace": config[0]["vNameSpace"], "isSecured": True}
END
    run uninstall list-leads
    [ "$status" -eq 0 ]
    [ "$output" = "bot/botDefinition.json
  remove    dialog \`List Leads\` and everything that belongs to it
  remove    auth profile \`My Org\`
  remove    content variable \`SHOP\`
  note: \`encryptedHash\` is unchanged, because only the platform can compute it
bot/config.json
  remove    environment variable \`ORG_ID\`
  remove    environment variable \`ORG_SECRET\`
  remove    environment variable \`SALESFORCE_INSTANCE\`" ]
    untouched
}

@test "installing again changes nothing, not even the files' times" {
    bot
    template hi
    install -q hi.yaml
    touch -d 2001-01-01 bot/*
    run install hi.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "bot/botDefinition.json
  unchanged dialog \`hi\` (hi): 2 nodes, 2 components, 1 utterance
nothing to change" ]
    [ "$(find bot -newermt 2001-01-02 -type f)" = "" ]
}

@test "a changed template replaces its parts in place, and another one stays as it is" {
    bot
    template first
    template second
    install -q first.yaml second.yaml
    cp bot/botDefinition.json both.json
    sed -e 's/utterances: .*/utterances: [say first, the very first]}/' \
        -e 's/messages: .*/messages: {welcome: Welcome!}/' first.yaml > changed && mv changed first.yaml
    run install first.yaml
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "  replace   dialog \`first\` (first): 2 nodes, 2 components, 2 utterances" ]
    python3 - <<'END'
import json
both = json.load(open("both.json"))
new = json.load(open("bot/botDefinition.json"))
assert [d["lname"] for d in new["dialogs"]] == [d["lname"] for d in both["dialogs"]]
assert new["dialogs"][-1] == both["dialogs"][-1]
assert [s["sentence"] for s in new["sentences"]][-3:] == ["say first", "the very first", "say second"]
assert [c["name"] for c in new["dialogComponents"]][-4:] == ["First", "welcome", "Second", "secondGreeting"], new["dialogComponents"][-4:]
END
    run uninstall -q second first
    [ "$status" -eq 0 ]
    untouched
}

@test "uninstalling one of several leaves the others, and what they share" {
    bot
    rich_template list-leads ORG_ID Acme
    sed -e 's/list-leads/more-leads/; s/List Leads/More Leads/; s/list leads/more leads/' list-leads.yaml > more-leads.yaml
    install -q --auth auth list-leads.yaml
    cp -r bot one
    install -q --auth auth more-leads.yaml
    uninstall -q "More Leads"
    diff -r one bot
    install -q --auth auth more-leads.yaml
    run uninstall list-leads
    [ "${lines[1]}" = "  remove    dialog \`List Leads\` and everything that belongs to it" ]
    [[ "$output" != *profile* && "$output" != *variable* ]]
    uninstall -q more-leads
    untouched
}

@test "a variable that has got a value stays in config.json" {
    bot
    rich_template list-leads ORG_ID Acme
    install -q --auth auth list-leads.yaml
    python3 - <<'END'
text = open("bot/config.json").read()
at = text.index('"key": "ORG_ID"')
text = text[:at] + text[at:].replace('"value": ""', '"value": "mine"', 1)
open("bot/config.json", "w").write(text)
END
    run uninstall list-leads
    [[ "$output" == *"remove    environment variable \`ORG_SECRET\`"* ]]
    grep -q '"key": "ORG_ID"' bot/config.json
    ! grep -q ORG_SECRET bot/config.json
}

@test "a config.json that is missing is made when there is something for it" {
    bot
    rm bot/config.json
    template plain
    install -q plain.yaml
    [ ! -e bot/config.json ]
    rich_template list-leads ORG_ID Acme
    install -q --auth auth list-leads.yaml
    [ "$(python3 -c 'import json; c = json.load(open("bot/config.json")); print(c["name"], [v["key"] for v in c["envVariables"]])')" = \
        "Support Desk ['ORG_ID', 'ORG_SECRET', 'SALESFORCE_INSTANCE', 'SHOP_HOST']" ]
}

@test "--dry-run says the same and touches nothing" {
    bot
    template hi
    run install -n hi.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "bot/botDefinition.json
  add       dialog \`hi\` (hi): 2 nodes, 2 components, 1 utterance
  note: \`encryptedHash\` is unchanged, because only the platform can compute it" ]
    untouched
    install -q hi.yaml
    rm -r before
    cp -r bot before
    run uninstall --dry-run hi
    [ "${lines[1]}" = "  remove    dialog \`hi\` and everything that belongs to it" ]
    untouched
}

@test "-o writes elsewhere, - to standard output" {
    bot
    template hi
    mkdir new
    install -q -o new/botDefinition.json hi.yaml
    untouched
    install -q -o - hi.yaml | cmp - new/botDefinition.json
    untouched
    install -q hi.yaml
    cmp new/botDefinition.json bot/botDefinition.json
}

@test "templates of a project go by name, or all together" {
    bot
    mkdir -p project/templates
    (cd project/templates && template one && template two)
    echo 'dialogc: 1' > project/dialogc.yaml
    run install -C project two
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "  add       dialog \`two\` (two): 2 nodes, 2 components, 1 utterance" ]
    run install -C project
    [ "${lines[1]}" = "  add       dialog \`one\` (one): 2 nodes, 2 components, 1 utterance" ]
    [ "${lines[2]}" = "  unchanged dialog \`two\` (two): 2 nodes, 2 components, 1 utterance" ]
    run install -C project three
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: there is no file or template \`three\`; name a file, a folder, or a template of the project" ]
}

@test "other layouts stay: two spaces, tabs, CRLF, no white space at all" {
    template hi
    for layout in two tab crlf compact; do
        rm -rf bot before
        bot
        python3 - $layout <<'END'
import json, sys
path = "bot/botDefinition.json"
data = json.load(open(path))
text = {"two": lambda: json.dumps(data, indent=2), "tab": lambda: json.dumps(data, indent="\t"),
        "crlf": lambda: json.dumps(data, indent=4).replace("\n", "\r\n"),
        "compact": lambda: json.dumps(data, separators=(",", ":"))}[sys.argv[1]]()
open(path, "w", newline="").write(text)
END
        cp bot/botDefinition.json before/
        install -q hi.yaml
        python3 - $layout <<'END'
import json, sys
text = open("bot/botDefinition.json", newline="").read()
data = json.loads(text)
same = {"two": lambda: json.dumps(data, indent=2, ensure_ascii=False),
        "tab": lambda: json.dumps(data, indent="\t", ensure_ascii=False),
        "crlf": lambda: json.dumps(data, indent=4, ensure_ascii=False).replace("\n", "\r\n"),
        "compact": lambda: json.dumps(data, separators=(",", ":"), ensure_ascii=False)}[sys.argv[1]]()
old = json.load(open("before/botDefinition.json"))
assert len(data["dialogs"]) == len(old["dialogs"]) + 1
assert text.count("\n") == same.count("\n") and text.count("\r") == same.count("\r")
assert text == same or "\\u" in text
END
        uninstall -q hi
        untouched
    done
}

@test "sections that an export does not have are added in front, and go again" {
    bot
    python3 - <<'END'
import json
path = "bot/botDefinition.json"
data = json.load(open(path))
for key in ("patterns", "sentences", "idpConfigurations", "contentVariables", "exportOptions", "encryptedHash"):
    del data[key]
open(path, "w").write(json.dumps(data, indent=4, ensure_ascii=False))
END
    cp bot/botDefinition.json before/
    rich_template list-leads ORG_ID Acme
    run install --auth auth list-leads.yaml
    [[ "$output" != *encryptedHash* ]]
    [ "$(python3 -c 'import json; print(list(json.load(open("bot/botDefinition.json")))[:5])')" = \
        "['idpConfigurations', 'patterns', 'sentences', 'contentVariables', '_id']" ]
    [ "$(diff before/botDefinition.json bot/botDefinition.json | grep -c '^<')" -eq 0 ]
    uninstall -q list-leads
    untouched
}

@test "clashes: a dialog of that name, a training sentence" {
    bot
    template hello "Order status"
    sed -i 's/utterances: .*/utterances: ["TRACK  my order"]}/' hello.yaml
    run install hello.yaml
    [ "$status" -eq 1 ]
    [ "$output" = "error[E1002]: the bot has another dialog \`Order Status\`, which was not made from the template \`hello\`
   --> bot/botDefinition.json:774:22
    |
774 |             \"lname\": \"order status\",
    |                      ^^^^^^^^^^^^^^
    = note: change the template's \`title\`, or rename or delete the bot's dialog

error[E1004]: the utterance \`TRACK  my order\` of the template \`hello\` already trains \`OrderStatusSource\` of the bot
    --> bot/botDefinition.json:1030:25
     |
1030 |             \"sentence\": \"track my order\",
     |                         ^^^^^^^^^^^^^^^^
     = note: an utterance can start only one dialog; change it in the template or in the bot

2 errors, 0 warnings in 3 files" ]
    untouched
}

@test "clashes: an id in use" {
    bot
    template hi
    install -q hi.yaml
    python3 - <<'END'
path = "bot/botDefinition.json"
text = open(path).read()
import json
id = json.loads(text)["dialogs"][-1]["_id"]
text = text.replace(id, "dg-00000000-0000-5000-8000-000000000000").replace('"lname": "hi"', '"lname": "copy"').replace('"name": "hi"', '"name": "copy"').replace('"sentence": "say hi"', '"sentence": "copy"')
open(path, "w").write(text)
END
    cp bot/* before/
    run install hi.yaml
    [ "$status" -eq 1 ]
    [ "$(grep -c '^error' <<< "$output")" -eq 6 ]
    [ "$(grep -c '^error.E1003.: another part of the bot has the id `[-a-z0-9]*` of the template `hi`$' <<< "$output")" -eq 6 ]
    untouched
}

@test "clashes: a profile and a content variable with different settings; the same ones are used" {
    bot
    rich_template list-leads ORG_ID Acme
    install -q --auth auth list-leads.yaml
    # now both are the bot's own: another id, another hint
    python3 - <<'END'
import json
path = "bot/botDefinition.json"
text = open(path).read()
data = json.loads(text)
text = text.replace(data["idpConfigurations"][0]["_id"], "ap-00000000-0000-5000-8000-000000000000")
text = text.replace("Written by dialogc", "ours")
open(path, "w").write(text)
END
    cp bot/* before/
    run install --auth auth list-leads.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"nothing to change" ]]
    untouched
    rich_template list-leads OTHER_ID Emca
    run install --auth auth list-leads.yaml
    [ "$status" -eq 1 ]
    [ "$(grep '^error' <<< "$output")" = "error[E1005]: the bot has an auth profile \`My Org\` with different settings
error[E1006]: the bot has a content variable \`SHOP\` with a different value" ]
    untouched
    uninstall -q list-leads
    grep -q '"name": "My Org"' bot/botDefinition.json
    grep -q '"key": "SHOP"' bot/botDefinition.json
}

@test "a dialog that another one calls stays, unless that one goes too" {
    bot
    template callee
    template caller
    sed -i '/^messages/d' caller.yaml
    echo 'flow: [{dialog: callee}]' >> caller.yaml
    run install caller.yaml callee.yaml
    [ "$status" -eq 0 ]
    cp bot/* before/
    run uninstall callee
    [ "$status" -eq 1 ]
    [[ "$output" == "error[E1007]: the bot's dialog \`caller\` calls \`callee\`"* ]]
    untouched
    install -q caller.yaml callee.yaml
    untouched
    uninstall -q caller callee
    cmp bot/botDefinition.json "$root/tests/bots/support-desk/botDefinition.json"
}

@test "uninstall of what is not there" {
    bot
    run uninstall hello "Order status"
    [ "$status" -eq 1 ]
    [ "$output" = "error[E1008]: the bot has no dialog made from a template \`hello\`
 --> bot/botDefinition.json:1:1
  |
1 | {
  | ^

error[E1008]: the bot has no dialog made from a template \`Order status\`
 --> bot/botDefinition.json:1:1
  |
1 | {
  | ^
  = note: this dialog has the same title, but it was not made from a template \`order-status\`
   --> bot/botDefinition.json:491:9
    |
491 |         {
    |         -

2 errors, 0 warnings in 2 files" ]
    untouched
}

@test "broken exports: a located error, nothing is touched" {
    bot
    template hi
    size=$(stat -c %s before/botDefinition.json)
    for cut in 0 1 2 100 $((size / 3)) $((size / 2)) $((size - 2)) $((size - 1)); do
        head -c "$cut" before/botDefinition.json > bot/cut.json
        cp bot/cut.json before/cut.json
        run "$dialogc" install --into bot/cut.json hi.yaml
        [ "$status" -eq 1 ]
        [[ "$output" == error\[E0016\]:*"--> bot/cut.json:"* ]]
        untouched
    done
    deep=$(printf '[%.0s' $(seq 100000))
    while IFS='|' read -r text message; do
        printf '%b' "$text" > bot/cut.json
        cp bot/cut.json before/cut.json
        run "$dialogc" install --into bot/cut.json hi.yaml
        [ "$status" -eq 1 ]
        [[ "${lines[0]}" == "$message" ]]
        untouched
    done <<END
{"dialogs": $deep|error[E0016]: arrays and objects are nested too deeply
{"a": 1, "a": 2}|error[E0016]: this key appears twice
{"dialogs": "\\xff"}|error[E0016]: these bytes are not valid UTF-8
[1, 2]|error[E1001]: not a bot export: it must be an object, not a list
{"dialogComponents": []}|error[E1001]: not a bot export: \`dialogs\` is missing
{"dialogs": 3, "dialogComponents": []}|error[E1001]: not a bot export: \`dialogs\` must be a list, not a number
{"dialogs": [3], "dialogComponents": []}|error[E1001]: not a bot export: every entry of \`dialogs\` must be an object, not a number
END
    rm bot/cut.json before/cut.json
    printf '{"envVariables": 3}' > bot/config.json
    cp bot/config.json before/
    run install hi.yaml
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "error[E1001]: not a config.json: it must be an object with a list \`envVariables\`" ]
    untouched
}

@test "a template with an error, a folder that cannot be written: nothing is touched" {
    bot
    template hi
    sed 's/greeting/greeting}/i; s/messages: .*/messages: 3/' hi.yaml > bad.yaml
    run install hi.yaml bad.yaml
    [ "$status" -eq 1 ]
    untouched
    chmod a-w bot
    run as_user "$dialogc" install --into bot/botDefinition.json hi.yaml
    chmod u+w bot
    [ "$status" -eq 3 ]
    [[ "$output" == *"cannot write bot/"*": Permission denied"* ]]
    untouched
    run install hi.yaml --into nothing.json
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read nothing.json: No such file or directory" ]
    run install hi.yaml --into .
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: the folder . has neither botDefinition.json nor appDefinition.json" ]
}

@test "a link stays a link: the file that it leads to is replaced" {
    bot
    template hi
    mkdir links
    ln -s ../bot/botDefinition.json links/bot.json
    ln -s ../bot/config.json links/config.json
    "$dialogc" install -q --into links/bot.json hi.yaml
    [ -L links/bot.json ]
    grep -q '"lname": "hi"' bot/botDefinition.json
    [ "$(ls -A links bot | grep -c tmp)" -eq 0 ]
    "$dialogc" uninstall -q --from links/bot.json hi
    untouched
}

@test "wrong usage" {
    template hi
    run "$dialogc" install hi.yaml
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: \`dialogc install\` needs \`--into BOT.json\`: the export, botDefinition.json or appDefinition.json" ]
    run "$dialogc" uninstall --from bot.json
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: \`dialogc uninstall\` takes the templates to remove, by identifier or title" ]
    run "$dialogc" install --into bot.json none
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: there is no file or template \`none\`; name a file, a folder, or a template of the project" ]
}

@test "a byte-order mark stays where it is, in both files" {
    bot
    template hi
    rich_template list-leads ORG_ID Acme
    install -q --auth auth list-leads.yaml hi.yaml
    cp -r bot without
    rm -rf bot before
    bot
    for file in botDefinition config; do
        printf '\xef\xbb\xbf' | cat - before/$file.json > bot/$file.json
        printf '\xef\xbb\xbf' | cat - without/$file.json > with.$file.json
    done
    install -q --auth auth list-leads.yaml hi.yaml
    cmp with.botDefinition.json bot/botDefinition.json
    cmp with.config.json bot/config.json
    "$dialogc" verify bot/botDefinition.json > marked 2>&1 || true
    "$dialogc" verify without/botDefinition.json > unmarked 2>&1 || true
    sed s/without/bot/ unmarked | diff - marked
}

# An export that has a profile that dialogc made: bundled, imported, and the templates installed again.
@test "a profile and variables that services of imported templates name stay" {
    mkdir -p project/auth project/templates
    printf 'dialogc: 1\nname: P\n' > project/dialogc.yaml
    cat > project/auth/org.yaml <<'END'
dialogc: 1
profile: organisation
name: Organisation
type: oauth2
authorization: end-user
app: custom
identityProvider: Organisation
clientId: ${env.ID}
clientSecret: ${env.SECRET}
authorizationUrl: https://login.salesforce.com/services/oauth2/authorize
tokenUrl: https://login.salesforce.com/services/oauth2/token
scopes: [api]
END
    cat > project/templates/leads.yaml <<'END'
dialogc: 1
template: leads
title: Leads
integration: salesforce
auth: organisation
intent: {utterances: [show the leads]}
services:
  listLeads: {salesforce: {list: Lead}}
messages: {done: Done.}
flow: [{call: listLeads}, {say: done}]
END
    "$dialogc" bundle -q -C project -o new
    cp -r new before
    "$dialogc" import -q -o imported new/botDefinition.json
    run "$dialogc" install --into new/botDefinition.json -C imported
    [ "$status" -eq 0 ]
    diff -r before new
}

@test "uninstall gives back config.json: none, one without variables, one with an empty list" {
    cp "$root/tests/bots/support-desk/botDefinition.json" bot.json
    template env
    sed -i 's/Hello!/"Hello from ${env.SHOP} and ${env.TOWN}!"/' env.yaml
    printf 'variables: {env: {SHOP: The shop, TOWN: The town}}\n' >> env.yaml
    "$dialogc" install -q --into bot.json env.yaml
    grep -q SHOP config.json
    run "$dialogc" uninstall --from bot.json env
    [ "$status" -eq 0 ]
    [[ "$output" == *"remove    this file, which dialogc made"* ]]
    [ ! -e config.json ]
    for text in '{}' '{"name": "x"}' $'{\n    "name": "x"\n}' '{"envVariables": [], "name": "x"}' '{ }'; do
        printf '%s' "$text" > config.json
        "$dialogc" install -q --into bot.json env.yaml
        grep -q SHOP config.json
        "$dialogc" install -q --into bot.json env.yaml
        "$dialogc" uninstall -q --from bot.json env
        [ "$(cat config.json)" = "$text" ]
    done
    cmp bot.json "$root/tests/bots/support-desk/botDefinition.json"
}

@test "an artifact is not a bot" {
    template hi
    "$dialogc" build -q -o out hi.yaml
    cp out/hi.dialog.json before.json
    run "$dialogc" install --into out/hi.dialog.json hi.yaml
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "error[E1001]: not a bot export: this is an artifact of \`dialogc build\`; name the bot's botDefinition.json or appDefinition.json" ]
    run "$dialogc" uninstall --from out/hi.dialog.json hi
    [ "$status" -eq 1 ]
    cmp out/hi.dialog.json before.json
}

@test "texts in languages that the bot does not have are left out, or chosen with --locales" {
    cp "$root/tests/bots/support-desk/botDefinition.json" bot.json
    cat > hi.yaml <<'END'
dialogc: 1
template: hi
title: {de: Hallo, en: Hi}
locales: [de, en]
intent: {utterances: {de: [hallo da], en: [hi there]}}
messages: {hiGreeting: {text: {de: Guten Tag!, en: Good day!}}}
END
    run "$dialogc" install --into bot.json hi.yaml
    [ "$output" = 'bot.json
  add       dialog `Hi` (hi): 2 nodes, 2 components, 1 utterance
  note: the texts in de are left out; `--locales` chooses the languages
  note: `encryptedHash` is unchanged, because only the platform can compute it' ]
    ! grep -q '"de"' bot.json
    grep -q '"lname": "hi"' bot.json
    "$dialogc" uninstall -q --from bot.json hi
    cmp bot.json "$root/tests/bots/support-desk/botDefinition.json"
    run "$dialogc" install --locales=en,de --into bot.json hi.yaml
    [[ "$output" == *"dialog \`Hallo\` (hi): 2 nodes, 2 components, 2 utterances"* && "$output" != *"left out"* ]]
    grep -q '"text": "Guten%20Tag!"' bot.json
    run "$dialogc" install --into bot.json hi.yaml
    [[ "$output" == *"nothing to change" ]]
}

@test "install and uninstall: one JSON document for programs" {
    cp "$root/tests/bots/support-desk/botDefinition.json" bot.json
    template hi
    "$dialogc" install -n --format=json --into bot.json hi.yaml > dry.json
    "$dialogc" install --format=json --into bot.json hi.yaml > first.json
    "$dialogc" install --format=json --into bot.json hi.yaml > again.json
    "$dialogc" uninstall --format=json --from bot.json hi > back.json
    ! "$dialogc" uninstall --format=json --from bot.json hi > error.json
    python3 - <<'END'
import json
dry, first, again, back, error = (json.load(open(f"{n}.json")) for n in ("dry", "first", "again", "back", "error"))
dialog = {"file": "bot.json", "change": "added", "text": "dialog `hi` (hi): 2 nodes, 2 components, 1 utterance"}
result = {"bot": "bot.json", "config": "config.json", "changed": True, "written": True, "keepsHash": True,
          "languagesLeftOut": [], "changes": [dialog]}
assert first["result"] == result, first
assert dry["result"] == {**result, "written": False}, dry
assert again["result"]["changes"] == [{**dialog, "change": "unchanged"}] and not again["result"]["changed"], again
assert back["result"]["changes"] == [
    {"file": "bot.json", "change": "removed", "text": "dialog `hi` and everything that belongs to it"}], back
assert "result" not in error and error["diagnostics"][0]["code"] == "E1008", error
END
}

@test "what was imported goes back into the bot: its own namespaces, and languages that only utterances have" {
    bot
    python3 - <<'END'
import json
with open("bot/botDefinition.json", encoding="utf-8") as file:
    bot = json.load(file)
bot["dialogs"][0]["vNameSpace"] = None
bot["dialogs"][1]["vNameSpace"] = ["another"]
bot["sentences"][0]["language"] = "xx"
with open("bot/botDefinition.json", "w", encoding="utf-8") as file:
    json.dump(bot, file, ensure_ascii=False, indent=4)
END
    cp bot/botDefinition.json edited.json
    "$dialogc" import -q -o project bot/botDefinition.json
    "$dialogc" install -q -C project --into bot/botDefinition.json
    cmp bot/botDefinition.json edited.json
}
