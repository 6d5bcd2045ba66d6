# dialogc preview: what it takes on the command line, and what it writes. The page itself: tests/page.
load support.bash

@test "a page goes to standard output or a file, which it replaces" {
    template hello
    "$dialogc" preview hello.yaml > page.html
    [[ "$(head -1 page.html)" == "<!doctype html>" ]]
    grep -q '<title>hello</title>' page.html
    run "$dialogc" preview hello.yaml -o out/page.html
    [ "$status" -eq 0 ]
    echo old > out/page.html
    "$dialogc" preview -q hello.yaml -o out/page.html
    [[ "$(head -1 out/page.html)" == "<!doctype html>" ]]
    grep -q '"folder":"./../"' out/page.html
}

@test "templates, the project's templates, artifacts" {
    mkdir templates
    (cd templates && template hello && template good-bye)
    printf 'dialogc: 1\nname: Greeter\n' > dialogc.yaml
    "$dialogc" preview > project.html
    grep -q '<title>Greeter</title>' project.html
    "$dialogc" preview good-bye > one.html
    grep -q '<title>good-bye</title>' one.html
    "$dialogc" build -q -o artifacts templates
    "$dialogc" preview artifacts/hello.dialog.json artifacts/good-bye.dialog.json > both.html
    grep -q '<title>Dialogs</title>' both.html
    run "$dialogc" preview artifacts/hello.dialog.json templates/hello.yaml
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: a page shows either templates or exports: name one kind of them" ]
}

@test "a template with errors is reported, and nothing is written" {
    template hello
    sed -i 's/Greeting/greeting/; s/^title/titel/' hello.yaml
    run "$dialogc" preview hello.yaml -o page.html
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean"* ]]
    [ ! -e page.html ]
}

@test "a picture shows one dialog; --dialog chooses it" {
    template hello
    template good-bye
    run "$dialogc" preview --format=svg hello.yaml good-bye.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: a picture shows one dialog, and there are 2; `--dialog NAME` chooses one' ]
    "$dialogc" preview --format=svg --dialog good-bye hello.yaml good-bye.yaml > picture.svg
    python3 -c 'import sys, xml.etree.ElementTree as tree
root = tree.parse("picture.svg").getroot()
names = {element.tag.split("}")[1] for element in root.iter()}
assert not names & {"script", "foreignObject", "image", "a"}, names'
    run "$dialogc" preview --format=svg --dialog god-bye hello.yaml good-bye.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no dialog `god-bye`; did you mean `good-bye`?' ]
}

@test "a diagram for Markdown, with a heading where there are several dialogs" {
    template hello
    template good-bye
    run "$dialogc" preview --format=mermaid hello.yaml
    [ "$output" = '```mermaid
flowchart TD
    n0(["Hello"])
    n1["helloGreeting"]
    n0 --> n1
    n1 --> e1(( ))
```' ] || { echo "$output"; false; }
    "$dialogc" preview --format=mermaid hello.yaml good-bye.yaml | grep '^## ' > headings
    [ "$(cat headings)" = '## hello
## good\-bye' ] || { cat headings; false; }
}

@test "a conversation that is not valid is reported with --coverage" {
    template hello
    printf 'dialogc: 1\nconversation: hello\ncases: [{name: x, turns: [{user: hello, says: [x]}]}]\n' > hello.test.yaml
    run "$dialogc" preview --coverage hello.yaml -o page.html
    [ "$status" -eq 1 ]
    [ ! -e page.html ]
}

# Starts the server; its address is in $url, its end in $server.
serve() {
    "$dialogc" preview --serve "$@" > listening 2> report &
    server=$!
    for _ in $(seq 100); do
        [ -s listening ] && break
        sleep 0.1
    done
    url=$(sed 's/^listening on //' listening)
    host=${url#http://}
    host=${host%%/*}
}

status_of() { # CURL-ARGUMENT...
    curl -s -o body -w '%{http_code}' "$@"
}

@test "--serve answers its page alone, to those who know the address" {
    template hello
    serve hello.yaml
    [[ "$url" =~ ^http://127\.0\.0\.1:[0-9]+/[0-9a-f]{48}/$ ]]
    [ "$(status_of "$url")" = 200 ]
    grep -q '"talks":true' body
    grep -q "connect-src 'self'" body
    curl -s -D headers -o /dev/null "$url"
    grep -qi 'x-frame-options: DENY' headers
    grep -qi 'cache-control: no-store' headers
    for path in "" /etc/passwd "${url#http://*/}../hello.yaml" "$(printf 0%.0s $(seq 48))/"; do
        [ "$(status_of --path-as-is "http://$host/${path#/}")" = 404 ] || { echo "$path"; kill "$server"; false; }
    done
    for path in hello.yaml ../hello.yaml %2e%2e/hello.yaml stamp/x; do
        [ "$(status_of --path-as-is "$url$path")" = 404 ]
    done
    [ "$(status_of -H 'Host: evil.example' "$url")" = 403 ]
    [ "$(status_of -H 'Origin: https://evil.example' "$url")" = 403 ]
    [ "$(status_of -H 'Origin: http://localhost:1' "$url")" = 403 ]
    [ "$(status_of -H 'Origin: null' "$url")" = 403 ]
    [ "$(status_of -H 'Sec-Fetch-Site: cross-site' "$url")" = 403 ]
    [ "$(status_of -H "Origin: http://$host" "${url}stamp")" = 200 ]
    kill "$server"
    wait "$server"
}

@test "--serve talks in JSON, and rejects all else" {
    template hello
    serve hello.yaml
    talk() {
        status_of -H 'Content-Type: application/json' --data-binary "$1" "${url}talk"
    }
    [ "$(talk '{"dialog": 0, "said": ["hello"]}')" = 200 ]
    [ "$(jq -c '[.ended, .turns[0].said, (.turns[0].events | map(select(.kind == "say").message))]' body)" = '[true,"hello",["Hello!"]]' ]
    [ "$(talk '{"dialog": 0, "said": ["hello"], "save": true}')" = 200 ]
    jq -r .test body > hello.test.yaml
    "$dialogc" test hello.yaml
    for bad in '' '{' '[]' '{"dialog": 1, "said": []}' '{"dialog": -1, "said": []}' '{"dialog": 0}' '{"dialog": 0, "said": [1]}' '{"dialog": "0", "said": []}'; do
        [ "$(talk "$bad")" = 400 ] || { echo "$bad"; kill "$server"; false; }
    done
    [ "$(status_of -d x=1 "${url}talk")" = 415 ]
    [ "$(status_of "${url}talk")" = 404 ]
    head -c 2000000 /dev/zero > large
    [ "$(status_of -H 'Content-Type: application/json' -H 'Expect:' --data-binary @large "${url}talk")" = 413 ]
    kill "$server"
    wait "$server"
}

@test "--serve makes the page anew when a file changes, and keeps the last good one" {
    template hello
    serve hello.yaml
    [ "$(curl -s "${url}stamp")" = 0 ]
    sed -i 's/Hello!/Good morning!/' hello.yaml
    [ "$(curl -s "${url}stamp")" = 1 ]
    curl -s "$url" | grep -q 'Good morning!'
    sed -i 's/^title/titel/' hello.yaml
    [ "$(curl -s "${url}stamp")" = 1 ]
    curl -s "$url" | grep -q 'Good morning!'
    grep -q 'titel' report
    sed -i 's/^titel/title/; s/Good morning/Good evening/' hello.yaml
    [ "$(curl -s "${url}stamp")" = 2 ]
    kill "$server"
    wait "$server"
}

@test "--coverage runs conversations and explores, both in workers" {
    template hello
    printf 'dialogc: 1\nconversation: hello\ncases: [{name: x, turns: [{user: say hello, bot: Hello!}]}]\n' > hello.test.yaml
    run "$dialogc" preview --coverage hello.yaml -o page.html
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    [ "$(grep -o '"taken":[a-z]*' page.html | sort | uniq -c | tr -s ' ')" = ' 4 "taken":true' ]
    [ "$(grep -o '"reached":[a-z]*' page.html | sort | uniq -c | tr -s ' ')" = ' 4 "reached":true' ]
}

# Whatever the engine says to it, or when it ends with it.
@test "a message whose script takes all memory costs neither the page nor the server" {
    needs_little_memory
    for script in 'new Uint8Array(2 ** 31).fill(1);' 'var list = []; while (true) list.push("x".repeat(1e8 + list.length));'; do
        template hello
        sed -i "s/: Hello!/: {script: '$script'}/" hello.yaml
        "$dialogc" preview hello.yaml -o page.html
        [[ "$(tail -1 page.html)" == "</html>" ]]
        serve hello.yaml
        curl -s "$url" > page.html
        [[ "$(tail -1 page.html)" == "</html>" ]] || { kill "$server"; false; }
        status=$(status_of -H 'Content-Type: application/json' -d '{"dialog": 0, "said": ["say hello"]}' "${url}talk")
        [ "$status" = 200 ] || [ "$status" = 500 ]
        curl -s "$url" > page.html
        [[ "$(tail -1 page.html)" == "</html>" ]] || { kill "$server"; false; }
        kill "$server"
        wait "$server"
    done
}

@test "--serve has no output, and needs a template that can be read" {
    template hello
    run "$dialogc" preview --serve -o page.html hello.yaml
    [ "$status" -eq 2 ]
    run "$dialogc" preview --port 1 hello.yaml
    [ "$status" -eq 2 ]
    run "$dialogc" preview --serve missing.yaml
    [ "$status" -eq 3 ]
}

@test "conditions are said in words, operators of the bot's own as they are" {
    cat > order.yaml <<'YAML'
dialogc: 1
template: order
title: Order
intent: {utterances: [place an order]}
entities:
  city: {type: string, prompt: Where?}
messages: {a: "A", b: "B", c: "C", d: "D"}
flow:
  - ask: city
  - choose:
      - when: ${city} [startsWith] Ham
        then: [{say: a}]
      - when: ${city} missing
        then: [{say: b}]
      - when: ${context.session.BotUserSession.known} exists
        then: [{say: c}]
    else: [{say: d}]
YAML
    "$dialogc" preview --format=mermaid order.yaml > diagram
    grep -o '|"[^"]*"|' diagram > labels
    [ "$(cat labels)" = '|"city startsWith Ham"|
|"city has no value"|
|"known has a value"|
|"otherwise"|' ]
}
