"""Polling: how many calls many waiting runs cost, how much of a core, and how soon an end is known."""

import base64
import json
import random
import statistics
import sys
import time
import urllib.request
from datetime import datetime

from cases import b11, flight, histories
from harness import peers
from harness.ground import ROOT, TOWPATH, Ground
from harness.process import Failed, command
from harness.rounds import Contestant
from harness.s3 import S3
from harness.sevenbridges import VOLUME_PREFIX, SevenBridges, reads
from harness.synapse import Synapse
from harness.versions import versions

TITLE = "Polling"
LISTED = 100
QUOTA, PER_FIVE_MINUTES = 20, 1_000
MINUTE = 60
LOOPS = 100
BEGUN, LAUNCHED_A_SECOND = 60, 4
NOTICED = 65


def run(bench):
    runs, every = (100, 20) if bench.quick else (1_000, MINUTE)
    bench.work = (f"Round trips that wait for Seqera, and beside them a sheet's tasks on Seven Bridges, as many, asked about every {every} s, over "
                  f"two of these intervals. Counted at the sandbox, and told as for {MINUTE} s. "
                  "Then half of them end, spread over an interval: how long after that their workflows know. "
                  "A list of Seqera has 100 runs, so the floor is a hundredth of a call for a run and interval. "
                  f"Peers wait for {LOOPS} runs or tasks at the same interval. Their own are 10 s (Task.wait, six times the calls) and "
                  "5 minutes (py-orca, a fifth of them, and an end is seen that much later); py-orca's loop is written anew here.")
    bench.leave_out("10,000 runs", "starting them takes longer than all benchmarks together may")
    bench.leave_out("how soon the end of a task is known", "a sheet is told of its tasks in pages, not one by one")
    one = Contestant(f"Towpath, {runs:,} runs", "subject", None)
    with Ground(**flight.LIMITS) as ground:
        worker = ground.worker(**{**flight.SETTINGS, "TOWPATH_POLL_FLOOR": f"PT{every}S"})
        ends, began = lengths(runs, every), time.monotonic()
        cohort(ground, runs)
        flight.begin(ground, runs - len(ends), 900, ends)
        under_way(ground, runs)
        counted = window(ground, worker, runs, every)
        if time.monotonic() - began > 1 + min(ends) / 1000:
            raise Failed("runs ended while the calls were counted: they took longer to launch than was thought")
        time.sleep(max(0.0, began + max(ends) / 1000 + runs / LAUNCHED_A_SECOND + 2 * every - time.monotonic()))
        late = noticed(ground, runs, len(ends))
        one.rounds.append({**counted, "s until an end is known": statistics.median(late),
                           "s, the slowest of 100": late[-1 - len(late) // 100]})
        ground.stop(worker)
        bench.show([one, *loops(bench, ground, every)])
    bench.versions = versions("sevenbridges-python")
    bench.goal(f"calls for a run and hour, {runs:,} runs", one.median("calls per run-hour"), "<=", 0.6, "calls")
    bench.goal("calls against the floor of a hundred runs in a list", one.median("lists") / (2 * -(-runs // LISTED)), "<=", 1.0, "×")
    bench.goal(f"until an end is known, the slowest of a hundred, {runs:,} runs", one.median("s, the slowest of 100"), "<=",
               NOTICED * every / MINUTE, "s", f"the middle one {statistics.median(late):.1f} s")
    bench.goal("of Seqera's quota", one.median("% of the quota"), "<=", 10, "%")
    bench.goal(f"of Seven Bridges' quota, {runs:,} tasks", one.median("% of Seven Bridges'"), "<=", 10, "%")


def cohort(ground, tasks):
    """Begins a sheet on Seven Bridges whose tasks go on for an hour."""
    seed = ground.seed
    project = SevenBridges(ground.settings).project("cohort", seed["sevenbridges.billingGroup"])
    rows = reads(ground.settings, seed["s3.bucket"], "cohort", tasks, 1)
    sheet = Synapse(ground.settings).file(seed["synapse.project"], "cohort.csv", rows.encode())
    ground.control("POST", "/plans", {"platform": "sevenbridges", "match": r"\[", "times": tasks, "steps": [
        {"status": "RUNNING", "forMs": flight.HOUR}, {"status": "COMPLETED"}]})
    file = ground.folder / "cohort.json"
    file.write_text(json.dumps(b11.request(seed, sheet, project, tasks)), "utf-8")
    command([TOWPATH, "start", "cavatica-drs", "-f", file], ground.env)


def under_way(ground, tasks, seconds=600):
    until = time.monotonic() + seconds
    while ground.calls("sevenbridges").get(b11.RUN, 0) < tasks:
        if time.monotonic() > until:
            raise Failed(f"the tasks on Seven Bridges do not all run after {seconds} s")
        time.sleep(1)


def lengths(runs, every):
    """Milliseconds for half of the runs: each ends in the interval after the window, in no order."""
    until = BEGUN + runs / LAUNCHED_A_SECOND + waited_once(every) + 2 * every
    ends = [round(1000 * (until + every * number / (runs // 2))) for number in range(runs // 2)]
    random.Random(runs).shuffle(ends)
    return ends


def noticed(ground, runs, ends):
    """Seconds from the end of each run until its workflow knew, the soonest first. Which runs end depends on who was launched first."""
    known = [end_known(ground, flight.workflow(ground, number)) for number in range(runs)]
    late = sorted((when - moment(ended(ground, run))).total_seconds() for run, when in filter(None, known))
    if len(late) != ends:
        raise Failed(f"{len(late)} of {ends} workflows know that their runs have ended")
    return late


def end_known(ground, workflow):
    """The run that a workflow waited for, and when it knew of its end; nothing while it waits."""
    waits = {}
    for event in histories.events(ground, workflow):
        scheduled = event.get("activityTaskScheduledEventAttributes", {})
        if scheduled.get("activityType", {}).get("name") == "TowerAwaitRun":
            asked = json.loads(base64.b64decode(scheduled["input"]["payloads"][0]["data"]))
            waits[event["eventId"]] = asked["run"]["workflowId"]
        done = event.get("activityTaskCompletedEventAttributes")
        if done and done["scheduledEventId"] in waits:
            return waits[done["scheduledEventId"]], moment(event["eventTime"])
    return None


def ended(ground, run):
    """When a run ended; nothing while it goes on."""
    settings = ground.settings
    request = urllib.request.Request(f"{settings['TOWER_API_ENDPOINT']}/workflow/{run}?workspaceId={settings['TOWER_WORKSPACE_ID']}",
                                     headers={"Authorization": f"Bearer {settings['TOWER_ACCESS_TOKEN']}"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())["workflow"].get("complete")


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def waited_once(every):
    """Seconds until each run was asked about at least once."""
    return every + 10


def window(ground, worker, runs, every):
    time.sleep(waited_once(every))
    ground.forget_calls()
    cpu, began = worker.seconds(), time.monotonic()
    time.sleep(2 * every)
    seconds = time.monotonic() - began
    calls = ground.calls("seqera")
    lists = sum(number for (route, _), number in calls.items() if route == "GET /workflow")
    total = sum(calls.values())
    tasks = sum(ground.calls("sevenbridges").values())
    as_usual = seconds * MINUTE / every
    return {"lists": lists, "calls": total, "calls per run-hour": total * 3600 / as_usual / runs,
            "% of the quota": 100 * total / as_usual / QUOTA,
            "calls to Seven Bridges": tasks, "% of Seven Bridges'": 100 * tasks * 300 / as_usual / PER_FIVE_MINUTES,
            "% of a core": 100 * (worker.seconds() - cpu) / as_usual}


def loops(bench, ground, every):
    """Both at once: each asks a platform of its own, and is counted, not timed."""
    launched = [effect["object"]["id"] for effect in ground.effects("seqera", "POST /workflow/launch")]
    runs = [run for run in launched if not ended(ground, run)][:LOOPS]
    started = [("a loop as py-orca has it", "seqera", waiting(ground, sys.executable, "runs", every, runs), len(runs))]
    try:
        python = peers.python("sevenbridges-python") / "python"
        started.append(("Task.wait of sevenbridges-python", "sevenbridges", waiting(ground, python, "tasks", every, tasks(ground)), LOOPS))
    except peers.Missing as why:
        bench.leave_out("Task.wait of sevenbridges-python", str(why))
    for _, _, waiter, _ in started:
        waiter.until_says("all asked")
    time.sleep(5)  # none asks at the edge of the window
    ground.forget_calls()
    time.sleep(2 * every)
    shown = []
    for what, platform, waiter, count in started:
        calls = sum(ground.calls(platform).values())
        shown.append(Contestant(f"{what}, {count} runs", "peer", None))
        shown[-1].rounds.append({"calls": calls, "calls per run-hour": calls * 3600 / (2 * MINUTE) / count})
        ground.stop(waiter)
    return shown


def waiting(ground, python, kind, every, ids):
    return ground.subject(kind, [python, "-u", ROOT / "bench" / "peers" / "waits.py", kind, every, *ids], ground.env)


def tasks(ground):
    """Tasks on Seven Bridges that go on and on."""
    seed, platform = ground.seed, SevenBridges(ground.settings)
    S3(ground.settings).put(seed["s3.bucket"], f"{VOLUME_PREFIX}/waiting.fastq.gz", b"waiting")
    project = platform.project("waiting", seed["sevenbridges.billingGroup"])
    read = {"class": "File", "path": platform.imported(project, seed["sevenbridges.volumeReadOnly"], "waiting.fastq.gz")}
    app = platform.copied(seed["sevenbridges.publicApp"], project)
    ground.control("POST", "/plans", {"platform": "sevenbridges", "match": "^waiting ", "times": LOOPS, "steps": [
        {"status": "RUNNING", "forMs": flight.HOUR}, {"status": "COMPLETED"}]})
    return [platform.running(project, app, f"waiting {number}",
                             {"input_pe_reads": [read], "sample_name": "waiting", "output_basename": "waiting"})
            for number in range(LOOPS)]
