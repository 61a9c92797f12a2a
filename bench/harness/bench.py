"""What one benchmark found, as it is kept in bench/results."""

import datetime
import json
import operator
import statistics
import subprocess

from harness import machine
from harness.ground import ROOT
from harness.rounds import Rounds

RESULTS = ROOT / "bench" / "results"
MEASURED = [".", ":!docs", ":!README.md", ":!bench/results"]
COMPARE = {"<=": operator.le, ">=": operator.ge, "<": operator.lt}


class Bench:
    """Collects the figures of one benchmark."""

    def __init__(self, name, title, quick, noisy):
        self.name, self.title, self.quick = name, title, quick
        self.rounds = Rounds(quick, noisy)
        self.work, self.figures, self.goals, self.facts, self.missing = "", [], [], [], []
        self.versions = {}

    def show(self, contestants):
        """The figures of contestants, each with all of its rounds."""
        for one in contestants:
            names = list(dict.fromkeys(name for figures in one.rounds for name in figures))
            self.figures.append({"who": one.name, "role": one.role,
                                 "values": {name: [round(value, 4) for value in one.values(name)] for name in names}})

    def goal(self, what, value, compare, goal, unit, why=""):
        """A figure with its goal; why explains a miss by a measurement."""
        met = COMPARE[compare](value, goal)
        self.goals.append({"what": what, "value": round(value, 4), "compare": compare, "goal": goal, "unit": unit,
                           "met": met, "why": "" if met else why})

    def fact(self, what, value, unit):
        self.facts.append({"what": what, "value": round(value, 4), "unit": unit})

    def leave_out(self, what, why):
        """Says what is not measured; the page says it too."""
        self.missing.append({"what": what, "why": why})

    def keep(self):
        """Writes the results of today; an earlier run of today is replaced."""
        RESULTS.mkdir(exist_ok=True)
        today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        file = RESULTS / f"{today}-{self.name}.json"
        file.write_text(json.dumps({
            "name": self.name, "title": self.title, "work": self.work, "date": today, "commit": commit(),
            "command": f"bench/run {self.name}{' --quick' if self.quick else ''}{' --noisy' if self.rounds.noisy else ''}",
            "machine": machine.describe(), "versions": self.versions, "rounds": self.rounds.summary(),
            "figures": self.figures, "goals": self.goals, "facts": self.facts, "missing": self.missing,
        }, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return file


def commit():
    """What is measured; the pages that benchmarks write do not change it."""
    described, changed = (subprocess.run(["git", "-C", ROOT, *asked], capture_output=True, text=True, check=False).stdout.strip()
                          for asked in (["describe", "--always"], ["status", "--porcelain", "-uno", "--", *MEASURED]))
    return described + ("-dirty" if changed else "")


def newest():
    """The last results of each benchmark, by name."""
    found = {}
    for file in sorted(RESULTS.glob("*.json")):
        result = json.loads(file.read_text("utf-8"))
        found[result["name"]] = result
    return found


def middle(values):
    return statistics.median(values)
