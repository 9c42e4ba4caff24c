# shellcheck shell=bash
# A private PostgreSQL for one run of a script, on loopback and without durability. Sourced after common.sh.

test_server_directory=""

# as_server_account COMMAND…: PostgreSQL does not run as root.
as_server_account() {
    if [[ $EUID -eq 0 ]]; then
        local account=postgres
        id "$account" >/dev/null 2>&1 || account=nobody
        (cd / && runuser --user "$account" -- "$@")
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start_test_server: make and start it; sets test_server_url. Call stop_test_server at exit.
start_test_server() {
    local programs port
    programs=$(postgres_programs)
    # Short and below /tmp: the path of a unix socket has at most 107 bytes.
    test_server_directory=$(as_server_account mktemp --directory /tmp/docket-test-XXXXXX)
    as_server_account "$programs/initdb" --pgdata="$test_server_directory/data" --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
    local attempt
    for attempt in 1 2 3; do
        # Another process may take the port between the question and the start.
        port=$(free_port)
        if as_server_account "$programs/pg_ctl" start --pgdata="$test_server_directory/data" --log="$test_server_directory/log" \
            --wait --timeout=60 --silent --options="-c listen_addresses=127.0.0.1 -c port=$port \
            -c unix_socket_directories=$test_server_directory -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
            -c max_connections=300 -c timezone=UTC" </dev/null >/dev/null 2>&1; then
            # shellcheck disable=SC2034  # read by the script that sources this file
            test_server_url="postgres://postgres@127.0.0.1:$port/postgres"
            return 0
        fi
        say "PostgreSQL did not start (attempt $attempt):"
        as_server_account tail -n 5 "$test_server_directory/log" >&2 || true
    done
    fail "no private PostgreSQL"
}

stop_test_server() {
    [[ -n $test_server_directory ]] || return 0
    local programs
    programs=$(postgres_programs)
    as_server_account "$programs/pg_ctl" stop --pgdata="$test_server_directory/data" --mode=immediate --silent >/dev/null 2>&1 || true
    rm -rf -- "$test_server_directory"
    test_server_directory=""
}
