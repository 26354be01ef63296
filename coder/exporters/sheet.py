"""Excel workbooks whose texts stay texts."""

import io
from collections.abc import Callable
from typing import Any

from coder.domain.tables import MethodNote
from coder.exporters import wording

_CELL_LIMIT = 32_767  # in UTF-16 units, as Excel counts


def workbook_bytes(fill: Callable[[Any], None], row_by_row: bool = False) -> bytes:
    """A workbook as `fill` fills it, as the bytes of its file.

    With `row_by_row` no more than a row of a sheet is held in memory: `fill` must then write each sheet downwards.
    """
    import xlsxwriter  # noqa: PLC0415 - only who writes a workbook pays for it

    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    options["constant_memory" if row_by_row else "in_memory"] = True
    with xlsxwriter.Workbook(memory, options) as book:
        fill(book)
    return memory.getvalue()


def cell_text(text: str) -> str:
    """A text that fits one cell; what Excel has no room for is cut, and an ellipsis says so."""
    # The library takes such a text for ready-made XML and would write it unescaped.
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * _CELL_LIMIT:
        return text
    return units[: 2 * (_CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"


def row_height(text: str, width: float) -> float:
    """The height in points that a wrapped text needs in a column of that many characters; no program is sure to fit it.

    Excel allows no row higher than 409.
    """
    lines = sum(max(1, -(-len(line) // int(width))) for line in text.split("\n"))
    return min(15.0 * lines + 1, 409.0)


def method_sheet(book: Any, note: MethodNote | None) -> None:
    """Add a sheet with the method note, where there is one."""
    if note is None:
        return
    sheet = book.add_worksheet(wording.METHOD)
    sheet.set_column(0, 0, 110)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, wording.METHOD, book.add_format({"bold": True, "font_size": 14}))
    for line, words in enumerate(wording.method(note), start=2):
        sheet.set_row(line, row_height(words, 110))
        sheet.write_string(line, 0, cell_text(words), wrapped)
