#!/usr/bin/env bash
# Does what docs/operate.md says, unattended: installs the command and the worker, starts them on a Temporal dev server
# with the sandbox as the platforms, applies a schedule, and lets a scan start a round trip. Kills the worker, changes the
# payload key and upgrades the worker while runs are under way, and counts what the platforms were asked to do.
# Prints each step, and ends with 1 at the first that is not as it should be. What the machine has not says NOT RUN.
#
#   deploy/walkthrough.sh        needs the temporal command (deploy/install-temporal.sh), curl and python3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

not_run() { echo "NOT RUN: $1: $2"; }
temporal=$(command -v temporal || echo "$PWD/.tools/temporal")
for tool in "$temporal" curl python3 openssl; do
  command -v "$tool" >/dev/null || { not_run 'the walkthrough' "no $tool on this machine"; exit 0; }
done

scratch=$(mktemp -d)
declare -A started=()
finish() {
  local status=$? name
  if [ "$status" -ne 0 ]; then
    for name in "$scratch"/*.log; do echo "--- ${name##*/}"; tail -n 8 "$name"; done >&2
    echo "FAILED: $doing" >&2
  fi
  [ ${#started[@]} -eq 0 ] || { kill "${started[@]}" && wait "${started[@]}"; } 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT

doing=
step() { doing=$1; printf '\n== %s\n' "$doing"; }

# What begins with a $ is what a person would type.
show() { echo "\$ $(sed "s#$scratch#…#g" <<<"$*")"; "$@"; }

# begin NAME COMMAND…: in the background, its output in NAME.log
begin() {
  local name=$1
  shift
  "$@" >"$scratch/$name.log" 2>&1 &
  started[$name]=$!
}

end() {
  kill "-$2" "${started[$1]}"
  wait "${started[$1]}" 2>/dev/null || true
  unset "started[$1]"
}

# within SECONDS COMMAND…: until it succeeds
within() {
  local until=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$until" ]; then echo "did not come true: $*" >&2; return 1; fi
    sleep 0.5
  done
}

# worker NAME BUILD
worker() {
  begin "$1" env TOWPATH_BUILD_ID="$2" "$scratch/towpath/bin/towpath" worker
  within 90 grep -q 'worker ready' "$scratch/$1.log"
  echo "worker $1, build $2, is ready"
}

step 'install the command and the worker'
show deploy/install.sh --prefix "$scratch/towpath"
export PATH=$scratch/towpath/bin:$PATH

step 'start a Temporal dev server and the platforms'
port=$((20000 + RANDOM % 20000))
begin temporal "$temporal" server start-dev --port "$port" --ui-port $((port + 1)) --db-filename "$scratch/temporal.db"
# Simulated runs last about a second; here long enough to meet with something.
TOWPATH_SANDBOX_SPEED=0.1 TOWPATH_BUILD=never begin sandbox ./towpath sandbox --env-file "$scratch/sandbox.env"
within 90 grep -q 'sandbox ready' "$scratch/sandbox.log"
within 60 "$temporal" operator cluster health --address "127.0.0.1:$port"
set -a
# shellcheck source=/dev/null
. "$scratch/sandbox.env"
set +a
control=$TOWPATH_SANDBOX_CONTROL
unset TOWPATH_SANDBOX_CONTROL
export TEMPORAL_ADDRESS=127.0.0.1:$port TOWPATH_POLL_FLOOR=PT1S

umask 077
openssl rand -base64 32 >"$scratch/first.key"
openssl rand -base64 32 >"$scratch/second.key"
first=2026a=file:$scratch/first.key second=2026b=file:$scratch/second.key
export TOWPATH_PAYLOAD_KEYS=$first

step 'start a worker, and ask what it can do'
worker one 1.0
# A deployment is there once Temporal has seen a worker of it poll.
within 60 "$temporal" worker deployment describe --name towpath
show "$temporal" worker deployment set-current-version --yes --deployment-name towpath --build-id 1.0 >/dev/null
show towpath doctor

# seeded NAME; synapse METHOD PATH [BODY]
seeded() { curl -sS "$control/seed" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
synapse() {
  printf 'header = "Authorization: Bearer %s"\n' "$SYNAPSE_AUTH_TOKEN" \
    | curl -sS -K - -X "$1" -H 'Content-Type: application/json' "$SYNAPSE_ENDPOINT/repo/v1$2" ${3:+-d "$3"}
}
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

step 'apply a schedule: a scan of a folder, every ten seconds'
inbox=$(synapse POST /entity "{\"concreteType\":\"org.sagebionetworks.repo.model.Folder\",\"name\":\"inbox\",\"parentId\":\"$(seeded synapse.project)\"}" | field id)
cat >"$scratch/schedules.yaml" <<YAML
owner: walkthrough
schedules:
  inbox:
    kind: manifest-scan
    every: PT10S
    note: round trips for new sheets in the inbox
    request:
      folder: $inbox
      template:
        recipe: reads
        stage: {to: "s3://$(seeded s3.bucket)/walkthrough/"}
        runs:
          - name: reads
            pipeline: $(seeded seqera.pipeline)
            revision: $(seeded seqera.revision)
        index: {parent: $(seeded synapse.results), folder: "\${manifest.id}"}
YAML
show towpath schedules diff -f "$scratch/schedules.yaml"
show towpath schedules apply -f "$scratch/schedules.yaml"
show towpath schedules apply -f "$scratch/schedules.yaml"

sheet() { synapse GET "/entity/$(seeded synapse.manifest)" | field dataFileHandleId; }
handle=$(sheet)
# put NAME: a sheet in the inbox; prints the id of the round trip that a scan starts of it
put() {
  local id
  id=$(synapse POST /entity "{\"concreteType\":\"org.sagebionetworks.repo.model.FileEntity\",\"name\":\"$1\",\"parentId\":\"$inbox\",\"dataFileHandleId\":\"$handle\"}" | field id)
  echo "round-trip/$id.1/reads"
}

# launches: accepted ones; runs that Temporal finds by a query; what a run says of itself
launches() {
  curl -sS "$control/effects?platform=seqera" \
    | python3 -c 'import json, sys; print(sum(e["committed"] and e["route"] == "POST /workflow/launch" for e in json.load(sys.stdin)))'
}
launched() { [ "$(launches)" = "$1" ]; }
found() { "$temporal" workflow count --query "WorkflowId = '$2' AND $1" >"$scratch/count" && grep -q '^Total: 1$' "$scratch/count"; }
outcome() { towpath report "$1" -o json | field outcome; }
succeeded() { [ "$(outcome "$1")" = SUCCEEDED ]; }
should() { if ! "${@:2}"; then echo "not so: $1" >&2; return 1; fi; echo "$1"; }

step 'a sheet appears, and a scan starts its round trip'
one=$(put one.csv)
within 60 found "EtlKind = 'round-trip' AND ExecutionStatus = 'Running'" "$one"
within 60 launched 1
show "$temporal" workflow list --query "EtlKind = 'round-trip' AND ExecutionStatus = 'Running'"

step "find it in Temporal's UI by a search attribute"
within 30 curl -sSf "http://127.0.0.1:$((port + 1))/api/v1/namespaces/default/workflows?query=EtlKind%3D%27round-trip%27"
curl -sSf "http://127.0.0.1:$((port + 1))/api/v1/namespaces/default/workflows?query=EtlKind%3D%27round-trip%27" >"$scratch/ui"
should "the UI's list has $one" grep -q "$one" "$scratch/ui"

step 'kill the worker while the run is under way on Seqera, and start another'
end one KILL
worker two 1.0
# A call that the worker was in the middle of is given up after its time-out.
within 480 succeeded "$one"
show towpath status "$one"
should 'it ended SUCCEEDED, and Seqera was asked for one run' launched 1

step 'a second sheet; its run is held while the worker is looked after'
two=$(put two.csv)
within 60 launched 2
show towpath pause "$two"

step 'change the payload key: first every worker gets the new one, then it comes first'
end two TERM
TOWPATH_PAYLOAD_KEYS=$first,$second worker three 1.0
end three TERM
export TOWPATH_PAYLOAD_KEYS=$second,$first
worker four 1.0
show towpath schedules apply -f "$scratch/schedules.yaml"
show towpath status "$two"

step 'upgrade the worker beside the run that is under way'
worker five 2.0
show towpath replay --from-server "ExecutionStatus = 'Running'"
show "$temporal" worker deployment set-current-version --yes --deployment-name towpath --build-id 2.0 >/dev/null
three=$(put three.csv)
within 60 found "TemporalWorkerDeploymentVersion = 'towpath:2.0'" "$three"
should 'a new run begins on 2.0' found "TemporalWorkerDeploymentVersion = 'towpath:2.0'" "$three"
show towpath resume "$two"
within 240 succeeded "$two"
within 240 succeeded "$three"
should 'the run that was held ended on 1.0' found "TemporalWorkerDeploymentVersion = 'towpath:1.0'" "$two"
should 'three sheets, three runs on Seqera' launched 3

step 'nothing is done twice, and nothing is readable without a key'
show towpath start manifest-scan -f <(python3 - "$scratch/schedules.yaml" <<'PY'
import sys
text = open(sys.argv[1]).read().split("    request:\n", 1)[1]
print("\n".join(line[6:] for line in text.splitlines()))
PY
) --wait
should 'still three' launched 3
"$temporal" workflow show --workflow-id "$two" -o json >"$scratch/history"
python3 - "$scratch/history" >"$scratch/payloads" <<'PY'
import base64, json, sys

sealed = readable = 0


def look(node):
    global sealed, readable
    if isinstance(node, list):
        for one in node:
            look(one)
    elif isinstance(node, dict):
        if isinstance(node.get("data"), str) and "metadata" in node:
            data = base64.b64decode(node["data"])
            sealed += b"binary/encrypted" in base64.b64decode(node["metadata"].get("encoding", ""))
            readable += b"s3://" in data
        for one in node.values():
            look(one)


look(json.load(open(sys.argv[1])))
print(f"{'sealed' if sealed > 20 else 'plain'} {readable}")
PY
should 'its history is sealed, and shows no place of a file' grep -qx 'sealed 0' "$scratch/payloads"

step 'end'
for name in four five sandbox temporal; do end "$name" TERM; done
printf '\nall of it is so: one request, one effect\n'
