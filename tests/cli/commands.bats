load support

@test "without a command: the overview, exit status 2" {
    run "$dialogc"
    [ "$status" -eq 2 ]
    [[ "$output" == *"Usage:"* ]]
}

@test "--help and --version" {
    run "$dialogc" --help
    [ "$status" -eq 0 ]
    [[ "${lines[0]}" == "dialogc compiles action templates to dialog tasks of the Kore.ai XO Platform." ]]
    run "$dialogc" --version
    [ "$status" -eq 0 ]
    [[ "$output" =~ ^dialogc\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    for command in build check schema auth explain; do
        run "$dialogc" "$command" --help
        [ "$status" -eq 0 ]
        [[ "${lines[0]}" == "Usage: dialogc $command"* ]]
    done
}

@test "wrong usage is told, exit status 2" {
    template a
    run "$dialogc" biuld a.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no command `biuld`; did you mean `build`?' ]
    run "$dialogc" check -o x a.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `dialogc check` has no option `-o`; see `dialogc check --help`' ]
    run "$dialogc" check --format=xml a.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: --format cannot be `xml`' ]
    run "$dialogc" build -j 0 a.yaml
    [ "$status" -eq 2 ]
    run "$dialogc" build --auth
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the option `--auth` needs a value' ]
    run "$dialogc" check --quiet=yes a.yaml
    [ "$status" -eq 2 ]
    run "$dialogc" check
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `dialogc check` needs files or folders, or a project (dialogc.yaml)' ]
    mkdir empty
    run "$dialogc" check empty
    [ "$status" -eq 2 ]
    template b
    run "$dialogc" build -o - a.yaml b.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: -o - takes one template, and there are 2' ]
}

@test "schema prints the embedded schemas" {
    run "$dialogc" schema
    [ "$status" -eq 0 ]
    [ "$output" = $'action-template\nauth-profile\nconversation\nfragment\nproject\nsobject\nxo-bot\nxo-dialog' ]
    for name in $output; do
        "$dialogc" schema "$name" | cmp - "$root/schemas/$name.schema.json"
    done
    run "$dialogc" schema nothing
    [ "$status" -eq 2 ]
}

@test "explain knows every code" {
    run "$dialogc" explain
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -gt 60 ]
    run "$dialogc" explain e0215
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "E0215: used before it can have a value" ]
    run "$dialogc" explain E0104
    [ "$output" = 'E0104: a value that is not in the list

Only certain values are possible here.

Bad:

    name: {type: sting}

Good:

    name: {type: string}' ]
    while read -r code title; do
        [[ "$("$dialogc" explain "$code")" == *"Good:"*"    "* ]]
    done <<< "$("$dialogc" explain)"
    run "$dialogc" explain E9999
    [ "$status" -eq 2 ]
}

@test "auth tells what to enter, and no secret" {
    run "$dialogc" auth -C "$root/examples/sales-bot" salesforce
    [ "$status" -eq 0 ]
    [[ "$output" == *"Client Secret                {{env.SALES_ORG_CLIENT_SECRET}}"* ]]
    [[ "$output" == *"Allow users to authorize"* ]]
    run "$dialogc" auth salesforce
    [ "$status" -eq 0 ]
    [[ "$output" == *"the connected app is the vendor's own"* ]]
    run "$dialogc" auth "$root/examples/sales-bot/auth/salesforce.yaml"
    [ "$status" -eq 0 ]
    [[ "$output" == *'bound to services as "Sales Org"'* ]]
    run "$dialogc" auth other
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no auth profile `other`' ]
}

@test "warnings, however many, hide no error and change no result" {
    {
        echo "dialogc: 1"
        echo "template: many"
        echo "title: Many"
        echo "intent: {utterances: [hello]}"
        echo "entities: {name: {type: string}}"
        echo "messages: {hello: 'Hello \${name}.'}"
        echo "variables:"
        echo "  env:"
        for i in $(seq 250); do echo "    A$i: !tag a hint"; done
        echo "flow: [{ask: name}, {say: hello}]"
    } > many.yaml
    run "$dialogc" build -o out many.yaml
    [ "$status" -eq 0 ]
    [[ "$output" = *"0 errors, 201 warnings in 1 file"* ]]
    sed 's/!tag //' many.yaml > plain.yaml
    "$dialogc" build -q -o plain plain.yaml
    diff -r plain out
    sed -i 's/{say: hello}/{say: hallo}/' many.yaml
    run "$dialogc" check many.yaml
    [ "$status" -eq 1 ]
    [[ "$output" = *"error[E0204]: there is no message \`hallo\`"* ]]
    [[ "$output" = *"1 error, 201 warnings in 1 file"* ]]
    echo "  broken: [" >> many.yaml
    run "$dialogc" check many.yaml
    [ "$status" -eq 1 ]
    [[ "$output" = *"error[E0005]"* ]]
}
