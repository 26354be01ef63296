"""A table as an Excel workbook: the numbers as numbers, and a chart with the most common themes first.

With the respondents at hand the numbers are formulas on a sheet of them, each with its value beside it for programs
that do not calculate.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from coder.domain.method import MethodNote
from coder.domain.tables import (
    CodeRow,
    Count,
    ExampleTable,
    Membership,
    OptionTable,
    ThemeTable,
)
from coder.exporters import chart_excel, examples_excel, members_excel, wording
from coder.exporters.files import Progress, write_bytes
from coder.exporters.grid import codes_of
from coder.exporters.members_excel import Sums
from coder.exporters.sheet import across, cell_text, method_sheet, print_on_a4, row_height, workbook_bytes

Table = ThemeTable | OptionTable

_LIMITS = (wording.LOW, wording.HIGH, wording.SHARE_LOW, wording.SHARE_HIGH)
_HEAD_ROW = 3
_BASE_ROW = 2
_WIDTHS = {"Tema": 28, "Kod": 34, "Alternativ": 44, "Antal": 8, "Andel": 8, "Minst": 8, "Högst": 8, "Exempel": 66}
_WIDTHS |= dict.fromkeys(wording.ORIGIN_HEADS, 8) | {wording.SHARE_LOW: 11, wording.SHARE_HIGH: 11}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet: the texts before the numbers, the count unless it is a heading, and examples.

    `key` is what the count is of: ("theme", id), ("code", id) or ("option", place).
    """

    texts: tuple[str, ...]
    count: Count | None
    bold: bool = False
    examples: tuple[str, ...] = ()
    key: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class _Forms:
    """The formats of a row's names, its count, its share and its examples."""

    text: Any
    number: Any
    percent: Any
    quotes: Any


def write(
    table: Table | ExampleTable,
    path: Path,
    *,
    note: MethodNote | None = None,
    membership: Membership | None = None,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the workbook; a file that stood there is replaced only by a whole one.

    `progress` is told how many respondents have been written, of how many.
    """
    if isinstance(table, ExampleTable):
        content = workbook_bytes(lambda book: examples_excel.write(book, table, note))
    else:
        if membership is not None:
            membership.require_same(table)
        sums = members_excel.formulas(table, membership) if membership is not None else None

        def fill(book: Any) -> None:
            lines = _table_sheet(book, table, sums)
            chart_excel.write(book, table, lines if sums and table.base else {})
            if membership is not None:
                members_excel.write(book, table, membership, progress)
            method_sheet(book, note)

        content = workbook_bytes(fill, row_by_row=membership is not None)
    write_bytes(path, content)


def _table_sheet(book: Any, table: Table, sums: Sums | None) -> dict[tuple[str, int], int]:
    """Write the sheet with the table, and say in which line each count stands."""
    sheet = book.add_worksheet("Tabell")
    heads = _heads(table)
    width = sum(_WIDTHS[name] for name in heads)
    large = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})
    across(sheet, 0, wording.title(table), large, columns=len(heads), width=width)
    sheet.write_string(1, 0, wording.base(table))
    number_column = heads.index(wording.COUNT)
    formats = {bold: _formats(book, bold) for bold in (True, False)}
    if sums is not None:
        sheet.write_string(_BASE_ROW, 0, "Bas")
        sheet.write_formula(_BASE_ROW, number_column, sums.base, formats[False].number, table.base)
    look = {"bold": True, "bottom": 1, "bg_color": "#E7EEF4"}
    head, over_number = book.add_format(look), book.add_format({**look, "align": "right"})
    over_quotes = book.add_format({**look, "indent": 1})
    for column, name in enumerate(heads):
        sheet.set_column(column, column, _WIDTHS[name])
        over = over_quotes if name == wording.EXAMPLES else over_number if column >= number_column else head
        sheet.write_string(_HEAD_ROW, column, name, over)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    line = _HEAD_ROW + 1
    lines: dict[tuple[str, int], int] = {}
    for row in _option_rows(table) if isinstance(table, OptionTable) else _theme_rows(table):
        _texts(sheet, line, row, heads, formats[row.bold])
        if row.count is not None:
            _numbers(sheet, line, row, heads, form=formats[row.bold], sums=sums)
        lines[row.key] = line
        line += 1
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, words in enumerate(wording.notes(table), start=1):
        across(sheet, line + place, words, wrapped, columns=len(heads), width=width)
    print_on_a4(sheet, _HEAD_ROW, landscape=wording.EXAMPLES in heads)
    return lines


def _texts(sheet: Any, line: int, row: _Row, heads: tuple[str, ...], form: _Forms) -> None:
    """The names of a row, and its examples; a theme's row is set off over all columns."""
    quotes = "\n".join(f"”{wording.block(example)}”" for example in row.examples)
    if quotes:
        sheet.set_row(line, row_height(quotes, _WIDTHS[wording.EXAMPLES]))
    for column in range(len(heads)) if row.bold else ():
        sheet.write_blank(line, column, None, form.text)
    for column, value in enumerate(row.texts):
        sheet.write_string(line, column, cell_text(value), form.text)
    if quotes:
        sheet.write_string(line, heads.index(wording.EXAMPLES), cell_text(quotes), form.quotes)


def _numbers(sheet: Any, line: int, row: _Row, heads: tuple[str, ...], *, form: _Forms, sums: Sums | None) -> None:
    """The count of a row, its share, its limits and how it came about; with `sums` as formulas, each with its value."""
    assert row.count is not None
    place, percent = heads.index(wording.COUNT), row.count.percent / 100
    base = f"{'ABC'[place]}${_BASE_ROW + 1}"

    def share(column: int, of: int, value: float) -> None:
        """The share that a number in another column is; a formula where the base is one."""
        if sums is None:
            sheet.write_number(line, column, value, form.percent)
        else:
            sheet.write_formula(line, column, f"={'ABCDEF'[of]}{line + 1}/{base}", form.percent, value)

    if sums is None:
        sheet.write_number(line, place, row.count.count, form.number)
    else:
        sheet.write_formula(line, place, sums.of[row.key], form.number, row.count.count)
    if not row.count.base:
        sheet.write_string(line, place + 1, wording.NOTHING, form.percent)
    else:
        share(place + 1, place, percent)
    if row.count.low is not None and row.count.high is not None and row.count.percent_limits is not None:
        limits = (row.count.low, row.count.high), row.count.percent_limits
        for head, other, limit, of in zip(_LIMITS[:2], _LIMITS[2:], *limits, strict=True):
            sheet.write_number(line, heads.index(head), limit, form.number)
            share(heads.index(other), heads.index(head), of / 100)
    if row.count.origins is not None and wording.ORIGIN_HEADS[0] in heads:
        for column, part in enumerate(astuple(row.count.origins), heads.index(wording.ORIGIN_HEADS[0])):
            sheet.write_number(line, column, part, form.number)


def _heads(table: Table) -> tuple[str, ...]:
    if isinstance(table, OptionTable):
        return "Alternativ", wording.COUNT, wording.PERCENT
    limits = () if table.sampled is None else _LIMITS
    examples = (wording.EXAMPLES,) if any(code.examples for code in codes_of(table)) else ()
    return "Tema", "Kod", wording.COUNT, wording.PERCENT, *limits, *wording.origin_heads(table), *examples


def _formats(book: Any, bold: bool) -> _Forms:
    common = {"valign": "top", **({"bold": True, "bg_color": "#F2F6F9", "top": 1} if bold else {})}
    return _Forms(
        text=book.add_format({**common, "text_wrap": True}),
        number=book.add_format({**common, "num_format": "0"}),
        percent=book.add_format({**common, "num_format": "0 %", "align": "right"}),
        quotes=book.add_format({**common, "text_wrap": True, "align": "left", "indent": 1}),
    )


def _theme_rows(table: ThemeTable) -> Iterator[_Row]:
    for theme in table.themes:
        yield _Row((wording.name(theme.name), ""), theme.count, bold=True, key=("theme", theme.id))
        yield from map(_code_row, theme.codes)
    if table.unthemed:
        yield _Row((wording.UNTHEMED, ""), None, bold=True)
        yield from map(_code_row, table.unthemed)


def _code_row(code: CodeRow) -> _Row:
    return _Row(("", wording.name(code.name)), code.count, examples=code.examples, key=("code", code.id))


def _option_rows(table: OptionTable) -> Iterator[_Row]:
    for place, option in enumerate(table.options):
        yield _Row((wording.name(option.name),), option.count, key=("option", place))
