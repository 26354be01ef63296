"""A table as an Excel workbook: the numbers as numbers, and a chart with the most common themes first.

With the respondents at hand the numbers are formulas on a sheet of them, each with its value beside it for programs
that do not calculate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from coder.domain.tables import (
    CodeRow,
    Count,
    ExampleTable,
    Membership,
    MethodNote,
    OptionTable,
    ThemeTable,
)
from coder.exporters import chart_excel, examples_excel, members_excel, wording
from coder.exporters.files import write_file
from coder.exporters.members_excel import Progress, Sums
from coder.exporters.sheet import cell_text, method_sheet, row_height, workbook_bytes

Table = ThemeTable | OptionTable

_HEAD_ROW = 3
_WIDTHS = {"Tema": 34, "Kod": 40, "Alternativ": 40, "Antal": 9, "Andel": 9, "Minst": 9, "Högst": 9, "Exempel": 80}


_BASE_ROW = 2


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

    def workbook(stream: BinaryIO) -> None:
        stream.write(content)

    write_file(path, workbook)


def _table_sheet(book: Any, table: Table, sums: Sums | None) -> dict[tuple[str, int], int]:
    """Write the sheet with the table, and say in which line each count stands."""
    sheet = book.add_worksheet("Tabell")
    heads = _heads(table)
    sheet.write_string(0, 0, cell_text(wording.title(table)), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, wording.base(table))
    number_column = heads.index(wording.COUNT)
    letter = "ABC"[number_column]
    formats = {bold: _formats(book, bold) for bold in (True, False)}
    indented = book.add_format({"valign": "top", "text_wrap": True, "indent": 1})
    if sums is not None:
        sheet.write_string(_BASE_ROW, 0, "Bas")
        sheet.write_formula(_BASE_ROW, number_column, sums.base, formats[False][1], table.base)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4"})
    for column, name in enumerate(heads):
        sheet.set_column(column, column, _WIDTHS[name])
        sheet.write_string(_HEAD_ROW, column, name, head)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    line = _HEAD_ROW + 1
    lines: dict[tuple[str, int], int] = {}
    for row in _option_rows(table) if isinstance(table, OptionTable) else _theme_rows(table):
        text, number, percent = formats[row.bold]
        quotes = "\n".join(wording.block(example) for example in row.examples)
        if quotes:
            sheet.set_row(line, row_height(quotes, _WIDTHS[wording.EXAMPLES]))
        for column, value in enumerate(row.texts):
            sheet.write_string(line, column, cell_text(value), text)
        if row.count is not None and sums is not None:
            sheet.write_formula(line, number_column, sums.of[row.key], number, row.count.count)
        elif row.count is not None:
            sheet.write_number(line, number_column, row.count.count, number)
        if row.count is not None and sums is not None and table.base:
            share = f"={letter}{line + 1}/{letter}${_BASE_ROW + 1}"
            sheet.write_formula(line, number_column + 1, share, percent, row.count.percent / 100)
        elif row.count is not None:
            sheet.write_number(line, number_column + 1, row.count.percent / 100, percent)
        if row.count is not None and row.count.low is not None and row.count.high is not None:
            sheet.write_number(line, heads.index(wording.LOW), row.count.low, number)
            sheet.write_number(line, heads.index(wording.HIGH), row.count.high, number)
        if quotes:
            sheet.write_string(line, heads.index(wording.EXAMPLES), cell_text(quotes), indented)
        lines[row.key] = line
        line += 1
    for place, words in enumerate(wording.notes(table), start=1):
        sheet.write_string(line + place, 0, cell_text(words))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    return lines


def _heads(table: Table) -> tuple[str, ...]:
    if isinstance(table, OptionTable):
        return "Alternativ", wording.COUNT, wording.PERCENT
    limits = () if table.sampled is None else (wording.LOW, wording.HIGH)
    return "Tema", "Kod", wording.COUNT, wording.PERCENT, *limits, wording.EXAMPLES


def _formats(book: Any, bold: bool) -> tuple[Any, Any, Any]:
    """The formats of a row's texts, its count and its share."""
    common = {"bold": bold, "valign": "top"}
    return (
        book.add_format({**common, "text_wrap": True}),
        book.add_format({**common, "num_format": "0"}),
        book.add_format({**common, "num_format": "0 %"}),
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
