"""The denominator ledger laid out for print: a table of the questions, and one for every attribute of the groups."""

from collections.abc import Iterator, Sequence

from coder.domain.ledger import Ledger
from coder.exporters import ledger_words as words
from coder.exporters import wording
from coder.exporters.grid import Column, Grid, Kind, Row

_NUMBER = 0.08  # of the width
_LAST = 0.3  # a question, at the end of a group's row


def ledger_grids(ledger: Ledger) -> Iterator[Grid]:
    """The questions, then the groups attribute by attribute; what the columns mean stands below the first."""
    rows = [words.row(one, ledger.by_machine, in_full=True) for one in ledger.questions]
    yield Grid(words.title(ledger), "", _columns(words.head(ledger)), _rows(rows), tuple(words.notes(ledger)))
    for attribute, head, group_rows in words.groups(ledger, in_full=True):
        title = f"Svar efter {wording.name(attribute)}, omgång {wording.name(ledger.round)}"
        yield Grid(title, "", _columns(head, last=_LAST), _rows(group_rows), ())


def _columns(head: Sequence[str], last: float = _NUMBER) -> tuple[Column, ...]:
    """A name, numbers, and at the end a number or, where it is wider, a text."""
    middle = (len(head) - 2) * _NUMBER * (1.3 if last > _NUMBER else 1.0)
    first = Column(head[0], 1 - middle - last)
    numbers = [Column(name, middle / (len(head) - 2), number=True) for name in head[1:-1]]
    return (first, *numbers, Column(head[-1], last, number=last == _NUMBER))


def _rows(rows: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    return tuple(Row(Kind.PLAIN, tuple((_cell(cell),) for cell in row)) for row in rows)


def _cell(text: str) -> str:
    """A share is never broken; all else is as it is."""
    return text.replace(" %", "\u00a0%") if text.endswith(" %") else text
