#!/usr/bin/env bash
# How long Towpath takes to start: help, a command that asks a Temporal server, and a worker until it polls; medians of
# wall and CPU seconds; of the call also without the archive of classes. On a machine that does other things look at the CPU.
#
#   deploy/measure-start.sh [RUNS]      7 by default; needs the temporal command (deploy/install-temporal.sh)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

runs=${1:-7}
temporal=$(command -v temporal || echo .tools/temporal)
[ -x "$temporal" ] || { echo 'NOT RUN: no temporal command (deploy/install-temporal.sh)'; exit 0; }

scratch=$(mktemp -d)
started=()
finish() {
  [ ${#started[@]} -eq 0 ] || { kill "${started[@]}" && wait "${started[@]}"; } 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT

median() { sort -n | awk '{ all[NR] = $1 } END { printf "%.2f", all[int((NR + 1) / 2)] }'; }

# Told are the medians of lines "wall CPU".
tell() { printf '%-34s wall %s s  CPU %s s\n' "$1" "$(cut -d ' ' -f 1 "$scratch/times" | median)" "$(cut -d ' ' -f 2 "$scratch/times" | median)"; }

command_takes() {
  local what=$1 TIMEFORMAT='%R %U %S'
  shift
  : >"$scratch/times"
  for _ in $(seq "$runs"); do { time "$@" >/dev/null 2>&1 || true; } 2>&1 | awk '{ print $1, $2 + $3 }' >>"$scratch/times"; done
  tell "$what"
}

worker_takes() {
  : >"$scratch/times"
  local begun worker
  for _ in $(seq "$runs"); do
    begun=$(date +%s%N)
    ./towpath worker >"$scratch/worker" 2>/dev/null &
    worker=$!
    started+=("$worker")
    until grep -q 'worker ready' "$scratch/worker"; do
      kill -0 "$worker"
      sleep 0.02
    done
    echo "$begun $(date +%s%N) $(cut -d ' ' -f 14,15 "/proc/$worker/stat") $(getconf CLK_TCK)" \
      | awk '{ print ($2 - $1) / 1e9, ($3 + $4) / $5 }' >>"$scratch/times"
    kill "$worker"
    wait "$worker" || true
    unset 'started[-1]'
  done
  tell "$1"
}

export TOWPATH_BUILD=never
./towpath --version >/dev/null
port=$((20000 + RANDOM % 20000))
"$temporal" server start-dev --headless --port "$port" >"$scratch/temporal" 2>&1 &
started+=($!)
./towpath sandbox --env-file "$scratch/sandbox.env" >"$scratch/sandbox" 2>&1 &
started+=($!)
until grep -q 'sandbox ready' "$scratch/sandbox" && "$temporal" operator cluster health --address "127.0.0.1:$port" >/dev/null 2>&1; do
  kill -0 "${started[@]}"
  sleep 0.5
done
export TEMPORAL_ADDRESS=127.0.0.1:$port

set -a
# shellcheck source=/dev/null
. "$scratch/sandbox.env"
set +a
# A command waits for a worker where there is none, so there is one.
./towpath worker >"$scratch/worker" 2>/dev/null &
started+=($!)
until grep -q 'worker ready' "$scratch/worker"; do
  kill -0 "${started[@]}"
  sleep 0.1
done

plain=$(cat target/launch/current)
./towpath --help >/dev/null
command_takes "the command line's help" ./towpath --help
command_takes 'a command that asks the server' ./towpath status nobody
mv "$plain/starter.jsa" "$scratch/archive"
: >"$plain/starter.jsa"
command_takes 'the same, no archive' ./towpath status nobody
mv -f "$scratch/archive" "$plain/starter.jsa"
kill "${started[-1]}"
wait "${started[-1]}" || true
unset 'started[-1]'
worker_takes 'a worker until it polls'
