"""A comparison of two rounds as an Excel workbook: numbers as numbers, with everything that is told of a row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison
from coder.domain.estimates import Design
from coder.domain.method import MethodNote
from coder.domain.tables import Count
from coder.exporters import comparison_words as words
from coder.exporters import wording
from coder.exporters.files import write_bytes
from coder.exporters.sheet import across, cell_text, method_sheet, print_on_a4, workbook_bytes

_NAMES, _MARKS, _NUMBER = 40, 30, 10  # characters
_COUNT, _SHARE, _POINTS, _P = "0", "0 %", "+0.0;\N{MINUS SIGN}0.0;0.0", "0.000"
_SHADE = "#E7EEF4"

Cell = tuple[float | None, str]  # a number, None for a dash, and its format


def write(made: Comparison, path: Path, *, note: MethodNote | None = None) -> None:
    """Write the workbook: the comparison with its warnings above and its notes below, and the method note."""

    def fill(book: Any) -> None:
        _sheet(book, made)
        method_sheet(book, note)

    write_bytes(path, workbook_bytes(fill))


def _sheet(book: Any, made: Comparison) -> None:
    sheet = book.add_worksheet("Jämförelse")
    heads = _heads(made)
    last = len(heads) - 1
    width = _NAMES + _MARKS + _NUMBER * (len(heads) - 2)
    large = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    lines = [(words.title(made), large), (words.bases(made), wrapped), *((one, bold) for one in words.warnings(made))]
    for line, (text, form) in enumerate(lines):
        across(sheet, line, text, form, columns=len(heads), width=width)
    head_row = len(lines) + 1
    look = {"bold": True, "bottom": 1, "bg_color": _SHADE, "text_wrap": True, "valign": "top"}
    over_names, over_marks = book.add_format(look), book.add_format({**look, "indent": 1})
    over_numbers = book.add_format({**look, "align": "right"})
    sheet.set_row(head_row, 46)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, _NAMES if column == 0 else _MARKS if column == last else _NUMBER)
        over = {0: over_names, last: over_marks}.get(column, over_numbers)
        sheet.write_string(head_row, column, cell_text(head), over)
    forms = _Forms(book)
    for line, row in enumerate(made.rows, head_row + 1):
        set_off, under = bool(row.theme and not row.code), bool(row.theme and row.code)
        sheet.write_string(
            line, 0, cell_text(wording.name(words.subject(row))), forms(set_off, text_wrap=True, indent=int(under))
        )
        for column, (value, number_format) in enumerate(_numbers(row, made), 1):
            form = forms(set_off, num_format=number_format, align="right")
            if value is None:
                sheet.write_string(line, column, wording.NOTHING, form)
            else:
                sheet.write_number(line, column, value, form)
        sheet.write_string(line, last, ", ".join(words.told(row)), forms(set_off, text_wrap=True, indent=1))
    below = head_row + 2 + len(made.rows)
    for line, text in enumerate(words.notes(made), below):
        across(sheet, line, text, wrapped, columns=len(heads), width=width)
    sheet.freeze_panes(head_row + 1, 1)
    print_on_a4(sheet, head_row)


class _Forms:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}

    def __call__(self, set_off: bool, **look: object) -> Any:
        """The format that looks so; a theme's row is set off."""
        key = (set_off, *look.items())
        if key not in self._made:
            head = {"bold": True, "bg_color": "#F2F6F9", "top": 1} if set_off else {}
            self._made[key] = self._book.add_format({"valign": "top", **head, **look})
        return self._made[key]


def _heads(made: Comparison) -> list[str]:
    found = [words.head(made)[0]]
    for one in made.occasions:
        names = [wording.COUNT, wording.PERCENT, *(_LIMITED if one.sampled else ())]
        found += [f"{wording.name(one.round.key)} {name.lower()}" for name in names]
    found += [words.CHANGE, *([f"{words.CHANGE} minst", f"{words.CHANGE} högst"] if made.measured else [])]
    if made.estimated:
        same = [words.SAME] if made.design is Design.PAIRED else []
        found += [*same, f"{words.INTERVAL} från", f"{words.INTERVAL} till", "p", "p just."]
    return [*found, "Anmärkning"]


_LIMITED = (wording.LOW, wording.HIGH, wording.SHARE_LOW, wording.SHARE_HIGH)


def _numbers(row: ComparedRow, made: Comparison) -> Iterator[Cell]:
    """The numbers of a row under the heads; changes and their limits in percentage points, shares as Excel has them."""
    for count, one in zip((row.before, row.after), made.occasions, strict=True):
        yield from _count(count, one)
    yield row.change, _POINTS
    if made.measured:
        yield from ((limit, _POINTS) for limit in row.limits or (None, None))
    if made.estimated:
        sure = row.estimate
        changes = (None,) * 3 if sure is None else (100 * sure.change, *(100 * end for end in sure.interval))
        yield from ((value, _POINTS) for value in changes[0 if made.design is Design.PAIRED else 1 :])
        yield from ((value, _P) for value in ((None, None) if sure is None else (sure.p, sure.p_adjusted)))


def _count(count: Count | None, one: Occasion) -> Iterator[Cell]:
    yield (count.count if count else None), _COUNT
    yield (count.percent / 100 if count and count.base else None), _SHARE
    if one.sampled:
        low, high = (count.low, count.high) if count else (None, None)
        yield from ((limit, _COUNT) for limit in (low, high))
        limits = count.percent_limits if count else None
        yield from ((None if limits is None else limits[end] / 100, _SHARE) for end in (0, 1))
