"""Rows in aligned columns, for a plain terminal."""

from collections.abc import Iterator, Sequence

from coder.exporters.terminal import columns, fit, wrap

_GAP = "  "
_NARROWEST = 12


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The rows under their heads: the first column to the left, the others to the right.

    Only the first column gives way to the width: its texts go on over several lines, their indent kept, and none is
    cut.
    """
    others = [max(columns(row[place]) for row in (head, *rows)) for place in range(1, len(head))]
    taken = sum(others) + len(_GAP) * len(others)
    longest = max(columns(row[0]) for row in (head, *rows))
    first = min(longest, max(_NARROWEST, width - taken))
    yield from _lines(head, first, others)
    yield "─" * (first + taken)
    for row in rows:
        yield from _lines(row, first, others)


def _lines(row: Sequence[str], first: int, others: Sequence[int]) -> Iterator[str]:
    indent = " " * (len(row[0]) - len(row[0].lstrip()))
    name, *rest = wrap(row[0], max(1, first - len(indent)))
    cells = [" " * (width - columns(cell)) + cell for cell, width in zip(row[1:], others, strict=True)]
    yield _GAP.join([fit(indent + name, first), *cells]).rstrip()
    for part in rest:
        yield (indent + part).rstrip()
