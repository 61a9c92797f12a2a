"""Scale out: the same work by one, two and four workers, which share one quota and one server."""

import itertools

from cases import b3, trips
from harness.ground import Ground, stage_seconds
from harness.process import Failed
from harness.rounds import Contestant
from harness.synapse import Synapse
from harness.versions import versions

TITLE = "Scale out"
WORKERS = (1, 2, 4)
QUOTA, AT_ONCE = 600, 3
NOISE = 1.1
RUNS = itertools.count()
# What more workers cannot make up for, by the figure that it shows in.
LIMITS = {"seconds": "a page of files is one worker's, with that worker's share of the quota", "wall s": "all of them on one core"}


def run(bench):
    count, at_once = (600, 10) if bench.quick else (4_000, 50)
    bench.work = (f"{count:,} files of 4 to 256 KiB staged with Synapse's quota in windows divided by {b3.SPEED}, of which each worker has its "
                  f"share; and {at_once} round trips at once on platforms without limits. All workers are on one core, so that more of them "
                  "cannot be faster but by waiting less.")
    staged, tripped = staging(bench, count), trips_at_once(at_once)
    bench.show(staged + tripped)
    bench.versions = versions()
    for group, what, unit in ((staged, f"{count:,} files staged", "seconds"), (tripped, f"{at_once} round trips", "wall s")):
        alone = group[0].median(unit)
        for workers, one in zip(WORKERS[1:], group[1:]):
            bench.goal(f"{what} by {workers} workers against one", one.median(unit) / alone, "<=", NOISE, "×",
                       f"{one.median(unit):.1f} s against {alone:.1f} s; {LIMITS[unit]}")
    for workers, one in zip(WORKERS, staged):
        why = "each worker has one call at once at least, and Synapse takes three" if workers > AT_ONCE else ""
        bench.goal(f"refused for going too fast, {workers} workers", one.median("% refused (429)"), "<", 0.1, "%", why)
    bench.goal("files or runs made twice", sum(one.median("doubles") for one in staged + tripped), "<=", 0, "")


def staging(bench, count):
    """A round of one sheet for each number of workers."""
    shown = []
    with Ground(TOWPATH_SANDBOX_QUOTA_SPEED=str(b3.SPEED)) as ground:
        ids, _ = b3.plant(ground, count, "scaled")
        sheet = Synapse(ground.settings).sheet(ground.seed["synapse.project"], "scaled.csv", ids)
        for number in WORKERS:
            one = Contestant(f"Towpath, {count:,} files, {named(number)}", "subject", None)
            one.rounds.append(bench.rounds.undisturbed(lambda workers=number: staged(ground, sheet, count, workers)))
            shown.append(one)
    return shown


def staged(ground, sheet, count, number):
    each = {"TOWPATH_SYNAPSE_CALLS_PER_MINUTE": str(QUOTA * b3.SPEED // number),
            "TOWPATH_SYNAPSE_CALLS_AT_ONCE": str(max(1, AT_ONCE // number))}
    workers = [ground.worker(**each) for _ in range(number)]
    name = f"scaled-{next(RUNS)}"
    try:
        ground.forget_effects()
        share = b3.Share(ground)
        answer = ground.start(b3.unindexed(ground.request(name, sheet)))
        figures = share.figures(count, stage_seconds(answer, "check") + stage_seconds(answer, "stage"))
    finally:
        for worker in workers:
            ground.stop(worker)
    written = [effect["request"]["key"] for effect in ground.effects("s3", "PUT object")]
    keys = [key for key in written if f"bench/{name}/" in key and key.endswith(".fastq")]
    if len(set(keys)) != count:
        raise Failed(f"{len(set(keys))} of {count} files were staged")
    return {**figures, "doubles": len(keys) - count}


def trips_at_once(count):
    """Round trips at once for each number of workers."""
    shown = []
    with Ground(**trips.GROUND) as ground:
        work = trips.Trips(ground)
        for number in WORKERS:
            workers = [ground.worker(**trips.SETTINGS) for _ in range(number)]
            work.warm(workers)
            one = Contestant(f"Towpath, {count} round trips, {named(number)}", "subject", None)
            ground.forget_effects()
            figures = work.towpath(workers, count).work()
            launched = len(ground.effects("seqera", "POST /workflow/launch"))
            one.rounds.append({**figures, "doubles": launched - count})
            shown.append(one)
            for worker in workers:
                ground.stop(worker)
    return shown


def named(number):
    return f"{number} worker{'s' * (number > 1)}"
