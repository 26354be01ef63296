"""A table as a Word document that goes into a report as it is, in the agency's own styles where it has a template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.method import MethodNote
from coder.exporters import method_words
from coder.exporters.grid import Column, Grid, Kind, Row, Table, grid
from coder.exporters.word import Markup, new_document, save
from coder.exporters.word_template import style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row

_SHADE = "E7EEF4"
# A row that may not break and is longer than a page would run off it; past this many characters it may.
_UNBROKEN = 1_500
# Where numbers take more of the width than this, names and examples need a page on its side.
_CROWDED = 0.6


def write(table: Table, path: Path, *, note: MethodNote | None = None, template: Path | None = None) -> None:
    """Write the document; `template` is a .docx or .dotx whose page, styles and content it begins with."""
    laid_out = grid(table)
    document, markup = new_document(template)
    if sum(column.width for column in laid_out.columns if column.number) > _CROWDED and not laid_out.columns[-1].number:
        markup.landscape()
    markup.describe(title=laid_out.title, made_at=note.made_at if note else None)
    markup.caption(laid_out.title, style(document, "Caption"))
    if laid_out.lead:
        markup.paragraph(laid_out.lead, keep=True)
    add_table(document, markup, laid_out)
    markup.notes(laid_out.notes)
    if note is not None:
        markup.method(method_words.lines(note))
    save(document, path)


def add_table(document: Document, markup: Markup, laid_out: Grid) -> None:
    """Add the table itself, under what stands there: its head repeated on every page, its rows unbroken."""
    widths = [int(markup.text_width * column.width) for column in laid_out.columns]
    table = document.add_table(rows=1 + len(laid_out.rows), cols=len(widths))
    markup.dress(table, laid_out.title, widths)
    # One look at the rows and cells: the library counts anew at every index.
    first, *rest = table.rows
    for column, cell in zip(laid_out.columns, first.cells, strict=True):
        markup.shade(cell, _SHADE)
        markup.text(cell, (column.head,), bold=True, right=column.number)
    markup.repeat(first)
    markup.unbroken(first)
    for row, made in zip(laid_out.rows, rest, strict=True):
        _fill(markup, made, row, laid_out.columns)


def _fill(markup: Markup, made: _Row, row: Row, columns: tuple[Column, ...]) -> None:
    head = row.kind is Kind.HEAD
    cells: list[_Cell] = list(made.cells)
    if head and not any(row.cells[1:]):
        # A heading over the whole width: a question, or the codes without a theme. Merged while empty, or the empty
        # paragraphs of the others would follow it.
        cells = [cells[0].merge(cells[-1])]
    for place, (cell, column, lines) in enumerate(zip(cells, columns, row.cells, strict=False)):
        if head:
            markup.shade(cell, _SHADE)
        markup.text(
            cell, lines, bold=head, right=column.number, indent=row.kind is Kind.UNDER and place == 0, keep=head
        )
    if sum(len(line) for lines in row.cells for line in lines) <= _UNBROKEN:
        markup.unbroken(made)
