# Sourced by the other scripts: installs Debian packages that are missing.
# need PACKAGE... calls apt only if a package is missing.
need() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        local as_root=()
        [ "$(id -u)" -eq 0 ] || as_root=(sudo)
        if ! command -v apt-get > /dev/null || ! command -v "${as_root[0]:-apt-get}" > /dev/null; then
            echo "$0: these packages of Debian are missing, and cannot be installed from here: ${missing[*]}" >&2
            echo "as root: apt-get install ${missing[*]}" >&2
            exit 3
        fi
        echo "installing: ${missing[*]}"
        "${as_root[@]}" apt-get update -qq
        DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
    fi
}

need_build_packages() {
    need gcc libc6-dev cmake ninja-build pkg-config libyaml-dev libcjson-dev libpcre2-dev nettle-dev libutf8proc-dev libzip-dev libcurl4-openssl-dev libxxhash-dev libjavascriptcoregtk-4.1-dev libjs-lodash libjs-moment libjs-moment-timezone node-xml2js node-events libedit-dev libmicrohttpd-dev
}

# A package serves where its program is not there from elsewhere.
need_program() { # PROGRAM PACKAGE
    command -v "$1" > /dev/null 2>&1 || need "$2"
}

need_test_packages() {
    need_build_packages
    need libcmocka-dev
    need_program bats bats
    need_program git git
    need_program node nodejs
    need_program jq jq
    need_program curl curl
    need_program chromium chromium
    need_program nvim neovim
    need_program python3 python3
    python3 -c 'import yaml' 2> /dev/null || need python3-yaml
    need_program strace strace
    need_program g++ g++
    need_program make make
    need_program dpkg-shlibdeps dpkg-dev
    need_program file file
}

# The builds with sanitizers are clang's and lld's; the sanitizers themselves may be in a package of their own.
need_sanitizers() {
    need_program clang clang
    need_program ld.lld lld
    clang -fsanitize=address,undefined -x c -o /dev/null - <<< 'int main(void) { return 0; }' 2> /dev/null || need libclang-rt-dev
}
