"""The denominator ledger as a Word document: a table of the questions, and one for every attribute of the groups."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from coder.domain.ledger import Ledger
from coder.domain.method import Made
from coder.exporters import ledger_words as words
from coder.exporters import method_words, wording
from coder.exporters.grid import Column, Grid, Kind, Row
from coder.exporters.table_word import add_table
from coder.exporters.word import new_document, save
from coder.exporters.word_template import style

_NUMBER = 0.08  # of the width
_LAST = 0.3  # a question, at the end of a group's row


def write(ledgers: Sequence[Ledger], path: Path, made: Made | None = None) -> None:
    """Write the document, on its side."""
    document, markup = new_document(None)
    markup.landscape()
    title = "; ".join(words.title(one) for one in ledgers)
    markup.describe(title=title, made_at=made.at if made else None)
    number = 0
    for ledger in ledgers:
        markup.paragraph(words.title(ledger), style(document, "Heading 2"), bold=True, keep=True)
        for line in words.summary(ledger):
            markup.paragraph(line)
        for laid_out in _grids(ledger):
            number += 1
            markup.caption(laid_out.title, style(document, "Caption"), number)
            add_table(document, markup, laid_out)
            markup.notes(laid_out.notes)
    if made is not None:
        markup.method([method_words.made(made)])
    save(document, path)


def _grids(ledger: Ledger) -> Iterator[Grid]:
    """The questions, then the groups attribute by attribute; what the columns mean stands below the first."""
    rows = [words.row(one, in_full=True) for one in ledger.questions]
    yield Grid(words.title(ledger), "", _columns(words.HEAD), _rows(rows), tuple(words.notes(ledger)))
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
    return tuple(Row(Kind.PLAIN, tuple((cell.replace(" %", "\u00a0%"),) for cell in row)) for row in rows)
