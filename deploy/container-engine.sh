#!/usr/bin/env bash
# A real container engine with the Docker API, on a machine that has none (Debian or Ubuntu, root).
#
#   deploy/container-engine.sh SOCKET     serves there until it is ended
#
# It is podman's service with runc, as crun fails without cgroups of its own. No registry is asked:
# the image localhost/towpath-busybox:1 is made from Debian's static busybox. Containers need the
# host's network and low limits on such machines; RealEngineIT gives them these.
set -euo pipefail

socket=${1:?usage: container-engine.sh SOCKET}
image=localhost/towpath-busybox:1
tools="sh cat cp echo env ls md5sum sha256sum sleep awk sed head tail wc"

if ! command -v podman >/dev/null || ! command -v runc >/dev/null || [ ! -x /bin/busybox ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends podman runc busybox-static >/dev/null
fi

if ! podman image exists "$image"; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  mkdir "$root/bin"
  cp /bin/busybox "$root/bin/"
  for tool in $tools; do ln -s busybox "$root/bin/$tool"; done
  tar -C "$root" -c . | podman --runtime runc import - "$image" >/dev/null
  rm -rf "$root"
  trap - EXIT
fi

exec podman --runtime runc system service --time=0 "unix://$socket"
