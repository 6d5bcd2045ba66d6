# What the system can do to a run: nothing half-written, nothing silent.
load support

@test "a file that is not there, and one that cannot be read" {
    template a
    run "$dialogc" check nothing.yaml a.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read nothing.yaml: No such file or directory" ]
    chmod 000 a.yaml
    run as_user "$dialogc" check a.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot read a.yaml: Permission denied" ]
}

@test "an unwritable output folder" {
    template a
    mkdir out && chmod 555 out
    chmod 644 a.yaml
    run as_user "$dialogc" build -o out a.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot write out/a.dialog.json: Permission denied" ]
    [ -z "$(ls -A out)" ]
}

@test "a folder in place of an output file, a file in place of the output folder" {
    template a
    template b
    mkdir -p out/a.dialog.json
    run "$dialogc" build -o out b.yaml a.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot write out/a.dialog.json: it is a folder" ]
    [ "$(ls -A out)" = "a.dialog.json" ]
    run "$dialogc" build -o a.yaml b.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot create the folder a.yaml: Not a directory" ]
}

# The file system is mounted in a namespace, which is gone with the last process in it, however that ends.
@test "a full disk: the error is told, the old files stay, nothing is left behind" {
    mkdir full
    unshare -rm mount -t tmpfs none full 2> /dev/null || skip "needs the right to mount a file system"
    template a
    cat > in-namespace <<'END'
mount -t tmpfs -o size=64k none full
"$1" build -q -o full a.yaml
sha256sum < full/a.dialog.json
head -c 1000000 /dev/zero > full/filler 2> /dev/null
sed -i 's/Hello!/Changed!/' a.yaml
"$1" build -o full a.yaml 2>&1
echo "status $?"
sha256sum < full/a.dialog.json
ls -A full
END
    run unshare -rm bash in-namespace "$dialogc"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 6 ]
    [ "${lines[1]}" = "dialogc: cannot write full/a.dialog.json: No space left on device" ]
    [ "${lines[2]}" = "status 3" ]
    [ "${lines[3]}" = "${lines[0]}" ]
    [ "${lines[4]} ${lines[5]}" = "a.dialog.json filler" ]
}

@test "standard output that cannot be written" {
    template a
    run bash -c "'$dialogc' build -o - a.yaml > /dev/full"
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot write to standard output: No space left on device" ]
}

@test "too little memory ends with exit status 3, and leaves the outputs alone" {
    needs_little_memory
    template a
    "$dialogc" build -q -o out a.yaml
    sum=$(cat out/* | sha256sum)
    { cat a.yaml; echo "# $(head -c 9000000 /dev/zero | tr '\0' x)"; } > big.yaml
    sed -i 's/Hello!/Changed!/' a.yaml
    run bash -c "ulimit -v 14000; '$dialogc' build -j 1 -o out a.yaml big.yaml"
    [ "$status" -eq 3 ]
    [[ "$output" == *"out of memory"* ]]
    [ "$(cat out/* | sha256sum)" = "$sum" ]
    [ "$(ls -A out)" = "a.dialog.json" ]
}

@test "cases that differ behind a NUL are all there, however many" {
    { printf 'dialogc: 1\ntemplate: nul\ntitle: Nul\nlocales: [en]\nintent: {utterances: [go]}\n'
      printf 'entities:\n  code: {type: string, prompt: Which?}\nmessages: {yes: Yes., no: No.}\n'
      printf 'flow:\n  - ask: code\n  - choose: ${code}\n    cases:\n'
      for i in $(seq 40); do printf '      - {when: "v\\0%s", then: [{say: yes}]}\n' "$i"; done
      printf '  - say: no\n'; } > nul.yaml
    "$dialogc" build -q -o out nul.yaml
    [ "$(jq '[.. | .value? | strings | select(startswith("v\u0000"))] | unique | length' \
        out/nul.dialog.json)" = 40 ]
}

@test "texts of very many parts take memory in proportion" {
    needs_little_memory
    { printf 'dialogc: 1\ntemplate: parts\ntitle: Parts\nlocales: [en]\nintent: {utterances: [go]}\n'
      printf 'entities:\n  name: {type: string, prompt: Who?}\nmessages:\n  many: >-\n'
      yes '    One ${name} and $${name} more.' | head -20000
      printf 'flow:\n  - ask: name\n  - choose:\n      - when: >-\n          ${name} == "a"\n'
      yes '          or ${name} == "b"' | head -20000
      printf '        then: [{say: many}]\n'; } > parts.yaml
    run bash -c "ulimit -v 200000; '$dialogc' build -j 1 -o out parts.yaml"
    [ "$status" -eq 0 ]
    [ "$(jq -r '.dialogComponents[] | select(.type == "message") | .message[0].localeData.en.text' \
        out/parts.dialog.json | grep -o '%7B%7Bcontext.entities.name%7D%7D' | wc -l)" = 20000 ]
}

@test "a build that is killed leaves old or new files, never parts" {
    for i in $(seq 1 60); do template "t$i"; done
    "$dialogc" build -q -o old t*.yaml
    cp -r old out
    sed -i 's/Hello!/Changed!/' t*.yaml
    "$dialogc" build -q -o new t*.yaml
    for pause in 0.001 0.002 0.004 0.006 0.008 0.010 0.012 0.016; do
        timeout -s KILL "$pause" "$dialogc" build -q -o out t*.yaml || true
        for file in out/*.json; do
            name=$(basename "$file")
            cmp -s "$file" "old/$name" || cmp "$file" "new/$name"
        done
        rm -rf out && cp -r old out
    done
}

@test "hostile files: errors with places, no crash, no hang" {
    head -c 100000 /dev/urandom > random.yaml
    head -c 200 "$root/templates/salesforce/create-a-lead.yaml" > truncated.yaml
    : > empty.yaml
    printf '\0\0\0\0' > zeros.yaml
    truncate -s 50M large.yaml
    python3 -c 'print("["*10000)' > deep.yaml
    python3 -c 'print("a: " * 10000)' > keys.yaml
    printf 'dialogc: 123456789012345678901234567890e999999999999\n' > number.yaml
    for file in random truncated empty zeros large deep keys number; do
        run timeout 20 "$dialogc" check "$file.yaml"
        [ "$status" -eq 1 ]
        [[ "$output" == *"error[E"* ]]
        [[ "$output" == *"--> $file.yaml:"* ]]
    done
}

@test "prefixes of a template never crash" {
    size=$(stat -c %s "$root/templates/salesforce/update-a-lead.yaml")
    for ((i = 1; i < size; i += 97)); do
        head -c "$i" "$root/templates/salesforce/update-a-lead.yaml" > "p$i.yaml"
    done
    run timeout 60 "$dialogc" check .
    [ "$status" -eq 1 ]
}

@test "colours only for terminals that know them" {
    printf 'dialogc: 1\n' > a.yaml
    on_terminal() { # NAME=VALUE...
        env -u NO_COLOR "$@" script -qec "'$dialogc' check a.yaml" /dev/null > log
    }
    on_terminal TERM=xterm && return 1 || [ $? -eq 1 ]
    grep -q $'\x1b' log
    for setting in TERM=dumb TERM= NO_COLOR=1; do
        on_terminal TERM=xterm "$setting" && return 1 || [ $? -eq 1 ]
        grep -q 'error\[E0103\]' log
        ! grep -q $'\x1b' log
    done
}

@test "closed standard streams: nothing that is opened takes their place" {
    template greet
    before=$(cat greet.yaml)
    "$dialogc" build -q -o expected greet.yaml
    for streams in '<&-' '>&-' '2>&-' '<&- >&-' '>&- 2>&-' '<&- >&- 2>&-'; do
        bash -c "'$dialogc' build -o out greet.yaml $streams" || [ $? -eq 3 ]
        cmp expected/greet.dialog.json out/greet.dialog.json
        bash -c "'$dialogc' check nothing.yaml greet.yaml $streams" || [ $? -eq 3 ]
        bash -c "'$dialogc' list missing.json $streams" || [ $? -eq 3 ]
        bash -c "'$dialogc' new add-a-lead --object Lead --operation create -o new.yaml $streams" || [ $? -eq 3 ]
        bash -c "'$dialogc' chat greet.yaml $streams" || [ $? -eq 3 ]
        bash -c "'$dialogc' mock-salesforce --port 0 --org missing.yaml $streams" || [ $? -eq 3 ]
        run grep -L '^dialogc: 1$' new.yaml greet.yaml
        [ -z "$output" ]
        [ "$(cat greet.yaml)" = "$before" ]
        rm -rf out new.yaml
    done
}
