"""Draws the figures of a benchmark as bars, in SVG."""

from html import escape

from harness.bench import middle

WIDTH, LABEL, BAR, GAP = 760, 300, 18, 8
COLOURS = {"subject": "#1f6f8b", "floor": "#8a8a8a", "peer": "#c97b3b"}
PLOTTED = ("wall s", "CPU s", "peak MiB", "events", "actions")


def of(result):
    """One group of bars for each figure that more than one has; empty where nothing can be compared."""
    names = [name for name in PLOTTED if sum(name in one["values"] for one in result["figures"]) > 1]
    if not names:
        return ""
    lines, y = [], 8
    for name in names:
        lines.append(text(8, y + 14, name, "bold"))
        y += 24
        shown = [one for one in result["figures"] if one["values"].get(name)]
        most = max(middle(one["values"][name]) for one in shown) or 1
        for one in shown:
            lines += bar(one, middle(one["values"][name]), most, y)
            y += BAR + GAP
        y += GAP
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" '
            'font-family="sans-serif" font-size="13">\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
            + "\n".join(lines) + "\n</svg>\n")


def bar(one, value, most, y):
    length = (WIDTH - LABEL - 90) * value / most
    return [text(8, y + 14, one["who"][:44]),
            f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR}" fill="{COLOURS[one["role"]]}"/>',
            text(LABEL + length + 6, y + 14, f"{value:,.1f}")]


def text(x, y, words, weight="normal"):
    return f'<text x="{x:.1f}" y="{y}" font-weight="{weight}" fill="#222222">{escape(words)}</text>'
