"""Rows of delimited text, quoted so that every reader gets the same cells back."""

from collections.abc import Iterable, Sequence
from typing import TextIO

# The standard writer leaves a lone carriage return unquoted where lines end in a newline alone, and readers then break
# the row there; so the quoting is done here.
_QUOTED = frozenset('",;\t|\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029')
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float


def write_raw(rows: Iterable[Sequence[Cell]], stream: TextIO) -> None:
    """Rows for programs: commas, decimal points, every text exactly as it is."""
    for row in rows:
        stream.write(",".join(_quoted(str(cell)) for cell in row) + "\n")


def write_for_excel(rows: Iterable[Sequence[Cell]], stream: TextIO, guard: str = "'") -> None:
    """Rows that Excel in Swedish opens as meant: byte order mark, semicolons, decimal commas, and no formulas.

    A text that Excel would take for a formula gets `guard` before it.
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
        return _quoted(guard + cell if cell.startswith(_FORMULA_STARTS) else cell)
    return str(cell).replace(".", ",")
