# What `dialogc test` says of conversations that were written wrong: the place, and the way out.
load support.bash

# A dialog with a choice, a number, a date, a request with headers, and a button.
setup_dialog() {
    cp "$root/tests/golden/checks/E1205-value/greet.yaml" .
}

@test "each failure names the place, what was, and what may be meant" {
    setup_dialog
    cat > greet.test.yaml << 'EOF'
dialogc: 1
conversation: greet
cases:
  - name: The answer is no option
    turns:
      - user: say hello
      - user: Ada
      - user: green
      - user: "30"
        bot: How old are you?
    asks: age
  - name: The user goes on behind the end
    set: {name: Ada, color: r, age: 3}
    turns:
      - user: say hello
      - user: 2026-08-31
        bot: [{text: "Hello Ada, r, 3."}, The sky is grey.]
      - user: thanks
        bot: You are welcome.
  - name: What is named only counts
    set: {name: Ada, color: r, age: 3}
    turns:
      - user: say hello
      - user: 2026-08-31
        requests: [{service: weather, headers: {x-units: metric}, host: weather.example}]
        bot: [{buttons: [{title: Again}]}, {text: {matches: grey}}]
    ends: forecast
  - name: Details of requests and messages
    set: {name: Ada, color: r, age: 3}
    turns:
      - user: say hello
        answers: {weather: {status: 500}}
      - user: 2026-08-31
        requests: [{service: weather, query: {day: 2026-09-01}, headers: {X-Units: imperial}, body: {}}, {service: weather}]
        bot: ["Hello Ada, r, 3.", the sky is grey.]
    ends: hello
  - name: A pattern with brackets
    set: {name: Ada (A.), color: r, age: 3}
    turns:
      - user: say hello
      - user: 2026-08-31
        bot: [{matches: "Ada (A.)"}, {text: sky, buttons: [{title: x}]}]
        requests: []
    ends: {node: forecast, reason: a script closed it}
  - name: One of several
    set: {name: Ada, color: r, age: 3}
    turns:
      - user: say hello
        bot: [Which day?, Really?]
      - user: tomorrow
        bot: []
        answers: {weather: [{status: 200, body: {sky: blue}}, {status: 500}]}
    ends: forecast
  - name: Too many turns that it does not take
    set: {name: Ada, color: green, age: 3, day: 2026-08-31}
    turns:
      - {user: say hello, bot: "Hello Ada, green, 4."}
EOF
    run "$dialogc" test greet.test.yaml
    [ "$status" -eq 1 ]
    cat > expected << 'EOF'
FAILED The answer is no option
  greet.test.yaml:10:14: turn 4: the message is different
    - bot: [How old are you?]
    + bot:
    +   - "I'm sorry, I did not recognize the value you have entered. Please select a value from the list."
    = help: `30` is not an answer to `color`, which offers `Red`, `Blue`
  greet.test.yaml:11:11: the dialog does not wait for an answer to `age`; it waits for an answer to `color`
    - asks: age
    + asks: color
    = help: in turn 4, `30` is not an answer to `color`, which offers `Red`, `Blue`
FAILED The user goes on behind the end
  greet.test.yaml:18:9: turn 3: the dialog has already ended in turn 2 at `forecast`
    = help: remove the turns after the end, or change what leads to it
FAILED Details of requests and messages
  greet.test.yaml:32:19: turn 1: `weather` is not called in this turn, so its answer is not used
    = help: move the answer to the turn that leads to the call, or remove it
  greet.test.yaml:34:106: turn 2: the dialog sends 1 request, but 2 are expected
      requests:
        - service: weather
    -     query: {day: 2026-09-01}
    -     headers: {X-Units: imperial}
    -     body: {}
    -   - service: weather
    +     query: {day: 2026-08-31}
    +     headers: {X-Units: metric}
  greet.test.yaml:35:35: turn 2: message 2 is different
    - bot: ["Hello Ada, r, 3.", the sky is grey.]
    + bot: ["Hello Ada, r, 3.", The sky is grey.]
    = help: only the letter case is different
  greet.test.yaml:36:11: the dialog does not end at `hello`; it ends at `forecast`
    - ends: hello
    + ends: forecast
FAILED A pattern with brackets
  greet.test.yaml:43:19: turn 2: the dialog sends 1 request, but none is expected
    - requests: []
    + requests:
    +   - service: weather
    +     method: GET
    +     host: weather.example
    +     path: /example.my.salesforce.com
    +     query: {day: 2026-08-31}
    +     headers: {Accept: application/json, X-Units: metric}
    +     status: 200
  greet.test.yaml:42:15: turn 2: message 1 does not match
    - bot:
    -   - matches: Ada (A.)
    -   - text: sky
    -     buttons: [{title: x}]
    + bot: ["Hello Ada (A.), r, 3.", {text: The sky is grey.}]
    = help: in a regular expression some characters need a backslash: `{matches: 'Ada \(A\.\)'}`
  greet.test.yaml:44:11: the dialog ends at `forecast` as its flow says, for no other reason
    - ends: {node: forecast, reason: a script closed it}
    + ends: forecast
FAILED One of several
  greet.test.yaml:49:27: turn 1: the bot says 1 message, but 2 are expected
    - bot: [Which day?, Really?]
    + bot: [Which day?]
  greet.test.yaml:52:63: turn 2: `weather` is called once in this turn, but has 2 answers
    = help: remove the answers that are too many
  greet.test.yaml:51:14: turn 2: the bot says 2 messages, but none is expected
    - bot: []
    + bot:
    +   - text: Hello Ada, r, 3.
    +     buttons: [{title: Again, payload: again}]
    +   - The sky is blue.
FAILED Too many turns that it does not take
  greet.test.yaml:57:32: turn 1: the bot says 2 messages, but 1 is expected
    - bot: ["Hello Ada, green, 4."]
    + bot: ["Hello Ada, green, 3.", The sky is grey.]
    = help: `green` is not a value of the choice `color`; its values are `r` (Red), `b` (Blue)
7 conversations, 1 passed, 6 failed; 83 % of nodes and transitions
EOF
    diff expected - <<< "$output"
}
