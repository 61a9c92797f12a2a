"""Polling: how many calls many waiting runs cost, and how much of a core."""

import sys
import time

from cases import flight
from harness import peers
from harness.ground import ROOT, Ground
from harness.rounds import Contestant
from harness.s3 import S3
from harness.sevenbridges import VOLUME_PREFIX, SevenBridges
from harness.versions import versions

TITLE = "Polling"
LISTED = 100
MINUTES = 2
QUOTA = 20
INTERVAL = 60
LOOPS = 100


def run(bench):
    sizes = [200] if bench.quick else [1_000]
    bench.work = (f"Round trips that wait for Seqera, asked about every 60 s, over {MINUTES} minutes. Counted at the sandbox. "
                  "A list of Seqera has 100 runs, so the floor is a hundredth of a call for a run and interval. "
                  f"Peers wait for {LOOPS} runs or tasks at the same interval. Their own are 10 s (Task.wait, six times the calls) and "
                  "5 minutes (py-orca, a fifth of them, and an end is seen that much later); py-orca's loop is written anew here.")
    bench.leave_out("10,000 runs, Seven Bridges, and the slowest hundredth of the intervals", "not written yet")
    for runs in sizes:
        with Ground(**flight.LIMITS) as ground:
            worker = ground.worker(**flight.SETTINGS)
            flight.begin(ground, runs, 900)
            one = Contestant(f"Towpath, {runs:,} runs", "subject", None)
            one.rounds.append(bench.rounds.undisturbed(lambda: window(ground, worker, runs)))
            ground.stop(worker)
            bench.show([one, *loops(bench, ground, 1 if bench.quick else MINUTES)])
        bench.versions = versions("sevenbridges-python")
        bench.goal(f"calls for a run and hour, {runs:,} runs", one.median("calls per run-hour"), "<=", 0.6, "calls")
        bench.goal("calls against the floor of a hundred runs in a list", one.median("lists") / (MINUTES * -(-runs // LISTED)),
                   "<=", 1.0, "×")
        bench.goal("of Seqera's quota", one.median("% of the quota"), "<=", 10, "%")


def window(ground, worker, runs):
    time.sleep(70)  # all of them have waited once
    ground.forget_calls()
    cpu, began = worker.seconds(), time.monotonic()
    time.sleep(MINUTES * 60)
    seconds = time.monotonic() - began
    calls = ground.calls("seqera")
    lists = sum(number for (route, _), number in calls.items() if route == "GET /workflow")
    total = sum(calls.values())
    return {"lists": lists, "calls": total, "calls per run-hour": total * 3600 / seconds / runs,
            "% of the quota": 100 * total / seconds / QUOTA, "% of a core": 100 * (worker.seconds() - cpu) / seconds}


def loops(bench, ground, minutes):
    """Both at once: each asks a platform of its own, and is counted, not timed."""
    runs = [effect["object"]["id"] for effect in ground.effects("seqera", "POST /workflow/launch")][:LOOPS]
    started = [("a loop as py-orca has it", "seqera", waiting(ground, sys.executable, "runs", runs), len(runs))]
    try:
        python = peers.python("sevenbridges-python") / "python"
        started.append(("Task.wait of sevenbridges-python", "sevenbridges", waiting(ground, python, "tasks", tasks(ground)), LOOPS))
    except peers.Missing as why:
        bench.leave_out("Task.wait of sevenbridges-python", str(why))
    for _, _, waiter, _ in started:
        waiter.until_says("all asked")
    time.sleep(5)  # none asks at the edge of the window
    ground.forget_calls()
    time.sleep(minutes * 60)
    shown = []
    for what, platform, waiter, count in started:
        calls = sum(ground.calls(platform).values())
        shown.append(Contestant(f"{what}, {count} runs", "peer", None))
        shown[-1].rounds.append({"calls": calls, "calls per run-hour": calls * 60 / minutes / count})
        ground.stop(waiter)
    return shown


def waiting(ground, python, kind, ids):
    return ground.subject(kind, [python, "-u", ROOT / "bench" / "peers" / "waits.py", kind, INTERVAL, *ids], ground.env)


def tasks(ground):
    """Tasks on Seven Bridges that go on and on."""
    seed, platform = ground.seed, SevenBridges(ground.settings)
    S3(ground.settings).put(seed["s3.bucket"], f"{VOLUME_PREFIX}/waiting.fastq.gz", b"waiting")
    project = platform.project("waiting", seed["sevenbridges.billingGroup"])
    read = {"class": "File", "path": platform.imported(project, seed["sevenbridges.volumeReadOnly"], "waiting.fastq.gz")}
    app = platform.copied(seed["sevenbridges.publicApp"], project)
    ground.control("POST", "/plans", {"platform": "sevenbridges", "match": "^waiting ", "times": LOOPS, "steps": [
        {"status": "RUNNING", "forMs": flight.HOUR}, {"status": "COMPLETED"}]})
    return [platform.running(project, app, f"waiting {number}",
                             {"input_pe_reads": [read], "sample_name": "waiting", "output_basename": "waiting"})
            for number in range(LOOPS)]
