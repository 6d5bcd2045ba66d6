load support

# Which inputs a build opens, one line each, in order of their names.
opened() { # ARGUMENT...
    ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=openat -o trace "$dialogc" "$@" 2> errors > output
    sed -n 's/.*openat(AT_FDCWD, "\([^"]*\.yaml\|[^"]*\.json\)", O_RDONLY.*/\1/p' trace |
        grep -v 'dialogc.yaml$\|\.dialog\.json$' | sort -u
}

profile() { # NAME
    printf 'dialogc: 1\nprofile: %s\ntype: oauth2\nauthorization: pre-authorized\napp: custom\nidentityProvider: %s\nclientId: ${env.ID}\nclientSecret: ${env.SECRET}\nauthorizationUrl: https://example.com/a\ntokenUrl: https://example.com/t\nscopes: [api]\n' "$1" "$1" > "auth/$1.yaml"
}

# A template NAME that retrieves a lead with the profile AUTH.
lead() { # NAME AUTH
    cat > "templates/$1.yaml" <<END
dialogc: 1
template: $1
title: $1
integration: salesforce
auth: $2
intent: {utterances: [get $1]}
entities: {leadId: {type: salesforce-id, prompt: Which lead?}}
services:
  get: {salesforce: {retrieve: Lead, id: "\${leadId}", fields: [Id, Name]}}
messages: {found: {text: "\${get.body.Name}"}, failed: {text: Salesforce has no such lead.}}
flow: [{ask: leadId}, {call: get, success: [{say: found}], failure: [{say: failed}]}]
END
}

# A project with templates a and b, of which a build has been made so long ago that stamps count.
project() {
    printf 'dialogc: 1\nlocales: [en]\nvariables: {env: {ID: The id., SECRET: The secret.}}\n' > dialogc.yaml
    mkdir -p templates auth
    profile one
    profile two
    lead a one
    lead b two
    settle
    "$dialogc" build -q
    settle
    "$dialogc" build -q
}

# The clock of the file system moves on.
settle() {
    sleep 0.05
}

@test "a build with nothing to do reads no template and no profile" {
    project
    [ -z "$(opened build)" ]
    [ "$(cat errors)" = "2 dialogs in dialogs, 0 changed" ]
    [ "$(ls -A .dialogc)" = $'.gitignore\nstate' ]
    [ "$(cat .dialogc/.gitignore)" = '*' ]
    mkdir -p elsewhere && cd elsewhere
    [ -z "$(opened build -C ..)" ]
}

@test "a touched file is read, and not compiled" {
    project
    touch templates/a.yaml
    [ "$(opened build)" = templates/a.yaml ]
    settle
    "$dialogc" build -q
    [ -z "$(opened build)" ]
}

@test "a changed profile recompiles exactly what uses it" {
    project
    sed -i 's/\[api\]/[api, web]/' auth/one.yaml
    [ "$(opened build)" = $'auth/one.yaml\nauth/two.yaml\ntemplates/a.yaml' ]
    [ "$(cat errors)" = "2 dialogs in dialogs, 1 changed" ]
    grep -q web dialogs/a.dialog.json
}

@test "a new file that takes the place of the built-in profile recompiles what uses it" {
    printf 'dialogc: 1\nlocales: [en]\n' > dialogc.yaml
    mkdir -p templates auth
    lead a salesforce
    template b && mv b.yaml templates/
    settle
    "$dialogc" build -q
    settle
    printf 'dialogc: 1\nprofile: salesforce\nname: Ours\ntype: oauth2\nauthorization: pre-authorized\napp: system\n' > auth/salesforce.yaml
    opened build > names
    grep -qx templates/a.yaml names
    run grep -x templates/b.yaml names
    [ "$status" -eq 1 ]
}

@test "a changed fragment recompiles what uses it, nested uses included" {
    project
    mkdir templates/fragments
    printf 'dialogc: 1\nfragment: inner\nmessages: {farewell: Bye.}\n' > templates/fragments/inner.yaml
    printf 'dialogc: 1\nfragment: outer\nuse: [inner]\nmessages: {thanks: Thank you.}\n' > templates/fragments/outer.yaml
    printf 'dialogc: 1\ntemplate: c\ntitle: c\nuse: [outer]\nintent: {utterances: [see c]}\nflow: [{say: thanks}, {say: farewell}]\n' > templates/c.yaml
    "$dialogc" build -q
    settle
    "$dialogc" build -q
    [ -z "$(opened build)" ]
    sed -i s/Bye/Goodbye/ templates/fragments/inner.yaml
    [ "$(opened build | grep '^templates/[a-z]*.yaml')" = templates/c.yaml ]
    grep -q Goodbye dialogs/c.dialog.json
}

@test "a description of an object recompiles the templates that ask for the object" {
    project
    printf 'dialogc: 1\ntemplate: t\ntitle: t\nintegration: salesforce\nauth: one\nintent: {utterances: [see t]}\nentities: {taskId: {type: salesforce-id, prompt: Which?}}\nservices: {get: {salesforce: {retrieve: Task, id: "${taskId}", fields: [Id, Subject]}}}\nmessages: {found: {text: "${get.body.Subject}"}, failed: {text: No.}}\nflow: [{ask: taskId}, {call: get, success: [{say: found}], failure: [{say: failed}]}]\n' > templates/t.yaml
    settle
    "$dialogc" build -q
    settle
    "$dialogc" build -q
    mkdir sobjects
    printf '{"dialogc": 1, "sobject": "Lead", "extends": true, "fields": {"Mood__c": {"type": "string", "label": "Mood"}}}\n' > sobjects/Lead.json
    opened build > names
    [ "$(grep '^templates/' names)" = $'templates/a.yaml\ntemplates/b.yaml' ]
}

@test "a changed template recompiles those that call its dialog" {
    project
    printf 'dialogc: 1\ntemplate: caller\ntitle: Caller\nintent: {utterances: [call]}\nflow: [{dialog: a}]\n' > templates/caller.yaml
    "$dialogc" build -q
    settle
    "$dialogc" build -q
    sed -i 's/^title: a/title: Another Title/' templates/a.yaml
    [ "$(opened build | grep '^templates/')" = $'templates/a.yaml\ntemplates/caller.yaml' ]
    grep -q 'Another Title\|Another%20Title' dialogs/caller.dialog.json
    rm templates/a.yaml
    run "$dialogc" build
    [ "$status" -eq 1 ]
    [[ "$output" == *E0213* ]]
}

@test "the project file and other options concern all templates" {
    project
    printf 'name: Bot\n' >> dialogc.yaml
    [ "$(opened build | grep -c '^templates/')" -eq 2 ]
    settle
    [ "$(opened build --ignore W0311 | grep -c '^templates/')" -eq 2 ]
    [ "$(opened build -o other | grep -c '^templates/')" -eq 2 ]
    [ "$(ls other)" = $'a.dialog.json\nb.dialog.json' ]
}

@test "a change is seen when size and time are as before" {
    project
    touch -r templates/a.yaml reference
    sed -i s/Which/Whose/ templates/a.yaml
    touch -r reference templates/a.yaml
    run "$dialogc" build
    [ "$output" = "2 dialogs in dialogs, 1 changed" ]
    grep -q 'Whose' dialogs/a.dialog.json
}

@test "an artifact that was changed or deleted is made again" {
    project
    cp -r dialogs before
    rm dialogs/a.dialog.json
    echo >> dialogs/b.dialog.json
    run "$dialogc" build
    [ "$output" = "2 dialogs in dialogs, 2 changed" ]
    diff -r dialogs before
    touch dialogs/a.dialog.json
    [ -z "$(opened build)" ]
    [ "$(cat errors)" = "2 dialogs in dialogs, 0 changed" ]
}

@test "a state that is cut short, changed, of another program or no state at all is not trusted" {
    project
    cp .dialogc/state good
    size=$(stat -c %s good)
    for length in 0 1 15 16 103 104 200 $((size - 1)); do
        head -c "$length" good > .dialogc/state
        [ "$(opened build | grep -c '^templates/')" -eq 2 ]
    done
    for at in 0 20 30 60 110 300 $((size - 2)); do
        cp good .dialogc/state
        byte=$(od -An -tu1 -j "$at" -N 1 good)
        printf "\\$(printf %o $((byte ^ 255)))" | dd of=.dialogc/state bs=1 seek="$at" conv=notrunc status=none
        [ "$(opened build | grep -c '^templates/')" -eq 2 ]
        [ "$(cat errors)" = "2 dialogs in dialogs, 0 changed" ]
    done
    head -c 100000 /dev/urandom > .dialogc/state
    [ "$(opened build | grep -c '^templates/')" -eq 2 ]
    rm -r .dialogc/state && mkdir .dialogc/state
    run "$dialogc" build
    [ "$output" = "2 dialogs in dialogs, 0 changed" ]
}

@test "a new template is compared with those that were not compiled again" {
    project
    lead c one
    sed -i 's/^title: c/title: A/; s/utterances: \[get c\]/utterances: [get b]/' templates/c.yaml
    run "$dialogc" build
    [ "$status" -eq 1 ]
    [[ "$output" == *"another template already has the title \`A\`"* ]]
    [[ "$output" == *"another template already has the utterance \`get b\`"* ]]
    [[ "$output" == *"templates/b.yaml:6:"* ]]
    [ "$(ls dialogs)" = $'a.dialog.json\nb.dialog.json' ]
    sed -i 's/^title: A/title: New/; s/utterances: \[get b\]/utterances: [new]/' templates/c.yaml
    run "$dialogc" build
    [ "$output" = "3 dialogs in dialogs, 1 changed" ]
}

@test "templates come and go" {
    project
    mv templates/a.yaml templates/z.yaml
    run "$dialogc" build
    [ "$output" = "2 dialogs in dialogs, 0 changed" ]
    rm templates/z.yaml
    [ -z "$(opened build | grep '^templates/')" ]
    [ "$(cat errors)" = "1 dialog in dialogs, 0 changed" ]
}

@test "a failed build leaves the state, and what was right is not compiled again" {
    project
    echo 'nonsense: 1' >> templates/a.yaml
    run "$dialogc" build
    [ "$status" -eq 1 ]
    [ "$(ls -A .dialogc)" = $'.gitignore\nstate' ]
    [ "$(opened build | grep '^templates/')" = templates/a.yaml ]
}

@test "warnings are shown by every build" {
    project
    sed -i 's/^messages: {/messages: {unused: {text: Nobody says this.}, /' templates/a.yaml
    run "$dialogc" build
    [ "$status" -eq 0 ]
    first=$output
    [[ "$first" == *warning* ]]
    settle
    "$dialogc" build -q 2> /dev/null
    run "$dialogc" build
    [ "$output" = "${first/, 1 changed/, 0 changed}" ]
    [ "$(opened build)" = templates/a.yaml ]
    run "$dialogc" build --max-warnings 0
    [ "$status" -eq 1 ]
    [ "$(opened build)" = templates/a.yaml ]
    sed -i s/Which/Whose/ templates/b.yaml
    run "$dialogc" build
    [ "$output" = "${first/, 0 changed/, 1 changed}" ]
    sed -i 's/\[api\]/[api, web]/' auth/two.yaml
    [ "$(opened build | grep '^templates/')" = $'templates/a.yaml\ntemplates/b.yaml' ]
    grep -q 'Nobody says this' errors
}

# Every warning of the golden cases, with its notes, suggestions and lines.
@test "a build without a change shows the same warnings as the one that compiled" {
    local different="" count=0
    for folder in "$BATS_TEST_DIRNAME"/../golden/checks/W*; do
        rm -rf case
        cp -r "$folder" case
        rm -f case/command case/expected
        [ -e case/dialogc.yaml ] || printf 'dialogc: 1\ntemplates: [.]\n' > case/dialogc.yaml
        if "$dialogc" build -C case --format json > first 2> /dev/null && [ -e case/.dialogc/state ]; then
            "$dialogc" build -C case --format json > second 2> /dev/null
            cmp -s first second || different+=" ${folder##*/}"
            count=$((count + 1))
        fi
    done
    [ "$different" = "" ]
    [ "$count" -gt 20 ]
}

@test "a build without a change shows the warnings that a template has in a fragment, where they are" {
    project
    mkdir templates/fragments
    printf 'dialogc: 1\nfragment: bye\nmessages: {farewell: {text: Bye., buttons: [{title: Go, postback: a}, {title: Go, postback: b}]}}\n' > templates/fragments/bye.yaml
    printf 'dialogc: 1\ntemplate: c\ntitle: c\nuse: [bye]\nintent: {utterances: [see c]}\nflow: [{say: farewell}]\n' > templates/c.yaml
    run "$dialogc" build
    [ "$status" -eq 0 ]
    first=$output
    [[ "$first" == *'two of these buttons have the same title'*' --> templates/fragments/bye.yaml:3:'* ]]
    settle
    "$dialogc" build -q 2> /dev/null
    run "$dialogc" build
    [ "$output" = "${first/, 1 changed/, 0 changed}" ]
}

@test "warnings are shown with the paths of the folder in which the build is called" {
    project
    sed -i '1a # dialogc-disable W0313' templates/a.yaml
    settle
    "$dialogc" build -q 2> /dev/null
    mkdir elsewhere
    cd elsewhere
    "$dialogc" build -C .. 2>&1 | grep -F ' --> ../templates/a.yaml:2:'
}

@test "what a killed build has left is taken away, what a living one has is not" {
    project
    left=.dialogc.0123456789abcdef.999999-0.tmp
    touch .dialogc/$left dialogs/$left dialogs/.other.tmp
    exec 7< dialogs 8< .dialogc
    flock -s 7
    flock -s 8
    sed -i s/Which/Whose/ templates/a.yaml
    "$dialogc" build -q
    [ "$(ls -A dialogs)" = "$left"$'\n.other.tmp\na.dialog.json\nb.dialog.json' ]
    [ "$(ls -A .dialogc)" = "$left"$'\n.gitignore\nstate' ]
    exec 7<&- 8<&-
    sed -i s/Whose/Which/ templates/a.yaml
    "$dialogc" build -q
    [ "$(ls -A dialogs)" = $'.other.tmp\na.dialog.json\nb.dialog.json' ]
    [ "$(ls -A .dialogc)" = $'.gitignore\nstate' ]
}

@test "where no state can be written the build goes on" {
    project
    rm -r .dialogc
    chmod 777 . dialogs
    chmod 755 "$work"
    rm -rf dialogs && mkdir dialogs && chmod 777 dialogs
    run as_user "$dialogc" build
    [ "$status" -eq 0 ]
    [ "$output" = "2 dialogs in dialogs, 2 changed" ]
}

@test "--check lists what is out of date, and writes nothing" {
    project
    run "$dialogc" build --check
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    rm dialogs/a.dialog.json
    echo >> dialogs/b.dialog.json
    mkdir dialogs/old && echo '{}' > dialogs/old/c.dialog.json
    find . -type f -exec sha1sum {} + | sort > before
    "$dialogc" build --check > list 2> errors && status=0 || status=$?
    [ "$status" -eq 1 ]
    [ "$(cat list)" = $'dialogs/a.dialog.json is missing\ndialogs/b.dialog.json is out of date\ndialogs/old/c.dialog.json does not belong to any template' ]
    [ "$(cat errors)" = "dialogc: 3 files in dialogs are out of date; run \`dialogc build\` to update" ]
    rm list errors
    find . -type f ! -name before -exec sha1sum {} + | sort | diff - <(grep -v ' ./before$' before)
    run "$dialogc" build --check templates/b.yaml
    [[ "$output" != *c.dialog.json* ]]
    run "$dialogc" build --check -o nowhere
    [ "$status" -eq 1 ]
    [ ! -e nowhere ]
    echo 'nonsense: 1' >> templates/a.yaml
    run "$dialogc" build --check
    [ "$status" -eq 1 ]
    [[ "$output" == *nonsense* ]]
    run "$dialogc" build --check -o -
    [ "$status" -eq 2 ]
}

@test "--depfile names every file that an artifact was made of" {
    project
    printf 'dialogc: 1\ntemplate: caller\ntitle: Caller\nintent: {utterances: [call]}\nflow: [{dialog: a}]\n' > 'templates/a #call$er.yaml'
    "$dialogc" build -q --depfile=out.d
    cat > expected <<'END'
dialogs/caller.dialog.json: \
  templates/a\ \#call$$er.yaml \
  dialogc.yaml \
  templates/a.yaml
dialogs/a.dialog.json: \
  templates/a.yaml \
  dialogc.yaml \
  auth/one.yaml
dialogs/b.dialog.json: \
  templates/b.yaml \
  dialogc.yaml \
  auth/two.yaml
templates/a\ \#call$$er.yaml:
dialogc.yaml:
templates/a.yaml:
auth/one.yaml:
templates/b.yaml:
auth/two.yaml:
END
    diff expected out.d
    run "$dialogc" build --depfile=missing/out.d
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot write missing/out.d: No such file or directory" ]
    run "$dialogc" build -o - --depfile=x templates/a.yaml
    [ "$status" -eq 2 ]
}

# A build of `NAME.yaml` by make or ninja does nothing the second time, and something after a change.
follows() { # TOOL NAME
    rm -rf dialogs .dialogc out.d
    template a
    mv a.yaml "$2.yaml"
    printf "dialogs/a.dialog.json:\n\t'%s' build -q --depfile=out.d @list\n-include out.d\n" "$dialogc" > Makefile
    printf "rule dialog\n  command = '%s' build -q --depfile=out.d @list\n  depfile = out.d\nbuild dialogs/a.dialog.json: dialog\n" \
        "$dialogc" > build.ninja
    printf '%s\n' "$2.yaml" > list
    "$1" > log 2>&1
    touch -d '1 hour ago' "$2.yaml"
    "$1" > log 2>&1
    grep -q 'up to date\|no work' log
    touch -d 'now + 1 hour' "$2.yaml"
    "$1" > log 2>&1
    ! grep -q 'up to date\|no work' log
    rm "$2.yaml"
    if [ "$1" = make ] && [[ "$2" != *[=%]* ]]; then # a template that is gone is not missed
        make -n > log 2>&1
    fi
}

@test "--depfile: make and ninja read any name that they can" {
    printf 'dialogc: 1\nname: P\ntemplates: [x]\n' > dialogc.yaml
    mkdir x
    local name
    for name in 'a b' 'a#b' 'a$b' 'a:b' 'a\b' 'a\\b' 'a\ b' 'a=b' 'a%b' 'a[b]c' '~ab' 'a(b)' "é日" '#a' 'a  b'; do
        follows make "$name"
        follows ninja "$name"
    done
    for name in 'a&b' 'a*b' "a'b" 'a\#b' 'a\:b'; do
        follows make "$name"
    done
}

@test "--depfile: a name that neither can read is an error, and begins no rule" {
    unreadable() { # NAME SHOWN WHY
        template a
        mv a.yaml "$1"
        run "$dialogc" build -q --depfile=out.d "$1"
        [ "$status" -eq 3 ]
        [ "$output" = "dialogc: cannot write out.d: a depfile cannot name $2, because of $3" ]
        [ ! -e out.d ]
        rm -f "$1"
    }
    unreadable $'a\nall: evil\n.yaml' 'a\nall: evil\n.yaml' 'a line feed'
    unreadable $'a\rb.yaml' 'a\rb.yaml' 'a control character'
    unreadable 'a;b.yaml' 'a;b.yaml' '`;`'
    unreadable 'a|b.yaml' 'a|b.yaml' '`|`'
    unreadable 'CC=b.yaml' 'CC=b.yaml' '`=`'
    template a
    run "$dialogc" build -q -o 50% --depfile=out.d a.yaml
    [ "$output" = 'dialogc: cannot write out.d: a depfile cannot name 50%/a.dialog.json, because of `%` in the name of an artifact' ]
    run "$dialogc" build -q -o CC=x --depfile=out.d a.yaml
    [ "$output" = 'dialogc: cannot write out.d: a depfile cannot name CC=x/a.dialog.json, because of `=` in the name of an artifact' ]
}

@test "--known: dialogs may be called that are not built" {
    template callee && mkdir others && mv callee.yaml others/any-name.yaml
    printf 'dialogc: 1\ntemplate: caller\ntitle: Caller\nintent: {utterances: [call]}\nflow: [{dialog: callee}]\n' > caller.yaml
    run "$dialogc" build caller.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *E0213* ]]
    run "$dialogc" build --known others --depfile=d caller.yaml
    [ "$output" = "1 dialog in dialogs, 1 changed" ]
    [ "$(cat d)" = $'dialogs/caller.dialog.json: \\\n  caller.yaml \\\n  others/any-name.yaml\ncaller.yaml:\nothers/any-name.yaml:' ]
    cp dialogs/caller.dialog.json alone.json
    "$dialogc" build -q caller.yaml others
    cmp alone.json dialogs/caller.dialog.json
    mv others/any-name.yaml others/callee.yaml
    "$dialogc" check --known others/callee.yaml caller.yaml
}

@test "@LIST names the files in a list" {
    template a && template b
    printf 'a.yaml\n\nb.yaml' > list
    run "$dialogc" build @list
    [ "$output" = "2 dialogs in dialogs, 2 changed" ]
    run "$dialogc" build @nothing
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read nothing: No such file or directory" ]
    mv a.yaml @a.yaml
    run "$dialogc" build ./@a.yaml
    [ "$status" -eq 0 ]
}

@test "--shard: the parts together are the whole, and rules between templates hold across them" {
    mkdir t
    for name in a b c d e; do template "$name" && mv "$name.yaml" t/; done
    printf 'dialogc: 1\ntemplate: f\ntitle: f\nintent: {utterances: [see f]}\nflow: [{dialog: a}]\n' > t/f.yaml
    "$dialogc" build -q -o whole t
    for i in 1 2 3 4; do "$dialogc" build -o parts --shard "$i/4" t 2>> told; done
    [ "$(cat told)" = $'2 dialogs in parts, 2 changed\n2 dialogs in parts, 2 changed\n1 dialog in parts, 1 changed\n1 dialog in parts, 1 changed' ]
    diff -r whole parts
    run "$dialogc" build --check -o parts --shard 2/4 t
    [ "$status" -eq 0 ]
    sed -i 's/^title: d/title: A/' t/d.yaml
    run "$dialogc" check --shard 1/4 t
    [ "$status" -eq 0 ]
    run "$dialogc" check --shard 4/4 t
    [ "$status" -eq 1 ]
    [[ "$output" == *"the title \`A\`"* ]]
    for wrong in 0/4 5/4 1 1/ /4 a/b 1/4x -1/4; do
        run "$dialogc" check --shard "$wrong" t
        [ "$status" -eq 2 ]
    done
}

@test "test --shard runs a part of the files" {
    cp "$root"/templates/salesforce/{create-a-lead,update-a-lead}{,.test}.yaml .
    cp -r "$root/templates/salesforce/fragments" .
    one=$("$dialogc" test --shard 1/2 . 2>&1 | grep -o '[0-9]* passed')
    two=$("$dialogc" test --shard 2/2 . 2>&1 | grep -o '[0-9]* passed')
    all=$("$dialogc" test . 2>&1 | grep -o '[0-9]* passed')
    [ "${all% *}" -eq $((${one% *} + ${two% *})) ]
    run "$dialogc" test --shard 3/3 .
    [ "$status" -eq 2 ]
}

# Waits until a file has so many lines with a text.
wait_for() { # FILE COUNT TEXT
    for _ in $(seq 200); do
        [ "$(grep -c "$3" "$1")" -ge "$2" ] && return 0
        sleep 0.05
    done
    cat "$1"
    return 1
}

@test "watch builds when something changes, shows what is wrong, and ends when it is interrupted" {
    project
    timeout 60 "$dialogc" watch 2> told 3>&- & # bats waits for who holds 3
    pid=$!
    wait_for told 1 waiting
    sed -i s/Which/Whose/ templates/a.yaml
    wait_for told 2 waiting
    grep -q Whose dialogs/a.dialog.json
    echo 'nonsense: 1' >> templates/b.yaml
    wait_for told 3 waiting
    grep -q 'templates/b.yaml:12:1' told
    sed -i '$d' templates/b.yaml
    wait_for told 4 waiting
    mkdir templates/deep && template new && mv new.yaml templates/deep/
    wait_for told 1 '3 dialogs in dialogs, 1 changed'
    sed -i 's/\[api\]/[api, web]/' auth/one.yaml
    wait_for told 2 '3 dialogs in dialogs, 1 changed'
    touch unrelated.txt
    kill -TERM "$pid"
    wait "$pid"
    run "$dialogc" watch templates
    [ "$status" -eq 2 ]
    cd templates
    run "$dialogc" watch
    [ "$status" -eq 2 ]
}

@test "watch waits for a folder that is not there yet, and sees the target of a symbolic link" {
    printf 'dialogc: 1\nlocales: [en]\n' > dialogc.yaml
    mkdir -p elsewhere && (cd elsewhere && template a)
    mkdir bot && mv dialogc.yaml bot/ && cd bot
    timeout 60 "$dialogc" watch 2> told 3>&- &
    pid=$!
    wait_for told 1 waiting
    sleep 0.5 # a build that was its own reason for the next one would be repeated by now
    [ "$(grep -c waiting told)" -eq 1 ]
    [ "$(head -1 told)" = 'dialogc: cannot read templates: No such file or directory' ]
    mkdir templates && ln -s ../../elsewhere/a.yaml templates/a.yaml
    wait_for told 1 '1 dialog in dialogs, 1 changed'
    sed -i 's/Hello/Good morning/' ../elsewhere/a.yaml
    wait_for told 2 '1 dialog in dialogs, 1 changed'
    kill -TERM "$pid"
    wait "$pid"
}
