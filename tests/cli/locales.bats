load support

# greet.yaml, in English and German; $1: the order of its locales
greet() {
    local first="$1" second="$2"
    text() { printf '{%s: "%s", %s: "%s"}' "$first" "${!first}" "$second" "${!second}"; }
    {
        printf 'dialogc: 1\ntemplate: greet\nauth: none\nlocales: [en, de]\n'
        en='Greet' de='Grüßen'; echo "title: $(text)"
        printf 'intent:\n  utterances:\n    %s: [%s]\n    %s: [%s]\n' \
            "$first" "sentence $first" "$second" "sentence $second"
        printf 'entities:\n  mood:\n    type: choice\n'
        en='How are you?' de='Wie geht es?'; echo "    prompt: $(text)"
        en='Well' de='Gut'; printf '    choices:\n      - title: %s\n        synonyms: {%s: [a%s], %s: [a%s]}\n' \
            "$(text)" "$first" "$first" "$second" "$second"
        en='Badly' de='Schlecht'; printf '      - title: %s\n' "$(text)"
        en='Good.' de='Schön.'; printf 'messages:\n  good:\n    text: %s\n' "$(text)"
        en='Oh.' de='Oje.'; printf '  oh:\n    text: %s\n' "$(text)"
        printf 'flow:\n  - ask: mood\n  - choose: ${mood}\n    cases: [{when: Well, then: [{say: good}]}]\n'
        printf '    else: [{say: oh}]\n'
    } > greet.yaml
}

@test "the order of locales in a file does not change the artifact" {
    greet en de
    "$dialogc" build -q -o first greet.yaml
    greet de en
    "$dialogc" build -q -o second greet.yaml
    cmp first/greet.dialog.json second/greet.dialog.json
    printf 'dialogc: 1\nlocales: [en, de, fr, it]\n' > dialogc.yaml
    "$dialogc" build -q -o first --ignore W0511 greet.yaml
    printf 'dialogc: 1\nlocales: [en, it, fr, de]\n' > dialogc.yaml
    "$dialogc" build -q -o second --ignore W0511 greet.yaml
    cmp first/greet.dialog.json second/greet.dialog.json
}

@test "a template is built for the locales of its project" {
    greet en de
    printf 'dialogc: 1\nlocales: [de]\n' > dialogc.yaml
    run "$dialogc" build -o out greet.yaml
    [ "$output" = "1 dialog in out, 1 changed" ]
    [[ "$(cat out/greet.dialog.json)" != *'"en"'* ]]
    [[ "$(cat out/greet.dialog.json)" != *'How'* ]]
    grep -q 'Gr%C3%BC%C3%9Fen\|Grüßen' out/greet.dialog.json
}

@test "what goes to a service is the same in every project" {
    greet en de
    printf 'dialogc: 1\nlocales: [de]\n' > dialogc.yaml
    "$dialogc" build -q -o out greet.yaml
    grep -q '"title": "Gut"' out/greet.dialog.json
    grep -q '"value": "Well"' out/greet.dialog.json
    [[ "$(cat out/greet.dialog.json)" != *'"value": "Gut"'* ]]
}

@test "another form of the same language is better than another language" {
    greet en de
    printf 'dialogc: 1\nlocales: [de_AT, en_GB]\n' > dialogc.yaml
    run "$dialogc" check greet.yaml
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    "$dialogc" build -q -o out greet.yaml
    grep -q '"de_AT"' out/greet.dialog.json
    [[ "$(cat out/greet.dialog.json)" != *'"de"'* ]]
}

@test "--strict-locales makes missing texts an error, and so does the project" {
    greet en de
    printf 'dialogc: 1\nlocales: [en, fr]\n' > dialogc.yaml
    for command in "build -o out" check "bundle -o bot.json"; do
        run "$dialogc" $command greet.yaml
        [ "$status" -eq 0 ]
        [[ "$output" == *"warning[W0511]: the template lacks 8 texts in \`fr\`; the bot says them in \`en\`"* ]]
        run "$dialogc" $command --strict-locales greet.yaml
        [ "$status" -eq 1 ]
        [[ "$output" == *"error[W0511]"* ]]
    done
    printf 'checks: {error: [W0511]}\n' >> dialogc.yaml
    run "$dialogc" check greet.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"error[W0511]"* ]]
}

@test "a mistake in a text that two locales share is reported once" {
    greet en de
    sed -i 's/Good\./${nobody}/' greet.yaml
    printf 'dialogc: 1\nlocales: [en, fr, it]\n' > dialogc.yaml
    run "$dialogc" check --ignore W0511 greet.yaml
    [ "$(grep -c 'E0202' <<< "$output")" -eq 1 ]
}

# tired.yaml and tired.test.yaml: words with a `ü` of one character, and of two.
tired() {
    local one=$'\u00fc' two=$'u\u0308'
    cat > tired.yaml <<END
dialogc: 1
template: tired
title: Tired
auth: none
intent: {utterances: [are you tired]}
entities:
  mood: {type: choice, prompt: How are you?, choices: [M${1}de, Wach], defaultTemplate: false}
messages: {sleep: "Gute Nacht, ${one}ber alles.", stay: Bleib.}
flow:
  - ask: mood
  - choose: \${mood}
    cases: [{when: M${2}de, then: [{say: sleep}]}]
    else: [{say: stay}]
END
    cat > tired.test.yaml <<END
dialogc: 1
conversation: tired
cases:
  - name: One who is tired
    turns: [{user: are you tired}, {user: m${2}de, bot: "Gute Nacht, ${two}ber alles."}]
    ends: sleep
END
}

@test "texts are compared in Unicode's composed form" {
    local one=$'\u00fc' two=$'u\u0308'
    for pair in "$one $two" "$two $one" "$one $one" "$two $two"; do
        tired $pair
        run "$dialogc" check tired.yaml
        [ "$status" -eq 0 ]
        [ -z "$output" ]
        run "$dialogc" test tired.test.yaml
        [ "$output" = "1 conversation, 1 passed, 0 failed; 66 % of nodes and transitions" ]
    done
}

@test "what is the same in the composed form appears twice" {
    local one=$'\u00fc' two=$'u\u0308'
    tired "$one" "$one"
    sed -i "s/utterances: .*/utterances: [m${one}de, m${two}de]}/; s/Wach/{title: Wach, synonyms: [M${two}de]}/" tired.yaml
    run "$dialogc" check tired.yaml
    [ "$status" -eq 1 ]
    [ "$(grep -o 'error.E[0-9]*' <<< "$output")" = $'error[E0504\nerror[E0405' ]
}

@test "conversations run in the languages that the project has" {
    greet en de
    cat > greet.test.yaml <<'END'
dialogc: 1
conversation: greet
cases:
  - name: In English
    turns: [{user: sentence en, bot: How are you?}, {user: Well, bot: Good.}]
  - name: In German
    locale: de
    turns: [{user: sentence de, bot: Wie geht es?}, {user: Gut, bot: Schön.}]
END
    run "$dialogc" test greet.test.yaml
    [ "$output" = "2 conversations, 2 passed, 0 failed; 66 % of nodes and transitions" ]
    printf 'dialogc: 1\nlocales: [de, en]\n' > dialogc.yaml
    run "$dialogc" test greet.test.yaml
    [ "$output" = "2 conversations, 2 passed, 0 failed; 66 % of nodes and transitions" ]
    printf 'dialogc: 1\nlocales: [de_AT]\n' > dialogc.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "2 conversations, 1 passed, 0 failed, 1 skipped in languages that the project does not have; 66 % of nodes and transitions" ]
    run "$dialogc" test --format=json greet.test.yaml
    [ "$(jq -c '[.summary.skipped, .summary.failed, (.conversations[] | [.passed, .skipped])]' <<< "$output")" = '[1,0,[false,true],[true,false]]' ]
    run "$dialogc" test --format=junit greet.test.yaml
    [[ "$output" == *'tests="2" failures="0" skipped="1"'* ]]
    [[ "$output" == *'<skipped message="the project does not have this language"/>'* ]]
    cp greet.test.yaml before
    sed -i 's/Schön/Falsch/' greet.test.yaml
    run "$dialogc" test --update greet.test.yaml
    [ "$status" -eq 0 ]
    grep -q 'name: In English' greet.test.yaml
    grep -q 'How are you?' greet.test.yaml
    sed -i 's/locale: de/locale: it/' greet.test.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *'error[E1202]: the dialog has no locale `it`'* ]]
}

@test "new-test writes conversations in a language of the project" {
    greet en de
    printf 'dialogc: 1\nlocales: [de]\n' > dialogc.yaml
    "$dialogc" new-test greet.yaml
    grep -q '^locale: de' greet.test.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == "1 conversation, 1 passed, 0 failed; "* ]]
}
