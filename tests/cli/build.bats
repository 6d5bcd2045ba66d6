load support

@test "build writes one artifact for each template into dialogs/" {
    template a
    template b
    run "$dialogc" build a.yaml b.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "2 dialogs in dialogs, 2 changed" ]
    [ "$(ls -A dialogs)" = $'a.dialog.json\nb.dialog.json' ]
    run "$dialogc" build a.yaml b.yaml
    [ "$output" = "2 dialogs in dialogs, 0 changed" ]
}

@test "a folder is searched for yaml and yml; profiles and project files are no templates" {
    mkdir -p bot/templates/deep bot/auth
    template a && mv a.yaml bot/templates/
    template b && mv b.yaml bot/templates/deep/b.yml
    template c && mv c.yaml bot/templates/.c.yaml
    printf 'dialogc: 1\n' > bot/dialogc.yaml
    printf 'dialogc: 1\nprofile: org\ntype: oauth2\nauthorization: end-user\napp: system\n' > bot/auth/org.yaml
    run "$dialogc" build -o out bot
    [ "$status" -eq 0 ]
    [ "$(ls -A out)" = $'a.dialog.json\nb.dialog.json' ]
}

@test "standard input and output" {
    template a
    run bash -c "'$dialogc' build -o - - < a.yaml | cmp - <('$dialogc' build -o - a.yaml)"
    [ "$status" -eq 0 ]
    run bash -c "printf 'dialogc: 2\n' | '$dialogc' check -"
    [ "$status" -eq 1 ]
    [[ "$output" == *"<stdin>:1:10"* ]]
}

@test "a project is used with -C, in the current folder, and when it is an operand" {
    mkdir -p bot/templates
    template a && mv a.yaml bot/templates/
    printf 'dialogc: 1\noutput: artifacts\nlocales: [de]\n' > bot/dialogc.yaml
    "$dialogc" build -q -C bot
    grep -q '"de": {' bot/artifacts/a.dialog.json
    (cd bot && "$dialogc" build -o ../second)
    cmp second/a.dialog.json bot/artifacts/a.dialog.json
    "$dialogc" build -o third bot
    cmp third/a.dialog.json bot/artifacts/a.dialog.json
    run "$dialogc" build -C nowhere
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: no such folder: nowhere" ]
}

@test "the example project builds, and no secret value or name of an unused profile is in it" {
    run "$dialogc" build -C "$root/examples/sales-bot" -o out
    [ "$status" -eq 0 ]
    [ "$(ls out | wc -l)" -eq $((1 + $(ls "$root"/templates/salesforce/*.yaml | grep -vc "\.test\.yaml$"))) ]
    grep -q '{{env.SALES_ORG_CLIENT_SECRET}}' out/create-a-lead.dialog.json
    grep -q '"host": "{{env.SALES_ORG_HOST}}"' out/create-a-lead.dialog.json
    grep -q 'Partner%20Referral' out/partner-lead.dialog.json
}

@test "the bytes do not depend on order, jobs, locale, time zone or folder" {
    "$dialogc" build -q -o one "$root/templates/salesforce"
    LC_ALL=tr_TR.UTF-8 TZ=Pacific/Apia "$dialogc" build -q -j 1 -o two $(ls -r "$root"/templates/salesforce/*.yaml)
    cp -r "$root/templates/salesforce" copy
    "$dialogc" build -q -j 7 -o three copy
    diff -r one two
    diff -r one three
}

@test "a template with an error leaves every output as it was" {
    template a
    template b
    "$dialogc" build -q -o out a.yaml b.yaml
    sum=$(cat out/* | sha256sum)
    sed -i 's/Hello!/Changed!/' a.yaml
    echo "unknown: key" >> b.yaml
    run "$dialogc" build -o out a.yaml b.yaml
    [ "$status" -eq 1 ]
    [ "$(cat out/* | sha256sum)" = "$sum" ]
    [ "$(ls -A out)" = $'a.dialog.json\nb.dialog.json' ]
}

@test "warnings do not fail a build; --quiet keeps them back" {
    template a
    echo 'scripts: {unused: "x = 1;"}' >> a.yaml
    run "$dialogc" build -o out a.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"warning[W0314]"* ]]
    run "$dialogc" build --quiet -o out a.yaml
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "dialogs call each other when they are built together" {
    template callee "Call me"
    cat > caller.yaml <<'END'
dialogc: 1
template: caller
title: Caller
intent: {utterances: [call the other]}
messages: {before: Wait.}
flow: [{say: before}, {dialog: callee}]
END
    "$dialogc" build -q -o out callee.yaml caller.yaml
    "$dialogc" build -q -o reversed caller.yaml callee.yaml
    diff -r out reversed
    ref=$(jq -r '.dialogs[0].refId' out/callee.dialog.json)
    id=$(jq -r '.dialogs[0]._id' out/callee.dialog.json)
    intent=$(jq -r '.dialogs[0].nodes[0].componentId' out/callee.dialog.json)
    [ "$(jq -r '.dialogs[0].nodes[2].flowTaskId' out/caller.dialog.json)" = "$ref" ]
    [ "$(jq -r '.dialogs[0].nodes[2].componentId' out/caller.dialog.json)" = "$intent" ]
    [ "$(jq -r --arg i "$intent" '.dialogComponents[] | select(._id == $i) | .dialogId' out/caller.dialog.json)" = "$id" ]
}

@test "all findings of all files, in the order of the files" {
    for name in c a b; do
        template $name
        echo "unknwn: $name" >> $name.yaml
    done
    run "$dialogc" check --format=json b.yaml a.yaml c.yaml
    [ "$status" -eq 1 ]
    [ "$(jq -r '[.diagnostics[].file] | join(" ")' <<< "$output")" = "b.yaml a.yaml c.yaml" ]
    [ "$(jq -c '.summary' <<< "$output")" = '{"files":3,"errors":3,"warnings":0}' ]
    [ "$(jq -c '.diagnostics[0] | [.code, .severity, .range, .notes[0].message[0:12], .suggestion]' <<< "$output")" = \
        '["E0102","error",{"start":{"line":6,"column":1},"end":{"line":6,"column":7}},"allowed keys",null]' ]
}

@test "colour when asked for, never in a pipe of its own accord" {
    template a
    echo "titel: x" >> a.yaml
    run "$dialogc" check a.yaml
    [[ "$output" != *$'\033'* ]]
    run "$dialogc" check --color=always a.yaml
    [[ "$output" == *$'\033[1;31merror[E0102]'* ]]
    run "$dialogc" check --color=never a.yaml
    [[ "$output" != *$'\033'* ]]
}

@test "a folder with a project file of its own is left out" {
    mkdir -p all/inner/deep all/plain
    template a && mv a.yaml all/
    template b && mv b.yaml all/plain/
    template c a && mv c.yaml all/inner/deep/
    printf 'dialogc: 1\ntemplates: [.]\n' > all/inner/dialogc.yaml
    printf 'dialogc: 1\nconversation: c\ncases: [{name: c, turns: [{user: a, bot: Hello!}]}]\n' > all/inner/deep/c.test.yaml
    run "$dialogc" build -o out all/
    [ "$output" = "2 dialogs in out, 2 changed" ]
    run "$dialogc" build -o inner -C all/inner
    [ "$output" = "1 dialog in inner, 1 changed" ]
    run "$dialogc" test all
    [ "$output" = 'dialogc: found no conversations (*.test.yaml); `dialogc new-test NAME` writes a first one' ]
    run "$dialogc" test -C all/inner all/inner
    [[ "$output" == "1 conversation, 1 passed, 0 failed; "* ]]
}
