# Scripts that make what cannot be shown, or too much of it.
load support.bash

# A template whose script is SOURCE.
scripted() { # SOURCE
    cat > evil.yaml <<END
dialogc: 1
template: evil
title: Evil
intent: {utterances: [go now]}
entities: {q: {type: string}}
scripts:
  act: |
    $1
messages: {done: "Done \${q}"}
flow: [{run: act}, {ask: q}, {say: done}]
END
}

# What `/context` prints.
shown_context() {
    printf 'go now\n/context\n/quit\n' | "$dialogc" chat evil.yaml > out
    sed -n '/^you> \/context/,/^you> \/quit/p' out | sed '1d;$d'
}

@test "a context that cannot be shown is told with its reason, and the chat goes on" {
    scripted 'context.me = context;'
    [ "$(shown_context)" = "  !! the context cannot be shown: TypeError: JSON.stringify cannot serialize cyclic structures." ]
    scripted 'var o = {}, p = o; for (var i = 0; i < 100000; i++) { p.a = {}; p = p.a; } context.o = o;'
    [ "$(shown_context)" = "  !! the context cannot be shown: RangeError: Maximum call stack size exceeded." ]
    scripted 'var o = {}, p = o; for (var i = 0; i < 1000; i++) { p.a = {}; p = p.a; } context.o = o;'
    [ "$(shown_context)" = "  !! the context cannot be shown: arrays and objects are nested too deeply" ]
    scripted 'context.x = {toJSON: function () { throw 1; }};'
    [ "$(shown_context)" = "  !! the context cannot be shown: 1" ]
    scripted 'Object.defineProperty(context, "x", {enumerable: true, get: function () { throw new Error("no"); }});'
    [ "$(shown_context)" = "  !! the context cannot be shown: Error: no" ]
    scripted 'context = new Proxy({}, {ownKeys: function () { throw new Error("no"); }});'
    [ "$(shown_context)" = "  !! the context cannot be shown: Error: no" ]
    scripted 'context["\ud800"] = 1; context["\ud801"] = 2;'
    [ "$(shown_context)" = "  !! the context cannot be shown: this key appears twice" ]
    scripted 'context = {one: 1}; Object.prototype.toJSON = function () { return undefined; };'
    [ "$(shown_context)" = "  !! the context cannot be shown: it is undefined" ]
}

@test "such a context harms no test, recording, coverage or exploration" {
    cat > evil.test.yaml <<END
dialogc: 1
conversation: evil
cases:
  - name: one
    turns:
      - {user: go now, bot: What is the q?}
      - {user: hello, bot: Done }
    ends: true
END
    for source in 'context.me = context;' 'context.x = {toJSON: function () { throw 1; }};' 'context = null;' \
        'Object.defineProperty(context, "entities", {get: function () { throw 1; }});'; do
        scripted "$source"
        run "$dialogc" test --coverage evil.test.yaml
        [ "$status" -le 1 ]
        run "$dialogc" test --update evil.test.yaml
        [ "$status" -le 1 ]
        run "$dialogc" test --explore evil.yaml
        [ "$status" -le 1 ]
        printf 'go now\n/request\n/save new.test.yaml\nhello\n/back\n/quit\n' > lines
        rm -f new.test.yaml
        run "$dialogc" chat evil.yaml < lines
        [ "$status" -eq 0 ]
    done
}

@test "what scripts print counts against their memory" {
    needs_little_memory
    cat > evil.test.yaml <<END
dialogc: 1
conversation: evil
cases:
  - name: one
    turns: [{user: go now}]
END
    for source in 'var s = "x"; while (s.length < 100000) { s += s; } while (true) { print(s); }' \
        'var s = "x"; while (s.length < 4200000) { s += s; } print(s);'; do
        scripted "$source"
        # the engine reserves four gigabytes, of which it uses little
        run bash -c "ulimit -v 5500000; \"$dialogc\" test -j 1 evil.test.yaml"
        [ "$status" -eq 1 ]
        [ "${lines[2]}" = "    + problems: [\"the script of \`act\` fails in line 1: RangeError: too much is printed\"]" ]
    done
}

@test "the message of an error is cut" {
    scripted 'var s = "é"; while (s.length < 3000000) { s += s; } throw new Error(s);'
    printf 'go now\n' | "$dialogc" chat evil.yaml > out
    [ "$(wc -c < out)" -lt 2500 ]
    grep -q 'éé…$' out
}
