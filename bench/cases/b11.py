"""CAVATICA: how many calls a large sheet costs there, and how much of our share of the quota is used while there is work."""

import csv
import io
import json
import threading
import time

from harness import peers
from harness.ground import ROOT, Ground, stage_seconds
from harness.process import command
from harness.rounds import Contestant
from harness.sevenbridges import SevenBridges, reads
from harness.synapse import Synapse
from harness.versions import versions

TITLE = "CAVATICA"
SPEED = 20
QUOTA = 1_000
SHARE = 0.9
PER_SECOND = QUOTA * SHARE * SPEED / 300
LANES = 10
FILES = 2 * LANES
RUN = ("POST /tasks/{id}/actions/run", 200)
INPUTS = {"input_pe_reads": "files[read_orientation='R1'].file", "input_pe_mates": "files[read_orientation='R2'].file",
          "sample_name": "sample_id", "output_basename": "opKey"}


def run(bench):
    samples, few = (50, 5) if bench.quick else (500, 50)
    bench.work = (f"{samples * FILES:,} files imported with metadata, a task for each of {samples} samples, a table of each filed and given "
                  f"an id, with the quota of {QUOTA:,} calls in 5 minutes in windows divided by {SPEED}; {1 - SHARE:.0%} of it is left to "
                  f"people. Minting is apart: it has no bulk call. The peer does {few * FILES:,} files and {few} tasks and no ids, its "
                  "pauses divided likewise. Calls do not depend on what else the machine does; the share of the quota does.")
    with Ground(TOWPATH_SANDBOX_QUOTA_SPEED=str(SPEED)) as ground:
        subject, minted, span = towpath(ground, samples)
        peer = with_sevenbridges(bench, ground, few)
        bench.show([subject, minted, *peer])
    bench.versions = versions("sevenbridges-python")
    judge(bench, subject, peer, span)


def judge(bench, subject, peer, span):
    if bench.quick:
        bench.leave_out("how much of our share of the quota is used", "so little work ends before a window's share does; without --quick")
    else:
        bench.goal("of our share of the quota used, until the last task is under way", 100 * span.calls / (PER_SECOND * span.seconds),
                   ">=", 95, "%", f"{span.calls:,} calls in {span.seconds:.0f} s. A new window is told in whole seconds, which cost up to 2 s "
                   f"of {300 // SPEED} here and of 300 on CAVATICA; and imports and tasks are waited for")
    bench.goal("refused for going too fast", subject.median("% refused (429)"), "<", 0.1, "%")
    for one in peer:
        bench.goal("calls of the peer against ours, for each file", one.median("calls per file") / subject.median("calls per file"),
                   ">=", 10, "×")


class Span(threading.Thread):
    """From the first call until the last task is under way, looked for twice a second."""

    def __init__(self, ground, tasks):
        super().__init__(daemon=True)
        self._ground, self._tasks, self._over = ground, tasks, threading.Event()
        self.calls, self.seconds = 0, 0.0

    def run(self):
        began = None
        while not self._over.wait(0.5):
            calls = self._ground.calls("sevenbridges")
            self.calls, now = sum(calls.values()), time.monotonic()
            began = began or (now if self.calls else None)
            self.seconds = now - (began or now)
            if calls.get(RUN, 0) >= self._tasks:
                return

    def end(self):
        self._over.set()
        self.join()


def figures(ground, of, files, seconds):
    calls = {route: number for route, number in ground.calls("sevenbridges").items() if of(route[0])}
    total = sum(calls.values())
    refused = sum(number for (_, status), number in calls.items() if status == 429)
    return {"calls": total, "calls per file": total / files, "seconds": seconds, "% refused (429)": 100 * refused / max(1, total)}


def mints(route):
    return "/drs-internal/" in route


def towpath(ground, samples):
    """What a sheet took, what its ids took, and how the quota was used."""
    seed, files = ground.seed, samples * FILES
    project = SevenBridges(ground.settings).project("bench", seed["sevenbridges.billingGroup"])
    sheet = Synapse(ground.settings).file(
        seed["synapse.project"], "cohort.csv", reads(ground.settings, seed["s3.bucket"], "cohort", samples, LANES).encode())
    worker = ground.worker(TOWPATH_SB_CALLS_PER_FIVE_MINUTES=str(round(QUOTA * SHARE * SPEED)))
    ground.forget_calls()
    span = Span(ground, samples)
    span.start()
    answer = ground.start(request(seed, sheet, project, samples), kind="cavatica-drs")
    span.end()
    ground.stop(worker)
    subject = Contestant(f"Towpath, {files:,} files and {samples} tasks", "subject", None)
    seconds = sum(stage_seconds(answer, stage) for stage in ("check", "import", "draft", "run", "collate"))
    subject.rounds.append(figures(ground, lambda route: not mints(route), files, seconds))
    ids = answer["report"]["drs"]["minted"]
    minted = Contestant(f"Towpath, {ids:,} ids minted", "subject", None)
    minted.rounds.append(figures(ground, mints, ids, stage_seconds(answer, "drs")))
    return subject, minted, span


def request(seed, sheet, project, samples):
    return {
        "sheet": {"uri": f"syn://{sheet}"},
        "project": project,
        "import": {"volume": seed["sevenbridges.volumeReadOnly"], "path": "'synapse/' & component & '/' & filepath",
                   "metadata": {"sample_id": "sample_id"}},
        "app": {"id": seed["sevenbridges.publicApp"]},
        "tasks": {"inputs": INPUTS, "maxConcurrent": samples},
        "collate": {"to": f"synapse:{seed['synapse.results']}", "include": ["summary"],
                    "export": {"volume": seed["sevenbridges.volumeReadWrite"]}},
        "drs": {"minter": "cavatica-dataset", "dataset": {"name": "include-sandbox-registered", "version": "0.1.0"}},
    }


def with_sevenbridges(bench, ground, samples):
    try:
        python = peers.python("sevenbridges-python") / "python"
    except peers.Missing as why:
        bench.leave_out("a loop with sevenbridges-python", str(why))
        return []
    seed, file = ground.seed, ground.folder / "sheet.json"
    rows = list(csv.DictReader(io.StringIO(reads(ground.settings, seed["s3.bucket"], "few", samples, LANES))))
    project = SevenBridges(ground.settings).project("loop", seed["sevenbridges.billingGroup"])
    file.write_text(json.dumps({"project": project, "volume": seed["sevenbridges.volumeReadOnly"], "bucket": seed["s3.bucket"],
                                "app": seed["sevenbridges.publicApp"], "rows": rows, "speed": SPEED}), "utf-8")
    ground.forget_calls()
    took = command([python, ROOT / "bench" / "peers" / "sheet.py", file], ground.env)
    one = Contestant(f"a loop with sevenbridges-python, {len(rows):,} files and {samples} tasks", "peer", None)
    one.rounds.append(figures(ground, lambda _: True, len(rows), took["wall s"]))
    return [one]
