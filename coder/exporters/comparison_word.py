"""A comparison of two rounds as a Word document that goes into a report as it is."""

from pathlib import Path

from coder.domain.comparison import Comparison
from coder.domain.method import MethodNote
from coder.exporters import method_words
from coder.exporters.comparison_grid import comparison_grid, is_wide
from coder.exporters.table_word import add_table
from coder.exporters.word import new_document, save
from coder.exporters.word_template import style


def write(made: Comparison, path: Path, *, note: MethodNote | None = None) -> None:
    """Write the document; on its side where intervals and tests need the room."""
    laid_out = comparison_grid(made)
    document, markup = new_document(None)
    if is_wide(made):
        markup.landscape()
    markup.describe(title=laid_out.title, made_at=note.made_at if note else None)
    markup.caption(laid_out.title, style(document, "Caption"))
    markup.paragraph(laid_out.lead, keep=True)
    for warning in laid_out.warnings:
        markup.paragraph(warning, bold=True, keep=True)
    add_table(document, markup, laid_out)
    markup.notes(laid_out.notes)
    if note is not None:
        markup.method(method_words.lines(note))
    save(document, path)
