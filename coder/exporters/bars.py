"""Bars of text, for a terminal."""

from collections.abc import Sequence

from coder.domain.answers import one_line
from coder.exporters.terminal import columns, fit

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SHORTEST = 4


def bar(value: float, largest: float, width: int) -> str:
    """A bar of blocks in eighths of a column; the largest value fills the width, and none but zero is empty."""
    if value <= 0 or largest <= 0 or width <= 0:
        return ""
    eighths = max(1, round(8 * width * min(value / largest, 1.0)))
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def bars(rows: Sequence[tuple[str, int | None, str]], width: int) -> list[str]:
    """A line for each (name, count, share): name, bar, count and share, in at most `width` columns where possible.

    A count that is not known has no bar.
    """
    if not rows:
        return []
    names = [one_line(name) for name, _, _ in rows]
    figures = [("" if count is None else str(count), share) for _, count, share in rows]
    count_width = max(len(count) for count, _ in figures)
    share_width = max(len(share) for _, share in figures)
    free = max(2 * _SHORTEST, width - count_width - share_width - 3)
    name_width = min(max(map(columns, names)), max(_SHORTEST, free * 3 // 5))
    bar_width = max(_SHORTEST, free - name_width)
    largest = max(count or 0 for _, count, _ in rows)
    return [
        f"{fit(name, name_width)} {fit(bar(count or 0, largest, bar_width), bar_width)}"
        f" {count_text:>{count_width}} {share:>{share_width}}"
        for name, (_, count, _), (count_text, share) in zip(names, rows, figures, strict=True)
    ]
