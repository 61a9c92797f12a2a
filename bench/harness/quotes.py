"""Keeps the README's figures those of the newest results, as far as nobody disturbed them."""

import re

from harness.bench import newest
from harness.ground import ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- /measured -->)", re.DOTALL)

# Benchmark, its goal, and what the figure says to somebody who reads about Towpath for the first time.
QUOTED = [
    ("B1", "CPU against the floor", "CPU to stage big files, against the least program that moves and hashes the same bytes", "×"),
    ("B3", "calls per file staged from a sheet of ids", "calls of Synapse's quota to stage a file from a sheet", ""),
    ("B3", "calls per file where the last index and a listing show that nothing changed",
     "the same, for an output that has not changed since it was filed", ""),
    ("B6", "events of 1,000 files", "events in the history of a round trip of 1,000 files", ""),
    ("B7", "from the time-out until parts are sent again, the worst",
     "until another worker goes on with a transfer, after Temporal gave the killed one up", " s"),
]


def refresh():
    """Writes the block anew; what no undisturbed result is there for stays out of it."""
    text, results = README.read_text("utf-8"), newest()
    rows = ["| | | |\n|---|---|---|\n"]
    for name, what, words, unit in QUOTED:
        result = results.get(name)
        if result is None or result["rounds"]["disturbed"]:
            continue
        for goal in result["goals"]:
            if goal["what"] == what:
                rows.append(f"| {words} | {goal['value']:.4g}{unit} | `{result['command']}` |\n")
    README.write_text(BLOCK.sub(lambda _: "".join(rows), text), "utf-8")
