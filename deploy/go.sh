# Sourced by what builds a command from the Go module proxy. The sourcing script sets `module`, the
# folder of the go.mod to build, and `scratch`, a folder that is removed afterwards.

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }

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
    say 'Go is needed to build this, and there is no `go` on PATH. Any Go from 1.19 on will do:'
    say '`apt-get install golang` on Debian and Ubuntu, `brew install go` on macOS, or https://go.dev/dl/.'
    return 1
  fi
  minor=$("$go" env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  if [ -n "$minor" ] && [ "$minor" -lt 21 ]; then
    newer_go "$go"
  else
    printf '%s\n' "$go"
  fi
}

# build GO OUTPUT PACKAGE [LDFLAGS]: a Go from 1.21 on fetches the toolchain that go.mod names, unless
# the environment forbids it.
build() {
  (cd "$module" && env -u GOROOT GOTOOLCHAIN=auto GOFLAGS= GOWORK=off "$1" build -mod=readonly -trimpath \
    -ldflags="-s -w ${4:-}" -o "$2" "$3")
}
