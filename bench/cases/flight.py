"""Very many round trips whose pipelines go on and on."""

import json
import time

from harness import machine, peers
from harness.ground import ROOT
from harness.process import Failed, command

HOUR = 3_600_000
SETTINGS = {"TOWPATH_SYNAPSE_CALLS_PER_MINUTE": "600000", "TOWPATH_SYNAPSE_CALLS_AT_ONCE": "32",
            "TOWPATH_SEQERA_CALLS_PER_SECOND": "1000", "TOWPATH_SB_CALLS_PER_FIVE_MINUTES": "900000",
            "TOWPATH_POLL_FLOOR": "PT60S"}
LIMITS = {"TOWPATH_SANDBOX_LIMITS": "off"}


def begin(ground, runs, seconds, ends=()):
    """Starts them all, of one sheet, and waits until each is launched on Seqera; how many seconds that took.

    They go on for an hour, and then as many as there are ends for so many milliseconds."""
    python = peers.python("temporalio") / "python"
    manifest = ground.seed["synapse.manifest"]
    planned(ground, HOUR, runs)
    for end in ends:
        planned(ground, end, 1)
    runs += len(ends)
    requests = [{"type": "round-trip", "queue": "towpath", "id": workflow(ground, number),
                 "request": ground.request(f"flight{number:05d}", manifest)} for number in range(runs)]
    file = ground.folder / "flight.json"
    file.write_text(json.dumps(requests), "utf-8")
    began = time.monotonic()
    command([python, ROOT / "bench" / "peers" / "begin.py", ground.env["TEMPORAL_ADDRESS"], file], ground.env,
            core=machine.SERVER_CORE)
    while launched(ground) < runs:
        if time.monotonic() - began > seconds:
            raise Failed(f"{launched(ground)} of {runs} runs were launched within {seconds} s")
        time.sleep(1)
    return time.monotonic() - began


def planned(ground, milliseconds, times):
    ground.control("POST", "/plans", {"platform": "seqera", "match": "^reads-", "times": times, "steps": [
        {"status": "RUNNING", "forMs": milliseconds}, {"status": "SUCCEEDED"}]})


def workflow(ground, number):
    return f"round-trip/{ground.seed['synapse.manifest']}.1/flight{number:05d}"


def launched(ground):
    return sum(number for (route, status), number in ground.calls("seqera").items()
               if route == "POST /workflow/launch" and status == 200)
