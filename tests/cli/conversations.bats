# dialogc test, chat and new-test on the command line.
load support.bash

# A small template of its own, without Salesforce.
template() { # FILE
    cat > "$1" << 'EOF'
dialogc: 1
template: greet
title: Greet
auth: none
intent: {utterances: [say hello, "hello to [Ada](name)"]}
entities:
  name: {type: string, prompt: What is your name?}
  color:
    type: choice
    prompt: Which colour?
    choices:
      - {title: Red, value: r, synonyms: [scarlet]}
      - {title: Blue, value: b}
services:
  weather:
    request: {method: GET, url: "https://weather.example/today"}
    samples: [{status: 200, body: {sky: grey}}]
messages:
  hello:
    text: Hello ${name}, ${color}.
    buttons: [{title: Again, postback: again}]
  down: The weather is not to be had.
  forecast: "The sky is ${weather.body.sky}."
flow:
  - ask: [name, color]
  - say: hello
  - {call: weather, failure: [{say: down}, end]}
  - say: forecast
EOF
}

conversation() { # FILE
    cat > "$1" << 'EOF'
# Greeting people.
dialogc: 1
conversation: greet
cases:
  - name: one is greeted
    turns:
      - user: say hello
        bot: What is your name?
      - user: Ada
        bot: Which colour?
      - user: scarlet
        bot:
          - {text: "Hello Ada, r.", buttons: [{title: Again, payload: again}]}
          - {matches: "^The sky is (grey|blue)"}
        requests: [{service: weather, path: /today}]
    ends: forecast
  - name: the name is said at once
    turns:
      - user: Hello to Grace
        bot: Which colour?
      - user: green
        bot: I'm sorry, I did not recognize the value you have entered. Please select a value from the list.
    asks: color
  - name: no weather
    set: {name: Ada, color: b}
    turns:
      - user: say hello
        answers: {weather: {status: 503, text: <html>}}
        bot: [{text: "Hello Ada, b.", buttons: [{title: Again, payload: again}]}, The weather is not to be had.]
    ends: down
EOF
}

@test "conversations pass, and nothing is said of them but their number" {
    template greet.yaml
    conversation greet.test.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "3 conversations, 3 passed, 0 failed; 94 % of nodes and transitions" ]
    run "$dialogc" test -j 1 --quiet .
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
}

@test "a failure shows its place and what differs, line by line" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/bot: Which colour?/bot: What colour?/; s/ends: down/ends: forecast/' greet.test.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 1 ]
    [ "$output" = 'FAILED one is greeted
  greet.test.yaml:10:14: turn 2: the message is different
    - bot: [What colour?]
    + bot: [Which colour?]
FAILED the name is said at once
  greet.test.yaml:20:14: turn 1: the message is different
    - bot: [What colour?]
    + bot: [Which colour?]
FAILED no weather
  greet.test.yaml:30:11: the dialog does not end at `forecast`; it ends at `down`
    - ends: forecast
    + ends: down
3 conversations, 0 passed, 3 failed; 94 % of nodes and transitions' ]
}

@test "--update records the results, once, and keeps the head of the file" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/bot: Which colour?/bot: What colour?/' greet.test.yaml
    run "$dialogc" test --update greet.test.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "recorded 2 conversations again" ]
    [ "$(head -1 greet.test.yaml)" = "# Greeting people." ]
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 0 ]
    cp greet.test.yaml once
    "$dialogc" test --update greet.test.yaml
    cmp greet.test.yaml once
}

@test "JUnit and JSON say the same" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/ends: down/ends: forecast/' greet.test.yaml
    run "$dialogc" test --format=junit greet.test.yaml
    [ "$status" -eq 1 ]
    [ "$output" = '<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="dialogc" tests="3" failures="1">
  <testsuite name="greet.test.yaml" tests="3" failures="1" errors="0">
    <testcase classname="greet.test.yaml" name="one is greeted"/>
    <testcase classname="greet.test.yaml" name="the name is said at once"/>
    <testcase classname="greet.test.yaml" name="no weather">
      <failure message="the dialog does not end at `forecast`; it ends at `down`">  greet.test.yaml:30:11: the dialog does not end at `forecast`; it ends at `down`
    - ends: forecast
    + ends: down
</failure>
    </testcase>
  </testsuite>
</testsuites>' ]
    run "$dialogc" test --format=json greet.test.yaml
    [ "$status" -eq 1 ]
    summary=$(jq -c '[.summary.conversations, .summary.failed, .conversations[2].failures[0].line, .coverage[0].dialog, .coverage[0].nodes.covered == .coverage[0].nodes.all, .coverage[0].statuses.weather]' <<< "$output")
    [ "$summary" = '[3,1,30,"greet",true,[200,503]]' ]
}

@test "errors in a template or a file of conversations have the format that is asked for" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/^title:/titel:/' greet.yaml
    run "$dialogc" test --format=json greet.test.yaml
    [ "$status" -eq 1 ]
    [ "$(jq -c '[.diagnostics[0].code, .diagnostics[0].suggestion, .summary.errors]' <<< "$output")" = '["E0102","title",1]' ]
    run "$dialogc" test --explore --format=json greet.yaml
    [ "$status" -eq 1 ]
    [ "$(jq -c '.diagnostics[0].code' <<< "$output")" = '"E0102"' ]
    run "$dialogc" test --format=junit greet.test.yaml
    [ "$status" -eq 1 ]
    grep -q '<testsuites name="dialogc" tests="1" failures="1">' <<< "$output"
    template greet.yaml
    sed -i 's/turns:/turn:/' greet.test.yaml
    run "$dialogc" test --format=json greet.test.yaml
    [ "$status" -eq 1 ]
    [ "$(jq -c '.diagnostics[0].suggestion' <<< "$output")" = '"turns"' ]
}

@test "--coverage names what no conversation went through; --min-coverage asks for it" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i '/name: no weather/,$d' greet.test.yaml
    run "$dialogc" test --coverage --min-coverage 90 greet.test.yaml
    [ "$status" -eq 1 ]
    [ "$output" = 'greet: 7 of 8 nodes, 7 of 10 transitions
    never taken: from action weatherAction to down, if `weather.response.statusCode` has no value
    never taken: from action weatherAction to down, if `weather.response.statusCode` is at least 400
    never entered: say down
    weather returned 200
2 conversations, 2 passed, 0 failed; 77 % of nodes and transitions
dialogc: 77 % of nodes and transitions are covered, but --min-coverage requires 90 %' ]
}

@test "mistakes in a file of conversations are located" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/^conversation: greet/conversation: gret/' greet.test.yaml
    run "$dialogc" test .
    [ "$status" -eq 1 ]
    [[ "$output" == *"error[E1201]: unknown template \`gret\`"* ]]
    [[ "$output" == *"greet.test.yaml:3:15"* ]]
    [[ "$output" == *"did you mean \`greet\`?"* ]]
    conversation greet.test.yaml
    sed -i 's/ends: forecast/ends: forecst/; s/set: {name/set: {nam/; s/{weather: {status/{wether: {status/; s/(grey|blue)/(grey/; s/^cases:/now: tomorrow\norg: {Led: [], Lead: [{Surname: x}, {Id: abc}, {LastName: 3, IsConverted: "yes"}]}\ncases:/' greet.test.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 1 ]
    for text in 'E1202]: the dialog has no node `forecst`' 'E1202]: the dialog has no entity `nam`' 'E1202]: the dialog has no service `wether`' \
        'E1203]: unknown object `Led`' 'E1203]: Lead has no field `Surname`' 'E1203]: an id must have 15 or 18 characters' \
        'E1203]: `IsConverted` takes true or false, not `yes`' 'E1204]: not a date and time' 'E1204]: not a valid regular expression'; do
        [[ "$output" == *"$text"* ]] || { echo "missing: $text"; echo "$output"; false; }
    done
    echo 'dialogc: 1' > greet.test.yaml
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"error[E0103]: the file lacks the key \`cases\`"* ]]
}

@test "wrong usage" {
    run "$dialogc" test nothing.yaml
    [ "$status" -eq 2 ]
    run "$dialogc" test .
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: found no conversations (*.test.yaml); `dialogc new-test NAME` writes a first one' ]
    run "$dialogc" test --min-coverage 101 .
    [ "$status" -eq 2 ]
    run "$dialogc" test --format=sarif .
    [ "$status" -eq 2 ]
    run "$dialogc" test --explore
    [ "$status" -eq 2 ]
    run "$dialogc" chat
    [ "$status" -eq 2 ]
    run "$dialogc" chat --set name x.yaml
    [ "$status" -eq 2 ]
}

# A template whose script is the argument.
scripted() { # SCRIPT
    cat > scripted.yaml << EOF
dialogc: 1
template: scripted
title: Scripted
intent: {utterances: [go]}
scripts:
  compute: |
    $1
messages: {done: "{{context.result}}"}
flow: [{run: compute}, {say: done}]
EOF
    cat > scripted.test.yaml << 'EOF'
dialogc: 1
conversation: scripted
cases:
  - name: one
    turns: [{user: go, bot: ok}]
  - name: two
    turns: [{user: go, bot: ok}]
EOF
}

@test "a script without end is ended, and fails its own conversation only" {
    template greet.yaml
    conversation greet.test.yaml
    scripted 'while (true) {}'
    run "$dialogc" test -j 1 .
    [ "$status" -eq 1 ]
    [[ "$output" == *"FAILED one"*"the script of \`compute\` fails: it runs for more than 2 seconds, in line 1 or below"* ]]
    [[ "$output" == *"5 conversations, 3 passed, 2 failed"* ]]
    scripted 'Object.defineProperty(context, "result", {get: function () { for (;;); }});'
    run "$dialogc" test -j 1 scripted.test.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"a value that a script has left cannot be read: it runs for more than 2 seconds"* ]]
}

@test "a script that takes all memory fails, with a reason, and no other conversation" {
    template greet.yaml
    conversation greet.test.yaml
    # the engine itself, the watchdog, and the limit of the process
    for script in 'var text = "x"; while (true) { text += text; }' \
        'var list = []; while (true) { list.push(new Array(1000).fill(list.length)); }' \
        'new Uint8Array(2 ** 31).fill(1);' 'var list = []; while (true) list.push("x".repeat(1e8 + list.length));'; do
        scripted "$script"
        # AddressSanitizer ends the process where it has no memory to give
        ASAN_OPTIONS=allocator_may_return_null=1 run "$dialogc" test -j 1 .
        [ "$status" -eq 1 ]
        [[ "$output" == *"fails in line 1: RangeError: Out of memory"* ||
            "$output" == *"fails: RangeError: Out of memory"* ||
            "$output" == *"fails: it takes more than 256 MB of memory, in line 1 or below"* ||
            "$output" == *"a script was too much for its engine: "* ]]
        [[ "$output" == *"5 conversations, 3 passed, 2 failed"* ]]
    done
}

@test "a worker gets no more memory than its bound, even at once and unused" {
    scripted 'new Uint8Array(2 ** 31); context.result = "ok";'
    ASAN_OPTIONS=allocator_may_return_null=1 run "$dialogc" test -j 1 scripted.test.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"fails in line 1: RangeError: Out of memory"* ]]
}

@test "a script reaches neither files nor network nor the engine; time and chance stand still" {
    scripted 'context.result = [typeof require, typeof process, typeof XMLHttpRequest, typeof Bun, new Date().toISOString(), Date.now(), Math.random() === Math.random()].join(" ");'
    sed -i 's/bot: ok/bot: undefined undefined undefined undefined 2026-01-15T09:00:00.000Z 1768467600000 false/' scripted.test.yaml
    run "$dialogc" test scripted.test.yaml
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "the syntax of today runs; missing libraries get a clear message" {
    scripted 'const {a = "o"} = {}; context.result = `${a}${(() => "k")()}`;'
    "$dialogc" test scripted.test.yaml
    scripted 'context.result = koreUtil._.map([{a: "o"}, {a: "k"}], "a").join("");'
    "$dialogc" test scripted.test.yaml
    scripted 'context.result = koreUtil.rrule.first([1]);'
    run "$dialogc" test scripted.test.yaml
    [[ "$output" == *"fails in line 1: Error: koreUtil.rrule is not part of the simulator"* ]]
    scripted 'context.result = "ok" +;'
    run "$dialogc" test scripted.test.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == "error[E0508]: a value is missing before \`;\`
"* ]]
    scripted 'context.result = "ok" + "";' # of a bot, no one has checked the script
    "$dialogc" bundle -q -o bundled scripted.yaml
    sed -i 's/%20%2B%20%22%22%3B/%20%2B%3B/' bundled/botDefinition.json
    run "$dialogc" test --explore --from bundled/botDefinition.json Scripted
    [ "$status" -eq 1 ]
    [[ "$output" == *"fails in line 1: SyntaxError: "* ]]
}

@test "text beyond the basic plane goes through scripts unharmed" {
    scripted 'context.result = "😀" + "😀".length + encodeURIComponent("😀") + JSON.stringify({a: "é"});'
    sed -i "s/bot: ok/bot: '😀2%F0%9F%98%80{\"a\":\"é\"}'/" scripted.test.yaml
    run "$dialogc" test scripted.test.yaml
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "new-test writes a conversation that passes, and writes over none" {
    template greet.yaml
    run "$dialogc" new-test greet.yaml
    [ "$status" -eq 0 ]
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 0 ]
    cp greet.test.yaml before
    run "$dialogc" new-test greet.yaml
    [ "$status" -eq 2 ]
    cmp greet.test.yaml before
    "$dialogc" new-test --coverage -o all.test.yaml greet.yaml
    run "$dialogc" test --min-coverage 100 all.test.yaml
    [ "$status" -eq 0 ]
}

@test "new-test's first conversation finds a record, which it brings along" {
    cp "$root/templates/salesforce/find-a-contact.yaml" .
    "$dialogc" new-test find-a-contact.yaml
    [ "$(grep -c 'name:' find-a-contact.test.yaml)" -eq 1 ]
    grep -q 'name: all goes well, to contactsBy' find-a-contact.test.yaml
    run "$dialogc" test find-a-contact.test.yaml
    [ "$status" -eq 0 ]
}

@test "--explore says what it found and how to get there" {
    template greet.yaml
    run "$dialogc" test --explore greet.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == "greet: 0 findings in "* ]]
    local one=$output
    printf 'dialogc: 1\n' > dialogc.yaml
    mkdir templates && mv greet.yaml templates
    run "$dialogc" test --explore
    [ "$status" -eq 0 ]
    [ "$output" = "$one" ]
    rm dialogc.yaml
    scripted 'if (context.entities.missing.x) { context.result = 1; }'
    run "$dialogc" test --explore scripted.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == "scripted: 2 findings in "* ]]
    [[ "$output" == *"fails in line 1: TypeError"* ]]
    [[ "$output" == *"the message \`done\` shows \`undefined\`"* ]]
    [[ "$output" == *'    after "go"'* ]]
}

@test "--explore fails where it has not been, unless --min-coverage accepts that" {
    cat > never.yaml << 'EOF'
dialogc: 1
template: never
title: Never
intent: {utterances: [count]}
entities: {age: {type: number, prompt: How old?}}
messages: {young: Young., younger: Younger.}
flow:
  - ask: age
  - choose:
      - {when: "${age} < 18", then: [{say: young}]}
      - {when: "${age} < 12", then: [{say: younger}]}
EOF
    run "$dialogc" test --explore never.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"  never entered: say younger"* ]]
    run "$dialogc" test --explore --min-coverage 60 never.yaml
    [ "$status" -eq 0 ]
    run "$dialogc" test --explore --min-coverage 100 never.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"were reached, but --min-coverage requires 100 %" ]]
    run "$dialogc" test --explore --format=json never.yaml
    [ "$status" -eq 1 ]
    seen=$(jq -c '.[0] | [.dialog, .complete, .findings, .reached < .all, .unreached[0].reason]' <<< "$output")
    [ "$seen" = '["never",true,[],true,"the condition was never true"]' ]
    run "$dialogc" test --explore --format=junit never.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *'failures="1"'*'never entered: say younger'* ]]
}

@test "--explore and new-test want templates, not conversations; of a bot, dialogs that it has" {
    template greet.yaml
    conversation greet.test.yaml
    run "$dialogc" test --explore greet.test.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: greet.test.yaml has conversations: `dialogc test --explore` needs the template' ]
    run "$dialogc" new-test greet.test.yaml
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: greet.test.yaml has conversations: `dialogc new-test` needs the template' ]
    mkdir empty
    run "$dialogc" test --explore empty
    [ "$status" -eq 2 ]
    scripted 'context.result = "ok";'
    "$dialogc" bundle -o bot greet.yaml scripted.yaml
    cp bot/botDefinition.json .
    run "$dialogc" test --explore --from botDefinition.json Scripted
    [ "$status" -eq 0 ]
    [[ "$output" == "Scripted: 0 findings in "* ]]
    run "$dialogc" test --explore --from botDefinition.json nowhere
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: botDefinition.json has no dialog `nowhere`' ]
}

@test "chat talks through a pipe, chooses by number, goes back, saves" {
    template greet.yaml
    run "$dialogc" chat greet.yaml << 'EOF'
say hello
Ada
/back
Grace
Blue
1
/save talk.test.yaml
/save talk.test.yaml
/nonsense
/quit
EOF
    [ "$status" -eq 0 ]
    [ "$output" = '  -- type what a user would say to start the dialog
you> say hello
bot> What is your name?
you> Ada
bot> Which colour?
     1) Red
     2) Blue
you> /back
bot> What is your name?
you> Grace
bot> Which colour?
     1) Red
     2) Blue
you> Blue
bot> Hello Grace, b.
     1) Again
  -> GET /today: 200 (the sample)
bot> The sky is grey.
  -- the dialog ends
you> 1
  -- the dialog has ended: /restart, /back, /save FILE or /quit
you> /save talk.test.yaml
  -- saved as talk.test.yaml; `dialogc test talk.test.yaml` runs it
you> /save talk.test.yaml
  !! talk.test.yaml already exists; choose another name
you> /nonsense
  !! there is no command `/nonsense`; /help lists the commands
you> /quit' ]
    run "$dialogc" test .
    [ "$status" -eq 0 ]
    run "$dialogc" chat --set name=Ada greet.yaml <<< "say hello"
    [ "${lines[2]}" = 'bot> Which colour?' ]
}

@test "chat ends over a script without end, and says so" {
    scripted 'while (true) {}'
    run "$dialogc" chat scripted.yaml <<< "go"
    [ "$status" -eq 0 ]
    [ "$output" = '  -- type what a user would say to start the dialog
you> go
  !! the script of `compute` fails: it runs for more than 2 seconds, in line 1 or below
  -- the dialog ends: a script was stopped' ]
}

@test "dialogs of a bot export can be talked with and tested" {
    cp "$root/tests/bots/support-desk/botDefinition.json" bot.json
    name=$("$dialogc" list --format=json bot.json | jq -r '.dialogs[0].name')
    run "$dialogc" chat --from bot.json "$name" <<< "hello"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = '  -- type what a user would say to start the dialog' ]
    run "$dialogc" chat --from bot.json "no such dialog" <<< "hello"
    [ "$status" -eq 2 ]
    cat > bot.test.yaml << EOF
dialogc: 1
conversation: $name
cases: [{name: it begins, turns: [{user: hello}]}]
EOF
    run "$dialogc" test --from bot.json bot.test.yaml
    [ "$status" -eq 0 ]
}

@test "a program that is installed without its simulator says so" {
    mkdir bin
    cp "$dialogc" bin/dialogc
    template greet.yaml
    run bin/dialogc chat greet.yaml
    [ "$status" -eq 3 ]
    [ "$output" = 'dialogc: `dialogc chat` needs the program dialogc-full, which is not beside dialogc; install it, too (on Debian, it is in the package dialogc-full)' ]
    printf 'no program' > bin/dialogc-full
    run bin/dialogc chat greet.yaml
    [ "$status" -eq 3 ]
    [ "$output" = 'dialogc: cannot start dialogc-full, which runs `dialogc chat`: Permission denied' ]
}

@test "an invalid template is reported before any conversation" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/type: string/type: sting/' greet.yaml
    run "$dialogc" test .
    [ "$status" -eq 1 ]
    [[ "$output" == *"error[E0104]"* ]]
}

@test "build and check pass over files of conversations" {
    template greet.yaml
    conversation greet.test.yaml
    run "$dialogc" build -o out *.yaml
    [ "$status" -eq 0 ]
    [ "$(ls out)" = "greet.dialog.json" ]
    run "$dialogc" check .
    [ "$status" -eq 0 ]
}

@test "conversations can be written for Botium and for the platform" {
    template greet.yaml
    conversation greet.test.yaml
    sed -i 's/name: the name is said at once/name: One is Greeted!/' greet.test.yaml
    run "$dialogc" test --export=botium -o out greet.test.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "2 conversations in out; skipped 1 that depend on service responses" ]
    [ "$(ls out)" = $'greet-one-is-greeted-2.convo.txt\ngreet-one-is-greeted.convo.txt' ]
    [ "$(cat out/greet-one-is-greeted.convo.txt)" = 'one is greeted

#me
say hello

#bot
What is your name?

#me
Ada

#bot
Which colour?
BUTTONS Red|Blue

#me
scarlet

#bot
Hello Ada, r.
BUTTONS Again

#bot
The sky is grey.' ]
    run "$dialogc" test -q --export=xo -o out greet.test.yaml
    [ "$status" -eq 0 ]
    [ "$(jq -c '[.testCases[] | [.title, .messages[0]]]' out/greet.json)" = '[["one is greeted",{"input":"say hello","outputs":[{"contains":"What is your name?"}]}],["One is Greeted!",{"input":"Hello to Grace","outputs":[{"contains":"Which colour?"}]}]]' ]
    run "$dialogc" test --export=botium greet.test.yaml
    [ "$status" -eq 2 ]
    run "$dialogc" test --export=nothing -o out greet.test.yaml
    [ "$status" -eq 2 ]
    touch file
    run "$dialogc" test --export=botium -o file greet.test.yaml
    [ "$status" -eq 3 ]
}

@test "chat takes any bytes" {
    template greet.yaml
    head -c 20000 /dev/urandom > noise
    printf 'say hello\n\xff\xfe\x80 M\xc3\xbcller\n' | cat - noise > input
    run "$dialogc" chat greet.yaml < input
    [ "$status" -eq 0 ]
    [[ "$output" == *"bot> Which colour?"* ]]
}

@test "the examples for other systems build without findings, and their conversations pass" {
    for example in service-desk web-shop; do
        cp -r "$root/examples/$example" "$example"
        run "$dialogc" build -C "$example" --max-warnings 0
        [ "$status" -eq 0 ]
        run "$dialogc" test -C "$example"
        [ "$status" -eq 0 ]
        run "$dialogc" test --explore "$example"
        [ "$status" -eq 0 ]
    done
    grep -q '"host": "{{env.SNOW_HOST}}"' service-desk/dialogs/create-an-incident.dialog.json
    grep -q '"path": "/api/now/table/incident?sysparm_fields=number%2Csys_id"' service-desk/dialogs/create-an-incident.dialog.json
    grep -q '"value": "{{env.SHOP_API_KEY}}"' web-shop/dialogs/cancel-an-order.dialog.json
}
