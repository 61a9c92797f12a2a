"""Overhead: what round trips take beyond the calls that they make."""

from cases import trips
from cases.b9 import classpath
from cases.prefect import Prefect
from harness import peers
from harness.ground import Ground
from harness.process import Failed
from harness.rounds import near
from harness.versions import versions

TITLE = "Overhead"
GOAL, PREFECT = 1.25, 10
PEERS = (1, 20)
ONCE = 50


def run(bench):
    sizes = [1, 20] if bench.quick else [1, 20, 50, 500]
    bench.work = (f"Round trips of {trips.FILES} small files at once, on platforms without limits whose runs end at once; a real Temporal "
                  "server. A no-op workflow has as many activities, one after the other. Prefect and the calls alone read the sheet, "
                  "stage, launch, look and index by calls of the same kind, without ledger, checks or look-ups; Prefect has its own "
                  "server, which hears of tasks as they go by: a flow that is started again begins anew. Overhead is what is left "
                  "without the time that the calls alone take; a step is an activity or a task.")
    with Ground(**trips.GROUND) as ground:
        work = trips.Trips(ground)
        worker = ground.worker(**trips.SETTINGS)
        steps = work.warm([worker])
        nothing = no_ops(ground)
        work.nothing(nothing, steps, 20).work()
        prefect = with_prefect(bench, ground)
        shown = []
        for size in sizes:
            each = {"nothing": work.nothing(nothing, steps, size), "towpath": work.towpath([worker], size),
                    "calls": work.calls(size)}
            if prefect and size in PEERS:
                each["prefect"] = work.prefect(prefect, size)
            measure(bench, each, size)
            judge(bench, each, size, steps)
            shown += each.values()
        bench.show(shown)
        bench.versions = versions("temporalio", "prefect")


def no_ops(ground):
    argv = [peers.java(), "-Xmx256m", "-cp", peers.floor("Nothing", classpath()), "Nothing", ground.env["TEMPORAL_ADDRESS"]]
    return ground.subject("no-ops", argv, ground.env).until_says("worker ready")


def with_prefect(bench, ground):
    try:
        return Prefect(ground)
    except peers.Missing as why:
        bench.leave_out("Prefect", str(why))
        return None


def measure(bench, each, size):
    """What takes long is done once: Prefect's database makes its clients wait where many begin together."""
    once = [name for name in each if size >= ONCE or (name == "prefect" and size > 1)]
    bench.rounds.compare([one for name, one in each.items() if name not in once],
                         lambda: near(against(each["towpath"], each["nothing"]), GOAL))
    for name in once:
        try:
            each[name].rounds.append(bench.rounds.undisturbed(each[name].work))
        except Failed as why:
            if name != "prefect":
                raise
            bench.leave_out(f"Prefect, {size} at once", str(why).strip().splitlines()[-1])
            del each[name]


def against(one, other):
    return one.median("wall s") / other.median("wall s")


def overhead(each, name, size, steps, figures=("wall s",)):
    """Milliseconds for each step beyond those that the calls alone take."""
    whole = [sum(each[who].median(figure) for figure in figures) for who in (name, "calls")]
    return max(0.01, 1000 * (whole[0] - whole[1]) / (size * steps))


def judge(bench, each, size, steps):
    ours, calls = each["towpath"], each["calls"].median("wall s")
    bench.goal(f"{size:,} at once against no-op workflows", against(ours, each["nothing"]), "<=", GOAL, "×",
               f"of {ours.median('wall s'):.1f} s the calls alone take {calls:.1f} s, and the worker's core was busy "
               f"{ours.median('CPU s') / ours.median('wall s'):.0%} of the time")
    bench.fact(f"overhead of a step, {size:,} at once", overhead(each, "towpath", size, steps), "ms")
    if "prefect" in each:
        judge_prefect(bench, each, size, steps)


def judge_prefect(bench, each, size, steps):
    tasks = each["prefect"].median("steps")
    theirs, ours = overhead(each, "prefect", size, tasks), overhead(each, "towpath", size, steps)
    bench.goal(f"Prefect's overhead of a step against ours, {size:,} at once", theirs / ours, ">=", PREFECT, "×",
               f"{theirs:.1f} ms against {ours:.1f} ms")
    busy = ("CPU s", "servers' CPU s")
    bench.fact(f"the same of CPU, with the servers', {size:,} at once",
               overhead(each, "prefect", size, tasks, busy) / overhead(each, "towpath", size, steps, busy), "×")
