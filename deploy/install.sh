#!/usr/bin/env bash
# Installs the towpath command and the worker from this source tree: builds when needed, and copies.
#
#   deploy/install.sh [--prefix DIR]      ~/.local by default; /opt/towpath for the systemd unit
#
# DIR/bin/towpath is the command, DIR/bin/temporal-towpath the same one for `temporal towpath …`, and
# DIR/share/bash-completion/completions/towpath what bash completes it with. Needs Java 17 to run. Installing again
# upgrades: processes that run keep the classes that they began with.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

prefix=$HOME/.local
case ${1:-} in
  '') ;;
  --prefix) prefix=${2:?usage: install.sh [--prefix DIR]} ;;
  *) echo 'usage: install.sh [--prefix DIR]' >&2; exit 2 ;;
esac

"$root/towpath" --version >/dev/null
built=$(cat "$root/target/launch/current")
mkdir -p "$prefix/bin" "$prefix/lib/towpath/launch" "$prefix/share/bash-completion/completions"
home=$(cd "$prefix/lib/towpath" && pwd -P)
fresh=$home/launch/$(date +%s).$$
mkdir "$fresh"
for module in starter worker; do
  tr ':' '\n' <"$built/$module.classpath" | while read -r jar || [ -n "$jar" ]; do
    [ -f "$fresh/${jar##*/}" ] || cp "$jar" "$fresh/"
    printf '%s:' "$fresh/${jar##*/}"
  done | sed 's/:$//' >"$fresh/$module.classpath"
done
# Readable by everybody: the worker is not run by who installs it.
chmod -R a+rX "$fresh"

install -m 755 "$root/towpath" "$home/towpath.new"
mv -f "$home/towpath.new" "$home/towpath"
printf '%s' "$fresh" >"$home/launch/current.new"
mv -f "$home/launch/current.new" "$home/launch/current"
ln -sfn ../lib/towpath/towpath "$prefix/bin/towpath"
ln -sfn towpath "$prefix/bin/temporal-towpath"
find "$home/launch" -mindepth 1 -maxdepth 1 -type d ! -path "$fresh" -mmin +1440 -exec rm -rf {} +

"$home/towpath" completion >"$prefix/share/bash-completion/completions/towpath"
chmod -R a+rX "$prefix/lib/towpath" "$prefix/share/bash-completion/completions/towpath"
echo "installed $("$home/towpath" --version) as $prefix/bin/towpath and as \`temporal towpath\`"
case :$PATH: in *":$prefix/bin:"*) ;; *) echo "put $prefix/bin on PATH" ;; esac
