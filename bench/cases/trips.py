"""Small round trips at once on platforms that answer at once: by Towpath, by Prefect, by their calls alone; and workflows of
as many steps that do nothing."""

import itertools
import json
import sys

from cases import flight, histories
from harness import machine, peers
from harness.ground import ROOT
from harness.process import command
from harness.rounds import Contestant
from harness.s3 import S3
from harness.synapse import Synapse

FILES = 10
OWNER = b"3412345"
GROUND = {"TOWPATH_SANDBOX_LIMITS": "off", "TOWPATH_SANDBOX_SPEED": "1000"}
SETTINGS = {**flight.SETTINGS, "TOWPATH_POLL_FLOOR": "PT0.05S", "TOWPATH_SETTLE": "PT0.05S"}
SCHEDULED = "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED"


class Trips:
    """A sheet of a few small files, and those who make round trips of it."""

    def __init__(self, ground):
        self.ground, self._numbers = ground, itertools.count()
        self._python = peers.python("temporalio") / "python"
        S3(ground.settings).put(ground.seed["s3.bucket"], "owner.txt", OWNER)
        synapse, project = Synapse(ground.settings), ground.seed["synapse.project"]
        top = synapse.folder(project, "trips")
        first = synapse.file(top, "first", b"@read\nACGT\n+\nFFFF\n")
        ids = synapse.copies(top, first, [f"r{number:02d}_R1.fastq" for number in range(FILES)])
        self.manifest = synapse.sheet(project, "trips.csv", ids)

    def requests(self, count):
        """Round trips that differ in nothing but their names."""
        first = next(self._numbers)
        names = [f"trip{first}-{number:03d}" for number in range(count)]
        return [{"type": "round-trip", "queue": "towpath", "id": f"round-trip/{self.manifest}.1/{name}",
                 "request": self.ground.request(name, self.manifest)} for name in names]

    def warm(self, workers):
        """Has each worker done some, as one that runs for weeks has; how many activities a round trip has."""
        starts = self.requests(4 * len(workers))
        self.all_at_once(starts)
        return sum(event["eventType"] == SCHEDULED for event in histories.events(self.ground, starts[0]["id"]))

    def all_at_once(self, starts):
        """Seconds until workflows that were started at once have all ended well."""
        file, told = self.ground.folder / "starts.json", self.ground.folder / "seconds"
        file.write_text(json.dumps(starts), "utf-8")
        with open(told, "wb") as out:
            command([self._python, ROOT / "bench" / "peers" / "begin.py", self.ground.env["TEMPORAL_ADDRESS"], file, "wait"],
                    self.ground.env, core=machine.SERVER_CORE, stdout=out)
        return float(told.read_text("utf-8"))

    def towpath(self, workers, count):
        def work():
            self.ground.forget_calls()
            figures = self._timed(workers, self.requests(count))
            return {**figures, "calls each": self.ground.all_calls() / count}

        return Contestant(f"Towpath, {count:,} at once", "subject", work)

    def nothing(self, worker, steps, count):
        def work():
            first = next(self._numbers)
            return self._timed([worker], [{"type": "nothing", "queue": "bench-nothing", "id": f"nothing{first}-{number}",
                                           "request": steps} for number in range(count)])

        return Contestant(f"floor: workflow of {steps} no-ops, {count:,} at once", "floor", work)

    def _timed(self, workers, starts):
        cpu, servers = sum(worker.seconds() for worker in workers), self.ground.server_seconds()
        seconds = self.all_at_once(starts)
        return {"wall s": seconds, "CPU s": sum(worker.seconds() for worker in workers) - cpu,
                "servers' CPU s": self.ground.server_seconds() - servers}

    def calls(self, count):
        def work():
            return self._told("calls", sys.executable, self.ground.env, count, self.ground.server_seconds)

        return Contestant(f"floor: the calls alone, {count:,} at once", "floor", work)

    def prefect(self, prefect, count):
        def servers():
            return self.ground.server_seconds() + prefect.server.seconds()

        return Contestant(f"Prefect, {count:,} at once", "peer",
                          lambda: self._told("prefect", prefect.python, prefect.env, count, servers))

    def _told(self, how, python, env, count, servers):
        """What trips.py tells of itself. One more round trip goes before those that it times, and is taken off what others count."""
        file, told = self.ground.folder / "trips.json", self.ground.folder / "told.json"
        file.write_text(json.dumps({"name": f"{how}{next(self._numbers)}", "count": count, "manifest": self.manifest,
                                    "seed": self.ground.seed}), "utf-8")
        self.ground.forget_calls()
        before = servers()
        with open(told, "wb") as out:
            command([python, ROOT / "bench" / "peers" / "trips.py", how, file], env, stdout=out)
        took = json.loads(told.read_text("utf-8"))
        return {**took, "servers' CPU s": (servers() - before) * count / (count + 1),
                "calls each": self.ground.all_calls() / (count + 1)}
