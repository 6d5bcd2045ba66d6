# dialogc diff with revisions of git.
load support

setup_file() {
    command -v git > /dev/null || skip "git is not installed"
}

# A project in a work tree, with one commit; dialogc's temporary files would be in tmp/.
repository() {
    export HOME=$work TMPDIR=$work/tmp GIT_CONFIG_NOSYSTEM=1
    mkdir -p tmp repository/templates
    cd repository
    git init -q -b main
    git config user.email somebody@example.com
    git config user.name Somebody
    printf 'dialogc: 1\nname: Greeter\n' > dialogc.yaml
    (cd templates && template hello && template gone)
    commit first
}

commit() { # MESSAGE
    git add -A
    git commit -q -m "$1"
}

# Everything in the work tree and its repository, and when it was changed.
everything() {
    find . -printf '%p %s %T@\n' | sort
}

@test "templates as they were, and as they are, in the work tree or in two revisions" {
    repository
    sed -i 's/Hello!/Good day!/' templates/hello.yaml
    rm templates/gone.yaml
    (cd templates && template fresh)
    changes='dialog `gone`
  removed
dialog `hello`
  message `helloGreeting`: the text for default in en was "Hello!", now "Good day!"
dialog `fresh`
  added'
    everything > ../before
    run "$dialogc" diff -q HEAD
    [ "$status" -eq 0 ]
    [ "$output" = "$changes" ] || { echo "$output"; false; }
    everything | diff ../before -
    [ -z "$(ls -A "$TMPDIR")" ]
    commit second
    for operands in HEAD~1 HEAD~1..HEAD HEAD~1.. "HEAD~1 main" HEAD~1...main "HEAD~1 templates" "HEAD~1 ."; do
        run "$dialogc" diff -q $operands
        [ "$output" = "$changes" ] || { echo "$operands: $output"; false; }
    done
    run "$dialogc" diff HEAD
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    run "$dialogc" diff --breaking HEAD~1 templates/hello.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "$(sed -n 3,4p <<< "$changes")" ]
    run "$dialogc" diff --breaking HEAD~1 templates/gone.yaml
    [ "$status" -eq 1 ]
    [ "$output" = 'dialog `gone`
! removed' ]
    cd templates
    run "$dialogc" diff -q -C .. HEAD~1
    [ "$output" = "$changes" ]
    run "$dialogc" diff -q -C "$work/repository" HEAD~1
    [ "$output" = "$changes" ]
}

@test "a branch is compared with the commit where it began" {
    repository
    git checkout -q -b change
    sed -i 's/Hello!/Good day!/' templates/hello.yaml
    commit change
    git checkout -q main
    rm templates/gone.yaml
    commit other
    run "$dialogc" diff --format=json main...change
    [ "$(jq -c '[.old, .new, [.changes[].dialog]]' <<< "$output")" = '["main","change",["hello"]]' ]
    run "$dialogc" diff --format=json main..change
    [ "$(jq -c '[.changes[].dialog]' <<< "$output")" = '["hello","gone"]' ] || { echo "$output"; false; }
}

@test "a page of revisions names templates, and files of the older one as git does" {
    repository
    sed -i 's/Hello!/Good day!/' templates/hello.yaml
    rm templates/gone.yaml
    "$dialogc" diff --html HEAD -o ../page.html
    run python3 -c 'import json, re
page = json.loads(re.search(r"id=\"data\">(.*)</script>", open("../page.html").read()).group(1))
for dialog in page["dialogs"]:
    print(page["title"], dialog["name"], dialog["change"], dialog["file"], dialog["nodes"][1]["line"])'
    [ "$output" = 'Greeter gone removed HEAD:templates/gone.yaml 5
Greeter hello changed templates/hello.yaml 5' ] || { echo "$output"; false; }
}

@test "Markdown for a summary: nothing in it is more than text" {
    repository
    sed -i 's/Hello!/"``` <b>"/' templates/hello.yaml
    sed -i 's/^title: gone/title: "a_b <i>"/' templates/gone.yaml
    commit second
    rm templates/gone.yaml
    run "$dialogc" diff --format=markdown HEAD~1..HEAD
    [ "$status" -eq 0 ]
    run "$dialogc" diff --format=markdown HEAD
    [ "$output" = '1 change, of which 1 can break conversations or integrations (`!`)

### a\_b \<i\>

```diff
! removed
```' ] || { echo "$output"; false; }
    run "$dialogc" diff --format=markdown HEAD~1 HEAD templates/hello.yaml
    [ "$output" = '1 change

### hello

````diff
  message `helloGreeting`: the text for default in en was "Hello!", now "``` <b>"
````' ] || { echo "$output"; false; }
    run "$dialogc" diff --format=markdown HEAD..HEAD
    [ "$output" = "Nothing has changed." ]
}

@test "a bot export, alone, in a folder or in an archive" {
    repository
    mkdir bot
    cp "$root/tests/bots/support-desk/botDefinition.json" bot/
    commit bot
    sed -i 's/shop.example.com/store.example.com/' bot/botDefinition.json
    change='dialog `Order Status`
! service `lookUpOrder`: the request'\''s host was "shop.example.com", now "store.example.com"'
    for path in bot bot/botDefinition.json ./bot/../bot "$PWD/bot"; do
        run "$dialogc" diff --breaking HEAD "$path"
        [ "$status" -eq 1 ]
        [ "$output" = "$change" ] || { echo "$output"; false; }
    done
    run "$dialogc" diff --format=json HEAD bot/botDefinition.json
    [ "$(jq -c '[.old, .new]' <<< "$output")" = '["HEAD:bot/botDefinition.json","bot/botDefinition.json"]' ]
    run "$dialogc" diff HEAD~1 bot
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: bot is not in HEAD~1' ]
}

@test "a template that did not compile is left out; one that does not is reported" {
    repository
    sed -i 's/^title/titel/' templates/gone.yaml
    commit broken
    git show HEAD~1:templates/gone.yaml > templates/gone.yaml
    run "$dialogc" diff HEAD
    [ "$status" -eq 0 ]
    [ "$output" = 'HEAD:templates/gone.yaml has errors and is left out
dialog `gone`
  added' ] || { echo "$output"; false; }
    run "$dialogc" diff HEAD~1..HEAD
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean"* ]]
    [[ "$output" == *" --> HEAD:templates/gone.yaml:3:1"* ]]
    [ -z "$(ls -A "$TMPDIR")" ]
    git rm -q -r -f templates dialogc.yaml
    commit nothing
    git show HEAD~2:templates/gone.yaml > hello.yaml
    run "$dialogc" diff -q HEAD hello.yaml
    [ "$output" = 'dialog `gone`
  added' ]
}

@test "what is not a revision, and where there is no work tree" {
    repository
    says() { # MESSAGE OPERAND...
        local message=$1
        shift
        run "$dialogc" diff "$@"
        [ "$status" -eq 2 ]
        [ "$output" = "dialogc: $message" ] || { echo "$output"; false; }
    }
    says 'there is no file and no revision `HEAD~7`' HEAD~7
    says 'there is no file and no revision `other`' other..HEAD
    says '`other` and `HEAD` are not revisions with a common one before them' other...HEAD
    says '`--output=x` is not a revision' HEAD..--output=x
    says '`-x` is not a revision' -- -x
    [ ! -e x ]
    says "../tmp is outside of the work tree $work/repository" HEAD ../tmp
    says 'neither version has templates/none.yaml' HEAD templates/none.yaml
    cd "$work/tmp"
    export GIT_CEILING_DIRECTORIES=$work
    says 'there is no file `HEAD`, and a revision needs a work tree of git: not a git repository (or any of the parent directories): .git' HEAD
    PATH=/nowhere run "$dialogc" diff HEAD
    [ "$output" = 'dialogc: there is no file `HEAD`, and a revision needs a work tree of git: cannot run git: No such file or directory' ]
}

@test "nothing that a repository configures is run" {
    repository
    printf '#!/bin/sh\ntouch "%s/run"\ncat\n' "$work" > "$work/evil"
    chmod +x "$work/evil"
    for key in core.fsmonitor core.pager core.sshCommand core.editor filter.x.smudge filter.x.clean filter.x.process diff.x.textconv diff.external; do
        git config "$key" "$work/evil"
    done
    git config alias.ls-tree "!$work/evil"
    cp "$work/evil" .git/hooks/post-checkout
    cp "$work/evil" .git/hooks/post-index-change
    printf '* filter=x diff=x\n' > .git/info/attributes
    sed -i 's/Hello!/Good day!/' templates/hello.yaml
    run "$dialogc" diff -q HEAD
    [ "$output" = 'dialog `hello`
  message `helloGreeting`: the text for default in en was "Hello!", now "Good day!"' ] || { echo "$output"; false; }
    [ ! -e "$work/run" ]
    # an object that is missing is not fetched
    git config remote.origin.url "ext::$work/evil"
    git config remote.origin.promisor true
    git config protocol.ext.allow always
    git config core.repositoryFormatVersion 1
    git config extensions.partialClone origin
    blob=$(git rev-parse HEAD:templates/hello.yaml)
    rm -f ".git/objects/${blob:0:2}/${blob:2}"
    run "$dialogc" diff -q HEAD
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot unpack HEAD:templates/hello.yaml: git does not have all of it" ] || { echo "$output"; false; }
    [ ! -e "$work/run" ]
    [ -z "$(ls -A "$TMPDIR")" ]
}

@test "links of a revision are not made, and its folder goes when the command is interrupted" {
    repository
    ln -s /etc templates/etc
    ln -s "$work/evil" templates/evil.yaml
    commit links
    rm templates/etc templates/evil.yaml
    run "$dialogc" diff -q HEAD
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    needs_strace
    strace -f -qq -o /dev/null -e trace=mkdir -e inject=mkdir:delay_enter=100000 "$dialogc" diff -q HEAD > /dev/null &
    command=$!
    for _ in $(seq 100); do
        [ -n "$(ls -A "$TMPDIR")" ] && break
        sleep 0.02
    done
    [ -n "$(ls -A "$TMPDIR")" ]
    kill -TERM $(< "/proc/$command/task/$command/children")
    wait "$command" || true
    [ -z "$(ls -A "$TMPDIR")" ]
}
