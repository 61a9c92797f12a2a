#!/usr/bin/env bash
# A base image for `./mvnw package -Pimage` where no registry is reachable: this machine's Java, cut down by
# jlink, with the libraries that it needs, the certificates and the time zones. No shell, no package manager.
#
#   deploy/base-image.sh FILE.tar       then -Dimage.base=tar:///path/FILE.tar
#
# Needs a JDK with jmods (Debian: openjdk-17-jdk-headless) and Linux with glibc. The same machine makes the same bytes.
set -euo pipefail

file=${1:?usage: base-image.sh FILE.tar}
modules=java.se,jdk.crypto.ec,jdk.httpserver,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
mkdir -p "$root/opt" "$root/etc/ssl" "$root/usr/share" "$root/tmp"
chmod 1777 "$root/tmp"

"$home/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --output "$root/opt/java"
# Debian's Java links its certificates to /etc/ssl/certs/java.
cp -L "$home/lib/security/cacerts" "$root/opt/java/lib/security/cacerts"
[ ! -d /etc/ssl/certs ] || cp -rL /etc/ssl/certs "$root/etc/ssl/"
[ ! -d /usr/share/zoneinfo ] || cp -rL /usr/share/zoneinfo "$root/usr/share/"
printf 'towpath:x:10001:10001::/tmp:/none\n' >"$root/etc/passwd"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

# What java and its libraries are linked with, and what glibc opens to look up names.
{
  find "$root/opt/java" -type f \( -name '*.so' -o -name java \) -exec ldd {} + | grep -oE '/[^ ]+\.so[^ ]*' | grep -v "^$scratch"
  find /lib/*-linux-gnu /lib64 -maxdepth 1 \( -name 'libnss_dns.so.*' -o -name 'libnss_files.so.*' -o -name 'libresolv.so.*' \)
} | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done

pack() {
  local folder=$1 tar=$2
  shift 2
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$folder" -cf "$tar" "$@"
}

pack "$root" "$scratch/layer.tar" .
layer=$(sha256sum "$scratch/layer.tar" | cut -d ' ' -f 1)
case $(uname -m) in x86_64) architecture=amd64 ;; aarch64) architecture=arm64 ;; *) architecture=$(uname -m) ;; esac
image=$scratch/image
mkdir "$image"
mv "$scratch/layer.tar" "$image/layer.tar"
cat >"$image/config.json" <<END
{"architecture":"$architecture","os":"linux","created":"1970-01-01T00:00:00Z",
 "config":{"Env":["PATH=/opt/java/bin","JAVA_HOME=/opt/java","LANG=C.UTF-8"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
END
printf '[{"Config":"config.json","RepoTags":["localhost/towpath-base:1"],"Layers":["layer.tar"]}]\n' >"$image/manifest.json"
pack "$image" "$file.new" config.json layer.tar manifest.json
mv "$file.new" "$file"
