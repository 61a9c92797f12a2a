"""Very many round trips whose pipelines go on and on."""

import json
import time

from harness import machine, peers
from harness.ground import ROOT
from harness.process import Failed, command

HOUR = 3_600_000
SETTINGS = {"TOWPATH_SYNAPSE_CALLS_PER_MINUTE": "600000", "TOWPATH_SYNAPSE_CALLS_AT_ONCE": "32",
            "TOWPATH_POLL_FLOOR": "PT60S"}
LIMITS = {"TOWPATH_SANDBOX_LIMITS": "off"}


def begin(ground, runs, seconds):
    """Starts them all, of one sheet, and waits until each is launched on Seqera; how many seconds that took."""
    python = peers.python("temporalio") / "python"
    manifest = ground.seed["synapse.manifest"]
    ground.control("POST", "/plans", {"platform": "seqera", "match": "^reads-", "times": runs, "steps": [
        {"status": "RUNNING", "forMs": HOUR}, {"status": "SUCCEEDED"}]})
    requests = []
    for number in range(runs):
        name = f"flight{number:05d}"
        requests.append({"type": "round-trip", "queue": "towpath", "id": f"round-trip/{manifest}.1/{name}",
                         "request": ground.request(name, manifest)})
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


def launched(ground):
    return sum(number for (route, status), number in ground.calls("seqera").items()
               if route == "POST /workflow/launch" and status == 200)
