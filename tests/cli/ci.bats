# What CI does with findings: thresholds, and the files in examples/ci/.
load support

warning_template() { # NAME: a template with one warning, W0312
    template "$1"
    printf 'flow: []\n' >> "$1.yaml"
}

@test "too many warnings fail the run and leave every output as it was" {
    template a
    "$dialogc" build -q a.yaml
    before=$(sha256sum dialogs/*)
    sed -i 's/Hello!/Good day!/' a.yaml
    warning_template b
    run "$dialogc" build --max-warnings 0 a.yaml b.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"warning[W0312]"* ]]
    [ "$(sha256sum dialogs/*)" = "$before" ]
    run "$dialogc" build --max-warnings 1 a.yaml b.yaml
    [ "$status" -eq 0 ]
    [ "$(ls dialogs)" = $'a.dialog.json\nb.dialog.json' ]
}

@test "a warning that counts as an error leaves every output as it was" {
    warning_template b
    run "$dialogc" build --error W0312 b.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"error[W0312]"* ]]
    [ ! -e dialogs ]
    run "$dialogc" build --ignore W0312 b.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "1 dialog in dialogs, 1 changed" ]
}

@test "the problem matcher reads the human format" {
    template 'a'
    printf 'flow: [{say: nothing}]\n' >> a.yaml
    warning_template b
    "$dialogc" check a.yaml b.yaml 2> output || true
    run python3 - "$root/examples/ci/problem-matcher.json" output <<'END'
import json, re, sys
first, second = json.load(open(sys.argv[1]))["problemMatcher"][0]["pattern"]
lines = open(sys.argv[2]).read().splitlines()
for head, place in zip(lines, lines[1:]):
    a, b = re.search(first["regexp"], head), re.search(second["regexp"], place)
    if a and b:
        print(a[first["severity"]], a[first["code"]], b[second["file"]],
              b[second["line"]], b[second["column"]])
END
    [ "$status" -eq 0 ]
    [ "$output" = "$(printf '%s\n' 'error E0204 a.yaml 6 14' 'warning W0312 b.yaml 5 12')" ]
}

# The URIs, or the fingerprints, of the results of `dialogc check`.
sarif() { # KIND ARGUMENT...
    local kind=$1
    shift
    "$dialogc" check --format=sarif "$@" > log.sarif || [ $? -eq 1 ]
    python3 - "$kind" <<'END'
import json, sys
for result in json.load(open("log.sarif"))["runs"][0]["results"]:
    if sys.argv[1] == "fingerprints":
        print(result["ruleId"], result["partialFingerprints"]["primaryLocationLineHash"])
    else:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        print(place["uri"], place.get("uriBaseId", "-"))
END
}

@test "SARIF: paths are relative to the working folder, or whole" {
    mkdir -p 'bot a/templates' other
    printf 'dialogc: 1\n' > 'bot a/templates/x#1?%41:é.yaml'
    cp 'bot a'/templates/* other/y.yaml
    cd 'bot a'
    inside='templates/x%231%3F%2541%3A%C3%A9.yaml %SRCROOT%'
    for path in templates/x* ./templates/../templates//x* "$PWD"/templates/x* ../*a/templates/x*; do
        [ "$(sarif uris "$path" | sort -u)" = "$inside" ]
    done
    [ "$(sarif uris ../other/y.yaml | sort -u)" = "file://$(dirname "$PWD")/other/y.yaml -" ]
    [ "$(sarif uris - < ../other/y.yaml | sort -u)" = '%3Cstdin%3E %SRCROOT%' ]
}

@test "SARIF: fingerprints stay where lines move, and tell findings apart" {
    cat > a.yaml <<'END'
dialogc: 1
template: a
title: A
intent: {utterances: [say something]}
messages:
  one: "${x} and ${x}"
  two: "${x}"
flow: [{say: one}, {say: two}, {say: three}]
END
    sarif fingerprints a.yaml > before
    [ "$(wc -l < before)" -ge 2 ]
    [ "$(sort -u before | wc -l)" -eq "$(wc -l < before)" ]
    sed -i 's/^title/# a comment\n\n&/; s/^  one:  */    one:   /; s/^  two:/    two:/' a.yaml
    sarif fingerprints a.yaml | diff before -
    sed -i 's/three/four/' a.yaml
    sarif fingerprints a.yaml > after
    ! diff before after
}
