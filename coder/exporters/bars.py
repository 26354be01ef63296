"""Bars of text, for a terminal."""

from collections.abc import Sequence

from coder.domain.answers import one_line
from coder.domain.tables import whole_percent
from coder.exporters.terminal import columns, fit

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SHORTEST = 4


def bar(value: float, largest: float, width: int) -> str:
    """A bar of blocks in eighths of a column; the largest value fills the width, and none but zero is empty."""
    if value <= 0 or largest <= 0 or width <= 0:
        return ""
    eighths = max(1, round(8 * width * min(value / largest, 1.0)))
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def bars(rows: Sequence[tuple[str, int, float]], width: int) -> list[str]:
    """A line for each (name, count, percent): name, bar, count and share, in at most `width` columns where possible."""
    if not rows:
        return []
    names = [one_line(name) for name, _, _ in rows]
    figures = [(str(count), f"{whole_percent(percent)} %") for _, count, percent in rows]
    count_width = max(len(count) for count, _ in figures)
    percent_width = max(len(percent) for _, percent in figures)
    free = max(2 * _SHORTEST, width - count_width - percent_width - 3)
    name_width = min(max(map(columns, names)), max(_SHORTEST, free * 3 // 5))
    bar_width = max(_SHORTEST, free - name_width)
    largest = max(count for _, count, _ in rows)
    return [
        f"{fit(name, name_width)} {fit(bar(count, largest, bar_width), bar_width)}"
        f" {count_text:>{count_width}} {percent_text:>{percent_width}}"
        for name, (_, count, _), (count_text, percent_text) in zip(names, rows, figures, strict=True)
    ]
