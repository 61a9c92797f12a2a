"""Command line: how long help, a status, a start and the start of a worker take."""

import itertools
import time
from pathlib import Path

from harness import peers
from harness.ground import ROOT, TEMPORAL, TOWPATH, Ground
from harness.process import command
from harness.rounds import Contestant, near
from harness.versions import versions

TITLE = "Command line"
TIMES = 5
SMALL = ["-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]


def run(bench):
    bench.work = (f"Commands as a person types them, {TIMES} in a row, the middle one counts; the launcher's bash is in it. "
                  "A floor has the same flags of the JVM and no archive of classes.")
    with Ground() as ground:
        worker = ground.worker()
        done = ground.start(ground.request("command", ground.seed["synapse.manifest"]))["workflowId"]
        contestants = {**of_help(ground), **of_server(ground, done), **of_peers(bench, ground)}
        bench.rounds.compare(list(contestants.values()), lambda: close(contestants))
        ground.stop(worker)
        starting = worker_start(ground)
        bench.rounds.compare([starting])
        bench.show([*contestants.values(), starting])
        bench.versions = versions("synapseclient", "temporalio")
        status, bare = contestants["status"].median("wall s"), contestants["describe"].median("wall s")
        bench.goal("help", contestants["help"].median("wall s") * 1000, "<=", 200, "ms")
        bench.goal("status against a bare Temporal client", status / bare, "<=", 1.2, "×")
        bench.fact("CPU of the same", contestants["status"].median("CPU s") / contestants["describe"].median("CPU s"), "×")
        bench.fact("status without the archive of classes", without_archive(ground, done), "s")


def close(contestants):
    return near(contestants["status"].median("wall s") / contestants["describe"].median("wall s"), 1.2)


def several(argv, env):
    """The middle of some runs, as one takes less than a clock tells."""

    def work():
        took = [command(argv() if callable(argv) else argv, env) for _ in range(TIMES)]
        return {name: sorted(one[name] for one in took)[TIMES // 2] for name in took[0]}

    return work


def of_help(ground):
    bare = [peers.java(), *SMALL, "-cp", peers.floor("Hello"), "Hello"]
    command([TOWPATH, "--help"], ground.env)
    return {"hello": Contestant("floor: a JVM that says hello", "floor", several(bare, ground.env)),
            "help": Contestant("towpath --help", "subject", several([TOWPATH, "--help"], ground.env)),
            "temporal": Contestant("temporal --help", "peer", several([TEMPORAL, "--help"], ground.env))}


def classpath():
    """That of the command, for floors that use the same SDK."""
    built = (ROOT / "target" / "launch" / "current").read_text("utf-8")
    with open(f"{built}/starter.classpath", encoding="utf-8") as file:
        return file.read()


def of_server(ground, done):
    address = ground.env["TEMPORAL_ADDRESS"]
    describe = [peers.java(), *SMALL, "-cp", peers.floor("Describe", classpath()), "Describe", address, done]
    command([TOWPATH, "status", done], ground.env)
    return {
        "describe": Contestant("floor: a bare Temporal client that describes", "floor", several(describe, ground.env)),
        "status": Contestant("towpath status ID", "subject", several([TOWPATH, "status", done], ground.env)),
        "start": Contestant("towpath start, of what is done", "subject",
                            several([TOWPATH, "start", "round-trip", "-f", ground.folder / "request.json"], ground.env)),
        "temporal describe": Contestant(
            "temporal workflow describe", "peer",
            several([TEMPORAL, "workflow", "describe", "--workflow-id", done], ground.env)),
    }


def of_peers(bench, ground):
    found, number = {}, itertools.count()
    try:
        synapse = peers.python("synapseclient") / "synapse"
        found["synapse"] = Contestant("synapse --help", "peer", several([synapse, "--help"], ground.env))
    except peers.Missing as why:
        bench.leave_out("synapse --help", str(why))
    try:
        start = [peers.python("temporalio") / "python", ROOT / "bench" / "peers" / "start.py", ground.env["TEMPORAL_ADDRESS"]]
        found["python"] = Contestant("a start by Temporal's Python SDK", "peer",
                                     several(lambda: [*start, f"python-{next(number)}"], ground.env))
    except peers.Missing as why:
        bench.leave_out("a start by Temporal's Python SDK", str(why))
    return found


def worker_start(ground):
    def work():
        began = time.monotonic()
        worker = ground.worker()
        took = {"wall s": time.monotonic() - began, "CPU s": worker.seconds(), "peak MiB": worker.peak_mib()}
        ground.stop(worker)
        return took

    return Contestant("towpath worker, until it polls", "subject", work)


def without_archive(ground, done):
    """An empty archive says to the launcher that this JVM makes none. A worker has to answer, else the command waits."""
    archive = Path((ROOT / "target" / "launch" / "current").read_text("utf-8")) / "starter.jsa"
    kept = archive.rename(archive.with_suffix(".kept"))
    worker = ground.worker()
    try:
        archive.touch()
        return several([TOWPATH, "status", done], ground.env)()["wall s"]
    finally:
        kept.replace(archive)
        ground.stop(worker)
