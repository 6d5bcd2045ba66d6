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
