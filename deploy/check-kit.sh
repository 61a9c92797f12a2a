#!/usr/bin/env bash
# Checks the files of deploy/ by the tools that know them: scripts, the systemd unit, the compose file, the kustomizations.
# (The manifests and the AWS policies are checked by KubernetesTest and IamPoliciesTest, which need no tool.)
# Takes tools from PATH, shellcheck also out of Debian's package without installing it, the reader of compose files also
# from the Go module proxy. What cannot be had says NOT RUN, and why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compose_go=github.com/compose-spec/compose-go/v2/cmd@v2.16.2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

not_run() { echo "NOT RUN: $1: $2"; }

scripts() {
  local shellcheck
  shellcheck=$(command -v shellcheck || true)
  if [ -z "$shellcheck" ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null \
    && (cd "$scratch" && apt-get download -qq shellcheck >/dev/null 2>&1 && dpkg -x shellcheck_*.deb .); then
    shellcheck=$scratch/usr/bin/shellcheck
  fi
  if [ -z "$shellcheck" ]; then
    not_run scripts 'no shellcheck on this machine (Debian: shellcheck)'
    return
  fi
  local files
  mapfile -t files < <(grep -rlE '^#!/.*sh$' --include='*.sh' deploy; echo towpath; grep -lE '^#!/.*sh$' .ci/*)
  "$shellcheck" --severity=warning "${files[@]}"
  echo "ok: ${#files[@]} scripts (shellcheck)"
}

unit() {
  if ! command -v systemd-analyze >/dev/null; then
    not_run 'systemd unit' 'no systemd-analyze on this machine (Debian: systemd)'
    return
  fi
  # It looks for the program; any will do.
  sed "s#^ExecStart=[^ ]*#ExecStart=$(command -v true)#" deploy/systemd/towpath-worker.service >"$scratch/towpath-worker.service"
  local said
  said=$(systemd-analyze verify "$scratch/towpath-worker.service" 2>&1) || { echo "$said" >&2; return 1; }
  # Of an unknown setting it only tells.
  if grep -q towpath-worker <<<"$said"; then echo "$said" >&2; return 1; fi
  echo 'ok: systemd unit (systemd-analyze verify)'
}

compose() {
  cp -r deploy/compose "$scratch/compose"
  cp deploy/compose/worker.env.example "$scratch/compose/worker.env"
  if docker compose version >/dev/null 2>&1; then
    POSTGRES_PASSWORD=any docker compose -f "$scratch/compose/compose.yaml" config --quiet
    echo 'ok: compose file (docker compose config)'
  elif command -v go >/dev/null; then
    (cd "$scratch/compose" && GOFLAGS=-mod=mod go run "$compose_go" -no-interpolation compose.yaml >/dev/null)
    echo 'ok: compose file (the Compose Specification)'
  else
    not_run 'compose file' 'neither docker compose nor Go on this machine'
  fi
}

kustomizations() {
  local kustomize
  if command -v kubectl >/dev/null; then kustomize='kubectl kustomize'
  elif command -v kustomize >/dev/null; then kustomize='kustomize build'
  else
    not_run kustomizations 'neither kubectl nor kustomize on this machine'
    return
  fi
  local folder
  for folder in deploy/kubernetes/*/; do
    $kustomize "$folder" >"$scratch/made.yaml"
    if ! grep -q 'name: towpath-worker$' "$scratch/made.yaml"; then
      echo "$folder makes no worker" >&2
      return 1
    fi
    # The settings' generated name has to reach the worker, also where an overlay makes another kind of it.
    if grep -A1 configMapRef "$scratch/made.yaml" | grep -q 'name: towpath-worker$'; then
      echo "$folder: the worker names another ConfigMap than the one that is made" >&2
      return 1
    fi
  done
  echo "ok: kustomizations ($kustomize)"
}

scripts
unit
compose
kustomizations
