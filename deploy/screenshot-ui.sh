#!/usr/bin/env bash
# Makes the pictures of a run in Temporal's UI that docs/operate.md shows, docs/ui-*.png: starts `./towpath dev`, runs a
# round trip to its end, and lets Chromium, without a screen, look at its page. No part of CI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

not_run() { echo "NOT RUN: $1"; exit 0; }
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || not_run 'no Chromium on this machine (Debian: chromium)'
temporal=$(command -v temporal || echo "$PWD/.tools/temporal")
[ -x "$temporal" ] || not_run 'no temporal command (deploy/install-temporal.sh)'

scratch=$(mktemp -d)
dev=
finish() {
  [ -z "$dev" ] || { kill "$dev" && wait "$dev"; } 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT

./towpath --version >/dev/null
./towpath dev >"$scratch/dev" 2>"$scratch/dev.err" &
dev=$!
until grep -q '^Ctrl-C' "$scratch/dev"; do
  kill -0 "$dev" 2>/dev/null || { cat "$scratch/dev.err" >&2; exit 1; }
  sleep 0.5
done
TEMPORAL_ADDRESS=$(sed -n 's/^Temporal *//p' "$scratch/dev")
export TEMPORAL_ADDRESS
ui=$(sed -n 's/^UI *//p' "$scratch/dev")
./towpath start round-trip --wait -f target/dev/request.json >/dev/null

"$temporal" workflow list --limit 1 -q "EtlKind = 'round-trip'" -o json >"$scratch/run"
field() { sed -n "s/.*\"$1\": \"\(.*\)\".*/\1/p" "$scratch/run" | head -n 1 | sed 's#/#%2F#g'; }
page=$ui/namespaces/default/workflows/$(field workflowId)/$(field runId)

# Nobody but our own server is looked at, so root may do without Chromium's sandbox, which root cannot have.
flags=(--headless=new --disable-gpu --hide-scrollbars --user-data-dir="$scratch/chromium" --virtual-time-budget=20000)
[ "$(id -u)" -ne 0 ] || flags+=(--no-sandbox)
picture() {
  "$chromium" "${flags[@]}" --window-size="$3" --screenshot="$scratch/picture.png" "$page/$2" >"$scratch/chromium.log" 2>&1 \
    || { tail -n 5 "$scratch/chromium.log" >&2; exit 1; }
  mv "$scratch/picture.png" "docs/ui-$1.png"
  echo "docs/ui-$1.png"
}
picture details user-metadata 1300,840
picture timeline timeline 1300,1360
