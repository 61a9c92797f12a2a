"""Going on after a kill: how soon another worker takes a transfer up, and what it sends again."""

import signal
import threading
import time

from cases import staging
from harness.ground import Ground
from harness.process import Failed
from harness.rounds import Contestant
from harness.versions import versions

TITLE = "Going on after a kill"
MIB = 1 << 20
COUNT, SIZE = 8, 64 * MIB
HEARTBEAT = 90
SETTLE = 2


def run(bench):
    kills = 1 if bench.quick else 5
    bench.work = (f"{COUNT} files of {SIZE // MIB} MiB on their way from Synapse to S3; SIGKILL for the worker that moves "
                  f"them, while another one stands by, {kills} times. Temporal gives a silent activity up after {HEARTBEAT} s.")
    bench.leave_out("20 kills", "each takes the time-out, and all the benchmarks have 90 minutes")
    one = Contestant("Towpath", "subject", None)
    with Ground() as ground:
        files = staging.Files(ground, COUNT, SIZE)
        for number in range(kills):
            one.rounds.append(killed(ground, files, f"killed-{number}"))
    bench.show([one])
    bench.versions = versions()
    worst = max(one.values("seconds until parts are sent"))
    bench.goal("from the time-out until parts are sent again, the worst", worst - HEARTBEAT, "<=", 2, "s")
    bench.goal("parts sent twice for each stream, the worst", max(one.values("parts sent twice")) / COUNT, "<=", 1, "parts")
    bench.fact("a restart from zero would send", COUNT * SIZE // staging.PART, "parts")


def killed(ground, files, name):
    workers = [ground.worker(), ground.worker()]
    parts, answers = COUNT * SIZE // staging.PART, []
    ground.forget_calls()
    idle = [worker.seconds() for worker in workers]
    run = threading.Thread(target=lambda: answers.append(ground.start(ground.request(name, files.sheet, mode="stream"))))
    run.start()
    until(lambda: sent(ground) > parts // 4, 120)
    busiest = max(range(2), key=lambda worker: workers[worker].seconds() - idle[worker])
    ground.stop(workers[busiest], signal.SIGKILL)
    began = time.monotonic()
    time.sleep(SETTLE)  # what was under way at the moment may still arrive
    before = sent(ground)
    if before >= parts:
        raise Failed("everything was sent before the kill")
    until(lambda: sent(ground) > before, 2 * HEARTBEAT)
    seconds = time.monotonic() - began
    run.join()
    ground.stop(workers[1 - busiest])
    if not answers:
        raise Failed("the round trip did not end well")
    return {"seconds until parts are sent": seconds, "parts before the kill": before,
            "parts sent twice": sent(ground) - parts}


def sent(ground):
    return ground.calls("s3").get(("PUT part", 200), 0)


def until(true, seconds):
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise Failed("it did not come true in time")
        time.sleep(0.05)
