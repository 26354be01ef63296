"""Excel workbooks whose texts stay texts."""

import io
from collections.abc import Callable
from typing import Any

_CELL_LIMIT = 32_767  # in UTF-16 units, as Excel counts


def workbook_bytes(fill: Callable[[Any], None]) -> bytes:
    """A workbook as `fill` fills it, as the bytes of its file."""
    import xlsxwriter  # noqa: PLC0415 - only who writes a workbook pays for it

    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
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
