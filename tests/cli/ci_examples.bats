# What CI systems do with a project: the commands of examples/ci, and the GitHub action.
load support

setup_project() { # a project in git, with artifacts, and two environments
    "$dialogc" init -q . > /dev/null < /dev/null
    "$dialogc" add -q create-a-lead > /dev/null
    printf 'environments:\n  test: {bot: st-1e845b00-81ad-5757-a1e7-d0f6fea227e9}\n  production: {bot: st-2f956c11-92be-5868-b2f8-e1a7afb338fa}\n' >> dialogc.yaml
    "$dialogc" build -q
    git init -q .
    git add -f -A
    git -c user.name=x -c user.email=x@example.com commit -q -m first
    export PATH=$(dirname "$dialogc"):$PATH
    unset DIALOGC_CLIENT_ID DIALOGC_CLIENT_SECRET
}

# The commands of an example that run dialogc, one a line.
commands_of() { # FILE
    python3 - "$1" <<'END'
import re, sys, yaml
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
def walk(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)
    elif isinstance(value, str):
        yield from value.splitlines()
lines = re.findall(r"sh '(.*)'", text) if path.endswith("Jenkinsfile") else walk(yaml.safe_load(text))
print("\n".join(line for line in lines if line.startswith("dialogc ")))
END
}

@test "the commands of each example work, and those that deploy want credentials alone" {
    setup_project
    export CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD GITHUB_REF_NAME=v1 CI_COMMIT_TAG=v1 BUILD_SOURCEBRANCHNAME=v1 TAG_NAME=v1
    for file in github-workflow.yml gitlab-ci.yml azure-pipelines.yml Jenkinsfile; do
        commands_of "$root/examples/ci/$file" > commands
        deploys=0
        while IFS= read -r command; do
            run bash -e -c "$command"
            if [[ $command == "dialogc deploy"* ]]; then
                deploys=$((deploys + 1))
                [ "$status" -eq 3 ]
                [[ $output == "dialogc: the platform needs the client id of an app: "* ]]
            else
                [ "$status" -eq 0 ]
            fi
        done < commands
        [ "$deploys" -eq 2 ]
    done
    [ -s diff.html ]
    grep -q '<testsuites' tests.xml
}

@test "the hooks for pre-commit work" {
    setup_project
    grep -E '^ *entry: dialogc' "$root/.pre-commit-hooks.yaml" | sed 's/^ *[a-z]*: //' > commands
    [ "$(cat commands)" = $'dialogc check\ndialogc check\ndialogc build --check' ]
    sed -i '1s,$, templates/create-a-lead.yaml,' commands
    while IFS= read -r command; do bash -e -c "$command"; done < commands
}

# Runs action/run; its outputs, and the summary, are in files of that name.
action() {
    rm -f outputs summary
    env GITHUB_OUTPUT="$PWD/outputs" GITHUB_STEP_SUMMARY="$PWD/summary" RUNNER_TEMP="$PWD" "$@" "$root/action/run" > log
    report=$(sed -n 's/^report=//p' outputs)
    failed=$(sed -n 's/^failed=//p' outputs)
}

@test "the action: all is well" {
    setup_project
    action
    [ "$failed" = "" ]
    [ "$(cat summary)" = '### dialogc
- :white_check_mark: the templates have no errors, and not too many warnings
- :white_check_mark: the conversations pass
- :white_check_mark: the artifacts are those of the templates' ]
    grep -q '"2.1.0"' "$report/findings.sarif"
    grep -q '<testsuites' "$report/tests.xml"
    [ ! -e "$report/diff.html" ]
}

@test "the action: a changed text fails a conversation, and is shown" {
    setup_project
    sed -i "s/What is the lead's first name?/What is the given name?/" templates/create-a-lead.yaml
    action BASE=HEAD
    [ "$failed" = "test" ]
    [ "$(sed -n '2,5p' summary)" = '- :white_check_mark: the templates have no errors, and not too many warnings
- :x: the conversations pass
- :x: the artifacts are those of the templates
- :white_check_mark: no change can break conversations' ]
    grep -q 'now "What is the given name?"' summary
    grep -q 'What is the given name?' "$report/diff.html"
    action BASE=HEAD FAIL_ON="outdated breaking"
    [ "$failed" = "outdated" ]
}

@test "the action: errors and warnings fail as configured, a wrong project ends it" {
    setup_project
    echo 'nonsense: 1' >> templates/create-a-lead.yaml
    action
    [ "$failed" = "check test" ]
    grep -q '^::error .*nonsense' log
    git checkout -q templates
    printf 'dialogc: 1\ntemplate: b\ntitle: B\nintent: {utterances: [say b]}\nmessages: {greeting: Hello!}\nflow: []\n' > templates/b.yaml
    action FAIL_ON=check
    [ "$failed" = "" ]
    action FAIL_ON=check MAX_WARNINGS=0
    [ "$failed" = "check" ]
    run action PROJECT=nowhere
    [ "$status" -ne 0 ]
}

@test "packages are installed only as their checksums say" {
    mkdir packages bin
    architecture=$(dpkg --print-architecture)
    for package in dialogc dialogc-full; do echo "$package" > "packages/${package}_0.1.0_$architecture.deb"; done
    (cd packages && sha256sum ./*.deb | sed 's, \./, ,' > SHA256SUMS)
    printf '#!/bin/sh\necho "$*" >> %q\n' "$PWD/log" > bin/apt-get
    printf '#!/bin/sh\n"$@"\n' > bin/sudo
    cp bin/apt-get bin/dialogc
    chmod +x bin/*
    for install in "env PACKAGES=$PWD/packages $root/action/install" "env DIALOGC_PACKAGES=file://$PWD/packages $root/examples/ci/install-dialogc"; do
        rm -f log
        PATH=$PWD/bin:$PATH $install
        grep -q "install -y -qq --no-install-recommends .*dialogc_0.1.0_$architecture.deb" log
        rm -f log
        cp packages/SHA256SUMS sums
        sed -i '1s/^./x/' packages/SHA256SUMS
        ! PATH=$PWD/bin:$PATH $install 2> said
        [ ! -e log ]
        cp sums packages/SHA256SUMS
    done
}

@test "scripts say which packages are missing where they cannot install them" {
    mkdir bin
    for program in bash grep id; do ln -s "$(command -v "$program")" bin/; done
    rm bin/id
    printf '#!%s\necho 1000\n' "$(command -v bash)" > bin/id
    printf '#!%s\n[ "$4" != gcc ] || echo "install ok installed"\n' "$(command -v bash)" > bin/dpkg-query
    printf '#!%s\necho apt-get "$@"\n' "$(command -v bash)" > bin/apt-get
    chmod +x bin/*
    printf 'source %q\nneed gcc libyaml-dev nettle-dev\n' "$root/scripts/packages.bash" > script
    PATH=$PWD/bin run bash script
    [ "$status" -eq 3 ]
    [ "$output" = 'script: these packages of Debian are missing, and cannot be installed from here: libyaml-dev nettle-dev
as root: apt-get install libyaml-dev nettle-dev' ]
}
