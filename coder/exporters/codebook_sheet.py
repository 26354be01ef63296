"""A codebook as one sheet, in Excel or as delimited text: a row a code, in published order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from coder.domain.codebook import Code, Codebook
from coder.exporters.delimited import write_for_excel
from coder.exporters.files import write_bytes, write_text_file
from coder.exporters.sheet import cell_text, workbook_bytes

# The last three are about the codebook as a whole. Its key stands in every row, so that it outlives any of them; the
# other two in the first row alone.
COLUMNS = ("theme", "code", "definition", "examples", "aliases", "codebook", "language", "question")
_FORMULA_STARTS = tuple("=+-@\t\r")
_WIDTHS = (28, 34, 70, 70, 34, 16, 10, 40)


def write(codebook: Codebook, path: Path) -> None:
    """Write the codebook to a `.xlsx` file, or to any other as delimited text that Excel opens."""
    if path.suffix.lower() == ".xlsx":
        write_bytes(path, workbook_bytes(lambda book: _fill(book, codebook)))
        return

    def text(stream: TextIO) -> None:
        # This file is made to be read again: a space goes when it is, where an apostrophe would stay.
        write_for_excel([COLUMNS, *rows(codebook)], stream, guard=" ")

    write_text_file(path, text)


def rows(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    """The rows under COLUMNS: examples and aliases one a line. A lone alias that has a semicolon ends in a line break.

    A theme has a row of its own, with an empty code, where it has a definition, former names or no codes; a code
    without a theme has an empty theme.
    """
    about = (codebook.key, codebook.language, codebook.question)
    for row in _entries(codebook):
        yield *row, *about
        about = (codebook.key, "", "")


def _entries(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    for theme in codebook.themes:
        codes = codebook.codes_of(theme.id)
        if theme.definition or theme.aliases or not codes:
            yield _guarded(theme.name), "", _guarded(theme.definition), "", _aliases(theme.aliases)
        for code in codes:
            yield _row(_guarded(theme.name), code)
    for code in codebook.codes_of(None):
        yield _row("", code)


def _row(theme: str, code: Code) -> tuple[str, ...]:
    name, definition = _guarded(code.name), _guarded(code.definition)
    return theme, name, definition, _lines(code.examples), _aliases(code.aliases)


def _lines(texts: tuple[str, ...]) -> str:
    return _guarded("\n".join(" ".join(text.split()) for text in texts))


def _aliases(names: tuple[str, ...]) -> str:
    """The names one a line. Where there is one, reading parts it at semicolons, unless a line break says not to."""
    return _lines(names) + ("\n" if len(names) == 1 and ";" in names[0] else "")


def _guarded(text: str) -> str:
    """The text, with a space before an apostrophe that reading would take for a guard against formulas."""
    return f" {text}" if text[:1] == "'" and text[1:2] in _FORMULA_STARTS else text


def _fill(book: Any, codebook: Codebook) -> None:
    sheet = book.add_worksheet("Kodbok")
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for line, values in enumerate(rows(codebook), start=1):
        for column, value in enumerate(values):
            sheet.write_string(line, column, cell_text(value), cell)
    sheet.freeze_panes(1, 2)
