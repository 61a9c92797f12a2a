"""Polling: how many calls many waiting runs cost, and how much of a core."""

import time

from cases import flight
from harness.ground import Ground
from harness.rounds import Contestant
from harness.versions import versions

TITLE = "Polling"
LISTED = 100
MINUTES = 2
QUOTA = 20


def run(bench):
    sizes = [200] if bench.quick else [1_000]
    bench.work = (f"Round trips that wait for Seqera, asked about every 60 s, over {MINUTES} minutes. Counted at the sandbox. "
                  "A list of Seqera has 100 runs, so the floor is a hundredth of a call for a run and interval.")
    bench.leave_out("10,000 runs, Seven Bridges, and the slowest hundredth of the intervals", "not written yet")
    bench.leave_out("Task.wait of sevenbridges-python and the loop of py-orca", "each asks once for a run and interval: 60 calls an hour")
    for runs in sizes:
        with Ground(**flight.LIMITS) as ground:
            worker = ground.worker(**flight.SETTINGS)
            flight.begin(ground, runs, 900)
            one = Contestant(f"Towpath, {runs:,} runs", "subject", None)
            one.rounds.append(bench.rounds.undisturbed(lambda: window(ground, worker, runs)))
            bench.show([one])
        bench.versions = versions()
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
