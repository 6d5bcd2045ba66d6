# dialogc sobject, dialogc new, fragments of a project.
load support.bash

each_object() {
    "$dialogc" sobject list
}

@test "new makes templates that pass the check as they are, for every object and operation" {
    count=0
    for object in $(each_object); do
        for operation in create update view search list delete; do
            name=$(echo "$operation-$object" | tr 'A-Z' 'a-z')
            if "$dialogc" new "$name" --object "$object" --operation "$operation" -q 2> refusal; then
                count=$((count + 1))
            else
                grep -q "does not let anyone $operation records of $object" refusal
            fi
        done
    done
    [ "$count" -eq 67 ]
    grep -q 'DurationInMinutes: ${durationInMinutes}' create-event.yaml # the first field of a required group
    run "$dialogc" check .
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    run "$dialogc" fmt --check .
    [ "$status" -eq 0 ]
}

@test "new takes every field that can be written, and every field for reading" {
    for object in $(each_object); do
        lower=$(echo "$object" | tr 'A-Z' 'a-z')
        written=$("$dialogc" sobject show "$object" | awk '/ create/ {print $1}' | paste -sd,)
        read=$("$dialogc" sobject show "$object" | awk 'NR > 1 {print $1}' | paste -sd,)
        if [ -n "$written" ]; then
            "$dialogc" new "create-$lower" --object "$object" --operation create --fields "$written" -q
        fi
        "$dialogc" new "view-$lower" --object "$object" --operation view --fields "$read" -q
    done
    run "$dialogc" check .
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    run "$dialogc" fmt --check .
    [ "$status" -eq 0 ]
}

@test "new writes into the project's templates, and never over a file" {
    mkdir bot
    echo "dialogc: 1" > bot/dialogc.yaml
    run "$dialogc" new a-lead -C bot --object Lead --operation create
    [ "$status" -eq 0 ]
    [ "$output" = 'wrote bot/templates/a-lead.yaml; `dialogc check bot/templates/a-lead.yaml` checks it' ]
    "$dialogc" check -C bot
    echo "# mine" >> bot/templates/a-lead.yaml
    run "$dialogc" new a-lead -C bot --object Lead --operation create
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: bot/templates/a-lead.yaml already exists; dialogc does not overwrite it" ]
    [ "$(tail -n 1 bot/templates/a-lead.yaml)" = "# mine" ]
}

@test "new writes the same to standard output each time" {
    "$dialogc" new a-lead --object Lead --operation create -o - > one
    "$dialogc" new a-lead --object Lead --operation create --fields LastName,Company -o - > two
    cat > expected <<'END'
# Made by `dialogc new`: change what you like; `dialogc check` reports mistakes.
dialogc: 1
template: a-lead  # all ids derive from it: do not change it once the dialog is in use
title: Create a lead
description: Creates Leads of Salesforce.
integration: salesforce
auth: salesforce     # a profile of the project, or the default one
locales: [en]        # with more than one, each text is a mapping: {en: …, de: …}

intent:
  utterances:        # the more, and the more varied, the better
    - create a lead
    - add a new lead
    - new lead

entities:            # what the bot asks for
  lastName:
    type: string
    prompt: What is the Last Name?
  company:
    type: string
    prompt: What is the Company?

services:
  createLeadService:
    salesforce:
      create: Lead
      fields:
        LastName: ${lastName}
        Company: ${company}
    samples:           # responses to try the dialog with; the first is the default
      - status: 201
        body: {id: 00Q5g0000000001, success: true, errors: []}
      - status: 401
        body: [{message: Session expired or invalid, errorCode: INVALID_SESSION_ID}]

messages:            # what the bot says
  done:
    text: The lead has been created.
    buttons:
      - {title: View, url: "${instanceUrl}/${createLeadService.body.id}"}

flow:
  - ask: [lastName, company]
  - call: createLeadService         # dialogc has its own messages for failures without a branch
    success: [{say: done}]
END
    diff one expected
    diff two expected
}

@test "new says dates, amounts and percentages as people read them" {
    "$dialogc" new deal --object Opportunity --operation view \
        --fields Name,Amount,CloseDate,Probability,CreatedDate -o deal.yaml
    "$dialogc" check deal.yaml
    grep ' | ' deal.yaml > shown
    cat > expected <<'END'
      Amount: ${viewOpportunityService.body.Amount? | number}
      Close Date: ${viewOpportunityService.body.CloseDate? | date}
      Probability (%): ${viewOpportunityService.body.Probability? | percent}
      Created Date: ${viewOpportunityService.body.CreatedDate? | date-time}
END
    diff shown expected
    "$dialogc" new deals --object Opportunity --operation search --fields Name,Amount,CloseDate -o deals.yaml
    "$dialogc" check deals.yaml
    [ "$(grep subtitle deals.yaml)" = '        subtitle: ${item.Amount | number}, ${item.CloseDate | date}' ]
}

@test "new refuses what cannot be, with what was meant" {
    refuses() { # MESSAGE ARGUMENTS...
        message=$1
        shift
        run "$dialogc" new "$@"
        [ "$status" -eq 2 ]
        [ "$output" = "dialogc: $message" ]
        [ "$(ls)" = "" ]
    }
    refuses 'unknown object `Leed`; did you mean `Lead`?' a --object Leed --operation create
    refuses 'unknown object `Gadget`; see `dialogc sobject list`' a --object Gadget --operation create
    refuses '`--operation` takes create, update, view, search, list or delete, not `creat`; did you mean `create`?' a --object Lead --operation creat
    refuses '`--operation` takes create, update, view, search, list or delete, not `upsert`' a --object Lead --operation upsert
    refuses 'Lead has no field `LastNam`; did you mean `LastName`?' a --object Lead --operation create --fields LastNam
    refuses '`IsConverted` of Lead cannot be written' a --object Lead --operation create --fields IsConverted
    refuses '`delete` takes no fields' a --object Lead --operation delete --fields LastName
    refuses '`A Lead` is not a valid template name: use up to 63 lower-case letters, digits and hyphens, starting with a letter' "A Lead" --object Lead --operation create
    refuses '`dialogc new NAME` needs `--object` and `--operation`' a --object Lead
    refuses '`dialogc new` takes the name of one template' a b --object Lead --operation create
    refuses '`dialogc new` asks questions only on a terminal; otherwise give NAME --object OBJECT --operation OPERATION'
}

@test "new asks on a terminal" {
    command -v script > /dev/null || skip "no script(1)"
    printf 'Contakt\nContact\nvie\nview\nName,Email\n\n' | script -qec "'$dialogc' new" /dev/null > log
    grep -q 'Salesforce object \[Lead\]' log
    grep -q 'did you mean `Contact`' log
    grep -q 'did you mean `view`' log
    "$dialogc" check view-contact.yaml
    grep -q 'Email: ${viewContactService.body.Email?}' view-contact.yaml
}

describe() { # a describe answer with custom fields
    cat <<'END'
{"name": "Lead", "label": "Lead", "labelPlural": "Leads", "keyPrefix": "00Q", "createable": true, "updateable": true,
 "deletable": true, "queryable": true, "searchable": true, "urls": {"sobject": "/services/data/v61.0/sobjects/Lead"},
 "fields": [
  {"name": "Id", "label": "Lead ID", "type": "id", "length": 18, "nillable": false, "defaultedOnCreate": true},
  {"name": "LastName", "label": "Last Name", "type": "string", "length": 80, "createable": true, "updateable": true, "nillable": false},
  {"name": "Region__c", "label": "Region", "type": "picklist", "createable": true, "updateable": true, "nillable": false,
   "restrictedPicklist": true, "picklistValues": [{"value": "North", "label": "North", "active": true}, {"value": "Old", "label": "Old", "active": false}]}]}
END
}

@test "sobject import describes an object to the checks of its project" {
    mkdir bot
    echo "dialogc: 1" > bot/dialogc.yaml
    describe > lead.json
    run "$dialogc" sobject import -C bot lead.json
    [ "$status" -eq 0 ]
    [ "$output" = "wrote bot/sobjects/Lead.json" ]
    grep -q '"apiVersion": "61.0"' bot/sobjects/Lead.json
    run "$dialogc" new a -C bot --object Lead --operation create --fields LastName -q
    run "$dialogc" check -C bot
    [ "$status" -eq 1 ]
    [[ "$output" == *'error[E0804]: a new Lead needs `Region__c`'* ]]
    run "$dialogc" new b -C bot --object Lead --operation create -q -o bot/templates/a.yaml
    [ "$status" -eq 2 ]
    rm bot/templates/a.yaml
    "$dialogc" new b -C bot --object Lead --operation create -q
    "$dialogc" check -C bot
    grep -q 'choices: {from: Lead.Region__c}' bot/templates/b.yaml
}

@test "sobject import reads standard input, sf's wrapping, several files, and is the same each time" {
    describe | "$dialogc" sobject import -o - - > one
    (echo '{"status": 0, "result":'; describe; echo '}') | "$dialogc" sobject import -o - - > two
    diff one two
    describe > lead.json
    describe | sed 's/"Lead"/"Lead__c"/; s/00Q/a00/' > custom.json
    mkdir out
    "$dialogc" sobject import -q -o out lead.json custom.json
    diff one out/Lead.json
    grep -q '"keyPrefix": "a00"' out/Lead__c.json
    run "$dialogc" sobject import -o one lead.json custom.json
    [ "$status" -eq 2 ]
}

@test "sobject import reads a byte-order mark, and says what UTF-16 is" {
    printf '{"name": "Foo__c", "fields": [{"name": "Id", "type": "id"}]}' > plain.json
    printf '\xef\xbb\xbf' | cat - plain.json > marked.json
    "$dialogc" sobject import -o - plain.json > expected
    "$dialogc" sobject import -o - marked.json | diff expected -
    (printf '\xff\xfe'; iconv -t UTF-16LE plain.json) > utf16.json
    run "$dialogc" sobject import -o - utf16.json
    [ "$status" -eq 1 ]
    [[ "$output" == *'error[E0003]'*'the file looks like UTF-16; save it as UTF-8'* ]]
}

@test "sobject import rejects what is not a describe result, and writes nothing" {
    for text in '' '[]' '{"name": "Lead"' '{"name": "Lead"}' '{"name": "../x", "fields": []}' \
        '{"name": "Lead", "fields": [5]}' '{"name": "Lead", "fields": [{"name": "a b"}]}' \
        '{"name": "Lead", "keyPrefix": "0\"Q", "fields": []}' '{"name": "Lead", "fields": [{"name": "A"}, {"name": "A"}]}' \
        '{"name": "Lead", "fields": [{"name": "A", "referenceTo": ["\"}"]}]}'; do
        echo "$text" > lead.json
        run "$dialogc" sobject import -o out.json lead.json
        [ "$status" -eq 1 ]
        [ ! -e out.json ]
    done
    run "$dialogc" sobject import -o out.json nowhere.json
    [ "$status" -eq 3 ]
    describe > lead.json
    run "$dialogc" sobject import -o /dev/full/x lead.json
    [ "$status" -eq 3 ]
}

@test "the list of templates is whole" {
    for file in $(ls "$root"/templates/salesforce/*.yaml | grep -v "\.test\.yaml$"); do
        [ -e "${file%.yaml}.test.yaml" ]
        name=$(basename "$file" .yaml)
        description=$(sed -n 's/^description: //p' "$file")
        grep -qF "| [$name]($name.yaml) | $description |" "$root/templates/salesforce/README.md"
    done
    [ "$(grep -c '^| \[' "$root/templates/salesforce/README.md")" -eq "$(ls "$root"/templates/salesforce/*.yaml | grep -vc "\.test\.yaml$")" ]
}

@test "every template speaks English and German, and has samples of success and failure" {
    for file in $(ls "$root"/templates/salesforce/*.yaml | grep -v "\.test\.yaml$"); do
        grep -q '^locales: \[en, de\]$' "$file"
        grep -q '^      - status: 20' "$file"
        grep -q '^      - status: 4' "$file"
    done
}

@test "sobject show and list tell what is known" {
    run "$dialogc" sobject list
    [ "${lines[*]}" = "Account Campaign CampaignMember Case Contact Event Lead Opportunity PricebookEntry Product2 Task User" ]
    run "$dialogc" sobject show Campaign
    [ "${lines[0]}" = "Campaign (Campaign), ids begin with 701" ]
    [[ "$output" == *"Name                           string(80)         create, update, required"* ]]
    run "$dialogc" sobject show Gadget
    [ "$status" -eq 2 ]
    run "$dialogc" sobject
    [ "$status" -eq 2 ]
}

@test "fragments are found beside templates, in the project, and in dialogc" {
    mkdir -p bot/templates/fragments bot/fragments
    echo "dialogc: 1" > bot/dialogc.yaml
    template_with() { # NAME FRAGMENT
        printf 'dialogc: 1\ntemplate: %s\ntitle: %s\nintent: {utterances: [do %s]}\nmessages: {hello: Hello.}\nflow: [{say: hello}, {use: %s}]\n' "$1" "$1" "$1" "$2"
    }
    for place in templates/fragments fragments; do
        name=$(echo "$place" | tr / -)
        printf 'dialogc: 1\nfragment: %s\nmessages: {%sBye: "Bye from %s."}\nflow: [{say: %sBye}]\n' "$name" "${name/-/}" "$name" "${name/-/}" > "bot/$place/f.yaml"
        template_with "$name" "$name" > "bot/templates/$name.yaml"
    done
    "$dialogc" build -C bot -o out
    grep -q 'Bye%20from%20fragments' out/fragments.dialog.json
    grep -q 'Bye%20from%20templates-fragments' out/templates-fragments.dialog.json
    (cd bot/templates && "$dialogc" check templates-fragments.yaml)
    # a folder that is found by two ways is read once
    "$dialogc" check -C "$PWD/bot" bot/templates/fragments.yaml
    # one's own fragment takes the place of dialogc's
    mkdir fragments
    printf 'dialogc: 1\nfragment: failure-messages\nmessages: {own: My own words.}\nflow: [{say: own}]\n' > fragments/mine.yaml
    template_with a failure-messages > a.yaml
    "$dialogc" build -o - a.yaml | grep -q 'My%20own%20words'
}

@test "a secret in a fragment is found, and shown nowhere" {
    mkdir fragments
    printf 'dialogc: 1\nfragment: f\nservices:\n  s:\n    auth: none\n    request: {method: GET, url: "https://example.com/", headers: {Authorization: Bearer 8f3kd93kdkd93kdkd93kdkd93kd}}\n' > fragments/f.yaml
    printf 'dialogc: 1\ntemplate: a\ntitle: A\nintent: {utterances: [do a]}\nuse: [f]\nmessages: {hello: Hello.}\nflow: [{say: hello}]\n' > a.yaml
    run "$dialogc" check a.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"E0701"*"fragments/f.yaml:6"* ]]
    [[ "$output" != *"8f3kd93"* ]]
}

@test "choose-record shows the field that names a record of the object" {
    for pair in Case:CaseNumber Task:Subject Account:Name Widget__c:Name; do
        object=${pair%:*} field=${pair#*:}
        cat > choose.yaml <<END
dialogc: 1
template: choose
title: Choose
integration: salesforce
auth: salesforce
intent: {utterances: [choose a record]}
messages: {chosen: "\${recordId}"}
flow:
  - {use: choose-record, with: {object: $object, noun: record, sample: {Id: "1", $field: x}}}
  - say: chosen
END
        run "$dialogc" check choose.yaml
        [ "$status" -eq 0 ]
        "$dialogc" build -q -o out choose.yaml
        grep -q "item%2C%20%5B%22$field%22%5D" out/choose.dialog.json
    done
}
