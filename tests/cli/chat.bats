# dialogc chat: what it takes on the command line, what it shows, and what it saves.
load support.bash

# A project of two templates, one of which calls the other.
project() {
    mkdir templates
    printf 'dialogc: 1\nname: Order Bot\n' > dialogc.yaml
    cat > templates/order.yaml << 'END'
dialogc: 1
template: order
title: Order
auth: none
intent: {utterances: [place an order, "order [tea](drink)"]}
entities:
  drink: {type: string, prompt: Which drink?}
  size:
    type: choice
    prompt: How large?
    choices: [{title: Small, value: s}, {title: Large, value: l}]
  sugar:
    type: choice
    prompt: How sweet?
    choices: [{title: Sweet, value: "2"}, {title: Not at all, value: "0"}]
    defaultTemplate: false
  day: {type: date, prompt: When?}
services:
  shop:
    request: {method: POST, url: "https://shop.example/orders", headers: {X-Api-Key: "${env.KEY}", X-Client: bot}, body: {drink: "${drink}"}}
    samples: [{status: 201, body: {number: 7}}]
variables: {env: {KEY: The key of the shop}}
messages:
  done: "${drink}, ${size}, ${sugar}, ${day}: number ${shop.body.number}."
  sorry: No.
flow:
  - ask: [drink, size, sugar, day]
  - {call: shop, failure: [{say: sorry}, end]}
  - say: done
  - dialog: thank
END
    cat > templates/thank.yaml << 'END'
dialogc: 1
template: thank
title: Thank
auth: none
intent: {utterances: [thank me]}
entities: {again: {type: string, prompt: Was it good?}}
messages: {bye: "Good bye, ${again}."}
flow: [{ask: again}, {say: bye}]
END
}

@test "a template's name is enough, and the dialogs that it calls are known" {
    project
    run "$dialogc" chat thank <<< "thank me"
    [ "$status" -eq 0 ]
    [ "${lines[2]}" = 'bot> Was it good?' ]
    for operand in order templates/order.yaml; do
        run "$dialogc" chat "$operand" << 'END'
order water
large
sweet
2026-08-31
//very
END
        [ "$status" -eq 0 ]
        [ "$output" = '  -- type what a user would say to start the dialog
you> order water
bot> How large?
     1) Small
     2) Large
you> large
bot> How sweet?
you> sweet
bot> When?
you> 2026-08-31
  -> POST /orders: 201 (the sample)
bot> water, l, 2, 2026-08-31: number 7.
bot> Was it good?
you> //very
bot> Good bye, /very.
  -- the dialog ends' ]
    done
    run "$dialogc" chat ordr <<< ""
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no file or template `ordr`; did you mean `order`?' ]
    run "$dialogc" chat templates/order.test.yaml <<< ""
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: templates/order.test.yaml holds conversations, which `dialogc test` runs; `dialogc chat` takes a template' ]
    run "$dialogc" chat --set siz=l order <<< ""
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the dialog has no entity `siz`; did you mean `size`?' ]
    run "$dialogc" chat --locale fr order <<< ""
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: the dialog has no locale `fr`; the locales are `en`' ]
}

@test "numbers stay valid after an error prompt; choices that the bot does not show are listed then" {
    project
    run "$dialogc" chat order << 'END'
order water
green
2
salty
nothing
1
END
    [ "$status" -eq 0 ]
    [ "$output" = "  -- type what a user would say to start the dialog
you> order water
bot> How large?
     1) Small
     2) Large
you> green
bot> I'm sorry, I did not recognize the value you have entered. Please select a value from the list.
you> 2
bot> How sweet?
you> salty
bot> I'm sorry, I did not recognize the value you have entered. Please select a value from the list.
  -- the bot shows no choices; it takes these:
     1) Sweet
     2) Not at all
you> nothing
bot> I'm sorry, I did not recognize the value you have entered. Please select a value from the list.
you> 1
bot> When?" ]
}

@test "of several templates the one starts whose sentence is said" {
    project
    run "$dialogc" chat << 'END'
/save early.test.yaml
order coffee
/restart
thank mee
hello
thank me
fine
thank me
END
    [ "$status" -eq 0 ]
    [ "$output" = '  -- type what a user would say to start a dialog
you> /save early.test.yaml
  !! no dialog has started yet
you> order coffee
  -- the dialog `Order` starts
bot> How large?
     1) Small
     2) Large
you> /restart
  -- type what a user would say to start a dialog
you> thank mee
  !! no dialog is trained for `thank mee`; did you mean `thank me`?
you> hello
  !! no dialog is trained for `hello`; one can say `place an order`, `thank me`
you> thank me
  -- the dialog `Thank` starts
bot> Was it good?
you> fine
bot> Good bye, fine.
  -- the dialog ends
  -- what is said next starts a dialog again
you> thank me
  -- the dialog `Thank` starts
bot> Was it good?' ]
}

@test "a bot starts where its user would" {
    project
    "$dialogc" bundle -q -o bot
    run "$dialogc" chat --from bot/botDefinition.json <<< "thank me"
    [ "$status" -eq 0 ]
    [ "${lines[2]}" = '  -- the dialog `Thank` starts' ]
    task=$(jq -r '.dialogs[] | select(.localeData.en.name == "Thank") | .refId' bot/botDefinition.json)
    jq --arg task "$task" '.botEvents = {ON_CONNECT_EVENT: {enabled: true, action: "triggerDialog", task: $task}}
        | .defaultDialogId = $task' bot/botDefinition.json > bot.json
    run "$dialogc" chat --from bot.json << 'END'
fine
no such sentence
END
    [ "$status" -eq 0 ]
    [ "$output" = '  -- the bot starts with the dialog `Thank`
bot> Was it good?
you> fine
bot> Good bye, fine.
  -- the dialog ends
  -- what is said next starts a dialog again
you> no such sentence
  -- the dialog `Thank` starts
bot> Was it good?' ]
}

@test "the organisation has the records of --org, and /org shows them" {
    cat > search.yaml << 'END'
dialogc: 1
template: search
title: Search
integration: salesforce
auth: salesforce
intent: {utterances: [find a lead]}
entities: {word: {type: string, prompt: Which name?}}
services:
  find: {salesforce: {query: "SELECT Id, Name FROM Lead WHERE LastName = ${word}"}}
messages:
  found: "${find.body.totalSize} found."
flow: [{ask: word}, {call: find}, {say: found}]
END
    echo 'Lead: [{LastName: Lovelace, Company: Example Ltd}, {LastName: Hopper, Company: Example Ltd}]' > org.yaml
    echo 'Lead: [{LastName: Lovelace, Company: Other Ltd}]' > other.yaml
    run "$dialogc" chat --org org.yaml search.yaml << 'END'
find a lead
Hopper
/org
/org Leed
/save found.test.yaml
/org other.yaml
find a lead
Hopper
END
    [ "$status" -eq 0 ]
    [ "$output" = '  -- the organisation has 2 Lead records
  -- type what a user would say to start the dialog
you> find a lead
bot> Which name?
you> Hopper
  -> GET /services/data/v62.0/query: 200
bot> 1 found.
  -- the dialog ends
you> /org
  -- 2 Lead records
  -- 1 User record
  -- /org OBJECT shows records, /org FILE begins again with others
you> /org Leed
  !! there is no object or file `Leed`; did you mean `Lead`?
you> /save found.test.yaml
  -- saved as found.test.yaml; `dialogc test found.test.yaml` runs it
you> /org other.yaml
  -- the organisation has 1 Lead record
  -- type what a user would say to start the dialog
you> find a lead
bot> Which name?
you> Hopper
  -> GET /services/data/v62.0/query: 200
bot> 0 found.
  -- the dialog ends' ]
    run "$dialogc" test found.test.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == "1 conversation, 1 passed, 0 failed; "* ]]
    echo 'Leed: []' > org.yaml
    run "$dialogc" chat --org org.yaml search.yaml <<< ""
    [ "$status" -eq 1 ]
    [[ "$output" == *'error[E1203]: unknown object `Leed`'*'did you mean `Lead`?'* ]]
}

@test "/request shows headers, and no credentials" {
    project
    run "$dialogc" chat --set drink=tea --set size=s --set sugar=0 order << 'END'
place an order
2026-08-31
/request
END
    [ "$status" -eq 0 ]
    [[ "$output" == *"requests:
  - service: shop
    method: POST
    host: shop.example
    path: /orders
    headers:
      Content-Type: application/json
      X-Api-Key: \"***\"
      X-Client: bot
      Accept: application/json
    body: {drink: tea}
    status: 201" ]] || [[ "$output" == *"X-Api-Key: \"***\""* && "$output" == *"X-Client: bot"* ]]
}

@test "what /save writes passes: numbers, blanks, wrong answers, a called dialog, going back" {
    project
    local number=0 said
    for said in 'place an order\ntea\n1\nsweet\n2026-08-31\nfine' \
        'order tea\nhuge\n2\nsour\nNot at all\ntomorrow\n\n31 August 2026\n//slash' \
        'place an order\n\n  \nwater\nSmall' \
        'order tea\n/back\nplace an order\nmilk\n2\n/back\n1\n/restart\norder "tea": {x}\nlarge' \
        'order # tea\nLARGE.\nsweet\nxyz\n30.12.2026\nÄ € 😀 \\ '"'"'"'; do
        number=$((number + 1))
        printf "$said\n/save talk$number.test.yaml\n" | "$dialogc" chat order > shown
        grep -q "saved as talk$number.test.yaml" shown || { cat shown; false; }
        cp "talk$number.test.yaml" "templates/talk$number.test.yaml"
    done
    run "$dialogc" test
    echo "$output"
    [ "$status" -eq 0 ]
    [[ "$output" == "5 conversations, 5 passed, 0 failed; "* ]]
}

@test "on a terminal, pasted lines are answers one after the other, and the end of input ends the line" {
    project
    cat > terminal.py << 'END'
import os, pty, select, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "dumb"
    os.execv(sys.argv[1], [sys.argv[1], "chat", "thank"])
shown = b""
def read_until(done, seconds=20):
    global shown
    while not done() and select.select([terminal], [], [], seconds)[0]:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            return False  # the other side is gone
    return True
read_until(lambda: shown.endswith(b"you> "))
os.write(terminal, b"thank me\rfine\r/quitt\r")
read_until(lambda: b"/quit`?" in shown and shown.endswith(b"you> "))
deadline = time.monotonic() + 20
while termios.tcgetattr(terminal)[3] & termios.ICANON and time.monotonic() < deadline:
    time.sleep(0.01)  # the prompt can be there before the line editor is: the terminal would take what is typed
os.write(terminal, b"\x04")
read_until(lambda: False)
os.close(terminal)
sys.stdout.write(shown.decode().replace("\r", ""))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
    run python3 terminal.py "$dialogc"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ "$output" == *"bot> Was it good?"*"bot> Good bye, fine."*'there is no command `/quitt`; did you mean `/quit`?'* ]]
}

@test "test, new-test and --explore know names, and templates that are called" {
    project
    run "$dialogc" test order
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: there is no templates/order.test.yaml with conversations; `dialogc new-test templates/order.yaml` writes a first one' ]
    run "$dialogc" new-test order
    [ "$status" -eq 0 ]
    for operand in order templates/order.yaml templates/order.test.yaml; do
        run "$dialogc" test "$operand"
        [ "$status" -eq 0 ]
        [[ "$output" == "1 conversation, 1 passed, 0 failed; "* ]]
    done
    run "$dialogc" test --explore thank
    [ "$status" -eq 0 ]
    [[ "$output" == "thank: 0 findings in "* ]]
    mv templates/order.test.yaml templates/another.test.yaml
    run "$dialogc" test templates/another.test.yaml
    [ "$status" -eq 0 ]
    run "$dialogc" test nothing.test.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read nothing.test.yaml: No such file or directory" ]
}
