"""Capacity: what very many waiting runs take of one worker's memory."""

import json
import re
import signal
import subprocess

from cases import flight
from cases.prefect import Prefect
from harness import peers
from harness.ground import ROOT, Ground
from harness.rounds import Contestant
from harness.versions import versions

TITLE = "Capacity"
FLOWS, CACHED = 50, 600
TOTAL = re.compile(r"^Total\s+\d+\s+(\d+)", re.MULTILINE)


def run(bench):
    runs = 200 if bench.quick else 1_000
    bench.work = ("Round trips that wait for Seqera, all on one worker with its usual heap of 256 MiB. What a run takes is what is alive "
                  f"in the heap with them, less what was alive before. Prefect has {FLOWS} flows in one process that ask each minute: what "
                  "one takes is what the process has resident with all of them, less what it has with one; more of them are extrapolated.")
    bench.leave_out("10,000 runs", "starting them takes longer than the whole of the others")
    with Ground(**flight.LIMITS) as ground:
        worker = ground.worker(**flight.SETTINGS)
        ground.start(ground.request("warm", ground.seed["synapse.manifest"]))
        before = alive_kib(worker)
        seconds = flight.begin(ground, runs, 900)
        one = Contestant(f"Towpath, {runs:,} runs", "subject", None)
        one.rounds.append({"peak MiB": worker.peak_mib(), "KiB alive for each run": (alive_kib(worker) - before) / runs,
                           "runs launched a second": runs / seconds})
        ground.stop(worker)
        bench.show([one, *with_prefect(bench, ground, runs)])
    bench.versions = versions("prefect")
    bench.goal("peak memory of a worker", one.median("peak MiB"), "<=", 400, "MiB")
    bench.goal("memory for each run", one.median("KiB alive for each run"), "<=", 40, "KiB",
               f"as it is for the {CACHED} runs at most that the SDK keeps in its cache; others take none")


def alive_kib(worker):
    told = subprocess.run(["jcmd", str(worker.pid), "GC.class_histogram"], capture_output=True, text=True, check=True)
    return int(TOTAL.search(told.stdout)[1]) / 1024


def with_prefect(bench, ground, runs):
    try:
        prefect = Prefect(ground)
    except peers.Missing as why:
        bench.leave_out(f"Prefect at {FLOWS} runs", str(why))
        return []
    single, all_of_them = (resident(ground, prefect, count) for count in (1, FLOWS))
    each = (all_of_them["MiB"] - single["MiB"]) / (FLOWS - 1)
    one = Contestant(f"Prefect, {FLOWS} runs in one process", "peer", None)
    one.rounds.append({"peak MiB": all_of_them["peak MiB"], "KiB alive for each run": 1024 * each})
    bench.fact(f"Prefect with {runs:,} runs in one process, extrapolated", single["MiB"] + (runs - 1) * each, "MiB")
    bench.fact("a process of Prefect with one run, as its workers start one for each", single["MiB"], "MiB")
    bench.fact("Prefect's own server beside them", prefect.server.rss_mib(), "MiB")
    return [one]


def resident(ground, prefect, count):
    """Memory of a process in which so many flows wait."""
    ground.control("POST", "/plans", {"platform": "seqera", "match": "^reads-prefect", "times": count, "steps": [
        {"status": "RUNNING", "forMs": flight.HOUR}, {"status": "SUCCEEDED"}]})
    file = ground.folder / "waiting.json"
    file.write_text(json.dumps({"name": f"prefect{count}", "count": count, "seed": ground.seed}), "utf-8")
    process = ground.subject("flows", [prefect.python, ROOT / "bench" / "peers" / "waiting.py", file], prefect.env)
    process.until_says("all wait")
    took = {"MiB": process.rss_mib(), "peak MiB": process.peak_mib()}
    ground.stop(process, signal.SIGKILL)
    return took
