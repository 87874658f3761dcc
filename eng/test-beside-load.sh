#!/usr/bin/env bash
# Runs the tests several times beside a load that takes every core, and ends with "N runs green, N runs not".
# A test that fails only here waits for a time instead of an event. Usage: eng/test-beside-load.sh TIMES [PROJECT...], as for test.sh.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
times="${1:-}"
if ! [[ "$times" =~ ^[1-9][0-9]*$ ]]; then
  echo "'$times' is not a valid number of runs: expected 1 or more. Usage: eng/test-beside-load.sh TIMES [PROJECT...]" >&2
  exit 2
fi
shift

load=()
trap 'kill "${load[@]}" 2>/dev/null' EXIT
for _ in $(seq "$(nproc)"); do
  (while :; do :; done) &
  load+=($!)
done

green=0
for run in $(seq "$times"); do
  if "$root/test.sh" "$@"; then
    green=$((green + 1))
  fi
  echo "Run $run of $times: $green green."
done
echo "$green runs green, $((times - green)) runs not"
[ "$green" = "$times" ]
