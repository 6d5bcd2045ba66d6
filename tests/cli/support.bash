# What the command-line tests share. DIALOGC is the program under test.
setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    dialogc=${DIALOGC:-$root/build/dev/dialogc}
    work=$(mktemp -d)
    cd "$work"
}

teardown() {
    chmod -R u+rwx "$work" 2> /dev/null || true
    rm -rf "$work"
}

# A template NAME.yaml with one message; TEXT is its utterance and title.
template() { # NAME [TEXT]
    local text=${2:-$1}
    cat > "$1.yaml" <<END
dialogc: 1
template: $1
title: $text
intent: {utterances: [say $text]}
messages: {${1//-/_}Greeting: Hello!}
END
}

# A script that fails as root would pass: some tests need an ordinary user.
as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        chmod 755 "$work"
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

under_address_sanitizer() {
    nm "$dialogc" 2> /dev/null | grep -q __asan_init
}

# For tests that take the program's address space away.
needs_little_memory() {
    if under_address_sanitizer; then
        skip "AddressSanitizer needs its address space"
    fi
}

# strace is how a test stops a program at the right moment, or makes a system call fail. Not every machine lets it,
# and the search for leaks does not work beside it.
needs_strace() {
    strace -qq -o /dev/null true 2> /dev/null || skip "strace cannot trace here"
    export ASAN_OPTIONS=detect_leaks=0
}
