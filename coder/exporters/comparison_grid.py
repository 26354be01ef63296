"""A comparison of two rounds laid out for print."""

from coder.domain.compared_rows import ComparedRow
from coder.domain.comparison import Comparison
from coder.exporters import comparison_words as words
from coder.exporters import links
from coder.exporters.grid import Column, Grid, Kind, Row

_NUMBER = 0.07  # of the width
_WIDER = {words.CHANGE: 0.09, words.SAME: 0.085, words.INTERVAL: 0.15}
_LIMITED = (0.11, 0.13)  # a count and a share with their limits


def comparison_grid(made: Comparison) -> Grid:
    """The comparison with its title, bases and notes; themes are set off from their codes."""
    head = words.head(made)
    widths = [_WIDER.get(name, _NUMBER) for name in head[1:]]
    for place, one in enumerate(made.occasions):
        if one.sampled is not None:
            widths[2 * place : 2 * place + 2] = _LIMITED
    if made.measured:
        widths[4] = 0.24  # the change with its limits
    if not is_wide(made):
        widths = [1.4 * width for width in widths]
    numbers = [Column(name, width, number=True) for name, width in zip(head[1:], widths, strict=True)]
    rows = tuple(Row(_kind(row), tuple((cell,) for cell in _cells(row, made))) for row in made.rows)
    return Grid(
        title=words.title(made),
        lead=words.bases(made),
        columns=(Column(head[0], 1 - sum(widths)), *numbers),
        rows=rows,
        notes=tuple(words.notes(made)),
        warnings=tuple(words.warnings(made)),
    )


def is_wide(made: Comparison) -> bool:
    """True where intervals and tests need a page on its side."""
    return made.estimated or made.measured


def _kind(row: ComparedRow) -> Kind:
    if row.option or not row.theme:
        return Kind.PLAIN
    return Kind.UNDER if row.code else Kind.HEAD


def _cells(row: ComparedRow, made: Comparison) -> tuple[str, ...]:
    return (words.name(row), *(links.unbroken(cell) for cell in words.cells(row, made)))
