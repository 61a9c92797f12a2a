#!/usr/bin/env bash
# Checks the alert rules and fires each of them on made-up series: promtool test rules.
# Takes promtool from the PATH, or out of Debian's package without installing it. Without either, says NOT RUN.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/prometheus"

promtool=$(command -v promtool || true)
if [ -z "$promtool" ] && command -v apt-get >/dev/null && command -v dpkg >/dev/null; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  if (cd "$scratch" && apt-get download -qq prometheus >/dev/null 2>&1 && dpkg -x prometheus_*.deb .); then
    promtool=$scratch/usr/bin/promtool
  fi
fi
if [ -z "$promtool" ]; then
  echo "NOT RUN: no promtool on this machine (Debian: prometheus)"
  exit 0
fi
"$promtool" check rules alerts.yaml
"$promtool" test rules alerts.test.yaml
