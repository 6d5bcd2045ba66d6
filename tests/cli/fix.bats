# dialogc check --fix: makes the changes that findings suggest.
bats_require_minimum_version 1.5.0
load support.bash

setup_project() {
    mkdir -p templates
    printf 'dialogc: 1\nname: Bot\n' > dialogc.yaml
    cat > templates/hello.yaml << 'END'
dialogc: 1
template: hello
title: Hi
intent: {utterances: [hi there]}
entities: {name: {type: "strng", prompt: Who?}} # the user
messages: {greeting: 'Hi ${nmae}'}
flow:
  - aks: name
  - say: greetng
END
}

@test "what the first mistakes hide is changed, too, and comments stay" {
    setup_project
    run --separate-stderr "$DIALOGC" check --fix
    [ "$status" -eq 0 ]
    [ "$stderr" = "changed 2 places in 1 file as suggested
changed 2 places in 1 file as suggested" ]
    diff templates/hello.yaml - << 'END'
dialogc: 1
template: hello
title: Hi
intent: {utterances: [hi there]}
entities: {name: {type: "string", prompt: Who?}} # the user
messages: {greeting: 'Hi ${name}'}
flow:
  - ask: name
  - say: greeting
END
}

@test "what has no suggestion is reported, and nothing is written without need" {
    setup_project
    "$DIALOGC" check --fix 2> /dev/null
    echo '  - say: nothingLikeIt' >> templates/hello.yaml
    cp templates/hello.yaml before.yaml
    run --separate-stderr "$DIALOGC" check --fix
    [ "$status" -eq 1 ]
    [[ "$stderr" == "error[E0204]: unknown message "* ]]
    diff before.yaml templates/hello.yaml
}

@test "several files, and other commands do not have the option" {
    setup_project
    mkdir auth
    printf 'dialogc: 1\nprofile: a\ntype: nonee\n' > auth/a.yaml
    run --separate-stderr "$DIALOGC" check --fix
    [ "$(head -n 1 <<< "$stderr")" = "changed 3 places in 2 files as suggested" ]
    run --separate-stderr "$DIALOGC" build --fix
    [ "$status" -eq 2 ]
}
