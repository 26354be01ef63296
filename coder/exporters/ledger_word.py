"""The denominator ledger as a Word document: a table of the questions, and one for every attribute of the groups."""

from collections.abc import Sequence
from pathlib import Path

from coder.domain.ledger import Ledger
from coder.domain.method import Made
from coder.exporters import ledger_words as words
from coder.exporters import method_words
from coder.exporters.ledger_grid import ledger_grids
from coder.exporters.table_word import add_table
from coder.exporters.word import new_document, save
from coder.exporters.word_template import style


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
        for laid_out in ledger_grids(ledger):
            number += 1
            markup.caption(laid_out.title, style(document, "Caption"), number)
            add_table(document, markup, laid_out)
            markup.notes(laid_out.notes)
    if made is not None:
        markup.method([method_words.made(made)])
    save(document, path)
