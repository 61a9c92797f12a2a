#!/usr/bin/env bash
# Provides the `temporal` command, whose `server start-dev` is a whole Temporal server with its UI.
#
#   deploy/install-temporal.sh      prints the path of the command that Towpath will use
#
# A `temporal` on PATH is taken as it is. Otherwise .tools/temporal is taken, and built from the Go
# module proxy when it is not there yet (four minutes on two idle cores, 138 MB, once per checkout).
# The versions are fixed in deploy/temporal-cli/go.mod and the checksums in go.sum beside it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=$root/deploy/temporal-cli
target=$root/.tools/temporal
scratch=
trap 'rm -rf ${scratch:+"$scratch"}' EXIT

. "$root/deploy/go.sh"

answers() { "$1" --version >/dev/null 2>&1; }

if found=$(command -v temporal) && answers "$found"; then
  say "using $found from PATH"
  printf '%s\n' "$found"
  exit 0
fi
if [ -x "$target" ] && answers "$target"; then
  printf '%s\n' "$target"
  exit 0
fi

scratch=$(mktemp -d)
go=$(builder) || { say 'Or install the command itself: https://docs.temporal.io/cli'; exit 1; }
version=$(sed -n 's,^require github.com/temporalio/cli v,,p' "$module/go.mod")
say "building temporal $version; this takes some minutes"
mkdir -p "$root/.tools"
build "$go" "$scratch/temporal" github.com/temporalio/cli/cmd/temporal \
  "-X github.com/temporalio/cli/internal/temporalcli.Version=$version"
answers "$scratch/temporal" || { say 'the command was built but does not run'; exit 1; }
mv -f "$scratch/temporal" "$target.new"
mv -f "$target.new" "$target"
say "$("$target" --version)"
printf '%s\n' "$target"
