#!/usr/bin/env bash
# Builds this commit twice, in two folders, time zones and languages, and compares all jars and the SBOM byte by byte.
#
#   deploy/check-reproducible.sh        what is not committed is not in it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Hashes of what a build makes, by name.
build() {
  local folder=$scratch/$1
  shift
  git clone -q . "$folder"
  (cd "$folder" && env "$@" ./mvnw -q -B -Prelease -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2
    find . -path '*/target/towpath-*' \( -name '*.jar' -o -name 'towpath-sbom.json' \) -type f -exec sha256sum {} + | sort -k 2)
}

build one TZ=UTC LC_ALL=C >"$scratch/first"
build a-second-one TZ=Asia/Kolkata LC_ALL=C.UTF-8 >"$scratch/second"
if ! diff "$scratch/first" "$scratch/second"; then
  echo 'two builds of one commit differ' >&2
  exit 1
fi
cat "$scratch/first"
echo "ok: $(wc -l <"$scratch/first") files are equal in two builds"
