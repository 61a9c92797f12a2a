"""Capacity: what very many waiting runs take of one worker's memory."""

import re
import subprocess

from cases import flight
from harness.ground import Ground
from harness.rounds import Contestant
from harness.versions import versions

TITLE = "Capacity"
TOTAL = re.compile(r"^Total\s+\d+\s+(\d+)", re.MULTILINE)


def run(bench):
    runs = 200 if bench.quick else 1_000
    bench.work = ("Round trips that wait for Seqera, all on one worker with its usual heap of 256 MiB. What a run takes is what is alive "
                  "in the heap with them, less what was alive before.")
    bench.leave_out("10,000 runs", "starting them takes longer than the whole of the others")
    bench.leave_out("Prefect at 50 runs", "not written yet")
    with Ground(**flight.LIMITS) as ground:
        worker = ground.worker(**flight.SETTINGS)
        ground.start(ground.request("warm", ground.seed["synapse.manifest"]))
        before = alive_kib(worker)
        seconds = flight.begin(ground, runs, 900)
        one = Contestant(f"Towpath, {runs:,} runs", "subject", None)
        one.rounds.append({"peak MiB": worker.peak_mib(), "KiB alive for each run": (alive_kib(worker) - before) / runs,
                           "runs launched a second": runs / seconds})
        bench.show([one])
    bench.versions = versions()
    bench.goal("peak memory of a worker", one.median("peak MiB"), "<=", 400, "MiB")
    bench.goal("memory for each run", one.median("KiB alive for each run"), "<=", 40, "KiB")


def alive_kib(worker):
    told = subprocess.run(["jcmd", str(worker.pid), "GC.class_histogram"], capture_output=True, text=True, check=True)
    return int(TOTAL.search(told.stdout)[1]) / 1024
