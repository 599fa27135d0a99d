#!/bin/bash
# postgres.sh COMMAND [ARGUMENTS...]: runs the command with TERTIUS_TEST_POSTGRES, the libpq URL of a PostgreSQL of
# its own: a cluster in a temporary folder that listens on a unix socket only, and is gone afterwards whatever
# happens. Works as root (the server then runs as user postgres, for it refuses to be root) and as anybody else.
# Exits as the command does; 69 where there is no server to run.
set -uo pipefail
(($# > 0)) || { echo "usage: ${0##*/} COMMAND [ARGUMENTS...]" >&2; exit 64; }

newest=(/usr/lib/postgresql/*/bin/initdb)
programs=$(printf '%s\n' "${newest[@]}" | sort -V | tail -n 1)
programs=${programs%/initdb}
[[ -x $programs/initdb ]] || { echo "${0##*/}: no PostgreSQL server here: apt-get install postgresql" >&2; exit 69; }

# Below /tmp whatever TMPDIR says: a socket's path has room for 107 octets.
folder=$(mktemp -d /tmp/tertius-postgres.XXXXXX) || exit 75
child=

as_server() {
  if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi
}

clean_up() {
  trap - EXIT INT TERM HUP
  [[ -z $child ]] || kill "$child" 2>/dev/null
  if [[ -f $folder/data/postmaster.pid ]]; then
    as_server "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate --wait stop >/dev/null 2>&1
  fi
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

give_up() {
  echo "${0##*/}: $1" >&2
  cat "$folder"/*.log >&2
  exit 70
}

((EUID != 0)) || chown postgres "$folder"
cd "$folder" || exit 75   # runuser's postgres may not stand where we stood
as_server "$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C \
  --no-sync >"$folder/initdb.log" 2>&1 || give_up "initdb failed"
# Nothing of this cluster has to outlive the machine: no fsync, but where what it costs is measured. Nor are tables
# analysed, but where they grow large: plans made for empty tables would stay.
as_server "$programs/pg_ctl" --pgdata="$folder/data" --log="$folder/server.log" --wait --timeout=60 \
  --options="-c listen_addresses='' -k '$folder' -c fsync=${TERTIUS_TEST_POSTGRES_FSYNC:-off} -c full_page_writes=${TERTIUS_TEST_POSTGRES_FSYNC:-off} -c autovacuum=${TERTIUS_TEST_POSTGRES_AUTOVACUUM:-off} -c autovacuum_naptime=5s" \
  start >"$folder/start.log" 2>&1 || give_up "the server does not start"
cd "$OLDPWD" || exit 75

# In the background, so that a signal is heard while the command runs; wait ends early for one.
TERTIUS_TEST_POSTGRES="postgresql:///postgres?host=$folder&user=postgres" "$@" <&0 &
child=$!
wait "$child"
status=$?
child=
exit "$status"
