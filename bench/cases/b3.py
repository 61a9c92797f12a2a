"""Many small files: how many calls each costs, and how much of Synapse's quota is used."""

import shutil

from cases import staging
from harness import peers
from harness.ground import Ground, stage_seconds
from harness.process import command
from harness.rounds import Contestant
from harness.s3 import S3
from harness.synapse import Synapse
from harness.versions import versions

TITLE = "Many small files"
SPEED = 20
PER_SECOND = 600 * SPEED / 60
FOLDER = 1_000
SIZES = [4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10]
LIMITED = "GET presigned"


def run(bench):
    count, few = (1_000, 200) if bench.quick else (10_000, 1_000)
    bench.work = (f"{count:,} files of 4 to 256 KiB, staged to S3, and as many outputs indexed, with Synapse's quota of 600 calls a minute "
                  f"and 3 at once, in windows divided by {SPEED}. Calls are those that the sandbox counted; peers do {few:,} files. "
                  "Calls do not depend on what else the machine does; the share of the quota does. It is that of check and index, which wait "
                  "for calls; staging waits for bytes, and has a call for a hundred files.")
    with Ground(TOWPATH_SANDBOX_QUOTA_SPEED=str(SPEED)) as ground:
        ids, top = plant(ground, count, "many")
        shown = towpath(bench, ground, ids, top, count)
        ids, top = plant(ground, few, "few")
        shown += with_synapseclient(bench, ground, top, few)
        bench.show(shown)
        bench.versions = versions("synapseclient")


def plant(ground, count, name):
    """Entities with handles of their own, on one object of each size."""
    synapse = Synapse(ground.settings)
    top = synapse.folder(ground.seed["synapse.project"], name)
    firsts = [synapse.file(top, f"first{size}", bytes([number]) * size) for number, size in enumerate(SIZES)]
    ids = []
    for at in range(0, count, FOLDER):
        parent = synapse.folder(top, f"part{at // FOLDER}")
        names = [f"{name}{number:06d}.fastq" for number in range(at, min(at + FOLDER, count))]
        for number, first in enumerate(firsts):
            ids += synapse.copies(parent, first, names[number::len(firsts)])
    return ids, top


class Share:
    """Calls of one piece of work, and its share of the quota."""

    def __init__(self, ground):
        self._ground = ground
        ground.forget_calls()

    def figures(self, files, seconds):
        calls = {route: number for route, number in self._ground.calls("synapse").items() if route[0] != LIMITED}
        total = sum(calls.values())
        refused = sum(number for (_, status), number in calls.items() if status == 429)
        return {"calls": total, "calls per file": total / files, "seconds": seconds,
                "% of the quota": 100 * total / (PER_SECOND * seconds), "% refused (429)": 100 * refused / max(1, total)}


def towpath(bench, ground, ids, top, count):
    synapse, project = Synapse(ground.settings), ground.seed["synapse.project"]
    sheet = synapse.sheet(project, f"{count}.csv", ids)
    worker = ground.worker(TOWPATH_SYNAPSE_CALLS_PER_MINUTE=str(600 * SPEED))

    def measured(what, request):
        share = Share(ground)
        answer = ground.start(request)
        one = Contestant(f"Towpath, {what}", "subject", None)
        bytes_for, calls_for = stage_seconds(answer, "stage"), stage_seconds(answer, "check") + stage_seconds(answer, "index")
        one.rounds.append({**share.figures(count, calls_for), "s of staging": bytes_for})
        return one

    staged = measured("staged from a sheet", unindexed(ground.request("ids", sheet)))
    request = ground.request("all", sheet)
    # The same place each time: a new one would be new outputs.
    request["runs"][0]["params"] = {"outdir": f"s3://{ground.seed['s3.bucket']}/bench/results/"}
    everything = measured("staged and indexed", request)
    again = measured("unchanged, again", {**request, "rerun": "always"})
    forget_indexes(ground)
    looked_at = measured("unchanged, looked at", {**request, "rerun": "always"})
    view = view_of(synapse, project, top)
    by_view = measured("staged from a view", unindexed(
        {**ground.request("view", view), "manifest": {"synId": view, "query": f"select name as sample, id as fastq_1 from {view}"}}))
    ground.stop(worker)
    each = {name: one.median("calls per file") for name, one in
            (("staged", staged), ("all", everything), ("again", again), ("looked at", looked_at), ("view", by_view))}
    bench.goal("calls per file staged from a sheet of ids", each["staged"], "<=", 1.05, "calls")
    bench.goal("calls per file staged from a view with handles and MD5s", each["view"], "<=", 0.05, "calls")
    bench.goal("calls per file indexed new", each["all"] - each["staged"], "<=", 2.05, "calls")
    bench.goal("calls per file indexed and unchanged", each["looked at"] - each["staged"], "<=", 1.05, "calls")
    bench.goal("calls per file where the last index and a listing show that nothing changed", each["again"] - each["staged"], "<=", 0.05,
               "calls", f"of {everything.median('calls') - staged.median('calls'):,.0f} calls that filing them took; a listing has 50 files a call")
    bench.goal("of the quota used, while calls are waited for", everything.median("% of the quota"), ">=", 95, "%",
               f"{everything.median('calls'):,.0f} calls in {everything.median('seconds'):.1f} s")
    bench.goal("refused for going too fast", max(one.median("% refused (429)") for one in (staged, everything, again, looked_at, by_view)),
               "<", 0.1, "%")
    return [staged, everything, again, looked_at, by_view]


def forget_indexes(ground):
    """Takes away what earlier generations note of what they filed: each file is looked at then."""
    s3, bucket = S3(ground.settings), ground.seed["s3.bucket"]
    for key in s3.keys(bucket, "bench/all/towpath/"):
        if "/indexed/" in key:
            s3.delete(bucket, key)


def unindexed(request):
    return {**request, "index": {**request["index"], "exclude": ["**"]}}


def view_of(synapse, project, scope):
    """A view of all files below a folder, with every column that such a view can have."""
    columns = synapse.call("GET", "/repo/v1/column/tableview/defaults?viewTypeMask=1")["list"]
    made = synapse.call("POST", "/repo/v1/column/batch", {
        "concreteType": "org.sagebionetworks.repo.model.ListWrapper",
        "list": [{name: value for name, value in column.items() if name != "id"} for column in columns]})["list"]
    return synapse.entity("table.EntityView", project, "all of them", viewTypeMask=1, scopeIds=[scope],
                          columnIds=[column["id"] for column in made])


def with_synapseclient(bench, ground, top, few):
    try:
        run, local = staging.SynapseCommand(ground), ground.folder / "few"
    except peers.Missing as why:
        bench.leave_out("synapse get and synapse sync", str(why))
        return []
    target = Synapse(ground.settings).folder(ground.seed["synapse.project"], "sent back")

    def measured(what, arguments):
        share = Share(ground)
        took = command([run.program, "--skip-checks", *arguments], run.env)
        one = Contestant(what, "peer", None)
        one.rounds.append(share.figures(few, took["wall s"]))
        return one

    down = measured(f"synapse get -r, {few:,} files", ["get", "-r", top, "--downloadLocation", local])
    files = [file for file in sorted(local.rglob("*.fastq"))]
    manifest = ground.folder / "manifest.tsv"
    manifest.write_text("path\tparent\n" + "".join(f"{file}\t{target}\n" for file in files), "utf-8")
    up = measured(f"synapse sync, {few:,} files", ["sync", manifest])
    shutil.rmtree(local)
    return [down, up]
