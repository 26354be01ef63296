"""A table as an Excel workbook: the numbers as numbers, and a chart with the most common themes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from coder.domain.answers import canonical
from coder.domain.tables import CodeRow, Count, OptionTable, ThemeTable
from coder.exporters import wording
from coder.exporters.files import write_file
from coder.exporters.sheet import cell_text, workbook_bytes

Table = ThemeTable | OptionTable

_HEAD_ROW = 3
_COLOUR = "#2F6B8F"
_WIDTHS = {"Tema": 34, "Kod": 40, "Alternativ": 40, "Antal": 9, "Andel": 9, "Exempel": 80}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet: the texts before the numbers, the count unless it is a heading, and examples."""

    texts: tuple[str, ...]
    count: Count | None
    bold: bool = False
    examples: tuple[str, ...] = ()


def write(table: Table, path: Path) -> None:
    """Write the workbook; a file that stood there is replaced only by a whole one."""
    content = workbook_bytes(lambda book: _fill(book, table))

    def workbook(stream: BinaryIO) -> None:
        stream.write(content)

    write_file(path, workbook)


def _fill(book: Any, table: Table) -> None:
    _table_sheet(book, table)
    if charted := _charted(table):
        _chart_sheet(book, table, charted)


def _table_sheet(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("Tabell")
    heads = _heads(table)
    sheet.write_string(0, 0, cell_text(wording.title(table)), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, wording.base(table))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4"})
    for column, name in enumerate(heads):
        sheet.set_column(column, column, _WIDTHS[name])
        sheet.write_string(_HEAD_ROW, column, name, head)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    line = _HEAD_ROW + 1
    formats = {bold: _formats(book, bold) for bold in (True, False)}
    for row in _option_rows(table) if isinstance(table, OptionTable) else _theme_rows(table):
        text, number, percent = formats[row.bold]
        for column, value in enumerate(row.texts):
            sheet.write_string(line, column, cell_text(value), text)
        if row.count is not None:
            sheet.write_number(line, len(row.texts), row.count.count, number)
            sheet.write_number(line, len(row.texts) + 1, row.count.percent / 100, percent)
        if row.examples:
            quotes = "\n".join(canonical(example) for example in row.examples)
            sheet.write_string(line, len(row.texts) + 2, cell_text(quotes), text)
        line += 1
    for place, note in enumerate(wording.notes(table), start=1):
        sheet.write_string(line + place, 0, cell_text(note))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _heads(table: Table) -> tuple[str, ...]:
    if isinstance(table, OptionTable):
        return "Alternativ", wording.COUNT, wording.PERCENT
    return "Tema", "Kod", wording.COUNT, wording.PERCENT, wording.EXAMPLES


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
        yield _Row((wording.name(theme.name), ""), theme.count, bold=True)
        yield from map(_code_row, theme.codes)
    if table.unthemed:
        yield _Row((wording.UNTHEMED, ""), None, bold=True)
        yield from map(_code_row, table.unthemed)


def _code_row(code: CodeRow) -> _Row:
    return _Row(("", wording.name(code.name)), code.count, examples=code.examples)


def _option_rows(table: OptionTable) -> Iterator[_Row]:
    for option in table.options:
        yield _Row((wording.name(option.name),), option.count)


def _charted(table: Table) -> list[tuple[str, Count]]:
    """What the chart shows: themes with the most common first, options in their own order."""
    if isinstance(table, OptionTable):
        return [(wording.name(option.name), option.count) for option in table.options]
    themes = sorted(table.themes, key=lambda theme: -theme.count.count)
    return [(wording.name(theme.name), theme.count) for theme in themes]


def _chart_sheet(book: Any, table: Table, rows: list[tuple[str, Count]]) -> None:
    """The charted numbers in two columns, and a native bar chart of them that stays editable."""
    sheet = book.add_worksheet("Diagram")
    head = book.add_format({"bold": True, "bottom": 1})
    sheet.write_string(0, 0, _heads(table)[0], head)
    sheet.write_string(0, 1, wording.PERCENT, head)
    percent = book.add_format({"num_format": "0 %"})
    for line, (name, count) in enumerate(rows, start=1):
        sheet.write_string(line, 0, cell_text(name))
        sheet.write_number(line, 1, count.percent / 100, percent)
    sheet.set_column(0, 0, 40)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": ["Diagram", 1, 0, len(rows), 0],
            "values": ["Diagram", 1, 1, len(rows), 1],
            "fill": {"color": _COLOUR},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "0 %"},
        }
    )
    # The title refers to the cell that holds it: given as text, one with "=" in it could be taken for a reference.
    chart.set_title({"name": ["Tabell", 0, 0], "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none"})
    chart.set_x_axis({"min": 0, "num_format": "0 %", "major_gridlines": {"visible": False}, "visible": False})
    chart.set_size({"width": 820, "height": 140 + 26 * len(rows)})
    sheet.insert_chart("D2", chart)
