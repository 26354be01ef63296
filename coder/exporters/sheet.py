"""Excel workbooks whose texts stay texts."""

import io
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Any

from coder.domain.errors import CoderError
from coder.domain.method import Made, MethodNote
from coder.exporters import method_words, wording

_CELL_LIMIT = 32_767  # in UTF-16 units, as Excel counts
_NOTE_WIDTH = 76  # characters: an upright page of A4, in a wide face too


def workbook_bytes(fill: Callable[[Any], None], row_by_row: bool = False) -> bytes:
    """A workbook as `fill` fills it, as the bytes of its file.

    With `row_by_row` no more than a row of a sheet is held in memory: `fill` must then write each sheet downwards. The
    rows wait in a folder of their own, which is removed whatever happens; raises CoderError where there is no room.
    """
    import xlsxwriter  # noqa: PLC0415 - only who writes a workbook pays for it

    memory = io.BytesIO()
    options: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with ExitStack() as stack:
            if row_by_row:
                folder = tempfile.TemporaryDirectory(prefix="coder-", ignore_cleanup_errors=True)
                options |= {"constant_memory": True, "tmpdir": stack.enter_context(folder)}
            else:
                options["in_memory"] = True
            book = xlsxwriter.Workbook(memory, options)
            stack.callback(_let_go, book)
            fill(book)
            book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        # The library wraps what the system said.
        said = error if isinstance(error, OSError) else error.args[0]
        reason = (said.strerror or str(said)).lower()
        raise CoderError(
            f"can't write a workbook's temporary files in {tempfile.gettempdir()}: {reason}",
            "Make room there, or name another folder in the environment's TMPDIR; nothing has been written.",
        ) from error
    return memory.getvalue()


def _let_go(book: Any) -> None:
    """Close the temporary files that a workbook holds open where its writing has failed."""
    for held in (book, *book.worksheets()):
        for stream in (getattr(held, "fh", None), getattr(held, "row_data_fh", None)):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()


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


def across(sheet: Any, line: int, text: str, form: Any, *, columns: int, width: float) -> None:
    """Write a wrapped text over the first columns of a row, `width` characters wide together."""
    words = cell_text(text)
    sheet.set_row(line, row_height(words, width) * max(1.0, form.font_size / 11))
    sheet.merge_range(line, 0, line, columns - 1, "", form)
    # The text by itself: given to the merging it could be taken for a number or a formula.
    sheet.write_string(line, 0, words, form)


def print_on_a4(sheet: Any, head: int | None, landscape: bool = True) -> None:
    """Set a sheet up for paper: as wide as one page, the row `head` again at the top of every page."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if head is not None:
        sheet.repeat_rows(head)
        sheet.set_footer("&C&P (&N)")


def method_sheet(book: Any, note: MethodNote | None) -> None:
    """Add a sheet with the method note, where there is one."""
    if note is not None:
        note_sheet(book, method_words.lines(note))


def note_sheet(book: Any, lines: Sequence[str], made: Made | None = None) -> None:
    """Add a sheet with the lines of a note, and with when and with what it was made."""
    sheet = book.add_worksheet(wording.METHOD)
    sheet.set_column(0, 0, _NOTE_WIDTH)
    print_on_a4(sheet, None, landscape=False)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, wording.METHOD, book.add_format({"bold": True, "font_size": 14}))
    for line, words in enumerate([*lines, *([method_words.made(made)] if made else [])], start=2):
        sheet.set_row(line, row_height(words, _NOTE_WIDTH))
        sheet.write_string(line, 0, cell_text(words), wrapped)
