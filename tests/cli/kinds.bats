#!/usr/bin/env bats
# Every kind of file is known by its head, and the project around a file is found.

load support

# A project `bot` with a file of each kind, and files that belong to no project.
project() {
    mkdir -p bot/templates bot/auth bot/fragments bot/sobjects
    printf 'dialogc: 1\nname: Bot\nlocales: [en]\n' > bot/dialogc.yaml
    (cd bot/templates && template inner)
    printf 'dialogc: 1\ntemplate: caller\ntitle: Caller\nauth: shop\nintent: {utterances: [call it]}\nflow:\n  - dialog: inner\n' > bot/templates/caller.yaml
    printf 'dialogc: 1\nconversation: inner\ncases:\n  - name: Hello\n    turns: [{user: inner, bot: Hello!}]\n' > bot/templates/inner.test.yaml
    printf 'dialogc: 1\nprofile: shop\ntype: bearer\ntoken: ${env.TOKEN}\n' > bot/auth/shop.yaml
    printf 'dialogc: 1\nfragment: thanks\ndescription: Says thank you.\nmessages: {thanks: Thank you.}\nflow: [{say: thanks}]\n' > bot/fragments/thanks.yaml
    printf '{"dialogc": 1, "sobject": "Thing__c", "fields": {"Id": {"type": "id"}}}\n' > bot/sobjects/Thing__c.json
    printf '{"actionOverrides": [], "name": "Thing__c", "fields": [{"name": "Id", "type": "id"}]}\n' > describe.json
}

@test "check takes each kind of file as what it is" {
    project
    for file in templates/caller.yaml templates/inner.test.yaml auth/shop.yaml fragments/thanks.yaml \
        sobjects/Thing__c.json dialogc.yaml; do
        run "$dialogc" check "bot/$file"
        echo "$file: $output"
        [ "$status" -eq 0 ]
        [ -z "$output" ]
    done
    run "$dialogc" check bot/templates/*.yaml bot/auth/shop.yaml bot/fragments/thanks.yaml bot/sobjects/Thing__c.json
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    sed -i 's/^type: .*/type: basic/' bot/auth/shop.yaml
    sed -i 's/^flow/floww/' bot/fragments/thanks.yaml
    sed -i 's/turns/turn/' bot/templates/inner.test.yaml
    sed -i 's/"fields"/"field"/' bot/sobjects/Thing__c.json
    for file in auth/shop.yaml fragments/thanks.yaml templates/inner.test.yaml sobjects/Thing__c.json; do
        run "$dialogc" check "bot/$file"
        [ "$status" -eq 1 ]
        [[ "$output" == *"--> bot/$file:"* ]]
    done
    run "$dialogc" check -C bot
    [ "$status" -eq 1 ]
    for file in auth/shop.yaml fragments/thanks.yaml templates/inner.test.yaml sobjects/Thing__c.json; do
        [[ "$output" == *"--> bot/$file:"* ]]
    done
}

@test "what a command does not take is named, and with it the command that does" {
    project
    "$dialogc" build -q -C bot
    run "$dialogc" check describe.json
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: describe.json is a describe result of Salesforce; `dialogc sobject import describe.json` makes a description of it' ]
    run "$dialogc" check bot/dialogs/caller.dialog.json
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: bot/dialogs/caller.dialog.json is an artifact, which `dialogc build` has made; `dialogc list bot/dialogs/caller.dialog.json` shows what is in it' ]
    "$dialogc" bundle -q -C bot -o exported
    run "$dialogc" check exported/botDefinition.json
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: exported/botDefinition.json is a bot export; `dialogc verify exported/botDefinition.json` checks it' ]
    for command in build chat new-test 'install --into exported/botDefinition.json'; do
        run "$dialogc" $command bot/auth/shop.yaml
        [ "$status" -eq 2 ]
        [ "$output" = 'dialogc: bot/auth/shop.yaml is an auth profile; `dialogc check bot/auth/shop.yaml` checks it' ]
    done
}

@test "templates have names, and the dialogs that they call are found in the project" {
    project
    run "$dialogc" check -C bot caller
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run "$dialogc" check bot/templates/caller.yaml
    [ "$status" -eq 0 ]
    run "$dialogc" build -q -C bot -o out caller
    [ "$status" -eq 0 ]
    [ "$(ls out)" = caller.dialog.json ]
    run "$dialogc" check -C bot caler
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no file or template `caler`; did you mean `caller`?' ]
    "$dialogc" bundle -q -C bot -o exported
    cd bot
    run "$dialogc" install --into ../exported/botDefinition.json caller
    [ "$status" -eq 0 ]
    cd templates
    run "$dialogc" check caller.yaml
    [ "$status" -eq 0 ]
}

@test "pre-commit runs the hooks, with each kind of file, deletions and renames" {
    command -v pre-commit > /dev/null || skip "pre-commit is not installed"
    project
    export PATH="$(dirname "$dialogc"):$PATH" PRE_COMMIT_HOME=$work/cache HOME=$work
    export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
    mkdir hooks && cp "$root/.pre-commit-hooks.yaml" hooks/
    git -C hooks init -q && git -C hooks add -A && git -C hooks commit -qm hooks
    cd bot
    printf 'repos:\n  - repo: %s/hooks\n    rev: %s\n    hooks: [{id: dialogc-check}, {id: dialogc-check-all}]\n' \
        "$work" "$(git -C ../hooks rev-parse HEAD)" > .pre-commit-config.yaml
    git init -q && pre-commit install > /dev/null
    git add -A && git commit -qm all
    # One of each kind at a time, with a mistake and without it.
    for file in templates/inner.yaml auth/shop.yaml fragments/thanks.yaml templates/inner.test.yaml dialogc.yaml; do
        echo 'unknownKey: 1' >> "$file"
        git add -A
        run git commit -qm mistake
        [ "$status" -eq 1 ]
        [[ "$output" == *"--> $file:"* ]]
        sed -i '$d' "$file"
        echo '# changed' >> "$file"
        git add -A
        git commit -qm "$file"
    done
    # The dialog that another one calls.
    git rm -q templates/inner.yaml templates/inner.test.yaml
    run git commit -qm deletion
    [ "$status" -eq 1 ]
    [[ "$output" == *E0213* ]]
    git reset -q --hard
    git mv templates/inner.yaml templates/renamed.yaml
    git commit -qm rename
    git rm -q templates/caller.yaml
    git commit -qm deletion
}
