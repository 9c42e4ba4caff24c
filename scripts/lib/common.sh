# shellcheck shell=bash
# Shared by the scripts: messages, packages, PostgreSQL. Sourced, after `set -euo pipefail`.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "${0##*/}: $*"
    exit 1
}

# as_root COMMAND…: run it as root, through sudo where this is another account.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        fail "this needs root, and sudo is not installed: $*"
    fi
}

# install_missing PACKAGE…: install the Debian packages that are not installed yet; touches nothing when all are.
install_missing() {
    local package missing=()
    for package in "$@"; do
        if [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            missing+=("$package")
        fi
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    command -v apt-get >/dev/null || fail "please install: ${missing[*]}"
    # Before the first try, whose words nobody sees.
    [[ $EUID -eq 0 ]] || command -v sudo >/dev/null || fail "please install as root, since sudo is not here: apt-get install ${missing[*]}"
    say "installing ${missing[*]}"
    # Package lists may be missing or old on a fresh machine: refresh them only where the first try fails.
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
        as_root apt-get update >/dev/null
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" >/dev/null
    fi
}

# require_tools: everything that building and running Docket needs beside the Swift toolchain.
require_tools() {
    command -v swift >/dev/null || fail "the Swift toolchain (6.3 or newer) is not on the PATH: see https://www.swift.org/install/linux"
    install_missing libpq-dev pkg-config postgresql tzdata
}

# postgres_programs: print the directory of the newest server's programs.
postgres_programs() {
    local directory
    directory=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort --version-sort | tail -n 1)
    if [[ -z $directory || ! -x $directory/initdb ]]; then
        directory=$(pg_config --bindir 2>/dev/null || true)
    fi
    [[ -x $directory/initdb && -x $directory/postgres ]] || fail "the PostgreSQL server programs (initdb, postgres) are not installed"
    printf '%s\n' "$directory"
}

# require_programs FOLDER NAME…: refuse names that have no executable, before anything is built.
require_programs() {
    local folder=$1 name candidates
    shift
    for name in "$@"; do
        candidates=("$repository/scripts/$folder/$name" "$repository/scripts/$folder/$name".*)
        if [[ $name == */* || ! ( -x ${candidates[0]} || -x ${candidates[1]} ) ]]; then
            say "unknown name $name; there are: $(find "$repository/scripts/$folder" -maxdepth 1 -type f -executable -printf '%f ' | sort)"
            exit 2
        fi
    done
}
