"""A sheet with a native bar chart that stays editable, and the numbers it shows."""

from collections.abc import Mapping
from typing import Any

from coder.domain.tables import OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import wording
from coder.exporters.sheet import cell_text

_COLOUR = "#2F6B8F"

Key = tuple[str, int]


def write(book: Any, table: ThemeTable | OptionTable, lines: Mapping[Key, int]) -> None:
    """Add the sheet, unless there is nothing to chart: themes with the most common first, options in their own order.

    The numbers refer to the `lines` of the sheet *Tabell* where they are formulas there, so that all follow one change.
    """
    rows: list[tuple[Key, ThemeRow | OptionRow]]
    if isinstance(table, OptionTable):
        rows = [(("option", place), option) for place, option in enumerate(table.options)]
    else:
        rows = [(("theme", one.id), one) for one in sorted(table.themes, key=lambda theme: -theme.count.count)]
    if not rows:
        return
    themes = isinstance(table, ThemeTable)
    sheet = book.add_worksheet("Diagram")
    head = book.add_format({"bold": True, "bottom": 1})
    sheet.write_string(0, 0, "Tema" if themes else "Alternativ", head)
    sheet.write_string(0, 1, wording.PERCENT, head)
    percent = book.add_format({"num_format": "0 %"})
    for line, (key, row) in enumerate(rows, start=1):
        sheet.write_string(line, 0, cell_text(wording.name(row.name)))
        if key in lines:
            share = f"=Tabell!{'D' if themes else 'C'}{lines[key] + 1}"
            sheet.write_formula(line, 1, share, percent, row.count.percent / 100)
        else:
            sheet.write_number(line, 1, row.count.percent / 100, percent)
    sheet.set_column(0, 0, 40)
    sheet.insert_chart("D2", _chart(book, wording.title(table), [row for _, row in rows]))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _chart(book: Any, title: str, rows: list[ThemeRow | OptionRow]) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": ["Diagram", 1, 0, len(rows), 0],
            "values": ["Diagram", 1, 1, len(rows), 1],
            # What stands in the cells, for programs that show a chart before they read them.
            "categories_data": [cell_text(wording.name(row.name)) for row in rows],
            "values_data": [row.count.percent / 100 for row in rows],
            "fill": {"color": _COLOUR},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "0 %"},
        }
    )
    # The title refers to the cell that holds it: given as text, one with "=" in it could be taken for a reference.
    chart.set_title({"name": ["Tabell", 0, 0], "data": [cell_text(title)], "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none"})
    chart.set_x_axis({"min": 0, "num_format": "0 %", "major_gridlines": {"visible": False}, "visible": False})
    chart.set_size({"width": 820, "height": 140 + 26 * len(rows)})
    return chart
