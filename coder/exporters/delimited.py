"""Rows of delimited text, quoted so that every reader gets the same cells back."""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

# The standard writer leaves a lone carriage return unquoted where lines end in a newline alone, and readers then break
# the row there; so the quoting is done here.
_QUOTED = frozenset('",;\t|\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029')
# With apostrophes before it a text is guarded too, so that no text is taken for another one's guarded form.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float


def write_raw(rows: Iterable[Sequence[Cell]], stream: TextIO) -> None:
    """Rows for programs: commas, decimal points, every text exactly as it is."""
    for row in rows:
        stream.write(",".join(_quoted(str(cell)) for cell in row) + "\n")


def write_for_excel(rows: Iterable[Sequence[Cell]], stream: TextIO, guard: str = "'") -> None:
    """Rows that Excel in Swedish opens as meant: byte order mark, semicolons, decimal commas, and no formulas.

    A text that Excel would take for a formula, or that is such a text behind apostrophes, gets `guard` before it: it is
    read back by taking one away where an apostrophe stands before such a text.
    """
    stream.write(_BYTE_ORDER_MARK)
    for row in rows:
        stream.write(";".join(_for_excel(cell, guard) for cell in row) + "\r\n")


def _quoted(text: str) -> str:
    if _QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'


def _for_excel(cell: Cell, guard: str) -> str:
    if isinstance(cell, str):
        return _quoted(guard + cell if _FORMULA.match(cell) else cell)
    return str(cell).replace(".", ",")
