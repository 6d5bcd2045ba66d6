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
}

@test "there is nothing to compile, or too much of it: exit status 2" {
    run "$dialogc" check
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `dialogc check` needs files, folders or a project (dialogc.yaml)' ]
    mkdir empty
    run "$dialogc" check empty
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: found no templates (*.yaml, *.yml); `dialogc add` copies one, `dialogc new` writes one' ]
    template a
    template b
    run "$dialogc" build -o - a.yaml b.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `-o -` writes one artifact, and there are 2 templates; name one of them' ]
}

@test "options in all their forms" {
    template a
    "$dialogc" build -q -ofirst a.yaml
    "$dialogc" build -q -o second a.yaml
    "$dialogc" build -q --output=third a.yaml
    "$dialogc" build -q --output fourth -- a.yaml
    for folder in second third fourth; do diff -r first $folder; done
    echo a.yaml > list
    "$dialogc" build -q -o fifth @list
    diff -r first fifth
    cp a.yaml ./--quiet.yaml
    run "$dialogc" check -- --quiet.yaml
    [ "$status" -eq 0 ]
}

@test "--help shows a synopsis, what the command does, its options and the exit statuses" {
    run "$dialogc" explain --help
    [ "$status" -eq 0 ]
    [ "$output" = 'Usage: dialogc explain [OPTION]... [CODE]...

Prints what the findings CODE mean and how to fix them; without CODE, all codes.

Options:
  -h, --help                show this help

Exit status:
  0  success
  1  findings: the input has errors
  2  the command line is wrong
  3  the system failed: cannot read, cannot write, out of memory' ]
    run "$dialogc" help explain
    [ "${lines[0]}" = 'Usage: dialogc explain [OPTION]... [CODE]...' ]
    run "$dialogc" mock-salesforce -h
    [ "${lines[0]}" = 'Usage: dialogc mock-salesforce --port N [OPTION]...' ]
    for command in $("$dialogc" --help | sed -n 's/^  dialogc \([a-z][a-z-]*\).*/\1/p'); do
        run "$dialogc" "$command" --help
        [ "$status" -eq 0 ]
        [[ "${lines[0]}" == "Usage: dialogc $command"* ]]
        [ "$(printf '%s\n' "$output" | tail -n +2 | awk 'length > 80')" = "" ]
    done
}

@test "schema prints the embedded schemas" {
    run "$dialogc" schema
    [ "$status" -eq 0 ]
    [ "$output" = $'action-template\nauth-profile\nconversation\nfragment\nproject\nreport\nsobject\nxo-bot\nxo-dialog' ]
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
    [ "$output" = 'E0104: a value that is not one of the allowed values

Only certain values are allowed here.

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

@test "auth shows what to enter, and no secret" {
    run "$dialogc" auth -C "$root/examples/sales-bot" salesforce
    [ "$status" -eq 0 ]
    [[ "$output" == *"Client Secret                {{env.SALES_ORG_CLIENT_SECRET}}"* ]]
    [[ "$output" == *"Allow users to authorize"* ]]
    run "$dialogc" auth salesforce
    [ "$status" -eq 0 ]
    [[ "$output" == *"the profile uses the vendor's own connected app"* ]]
    run "$dialogc" auth "$root/examples/sales-bot/auth/salesforce.yaml"
    [ "$status" -eq 0 ]
    [[ "$output" == *'services refer to it as "Sales Org"'* ]]
    run "$dialogc" auth other
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no auth profile `other`; the project'\''s profiles are in the folder `auth`, or where dialogc.yaml says' ]
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
    [[ "$output" = *"error[E0204]: unknown message \`hallo\`"* ]]
    [[ "$output" = *"1 error, 201 warnings in 1 file"* ]]
    echo "  broken: [" >> many.yaml
    run "$dialogc" check many.yaml
    [ "$status" -eq 1 ]
    [[ "$output" = *"error[E0005]"* ]]
}

@test "names of files that are not UTF-8 leave the reports valid" {
    name=$'b\xffad.yaml'
    printf 'dialogc: 1\nttile: X\n' > "$name"
    for format in json sarif; do
        run "$dialogc" check --format=$format "$name"
        [ "$status" -eq 1 ]
        printf '%s' "$output" | iconv -f UTF-8 -t UTF-8 > /dev/null
        printf '%s' "$output" | jq -e . > /dev/null
    done
    run "$dialogc" check --format=json "$name"
    [[ "$output" == *'"file":"b�ad.yaml"'* ]]
}

@test "auth shows the form of every type of profile, and speaks of its system" {
    run "$dialogc" auth -C "$root/examples/web-shop" shop
    [ "$status" -eq 0 ]
    [ "$output" = 'Profile `shop`; services refer to it as "Web Shop".

On the platform, open the bot'\''s Authorization Profiles, create one for shop and choose:
  Authorization Type           Api Key

Then enter:
  Name                         Web Shop
  and an authorization field:
  Field Type                   Header
  Field Key                    X-Api-Key
  Field Value                  {{env.SHOP_API_KEY}}
  Description                  The shop'\''s REST service.
  Subdomain                    no

{{env.NAME}} stands for the value of a bot variable. Enter the value on the platform;
it does not belong in any file of this project.

Relative URLs of services with this profile are below https://shop.example.com/v2.' ]
    run "$dialogc" auth -C "$root/examples/service-desk" servicenow
    [ "$status" -eq 0 ]
    [[ "$output" == *"create one for servicenow and choose:
  Authorization Type           Basic Auth"* ]]
    [[ "$output" == *"Password                     {{env.SNOW_PASSWORD}}"* ]]
    [[ "$output" != *Salesforce* ]]
    printf 'dialogc: 1\nprofile: now\ntype: bearer\ntoken: ${env.TOKEN}\n' > now.yaml
    run "$dialogc" auth now.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"  Field Key                    Authorization
  Field Value                  Bearer {{env.TOKEN}}"* ]]
    printf 'dialogc: 1\nprofile: open\ntype: none\n' > open.yaml
    run "$dialogc" auth open.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"There is nothing to enter: its services need no authorization." ]]
    printf 'dialogc: 1\nprofile: now\nname: ServiceNow\ntype: oauth2\nauthorization: end-user\napp: custom\nidentityProvider: ServiceNow\nclientId: ${env.ID}\nclientSecret: ${env.SECRET}\nauthorizationUrl: https://acme.service-now.com/oauth_auth.do\ntokenUrl: https://acme.service-now.com/oauth_token.do\nscopes: [useraccount]\n' > oauth.yaml
    run "$dialogc" auth oauth.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"Authorization Type           OAuth v2
  Authorization                Allow users to authorize"* ]]
    [[ "$output" != *Salesforce* ]]
}
