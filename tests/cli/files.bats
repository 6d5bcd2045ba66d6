# What happens to files: several programs at once, permissions, links, what is no file.
load support.bash

# A bot export in the folder `bot`, and a template to install.
bot() {
    mkdir bot
    cp "$root/tests/bots/support-desk/botDefinition.json" bot/bot.json
    chmod u+w bot/bot.json
    template hi
}

project() {
    echo 'dialogc: 1' > dialogc.yaml
    mkdir templates
    template hi && mv hi.yaml templates
}

# Runs dialogc, which waits before its first flush to the disk (or before the system call that `late` names), and
# COMMAND meanwhile.
meanwhile() { # COMMAND ARGUMENT...
    local command=$1 call=${late:-fsync}
    shift
    strace -f -qq -o /dev/null -e trace=$call -e inject=$call:delay_enter=1000000:when=1 "$dialogc" "$@" &
    local process=$!
    while kill -0 $process 2> /dev/null && [ -z "$(find . -name '.dialogc.*.tmp')" ]; do
        sleep 0.02
    done
    $command
    wait $process
}

@test "many installs at once into one export: none is lost" {
    bot
    for name in a b c d e f g h i j k l; do
        template "t-$name" "The words of $name"
    done
    for name in a b c d e f g h i j k l; do
        "$dialogc" install -q -j1 --into bot/bot.json "t-$name.yaml" &
    done
    wait
    "$dialogc" list bot/bot.json > listed
    [ "$(grep -c 'The words of' listed)" -eq 12 ]
    [ "$(ls -A bot)" = bot.json ]
}

@test "a folder that is locked is waited for, and builds share it" {
    bot
    exec 7< bot
    flock 7
    "$dialogc" install -q --into bot/bot.json hi.yaml 7<&- &
    local process=$!
    sleep 0.3
    cmp "$root/tests/bots/support-desk/botDefinition.json" bot/bot.json
    exec 7<&-
    wait $process
    "$dialogc" list bot/bot.json | grep -q '^hi'
    mkdir out
    exec 7< out
    flock -s 7
    "$dialogc" build -q -o out hi.yaml
    exec 7<&-
}

edit() {
    sed -i 's/"purpose"/"purposeX"/' bot/bot.json
}

@test "what somebody changes while dialogc installs is kept, and the template is installed" {
    needs_strace
    bot
    meanwhile edit install -q --into bot/bot.json hi.yaml
    "$dialogc" list bot/bot.json | grep -q '^hi'
    [ "$(grep -c purpose bot/bot.json)" -eq "$(grep -c purposeX bot/bot.json)" ]
    [ "$(ls -A bot)" = bot.json ]
}

edit_late() {
    sleep 0.4 # dialogc has compared the file by now, and waits to put the new one in its place
    edit
}

@test "what somebody changes after the comparison is kept, too" {
    needs_strace
    bot
    late=renameat2 meanwhile edit_late install -q --into bot/bot.json hi.yaml
    "$dialogc" list bot/bot.json | grep -q '^hi'
    [ "$(grep -c purpose bot/bot.json)" -eq "$(grep -c purposeX bot/bot.json)" ]
    [ "$(ls -A bot)" = bot.json ]
}

create() {
    echo 'by hand' > a-case.yaml
}

@test "what somebody creates while dialogc writes the same file is kept" {
    needs_strace
    run meanwhile create new a-case --object Case --operation view
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: a-case.yaml already exists; dialogc does not overwrite it" ]
    [ "$(cat a-case.yaml)" = 'by hand' ]
    [ "$(ls -A)" = a-case.yaml ]
}

retell() {
    echo '# a remark' >> hi.test.yaml
}

@test "test --update does not write over a file that has changed since it was read" {
    needs_strace
    template hi
    "$dialogc" new-test hi.yaml
    sed -i 's/Hello!/Hello?/' hi.test.yaml
    run meanwhile retell test -j1 --update hi.test.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: another program has changed hi.test.yaml meanwhile; nothing was written, so run the command again" ]
    grep -q 'Hello?' hi.test.yaml
    [ "$(tail -1 hi.test.yaml)" = '# a remark' ]
}

@test "what killed programs have left goes with the next one that writes there" {
    bot
    touch bot/.dialogc.0123456789abcdef.1-0.tmp bot/.other.tmp
    "$dialogc" install -q --into bot/bot.json hi.yaml
    [ "$(ls -A bot)" = $'.other.tmp\nbot.json' ]
    mkdir out
    touch out/.dialogc.0123456789abcdef.1-0.tmp
    "$dialogc" build -q -o out hi.yaml
    [ "$(ls -A out)" = hi.dialog.json ]
}

@test "a file that is replaced keeps its permissions whatever the umask" {
    bot
    chmod 664 bot/bot.json
    (umask 077 && "$dialogc" install -q --into bot/bot.json hi.yaml && "$dialogc" build -q -o out hi.yaml)
    [ "$(stat -c %a bot/bot.json)" = 664 ]
    [ "$(stat -c %a out/hi.dialog.json)" = 600 ]
    chmod 640 out/hi.dialog.json
    template hi Other
    "$dialogc" build -q -o out hi.yaml
    [ "$(stat -c %a out/hi.dialog.json)" = 640 ]
}

@test "an owner that cannot be kept is named" {
    [ "$(id -u)" -eq 0 ] || skip "only root can make a file of somebody else's"
    bot
    chown 65534:65534 bot
    chown 12345:12345 bot/bot.json
    chmod 644 bot/bot.json
    run as_user "$dialogc" install -q --into bot/bot.json hi.yaml
    [ "$status" -eq 0 ]
    run as_user "$dialogc" uninstall --from bot/bot.json hi
    [ "$status" -eq 0 ]
    [ "$(stat -c %u bot/bot.json)" = 65534 ]
    chown 12345:12345 bot/bot.json
    run as_user "$dialogc" install --into bot/bot.json hi.yaml
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "dialogc: bot/bot.json has another owner or group now: the system does not let you keep them" ]
}

@test "names as long as the file system allows" {
    bot
    name=$(printf 'n%.0s' {1..250}).json
    mv bot/bot.json "bot/$name"
    "$dialogc" install -q --into "bot/$name" hi.yaml
    "$dialogc" list "bot/$name" | grep -q '^hi'
    [ "$(ls -A bot)" = "$name" ]
}

@test "named pipes and devices are rejected, not waited for; what the shell passes is read" {
    project
    mkfifo templates/x.yaml pipe.json
    run timeout 20 "$dialogc" check
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "error[E0001]: this is a named pipe, not a file" ]
    [ "${lines[1]}" = " --> templates/x.yaml:1:1" ]
    run timeout 20 "$dialogc" verify pipe.json
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "error[E0001]: this is a named pipe, not a file" ]
    run timeout 20 "$dialogc" check /dev/zero
    [ "${lines[0]}" = "error[E0001]: this is a device, not a file" ]
    rm templates/x.yaml
    "$dialogc" check <(cat templates/hi.yaml)
    "$dialogc" check /dev/stdin < templates/hi.yaml
    cat templates/hi.yaml | "$dialogc" check /dev/stdin
    run "$dialogc" build --depfile /dev/null
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot write /dev/null: it is a device or a pipe" ]
    [ -c /dev/null ]
    [ ! -e dialogs ]
}

@test "that the system does not say whether a file exists is a failure" {
    bot
    cp bot/bot.json before
    ln -s config.json bot/config.json
    run "$dialogc" install --into bot/bot.json hi.yaml
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: cannot access bot/config.json: Too many levels of symbolic links" ]
    cmp before bot/bot.json
    [ -L bot/config.json ]
    ln -s dialogc.yaml dialogc.yaml
    for command in 'build' 'check hi.yaml' 'watch' 'new a-case --object Case --operation view' \
        'install --into bot/bot.json hi.yaml' 'auth salesforce'; do
        run "$dialogc" $command
        [ "$status" -eq 3 ]
        [ "$output" = "dialogc: cannot access dialogc.yaml: Too many levels of symbolic links" ]
    done
    run "$dialogc" check bot/config.json
    [ "$status" -eq 3 ]
}

@test "a project cannot make dialogc write outside of its folder, the command line can" {
    mkdir project elsewhere
    cd project
    project
    ln -s ../elsewhere dialogs
    run "$dialogc" build
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: dialogs leads out of the project's folder; \`dialogc build -o\` can write there" ]
    echo 'output: dialogs/inner' >> dialogc.yaml
    run "$dialogc" build
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "error[E0019]: the output folder is outside of the project's folder; \`dialogc build -o\` can write there" ]
    [ -z "$(ls -A ../elsewhere)" ]
    "$dialogc" build -q -o ../elsewhere
    [ "$(ls -A ../elsewhere)" = hi.dialog.json ]
    # nor does a link in the place of an artifact lead anywhere
    rm dialogs
    echo 'dialogc: 1' > dialogc.yaml
    mkdir dialogs
    echo precious > ../elsewhere/file
    ln -s ../../elsewhere/file dialogs/hi.dialog.json
    "$dialogc" build -q
    [ "$(cat ../elsewhere/file)" = precious ]
    cmp dialogs/hi.dialog.json ../elsewhere/hi.dialog.json
    # nor does the folder of the state
    rm -r .dialogc
    mkdir ../state
    ln -s ../state .dialogc
    "$dialogc" build -q
    [ -z "$(ls -A ../state)" ]
    # here the project is a link
    cd ..
    ln -s project link
    "$dialogc" build -q -C link
}

@test "files of users are flushed to the disk, unless --no-sync; artifacts are not" {
    needs_strace
    bot
    flushes() {
        strace -f -qq -o trace -e trace=fsync "$dialogc" "$@" > /dev/null
        grep -c 'fsync(' trace || true
    }
    [ "$(flushes install -q --into bot/bot.json hi.yaml)" -eq 2 ]
    [ "$(flushes uninstall -q --no-sync --from bot/bot.json hi)" -eq 0 ]
    [ "$(flushes new -q a-case --object Case --operation view)" -eq 2 ]
    [ "$(flushes build -q -o out hi.yaml)" -eq 0 ]
    run "$dialogc" build --no-sync hi.yaml
    [ "$status" -eq 2 ]
}

@test "watch says which folders it cannot watch" {
    needs_strace
    project
    strace -f -qq -o /dev/null -e trace=inotify_add_watch -e inject=inotify_add_watch:error=ENOSPC:when=1 \
        "$dialogc" watch 2> said &
    local process=$!
    while kill -0 $process 2> /dev/null && ! grep -q 'waiting for changes' said; do
        sleep 0.05
    done
    pkill -INT -P $process
    wait $process
    [ "$(head -1 said)" = 'dialogc: cannot watch ., so changes in it start no build: No space left on device' ]
}
