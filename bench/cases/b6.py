"""History: what runs of some sizes and lengths cost at Temporal."""

import subprocess

from cases import histories
from harness import peers
from harness.ground import ROOT, Ground, free_port
from harness.rounds import Contestant
from harness.synapse import Synapse
from harness.versions import versions

TITLE = "History"
FOLDER = 1_000
MOST_EVENTS = {1: 80, 1_000: 150, 100_000: 999}
LOOP = 50
# A wait that is watched tells the watcher of itself, and each time it looks for itself: an attempt, a heartbeat, a signal.
FOLLOWED, OWN_LOOK = 1, 3
SETTINGS = {"TOWPATH_SYNAPSE_CALLS_PER_MINUTE": "60000", "TOWPATH_SYNAPSE_CALLS_AT_ONCE": "16"}


def run(bench):
    sizes = [1, 1_000] if bench.quick else [1, 1_000, 100_000]
    if bench.quick:
        bench.leave_out("100,000 files", "without --quick only")
    bench.work = ("Round trips of small files on a real Temporal server, and one whose pipeline goes on for a minute or two. "
                  "Counted, not timed: others cannot disturb it. Actions are what Temporal Cloud bills, with repeated attempts "
                  "and heartbeats, which are in no history.")
    with Ground(TOWPATH_SANDBOX_LIMITS="off") as ground:
        port = free_port()
        worker = ground.worker(TOWPATH_HEALTH_PORT=str(port), TOWPATH_POLL_FLOOR="PT15S", **SETTINGS)
        shown = []
        for size in sizes:
            one = towpath(ground, port, f"{size:,} file{'s' * (size > 1)}", sheet(ground, size), size)
            shown.append(one)
            bench.goal(f"events of {size:,} file{'s' * (size > 1)}", one.median("events"), "<=", MOST_EVENTS[size], "events",
                       f"{one.median('attempts of activities'):.0f} activities of some six events, each of which fails and is repeated alone")
        seconds = 60 if bench.quick else 120
        alone, each = waiting(bench, ground, port, seconds)
        shown += alone
        ground.stop(worker)
        shown += watched(bench, ground, alone[0].median("actions") - each, seconds)
        shown += beginners(bench, ground, sizes)
        bench.show(shown)
        bench.versions = versions("temporalio")


def sheet(ground, size):
    """A sheet with this many entities on one small object."""
    synapse, project = Synapse(ground.settings), ground.seed["synapse.project"]
    top = synapse.folder(project, f"{size} small files")
    first = synapse.file(top, "first", b"@read\nACGT\n+\nFFFF\n")
    ids = []
    for at in range(0, size, FOLDER):
        names = [f"r{number:06d}_R1.fastq" for number in range(at, min(at + FOLDER, size))]
        ids += synapse.copies(synapse.folder(top, f"part {at // FOLDER}"), first, names)
    return synapse.sheet(project, f"{size}.csv", ids)


def towpath(ground, port, what, manifest, name):
    before = histories.heartbeats(port)
    answer = ground.start(ground.request(f"history-{name}", manifest))
    one = Contestant(f"Towpath, {what}", "subject", None)
    one.rounds.append(histories.cost(ground, answer["workflowId"], histories.heartbeats(port) - before))
    return one


def waiting(bench, ground, port, seconds):
    """What waiting costs: measured for a minute or two, then counted on by the rule of the interval."""
    short, long = (planned(ground, port, length) for length in (1, seconds))
    more = {name: long.median(name) - short.median(name) for name in ("actions", "attempts of activities", "events")}
    each = more["actions"] / max(1, more["attempts of activities"])
    for hours in (1, 72):
        bench.goal(f"actions of waiting for {hours} h", each * looks(hours * 3600), "<=", 6, "actions",
                   f"{looks(hours * 3600):,} looks; the watcher, which is off by default, is for this")
    bench.fact(f"events that {seconds} s of waiting add", more["events"], "events")
    bench.fact("actions of one look at a run", each, "")
    bench.fact("looks in 1 h and in 72 h by the rule of the interval",
               looks(3600), f"and {looks(72 * 3600):,}")
    return [short, long], each


def watched(bench, ground, without, seconds):
    """What waiting costs where a watcher wakes who waits; the watcher's own looks are shared by all runs of a workspace."""
    port = free_port()
    worker = ground.worker(TOWPATH_HEALTH_PORT=str(port), TOWPATH_POLL_FLOOR="PT15S", TOWPATH_WATCHER="on", **SETTINGS)
    one = planned(ground, port, seconds, "watched")
    watcher = Contestant(f"its watcher, {seconds} s", "subject", None)
    watcher.rounds.append(histories.cost(ground, f"watcher/seqera/default/{ground.settings['TOWER_WORKSPACE_ID']}"))
    ground.stop(worker)
    told = one.median("actions") - without + FOLLOWED
    for hours in (1, 72):
        bench.goal(f"actions of waiting for {hours} h, watched", told + OWN_LOOK * own_looks(hours), "<=", 6, "actions",
                   f"it looks {own_looks(hours)} times for itself, in case the watcher is lost")
    bench.fact(f"actions of the watcher in {seconds} s, for all runs of the workspace", watcher.median("actions"), "")
    return [one, watcher]


def planned(ground, port, seconds, how=""):
    """A round trip whose run leaves nothing and ends after so many seconds."""
    ground.control("POST", "/plans", {"platform": "seqera", "match": "^reads-", "steps": [
        {"status": "RUNNING", "forMs": seconds * 1000}, {"status": "SUCCEEDED"}]})
    return towpath(ground, port, f"{seconds} s on Seqera{how and ', ' + how}", ground.seed["synapse.manifest"], f"{seconds}s{how}")


def looks(seconds, floor=15):
    """Looks at a run of this length: a tenth of its age apart, from the floor up to 2 min in the first hour, then 5 min."""
    age, count = 0.0, 1
    while age < seconds:
        age += max(floor, min(age / 10, 120 if age < 3600 else 300))
        count += 1
    return count


def own_looks(hours, stuck=24):
    """Looks at a watched run of this length: after an hour, then when it is half as old again, a quarter of stuckAfter at most."""
    age, count = 1.0, 0
    while age <= hours:
        count += 1
        age += min(max(1, age / 2), stuck / 4)
    return count


def beginners(bench, ground, sizes):
    """The floor that cannot be undercut, and two usual ways; 100,000 activities do not fit into one history."""
    try:
        python = peers.python("temporalio") / "python"
    except peers.Missing as why:
        bench.leave_out("an activity for each file, a loop with a timer", str(why))
        return []
    if max(sizes) > 16_000:
        bench.leave_out("an activity for each of 100,000 files",
                        "some 310,000 events; a server ends a run at 51,200")
    shown = []
    for what, kind, count, role in (("floor: one activity", "files", 1, "floor"),
                                    ("an activity for each of 1,000 files", "files", 1_000, "peer"),
                                    (f"a loop with a timer, {LOOP} looks", "polls", LOOP, "peer")):
        try:
            shown.append(workflow(ground, python, what, kind, count, role))
        except subprocess.CalledProcessError as ended:
            bench.leave_out(what, f"its process ended with {ended.returncode}")
    return shown


def workflow(ground, python, what, kind, count, role):
    script = ROOT / "bench" / "peers" / "histories.py"
    done = subprocess.run([python, script, ground.env["TEMPORAL_ADDRESS"], kind, str(count)],
                          capture_output=True, text=True, check=True)
    one = Contestant(what, role, None)
    one.rounds.append(histories.cost(ground, done.stdout.split()[-1]))
    return one
