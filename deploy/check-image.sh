#!/usr/bin/env bash
# Builds the worker's image without a daemon and runs it with podman, as nobody in particular and on a file system that
# cannot be written to: without settings it lists them, and with the sandbox's and a Temporal server it gets ready and drains.
#
#   deploy/check-image.sh          says NOT RUN, and why, where there is no podman with runc or no JDK with jmods
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

not_run() { echo "NOT RUN: $1"; exit 0; }
[ "$(id -u)" -eq 0 ] || not_run 'containers are run as root here, as their network is that of the host'
command -v podman >/dev/null && command -v runc >/dev/null || not_run 'no podman with runc (deploy/container-engine.sh installs them)'
temporal=$(command -v temporal || echo .tools/temporal)
[ -x "$temporal" ] || not_run 'no temporal command (deploy/install-temporal.sh)'

scratch=$(mktemp -d)
started=()
finish() {
  podman --runtime runc rm -f -t 0 towpath-check >/dev/null 2>&1 || true
  [ ${#started[@]} -eq 0 ] || kill "${started[@]}" 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT

deploy/base-image.sh "$scratch/base.tar" || not_run 'no base image: this JDK has no jmods'
./mvnw -q -Pimage -pl worker -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Dimage.base="tar://$scratch/base.tar"
image=$(podman --runtime runc load -q -i worker/target/towpath-worker.tar | sed 's/^Loaded image: //')

contained() {
  podman --runtime runc run --name towpath-check --network host --read-only --ulimit nofile=1000:1000 --ulimit nproc=1000:1000 "$@"
}
free_port() {
  local port
  while port=$((20000 + RANDOM % 20000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}
wait_for() {
  local what=$1
  shift
  for _ in $(seq 240); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  echo "waited in vain for $what" >&2
  podman --runtime runc logs towpath-check >&2 || true
  return 1
}

status=0
contained --rm "$image" >"$scratch/said" 2>&1 || status=$?
grep -q 'TOWPATH_LEDGER is not set' "$scratch/said" && [ "$status" -eq 2 ] || { cat "$scratch/said" >&2; exit 1; }
[ "$(podman image inspect --format '{{.User}}' "$image")" = 10001:10001 ] || { echo 'the image runs as root' >&2; exit 1; }
echo "ok: $image lists its settings and ends with 2"

port=$(free_port)
"$temporal" server start-dev --headless --port "$port" >"$scratch/temporal.log" 2>&1 &
started+=($!)
./towpath sandbox --env-file "$scratch/sandbox.env" >"$scratch/sandbox.log" 2>&1 &
started+=($!)
wait_for 'the sandbox' grep -q 'sandbox ready' "$scratch/sandbox.log"
wait_for 'Temporal' "$temporal" operator cluster health --address "127.0.0.1:$port"

health=$(free_port)
contained -d --env-file "$scratch/sandbox.env" -e TEMPORAL_ADDRESS="127.0.0.1:$port" -e TOWPATH_HEALTH_PORT="$health" "$image" >/dev/null
ready() {
  exec 3<>"/dev/tcp/127.0.0.1/$health" && printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3 && grep -q ' 200 ' <&3
}
wait_for 'the worker' ready
podman --runtime runc stop -t 75 towpath-check >/dev/null
code=$(podman inspect --format '{{.State.ExitCode}}' towpath-check)
[ "$code" -eq 143 ] || { echo "after SIGTERM the worker ended with $code" >&2; exit 1; }
echo "ok: it gets ready against a Temporal server and the sandbox, and drains after SIGTERM"
