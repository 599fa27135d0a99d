#!/bin/sh
# fuzz.sh [TARGET] [SECONDS] [--corpus DIR]...: runs the programs in build-fuzz one after the other, a line for each.
# Exits 1 where a target found something; the input is kept, and the line below says how to read it again.
set -eu
cd "$(dirname "$0")/../.."
programs=build-fuzz/tests/fuzz
only= seconds=60
# An input that takes two seconds or half a gigabyte is a finding too. The seconds are the wall's: a machine that
# is busy with other things wants more.
bounds="-timeout=${RUN_TIMEOUT:-2} -rss_limit_mb=512 -max_len=200000"
export ASAN_OPTIONS=quarantine_size_mb=16

# Letters of all folders named, flat, under 200 KB: libFuzzer would cut larger ones rather than skip them.
letters=$(mktemp -d)
trap 'rm -rf "$letters"' EXIT
while [ $# -gt 0 ]; do
  case $1 in
    --corpus) find "${2:?--corpus wants a folder}" -type f -size -200k -exec cp --backup=numbered -t "$letters" {} +
              shift 2 ;;
    *[!0-9]*) only=$1; shift ;;
    *) seconds=$1; shift ;;
  esac
done
[ -z "$only" ] || [ -x "$programs/fuzz_$only" ] || {
  echo "no target \"$only\"; there are: $(ls tests/fuzz/seeds | tr '\n' ' ')" >&2; exit 64; }

number() { sed -n "s/^stat::$1: *//p" "$2"; }

# The kept corpus is the first folder; libFuzzer adds to it what reaches new code.
fuzz() {
  kept=build-fuzz/corpus/$1 found=build-fuzz/findings/$1 log=build-fuzz/$1.log
  mkdir -p "$kept" "$found"
  regressions=tests/fuzz/regressions/$1
  [ -d "$regressions" ] || regressions=
  status=0
  # shellcheck disable=SC2086
  "$programs/fuzz_$1" $bounds -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$found/" \
    "$kept" "tests/fuzz/seeds/$1" $regressions "$letters" >"$log" 2>&1 || status=$?
  input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  printf '%-14s %10s executions %7s/s %6s inputs kept, slowest %s s: %s\n' "$1" \
    "$(number number_of_executed_units "$log")" "$(number average_exec_per_sec "$log")" "$(ls "$kept" | wc -l)" \
    "$(number slowest_unit_time_sec "$log")" "$([ $status = 0 ] && echo nothing found || echo FOUND)"
  [ $status = 0 ] && return 0
  grep -E '^broken:|ERROR: |runtime error:|terminate called' "$log" | head -n 3 || true
  echo "  again: $programs/fuzz_$1 ${input:-(no input kept: see $log)}"
  return 1
}

bad=0
for target in ${only:-$(ls tests/fuzz/seeds)}; do fuzz "$target" || bad=1; done
exit $bad
