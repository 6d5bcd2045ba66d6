# dialogc fmt: the form, what it says, and what it leaves alone.
load support.bash

# Everything that has no meaning is wrong in it.
ugly() {
    cat > t.yaml << 'END'
# yaml-language-server: $schema=schema.json

# About the whole.
messages:   # what it says
     done:   "Done, ${name}."   # the end
     'no':  'It''s "so" \d'
     long: This text is far too long for one line, and goes on and on until nobody wants to read it any more, which is a pity, ${name}.
title:  'A title'
dialogc: 1
template: t


intent: { utterances: ['do it' , "do that"] }
entities:

  # Who?
  name: {prompt: "Who?", type: string}
  code:
    pattern: '^\d+$'
    type: "pattern"
    # the end of code
  colour: {type: choice, prompt: "Which colour would you like to have on the walls of your room?", choices: [Red, Green, Blue]}
auth: none                                                                                                                             # far away
flow:
- ask: [ name, code,  # two of them
    colour ]
- {say: done}
-   say: "no"
- {say: long}   # at last
# The end.
END
    cat > pretty.yaml << 'END'
# yaml-language-server: $schema=schema.json

# About the whole.
dialogc: 1
template: t
title: A title
auth: none # far away

intent: {utterances: [do it, do that]}
entities:
  # Who?
  name: {type: string, prompt: Who?}
  code:
    type: pattern
    pattern: '^\d+$'
    # the end of code
  colour:
    type: choice
    prompt: Which colour would you like to have on the walls of your room?
    choices: [Red, Green, Blue]
messages:   # what it says
  done: Done, ${name}.          # the end
  "no": 'It''s "so" \d'
  long: >-
    This text is far too long for one line, and goes on and on until nobody wants to read it any more, which is a pity,
    ${name}.
flow:
  - ask:
      - name
      - code          # two of them
      - colour
  - {say: done}
  - say: "no"
  - {say: long} # at last
  # The end.
END
}

@test "order, quotes, indentation, width, comments" {
    ugly
    run "$dialogc" fmt t.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "t.yaml: formatted" ]
    diff pretty.yaml t.yaml
    run "$dialogc" fmt t.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
}

@test "--check names the files and writes nothing; --diff shows what would change" {
    ugly
    cp t.yaml before.txt
    run "$dialogc" fmt --check .
    [ "$status" -eq 1 ]
    [ "$output" = "t.yaml: is not formatted" ]
    cmp t.yaml before.txt
    run "$dialogc" fmt --diff t.yaml
    [ "$status" -eq 1 ]
    cmp t.yaml before.txt
    patch -s t.yaml <<< "$output"
    cmp t.yaml pretty.yaml
    run "$dialogc" fmt --check --quiet .
    [ "$status" -eq 0 ]
}

@test "standard input goes to standard output" {
    ugly
    "$dialogc" fmt - < t.yaml > out
    cmp out pretty.yaml
    run "$dialogc" fmt --check - < t.yaml
    [ "$status" -eq 1 ]
    [ "$output" = "<stdin>: is not formatted" ]
}

@test "of a folder, files without the key dialogc are passed over; a file that is named is not" {
    ugly
    mkdir -p other templates
    printf 'services:   {a: 1}\n' > other/compose.yaml
    cp other/compose.yaml before.txt
    cp t.yaml templates/t.yaml
    printf 'dialogc: 1\nlocales: [en]\nname:   X\n' > dialogc.yaml
    run "$dialogc" fmt
    [ "$status" -eq 0 ]
    [ "$output" = "dialogc.yaml: formatted
t.yaml: formatted
templates/t.yaml: formatted" ]
    cmp other/compose.yaml before.txt
    [ "$(cat dialogc.yaml)" = 'dialogc: 1
name: X
locales: [en]' ]
    run "$dialogc" fmt other/compose.yaml
    [ "$status" -eq 0 ]
    [ "$(cat other/compose.yaml)" = 'services: {a: 1}' ]
}

@test "blocks, anchors, empty values and Windows line ends keep their meaning" {
    printf 'title:  Anchored\r\ndialogc: 1\r\ntemplate: t\r\nscripts:\r\n    a: |   # script\r\n        var x = 1;\r\n\r\n          if (x) {}\r\n    b: |+\r\n      last\r\n\r\n\r\nx-base: &base {a: 1}\r\nx-more:\r\n  <<: *base\r\n  b:\r\n  c: >-\r\n      one\r\n      two\r\n\r\n      three\r\n' > t.yaml
    run "$dialogc" fmt t.yaml
    [ "$status" -eq 0 ]
    # With anchors, keys stay in their order.
    cat > expected << 'END'
title: Anchored
dialogc: 1
template: t
scripts:
  a: |     # script
    var x = 1;

      if (x) {}
  b: |+
    last


x-base: &base {a: 1}
x-more:
  <<: *base
  b:
  c: >-
    one
    two

    three
END
    diff expected t.yaml
}

@test "a file that cannot be read is reported, and the others are formatted" {
    ugly
    printf 'dialogc: 1\na: [1\n' > broken.yaml
    cp broken.yaml before.txt
    run "$dialogc" fmt broken.yaml t.yaml
    [ "$status" -eq 1 ]
    [[ "$output" = "error[E0005]"*"broken.yaml:"* ]]
    cmp broken.yaml before.txt
    cmp t.yaml pretty.yaml
    run "$dialogc" fmt nothing.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read nothing.yaml: No such file or directory" ]
    chmod a-w .
    printf 'dialogc:  1\n' > t.yaml
    if ! touch new 2> /dev/null; then # not for root, who may write anyway
        run "$dialogc" fmt t.yaml
        [ "$status" -eq 3 ]
        [ "$(cat t.yaml)" = "dialogc:  1" ]
    fi
    chmod u+w .
}
