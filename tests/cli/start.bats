# From an empty folder to a project with a template: init and add.
load support

files() {
    find "$1" -type f | sort
}

@test "init makes a project that passes check, and says what to type next" {
    mkdir sales-bot
    cd sales-bot
    run "$dialogc" init
    [ "$status" -eq 0 ]
    [ "$output" = 'wrote 6 files in .:
  .github/workflows/dialogc.yml
  .gitignore
  .pre-commit-config.yaml
  auth/salesforce.yaml
  templates/README.md
  dialogc.yaml
next:
  dialogc add                   lists the templates that you can copy
  dialogc add create-a-lead     copies one of them
  dialogc chat create-a-lead    lets you talk to its dialog
  dialogc check                 looks for mistakes
  dialogc test                  runs the conversations' ]
    [ "$(files .)" = './.github/workflows/dialogc.yml
./.gitignore
./.pre-commit-config.yaml
./auth/salesforce.yaml
./dialogc.yaml
./templates/README.md' ]
    [ "$(cat dialogc.yaml)" = '# What the templates of this bot share.
dialogc: 1
name: Sales bot

# The languages of the bot; the first is the default.
locales: [en]

# The organisation that the dialogs call, and where its users sign in. ${env.NAME} is a variable of the bot.
salesforce:
  instance: ${env.SALESFORCE_INSTANCE}
  login: login.salesforce.com' ]
    [ "$(cat auth/salesforce.yaml)" = '# How the dialogs sign in to Salesforce: the answers to the questions of the platform'"'"'s dialog "Add
# Authorization". `dialogc auth salesforce` shows them field by field.
dialogc: 1
profile: salesforce
name: Salesforce
type: oauth2
authorization: pre-authorized
app: system' ]
    run "$dialogc" auth salesforce
    [ "$status" -eq 0 ]
    run "$dialogc" fmt --check
    [ "$status" -eq 0 ]
}

@test "a project without templates passes check, also by its hook" {
    "$dialogc" init -q project
    cd project
    for operand in "" templates; do
        run "$dialogc" check $operand
        [ "$status" -eq 0 ]
        [ "$output" = 'the project has no templates yet: `dialogc add` copies one, `dialogc new` writes one' ]
    done
    mkdir other
    run "$dialogc" check other
    [ "$status" -eq 2 ]
    run "$dialogc" build
    [ "$status" -eq 2 ]
    sed -i 's/^type: .*/type: oauth3/' auth/salesforce.yaml
    run "$dialogc" check
    [ "$status" -eq 1 ]
}

@test "after init and add, everything works without another edit" {
    cp -r "$root/tests/bots/support-desk" bot
    "$dialogc" init -q bot-project
    cd bot-project
    run "$dialogc" add create-a-lead
    [ "$status" -eq 0 ]
    [ "$output" = 'wrote templates/create-a-lead.yaml
wrote templates/create-a-lead.test.yaml
wrote fragments/create-call.yaml
wrote fragments/failure-messages.yaml
next: `dialogc chat create-a-lead` lets you talk to it, `dialogc test` runs the conversations' ]
    run "$dialogc" check
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run "$dialogc" test
    [ "$status" -eq 0 ]
    [ "$output" = '11 conversations, 11 passed, 0 failed; 100 % of nodes and transitions' ]
    "$dialogc" build -q
    "$dialogc" bundle -q -o out
    "$dialogc" install -q --into ../bot/botDefinition.json
    # The library's own conversations are kept as they are, but for the line for editors.
    diff <(tail -n +2 "$root/templates/salesforce/create-a-lead.test.yaml") templates/create-a-lead.test.yaml
}

@test "the answers of init, as options" {
    run "$dialogc" init --name "Vertrieb: 1" --locales de,fr,de --instance acme.my.salesforce.com \
        --login test.salesforce.com --authorization end-user --app custom --client-id SF_ID \
        --client-secret SF_SECRET --identity-provider "Sales Org" --scopes "api, refresh_token,openid" project
    [ "$status" -eq 0 ]
    [ "$(grep -v '^#' project/dialogc.yaml)" = 'dialogc: 1
name: "Vertrieb: 1"

locales: [de, fr]

salesforce:
  instance: acme.my.salesforce.com
  login: test.salesforce.com' ]
    [ "$(grep -v '^#' project/auth/salesforce.yaml)" = 'dialogc: 1
profile: salesforce
name: Sales Org
type: oauth2
authorization: end-user
app: custom
identityProvider: Sales Org
callbackUrl: https://idp.kore.ai/workflows/callback/
clientId: ${env.SF_ID}
clientSecret: ${env.SF_SECRET}
authorizationUrl: https://test.salesforce.com/services/oauth2/authorize
tokenUrl: https://test.salesforce.com/services/oauth2/token
refreshUrl: https://test.salesforce.com/services/oauth2/token
scopes: [api, refresh_token, openid]' ]
    [ "${lines[-6]}" = "  cd project" ]
    "$dialogc" add -C project -q create-a-lead
    run "$dialogc" test -C project
    [ "$status" -eq 0 ]
    [[ "$output" == *"0 failed; 100 % of nodes and transitions" ]]
}

@test "init takes the name and the languages of a bot export: a file, a folder, a zip" {
    "$dialogc" init -q --bot "$root/tests/bots/old-crm/botDefinition.json" file
    "$dialogc" init -q --bot "$root/tests/bots/old-crm" folder
    (cd "$root/tests/bots/old-crm" && python3 -m zipfile -c "$work/bot.zip" botDefinition.json)
    "$dialogc" init -q --bot bot.zip zip
    diff -r file folder
    diff -r file zip
    grep -qx 'name: Old CRM' file/dialogc.yaml
    grep -qx 'locales: \[en, de\]' file/dialogc.yaml
    "$dialogc" init -q --bot bot.zip --name Mine --locales fr own
    grep -qx 'name: Mine' own/dialogc.yaml
    grep -qx 'locales: \[fr\]' own/dialogc.yaml
}

@test "init: a bot that cannot be read, and nothing is written" {
    run "$dialogc" init --bot no.json project
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read no.json: No such file or directory" ]
    echo '{' > half.json
    run "$dialogc" init --bot half.json project
    [ "$status" -eq 1 ]
    [ ! -e project ]
}

@test "init overwrites nothing, and says what is there" {
    mkdir project
    echo mine > project/.gitignore
    echo mine > project/dialogc.yaml
    run "$dialogc" init project
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: already there: project/.gitignore, project/dialogc.yaml; `dialogc init` overwrites nothing, so move what is in its way, or choose another folder' ]
    [ "$(files project)" = 'project/.gitignore
project/dialogc.yaml' ]
    [ "$(cat project/*.yaml project/.gitignore)" = 'mine
mine' ]
}

@test "init: wrong answers" {
    run "$dialogc" init --locales en,deutsch project
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `--locales=en,deutsch`: languages are codes such as `en`, `de` or `pt_BR`, separated by commas' ]
    run "$dialogc" init --locales "" project
    [ "$status" -eq 2 ]
    run "$dialogc" init --instance https://acme.my.salesforce.com project
    [ "$output" = 'dialogc: `--instance=https://acme.my.salesforce.com`: this is a host such as `acme.my.salesforce.com`, without `https://`, or a variable such as `${env.SALESFORCE_INSTANCE}`' ]
    run "$dialogc" init --login "a b" project
    [ "$output" = 'dialogc: `--login=a b`: this is a host such as `login.salesforce.com`, without `https://`' ]
    run "$dialogc" init --app custom --client-id 1X project
    [ "$output" = 'dialogc: `--client-id=…`: this is the name of a variable: letters, digits and underscores, no digit first' ]
    run "$dialogc" init --app custom --client-secret 4F1D9C3A7B2E8056D1A94C7E3B6F208D5A1C9E7B3D6F4820A1B2C3D4E5F60718 project
    [ "$output" = 'dialogc: `--client-secret=…`: this looks like the value itself, which belongs on the platform and in no file: give the name of a variable' ]
    run "$dialogc" init --app custom --scopes "api," project
    [ "$output" = 'dialogc: `--scopes=api,`: scopes are words such as `api` and `refresh_token`, separated by commas' ]
    run "$dialogc" init --client-id SF_ID project
    [ "$output" = 'dialogc: `--client-id` is for an app of your own: add `--app=custom`' ]
    run "$dialogc" init --authorization anybody project
    [ "$output" = 'dialogc: `--authorization` takes pre-authorized or end-user, not `anybody`' ]
    run "$dialogc" init --name "" project
    [ "$status" -eq 2 ]
    run "$dialogc" init ""
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the name of the folder is empty; without one, the project is made here' ]
    run "$dialogc" init one two
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `dialogc init` takes one folder' ]
    [ ! -e project ]
    run "$dialogc" init "my dad's bot"
    [ "${lines[8]}" = "  cd 'my dad'\\''s bot'" ]
}

@test "init and add in a folder that cannot be written: nothing is left" {
    mkdir closed
    chmod 555 closed
    run as_user "$dialogc" init -q closed
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot create the folder closed/.github/workflows: Permission denied" ]
    run as_user "$dialogc" init -q closed/project
    [ "$status" -eq 3 ]
    [ -z "$(ls -A closed)" ]
    "$dialogc" init -q project
    chmod 555 project project/templates
    run as_user "$dialogc" add -C project create-a-lead
    [ "$status" -eq 3 ]
    [ "$(ls -A project/templates)" = README.md ]
    [ ! -e project/fragments ]
}

@test "init and add, killed before the files are in their places, leave nothing" {
    needs_strace
    run strace -qq -f -o /dev/null -e inject=fsync:signal=KILL:when=2 "$dialogc" init project
    [ "$status" -ne 0 ]
    [ -z "$(find project -name dialogc.yaml -o -name .gitignore -o -name '*.yml')" ]
    "$dialogc" init -q whole
    run strace -qq -f -o /dev/null -e inject=fsync:signal=KILL:when=2 "$dialogc" add -C whole create-a-lead
    [ "$status" -ne 0 ]
    [ -z "$(find whole -name 'create-*')" ]
    "$dialogc" add -C whole -q create-a-lead
    [ "$(files whole/templates)" = 'whole/templates/README.md
whole/templates/create-a-lead.test.yaml
whole/templates/create-a-lead.yaml' ]
}

@test "add without a name lists the library" {
    run "$dialogc" add
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq "$(find "$root/templates" -name '*.yaml' -not -name '*.test.yaml' -not -path '*/fragments/*' -not -name dialogc.yaml | wc -l)" ]
    [ "$(grep '^create-a-lead ' <<< "$output")" = 'create-a-lead                     Create a Lead                     Creates a Salesforce lead.' ]
    "$dialogc" add --format=json | python3 -c '
import json, sys
lead = [t for t in json.load(sys.stdin)["templates"] if t["name"] == "create-a-lead"]
assert lead == [{"name": "create-a-lead", "title": "Create a Lead", "description": "Creates a Salesforce lead."}], lead'
}

@test "add: the languages of the project, and conversations in its own" {
    "$dialogc" init -q --locales de project
    cd project
    "$dialogc" add -q update-a-case
    grep -qx 'title: {de: Kundenvorgang ändern}' templates/update-a-case.yaml
    grep -qx 'locales: \[de\]' templates/update-a-case.yaml
    ! grep -q 'en:' templates/update-a-case.yaml
    grep -qF 'Was möchten Sie ändern?' templates/update-a-case.test.yaml
    run "$dialogc" check
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run "$dialogc" test
    [ "$status" -eq 0 ]
}

@test "add: languages that the template lacks are named" {
    "$dialogc" init -q --locales fr,de project
    cd project
    run "$dialogc" add create-a-lead
    [ "$status" -eq 0 ]
    [ "${lines[4]}" = 'note: `create-a-lead` has no texts in `fr`; until you add them, the bot uses those in `de`' ]
    run "$dialogc" check
    [ "$status" -eq 0 ]
    [[ "$output" == *"0 errors, 1 warning in"* ]]
    run "$dialogc" test
    [ "$status" -eq 0 ]
    run "$dialogc" add list-my-tasks --locales it
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `it` is not a locale of the project: add it to `locales` in dialogc.yaml, or leave it out' ]
    "$dialogc" add -q list-my-tasks --locales "de, de"
    grep -qx 'locales: \[de\]' templates/list-my-tasks.yaml
}

@test "add: a project that has none of the template's languages has conversations in its own" {
    "$dialogc" init -q --locales fr project
    run "$dialogc" add -C project create-a-lead
    [ "${lines[4]}" = 'note: `create-a-lead` has no texts in `fr`; until you add them, the bot uses those in `en`' ]
    grep -qx 'locale: fr' project/templates/create-a-lead.test.yaml
    run "$dialogc" test -C project
    [ "$status" -eq 0 ]
    [[ "$output" == *" passed, 0 failed; 100 % of nodes and transitions" ]]
}

@test "add: a form of a language has the texts of the language" {
    "$dialogc" init -q --locales en_GB,de_AT project
    run "$dialogc" add -C project create-a-lead
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 5 ]
    grep -qx 'locales: \[en, de\]' project/templates/create-a-lead.yaml
    run "$dialogc" check -C project
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run "$dialogc" test -C project
    [ "$status" -eq 0 ]
}

@test "add --as: two copies side by side" {
    "$dialogc" init -q project
    cd project
    "$dialogc" add -q create-a-lead
    run "$dialogc" add create-a-lead --as my-lead
    [ "$status" -eq 0 ]
    [ "$output" = 'wrote templates/my-lead.yaml
wrote templates/my-lead.test.yaml
note: left out 6 utterances that another template has; give `my-lead` more of its own in templates/my-lead.yaml
next: `dialogc chat my-lead` lets you talk to it, `dialogc test` runs the conversations' ]
    run diff templates/create-a-lead.yaml templates/my-lead.yaml
    [ "$output" = '4,5c4,5
< template: create-a-lead
< title: {en: Create a Lead}
---
> template: my-lead
> title: "My lead"
12c12
<   name: CreateLead
---
>   name: MyLead
15,20c15
<       - create a lead
<       - I want to add a new lead
<       - add a lead
<       - new lead
<       - create a lead for [Acme](companyName)
<       - enter a new prospect
---
>       - "My lead"' ]
    run "$dialogc" check
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run "$dialogc" test
    [ "$status" -eq 0 ]
    [ "$output" = '22 conversations, 22 passed, 0 failed; 100 % of nodes and transitions' ]
    "$dialogc" bundle -q -o out
}

@test "add: names that are wrong or taken, and nothing is written" {
    "$dialogc" init -q project
    cd project
    run "$dialogc" add create-a-leed
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no library template `create-a-leed`; did you mean `create-a-lead`?' ]
    run "$dialogc" add campaign
    [ "$output" = 'dialogc: there is no library template `campaign`; these have the word: `add-a-campaign-member`' ]
    run "$dialogc" add create-a-lead xyz
    [ "$output" = 'dialogc: there is no library template `xyz`; `dialogc add` lists the templates' ]
    run "$dialogc" add create-a-lead --as "My Lead"
    [ "$output" = 'dialogc: `My Lead` is not a valid template name: use up to 63 lower-case letters, digits and hyphens, starting with a letter' ]
    run "$dialogc" add create-a-lead create-a-case --as both
    [ "$output" = 'dialogc: `--as` names the copy of one template, and there are 2' ]
    [ "$(ls templates)" = README.md ]
    echo mine > templates/create-a-lead.test.yaml
    run "$dialogc" add create-a-lead
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: templates/create-a-lead.test.yaml already exists; dialogc does not overwrite it, and has written nothing' ]
    [ "$(files .)" = "$(files . | grep -v 'create-a-lead.yaml\|fragments')" ]
    rm templates/create-a-lead.test.yaml
    "$dialogc" add -q create-a-lead create-a-lead
    run "$dialogc" add create-a-lead
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the project has a template `create-a-lead` already: templates/create-a-lead.yaml; `dialogc add create-a-lead --as NAME` gives the copy another name' ]
}

@test "add without a project" {
    run "$dialogc" add create-a-lead
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no project here: no dialogc.yaml; `dialogc init` makes one, and `-C DIR` names another folder' ]
    mkdir empty
    run "$dialogc" add -C empty create-a-lead
    [ "$output" = 'dialogc: there is no project in empty: it has no dialogc.yaml; `dialogc init empty` makes one' ]
    run "$dialogc" add -C none create-a-lead
    [ "$status" -eq 3 ]
    [ "$output" = 'dialogc: no such folder: none' ]
}

@test "add: the auth profile of the project" {
    "$dialogc" init -q project
    cd project
    sed 's/^profile: .*/profile: crm/' auth/salesforce.yaml > auth/crm.yaml
    rm auth/salesforce.yaml
    "$dialogc" add -q create-a-lead
    grep -qx 'auth: crm' templates/create-a-lead.yaml
    sed -e 's/^profile: .*/profile: other/' -e 's/^name: .*/name: Other/' auth/crm.yaml > auth/other.yaml
    run "$dialogc" add list-my-tasks
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the project has several auth profiles: choose one of `crm`, `other` with `--profile`' ]
    run "$dialogc" add list-my-tasks --profile othr
    [ "$output" = 'dialogc: there is no auth profile `othr`; did you mean `other`?' ]
    "$dialogc" add -q list-my-tasks --profile other
    grep -qx 'auth: other' templates/list-my-tasks.yaml
}

@test "add: folders of the project, fragments that it has, and an organisation of its own" {
    "$dialogc" init -q project
    cd project
    mkdir parts
    sed -e 's/at the moment/right now/' "$root/templates/salesforce/fragments/failure-messages.yaml" > parts/failure-messages.yaml
    cat >> dialogc.yaml <<'END'
  apiVersion: v61.0
templates: [actions]
fragments: [parts]
END
    run "$dialogc" add create-a-lead
    [ "$status" -eq 0 ]
    [ "$output" = 'wrote actions/create-a-lead.yaml
wrote actions/create-a-lead.test.yaml
wrote parts/create-call.yaml
next: `dialogc chat create-a-lead` lets you talk to it, `dialogc test` runs the conversations' ]
    grep -q 'path: /services/data/v61.0/sobjects/Lead' actions/create-a-lead.test.yaml
    grep -q 'right now' actions/create-a-lead.test.yaml
    run "$dialogc" test actions
    [ "$status" -eq 0 ]
}

@test "add and new write in the folder of the project, wherever its folders are" {
    "$dialogc" init -q project
    mkdir outside
    printf 'templates: [../outside, own]\nfragments: [../outside]\n' >> project/dialogc.yaml
    run "$dialogc" add -C project create-a-lead
    [ "$status" -eq 0 ]
    [ "$output" = 'wrote project/own/create-a-lead.yaml
wrote project/own/create-a-lead.test.yaml
next: `dialogc chat -C project create-a-lead` lets you talk to it, `dialogc test -C project` runs the conversations' ]
    run "$dialogc" new -C project view-a-case --object Case --operation view
    [ "$output" = 'wrote project/own/view-a-case.yaml; `dialogc check project/own/view-a-case.yaml` checks it' ]
    [ -z "$(ls outside)" ]
}

@test "the platform's own templates fit a new project, and their conversations stay as they are" {
    names=$("$dialogc" add | cut -d' ' -f1 | grep ^platform/)
    "$dialogc" init -q --locales en,de project
    "$dialogc" add -C project -q $names
    run "$dialogc" check -C project
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    for name in $names; do
        # All but the first line, and the version of the API.
        diff <(tail -n +2 "$root/templates/salesforce/$name.test.yaml" | sed 's/v52.0/v62.0/') \
            "project/templates/${name#platform/}.test.yaml"
    done
    run "$dialogc" add -C project create-a-lead
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the project has a template `create-a-lead` already: project/templates/create-a-lead.yaml; `dialogc add create-a-lead --as NAME` gives the copy another name' ]
    "$dialogc" add -C project -q platform/create-a-lead --as another-lead
    run "$dialogc" check -C project
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "every template of the library fits a new project, and some of them one in German" {
    names=$("$dialogc" add | cut -d' ' -f1 | grep -v /)
    if under_address_sanitizer; then # all of them take half a minute
        names=$(sed -n '1~4p' <<< "$names")
    fi
    "$dialogc" init -q english
    "$dialogc" add -C english -q $names
    "$dialogc" init -q --locales de german
    "$dialogc" add -C german -q case-status-by-number list-my-cases update-an-account view-a-task
    for project in english german; do
        run "$dialogc" check -C $project
        [ "$status" -eq 0 ]
        [ -z "$output" ]
    done
    run "$dialogc" test -C german
    [ "$status" -eq 0 ]
}

# Answers, one in a line, to the questions of `init` on a terminal; the end of the input after them.
on_terminal() { # ANSWERS
    cat > terminal.py << 'END'
import os, pty, select, sys
pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "dumb"
    os.execv(sys.argv[1], [sys.argv[1], "init"])
shown, answers = b"", sys.argv[2].split("|")
while select.select([terminal], [], [], 20)[0]:
    try:
        shown += os.read(terminal, 4096)
    except OSError:
        break  # the other side is gone
    if shown.endswith(b"]: "):
        os.write(terminal, answers.pop(0).encode() + b"\r" if answers else b"\x04")
os.close(terminal)
sys.stdout.write(shown.decode().replace("\r", ""))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
    mkdir acme-sales
    cd acme-sales
    run python3 ../terminal.py "$dialogc" "$1"
}

@test "init on a terminal asks, and asks again" {
    on_terminal '|deutsch|de, en|https://acme|acme.my.salesforce.com||end-user|custom||1X|SF_ID||'
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$output" = 'A few questions. Enter takes the answer in brackets, Ctrl-C writes nothing.
Name of the bot [Acme sales]: 
Languages of the bot, the default one first, separated by commas [en]: deutsch
languages are codes such as `en`, `de` or `pt_BR`, separated by commas
Languages of the bot, the default one first, separated by commas [en]: de, en
Host of the Salesforce organisation, such as acme.my.salesforce.com [${env.SALESFORCE_INSTANCE}]: https://acme
this is a host such as `acme.my.salesforce.com`, without `https://`, or a variable such as `${env.SALESFORCE_INSTANCE}`
Host of the Salesforce organisation, such as acme.my.salesforce.com [${env.SALESFORCE_INSTANCE}]: acme.my.salesforce.com
Host where users sign in, test.salesforce.com for a sandbox [login.salesforce.com]: 
Who signs in: the developer, once (pre-authorized), or each user (end-user) [pre-authorized]: end-user
Connected app: the platform'"'"'s (system), or your own (custom) [system]: custom
Name of the identity provider [Acme sales Salesforce]: 
Variable of the bot that holds the client id [SALESFORCE_CLIENT_ID]: 1X
this is the name of a variable: letters, digits and underscores, no digit first
Variable of the bot that holds the client id [SALESFORCE_CLIENT_ID]: SF_ID
Variable of the bot that holds the client secret [SALESFORCE_CLIENT_SECRET]: 
Scopes, separated by commas [api, refresh_token]: 
wrote 6 files in .:
  .github/workflows/dialogc.yml
  .gitignore
  .pre-commit-config.yaml
  auth/salesforce.yaml
  templates/README.md
  dialogc.yaml
next:
  dialogc add                   lists the templates that you can copy
  dialogc add create-a-lead     copies one of them
  dialogc chat create-a-lead    lets you talk to its dialog
  dialogc check                 looks for mistakes
  dialogc test                  runs the conversations' ]
    grep -qx 'clientId: ${env.SF_ID}' auth/salesforce.yaml
    grep -qx 'locales: \[de, en\]' dialogc.yaml
}

@test "init on a terminal, left at a question, writes nothing" {
    on_terminal '|'
    echo "$output"
    [ "$status" -eq 2 ]
    [ "${lines[-1]}" = 'dialogc: the questions are not answered, so nothing was written' ]
    [ -z "$(ls -A)" ]
}

@test "the commit hook and the workflow of a new project" {
    "$dialogc" init -q project
    # The hook is the one that dialogc offers, run from the PATH.
    diff <(sed -n '/id: dialogc-check-all/,/always_run:/p' "$root/.pre-commit-hooks.yaml" | sed 's/^[- ]*//') \
        <(sed -n '/id: dialogc-check-all/,$p' project/.pre-commit-config.yaml | sed 's/^[- ]*//')
    grep -o 'run: dialogc .*' project/.github/workflows/dialogc.yml > runs
    [ "$(cat runs)" = 'run: dialogc check --format=github
run: dialogc test
run: dialogc build' ]
    cd project
    "$dialogc" add -q create-a-lead
    git init -q
    "$dialogc" build -q
    [ "$(git status --porcelain --untracked-files=all | sort)" = '?? .github/workflows/dialogc.yml
?? .gitignore
?? .pre-commit-config.yaml
?? auth/salesforce.yaml
?? dialogc.yaml
?? fragments/create-call.yaml
?? fragments/failure-messages.yaml
?? templates/README.md
?? templates/create-a-lead.test.yaml
?? templates/create-a-lead.yaml' ]
}
