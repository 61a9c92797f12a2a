"""Writes docs/performance.md of the newest results: nothing in it is written by hand."""

from harness import plot
from harness.bench import middle, newest
from harness.ground import ROOT

PAGE = ROOT / "docs" / "performance.md"
PLOTS = ROOT / "docs" / "performance"
SIGNS = {"<=": "≤", ">=": "≥", "<": "<"}

TOP = """# Performance

`bench/run all` writes this page from `bench/results`. Every figure is the median of the rounds of one sitting; in brackets are
the least and the most. Servers have one core and who is measured another one, in the order A B B A. CPU and
memory are those that the kernel counts for the whole tree of processes. A round in which other processes used more than a
tenth of a core is discarded and repeated, twice at most; a table says so where that did not help. A *floor* is the least
program that does the same, without orchestration (`bench/floor`); peers are what people would use instead.
"""


def number(value):
    """Three digits that count."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 0.1 else f"{value:.3f}"


def spread(values):
    if not values:
        return ""
    if min(values) == max(values):
        return number(values[0])
    return f"{number(middle(values))} ({number(min(values))}–{number(max(values))})"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def figures(result):
    names = list(dict.fromkeys(name for one in result["figures"] for name in one["values"]))
    rows = [[f"**{one['who']}**" if one["role"] == "subject" else one["who"],
             *(spread(one["values"].get(name, [])) for name in names)] for one in result["figures"]]
    return table(["", *names], rows)


def goals(result):
    rows = []
    for goal in result["goals"]:
        said = "met" if goal["met"] else f"**missed**{', ' + goal['why'] if goal['why'] else ''}"
        unit = f" {goal['unit']}" if goal["unit"] not in ("×", "%") else goal["unit"]
        rows.append([goal["what"], number(goal["value"]) + unit, f"{SIGNS[goal['compare']]} {number(goal['goal'])}{unit}", said])
    return table(["goal", "measured", "wanted", ""], rows)


def section(result):
    quick = " (smaller, for a quick run)" if "--quick" in result["command"] else ""
    parts = [f"## {result['name']} {result['title']}{quick}\n", result["work"] + "\n",
             f"```sh\n{result['command']}\n```\n"]
    if result["figures"]:
        parts.append(figures(result))
        figure = plot.of(result)
        if figure:
            PLOTS.mkdir(exist_ok=True)
            (PLOTS / f"{result['name']}.svg").write_text(figure, "utf-8")
            parts.append(f"![{result['title']}](performance/{result['name']}.svg)\n")
    if result["goals"]:
        parts.append(goals(result))
    if result["facts"]:
        parts.append(table(["beside it", ""], [[one["what"], f"{number(one['value'])} {one['unit']}"] for one in result["facts"]]))
    for one in result["missing"]:
        parts.append(f"Not measured: {one['what']}: {one['why']}.\n")
    rounds = result["rounds"]
    if rounds["discarded"] or rounds["disturbed"]:
        parts.append(f"{rounds['discarded']} rounds were disturbed and repeated; "
                     f"{rounds['disturbed']} that stand above were disturbed still.\n")
    parts.append(tail(result))
    return "\n".join(parts)


def tail(result):
    machine = result["machine"]
    versions = "; ".join(f"{name} {version}" for name, version in result["versions"].items())
    return (f"{result['date']}, {result['commit']}, {machine['cores']} cores, {machine['processor']}, {machine['memory']}, "
            f"Linux {machine['kernel']}{'; ' + versions if versions else ''}.\n")


def write(unmeasured):
    """unmeasured: title by name of what no result is there for."""
    results = newest()
    parts = [TOP, table(["", "goal", "measured", "wanted", ""], summary(results))]
    parts += [section(results[name]) for name in sorted(results, key=lambda name: int(name[1:]))]
    if rest := {name: title for name, title in unmeasured.items() if name not in results}:
        parts.append("## Not measured yet\n\n" + "\n".join(f"- {name} {title}" for name, title in rest.items()) + "\n")
    PAGE.write_text("\n".join(parts), "utf-8")


def summary(results):
    rows = []
    for name in sorted(results, key=lambda name: int(name[1:])):
        disturbed = ", disturbed" if results[name]["rounds"]["disturbed"] else ""
        for goal in results[name]["goals"]:
            unit = f" {goal['unit']}" if goal["unit"] not in ("×", "%") else goal["unit"]
            rows.append([f"[{name}](#{anchor(results[name])})", goal["what"], number(goal["value"]) + unit,
                         f"{SIGNS[goal['compare']]} {number(goal['goal'])}{unit}", ("met" if goal["met"] else "**missed**") + disturbed])
    return rows


def anchor(result):
    quick = " (smaller, for a quick run)" if "--quick" in result["command"] else ""
    title = f"{result['name']} {result['title']}{quick}".lower()
    return "".join(letter for letter in title if letter.isalnum() or letter in " -").replace(" ", "-")
