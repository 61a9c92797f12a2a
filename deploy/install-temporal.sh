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

say() { printf 'install-temporal: %s\n' "$*" >&2; }

answers() { "$1" --version >/dev/null 2>&1; }

# Prints a Go that can build the module; an older one is only used to fetch a newer one.
newer_go() {
  local old_go=$1 wanted
  wanted=$(sed -n 's/^go //p' "$module/go.mod")
  say "$("$old_go" version) cannot fetch toolchains itself; fetching Go $wanted from the module proxy"
  local os arch folder
  os=$("$old_go" env GOOS)
  arch=$("$old_go" env GOARCH)
  # Outside the module: a Go before 1.21 does not understand the go line of its go.mod.
  folder=$(cd "$scratch" && "$old_go" mod download -json "golang.org/toolchain@v0.0.1-go$wanted.$os-$arch" \
    | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",\{0,1\}$/\1/p')
  [ -n "$folder" ] || { say "the module proxy has no Go $wanted for $os-$arch"; return 1; }
  # Module zips carry no executable bits.
  chmod -R u+rwX "$folder/bin" "$folder/pkg/tool"
  find "$folder/bin" "$folder/pkg/tool" -type f -exec chmod u+x {} +
  printf '%s\n' "$folder/bin/go"
}

builder() {
  local go minor
  if ! go=$(command -v go); then
    say 'Go is needed to build the temporal command, and there is no `go` on PATH.'
    say 'Any Go from 1.19 on will do: `apt-get install golang` on Debian and Ubuntu, `brew install go`'
    say 'on macOS, or https://go.dev/dl/. Or install the command itself: https://docs.temporal.io/cli'
    return 1
  fi
  minor=$("$go" env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  if [ -n "$minor" ] && [ "$minor" -lt 21 ]; then
    newer_go "$go"
  else
    printf '%s\n' "$go"
  fi
}

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
go=$(builder)
version=$(sed -n 's,^require github.com/temporalio/cli v,,p' "$module/go.mod")
say "building temporal $version; this takes some minutes"
mkdir -p "$root/.tools"
# A Go from 1.21 on fetches the toolchain that go.mod names, unless the environment forbids it.
(cd "$module" && env -u GOROOT GOTOOLCHAIN=auto GOFLAGS= GOWORK=off "$go" build -mod=readonly -trimpath \
  -ldflags="-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=$version" \
  -o "$scratch/temporal" github.com/temporalio/cli/cmd/temporal)
answers "$scratch/temporal" || { say 'the command was built but does not run'; exit 1; }
mv -f "$scratch/temporal" "$target.new"
mv -f "$target.new" "$target"
say "$("$target" --version)"
printf '%s\n' "$target"
