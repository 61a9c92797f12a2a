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

# The worker's archive of classes is made by one that gets ready against the sandbox and an in-JVM Temporal server, and
# ends. Without it a worker starts too, only later.
archive_worker() (
  java=java
  [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
  scratch=$(mktemp -d)
  port=$((20000 + RANDOM % 20000))
  "$java" -cp "$(cat "$built/starter.classpath")" io.temporal.testserver.TestServer "$port" >"$scratch/temporal" 2>&1 &
  temporal=$!
  TOWPATH_BUILD=never "$root/towpath" sandbox --seed empty --env-file "$scratch/env" >"$scratch/sandbox" 2>&1 &
  sandbox=$!
  trap 'kill "$temporal" "$sandbox" 2>/dev/null; wait; rm -rf "$scratch"' EXIT
  until grep -q 'sandbox ready' "$scratch/sandbox" && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$sandbox" "$temporal"
    sleep 0.2
  done
  set -a
  # shellcheck source=/dev/null
  . "$scratch/env"
  set +a
  : >"$scratch/worker"
  TEMPORAL_ADDRESS=127.0.0.1:$port TEMPORAL_CONFIG_FILE=$scratch/none "$java" -Xmx256m -XX:+UseSerialGC \
    -XX:ArchiveClassesAtExit="$fresh/worker.jsa" -cp "$(cat "$fresh/worker.classpath")" io.towpath.worker.WorkerMain \
    >"$scratch/worker" 2>"$scratch/worker.err" &
  worker=$!
  until grep -q 'worker ready' "$scratch/worker"; do
    kill -0 "$worker" || { cat "$scratch/worker.err" >&2; exit 1; }
    sleep 0.2
  done
  kill "$worker"
  wait "$worker" || true
)
if ! archive_worker 2>"$fresh/archive.log"; then
  echo 'the worker has no archive of its classes, and starts later:' >&2
  cat "$fresh/archive.log" >&2
fi
rm -f "$fresh/archive.log"
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
