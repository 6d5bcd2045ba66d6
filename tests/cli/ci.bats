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

@test "the commands of the hooks and of the sample workflow work" {
    mkdir templates
    template a && mv a.yaml templates/
    printf 'dialogc: 1\nlocales: [en]\n' > dialogc.yaml
    "$dialogc" build -q # what the repository keeps
    PATH=$(dirname "$dialogc"):$PATH
    grep -E '^ *(run: |entry: )dialogc' "$root/.pre-commit-hooks.yaml" \
        "$root/examples/ci/github-workflow.yml" -h | sed 's/^ *[a-z]*: //' > commands
    [ "$(wc -l < commands)" -eq 6 ]
    while read -r command; do
        [ "$command" = 'dialogc check' ] && command='dialogc check templates/a.yaml'
        bash -e -c "$command"
    done < commands
    [ -s out/a.dialog.json ]
    grep -q '"2.1.0"' dialogc.sarif
}
