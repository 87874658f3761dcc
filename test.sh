#!/usr/bin/env bash
# Installs what the tests need, builds everything once, runs every test, and ends with "N passed, N failed".
# Usage: ./test.sh [PROJECT...], where PROJECT is part of a test project's name; none means all of them.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$root"
. eng/environment.sh

project_timeout_seconds=1800
passed=0
failed=0
failures=()

finish() {
  # Again at the end, where a reader of a long output finds them.
  [ "${#failures[@]}" = 0 ] || printf '%s\n' "${failures[@]}"
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
  exit
}

if ! command -v dotnet >/dev/null; then
  echo "Cannot run the tests: 'dotnet' was not found. Install the .NET 10 SDK." >&2
  failed=1
  finish
fi

eng/install-test-tools.sh || echo "Continuing: the tests that need what is missing will fail." >&2

# The compilations share one compiler process of this run, which ends with it: a process for each would cost minutes.
compiler="mempulse-test-$$"
longest_run=""
trap 'pkill -f -- "-pipename:$compiler"; [ -z "$longest_run" ] || pkill -P "$longest_run"' EXIT

echo "Building."
if ! dotnet build Mempulse.Orleans.sln -c Release -v quiet -clp:NoSummary -p:MempulseChecks=true \
  -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" -p:UseRazorBuildServer=false; then
  echo "The build failed." >&2
  failed=1
  finish
fi

# field NAME FILE: a number of the run's summary, 0 when there is none.
field() {
  sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$2" | tail -n 1 | grep . || echo 0
}

# execute PROJECT LOG: runs its tests; the last line of the log is the exit code and the seconds it took.
execute() {
  local code start=$SECONDS
  timeout --kill-after=30 "$project_timeout_seconds" \
    dotnet "artifacts/bin/$1/release/$1.dll" --progress off --no-ansi >"$2" 2>&1
  code=$?
  printf '\n%s %s\n' "$code" "$((SECONDS - start))" >>"$2"
}

report() {
  local project="$1" log="$2" code seconds ok bad skipped
  read -r code seconds < <(tail -n 1 "$log")
  ok=$(field succeeded "$log") bad=$(field failed "$log") skipped=$(field skipped "$log")
  bad=$((bad + skipped))
  if [ "$code" != 0 ] && [ "$bad" = 0 ]; then
    bad=1
    case $code in
      8) echo "$project has no tests." ;;
      124 | 137) echo "$project did not end within $project_timeout_seconds s." ;;
      *) echo "$project ended with exit code $code." ;;
    esac
  fi
  if [ "$bad" != 0 ]; then
    cat "$log"
    mapfile -t -O "${#failures[@]}" failures < <(grep -a -A 12 '^failed ' "$log" | cut -c 1-400)
  fi
  [ "$skipped" = 0 ] || echo "$project skipped $skipped tests; a skipped test counts as failed."
  grep -a -E '^(vectors|fault): ' "$log" || true
  rm -f "$log"
  passed=$((passed + ok)) failed=$((failed + bad))
  echo "$project: $ok passed, $bad failed, $seconds s"
}

wanted_projects=()
for directory in tests/*.Tests; do
  project="$(basename "$directory")"
  for wanted in "${@:-$project}"; do
    if [[ "$project" == *"$wanted"* ]]; then
      wanted_projects+=("$project")
      break
    fi
  done
done

# One of its tests computes for minutes on one core, and most other projects wait for something: they run beside it.
longest=Mempulse.Evm.Tests
longest_log="$(mktemp)"
if [[ " ${wanted_projects[*]} " == *" $longest "* ]]; then
  execute "$longest" "$longest_log" &
  longest_run=$!
fi

for project in "${wanted_projects[@]}"; do
  if [ "$project" = "$longest" ]; then
    continue
  fi
  log="$(mktemp)"
  execute "$project" "$log"
  report "$project" "$log"
done
if [ -n "$longest_run" ]; then
  wait "$longest_run"
  report "$longest" "$longest_log"
fi
finish
