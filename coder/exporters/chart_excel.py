"""A sheet with a native bar chart that stays editable, and the numbers it shows."""

from collections.abc import Mapping
from typing import Any

from coder.domain.tables import OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import wording
from coder.exporters.sheet import cell_text, print_on_a4

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
    if not rows or not table.base:
        return
    themes = isinstance(table, ThemeTable)
    sheet = book.add_worksheet("Diagram")
    head = book.add_format({"bold": True, "bottom": 1})
    sheet.write_string(0, 0, "Tema" if themes else "Alternativ", head)
    sheet.write_string(0, 1, wording.PERCENT, book.add_format({"bold": True, "bottom": 1, "align": "right"}))
    percent = book.add_format({"num_format": "0 %"})
    for line, (key, row) in enumerate(rows, start=1):
        sheet.write_string(line, 0, cell_text(wording.name(row.name)))
        if key in lines:
            share = f"=Tabell!{'D' if themes else 'C'}{lines[key] + 1}"
            sheet.write_formula(line, 1, share, percent, row.count.percent / 100)
        else:
            sheet.write_number(line, 1, row.count.percent / 100, percent)
    sheet.set_column(0, 0, 40)
    sheet.insert_chart("D2", _chart(book, table, [row for _, row in rows]))
    print_on_a4(sheet, None)


def _doubt(table: ThemeTable | OptionTable) -> str:
    """What the bars don't show of a machine's errors."""
    if isinstance(table, OptionTable) or not table.by_machine:
        return ""
    if table.sampled is not None:
        return ". Delvis kodat av maskinen: intervallen står i bladet Tabell."
    return ". Delvis kodat av maskinen, och inget granskat urval säger hur rätt."


def _chart(book: Any, table: ThemeTable | OptionTable, rows: list[ThemeRow | OptionRow]) -> Any:
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
    title = {"name": ["Tabell", 0, 0], "data": [cell_text(wording.title(table))], "name_font": {"size": 12}}
    chart.set_title(title)
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none"})
    # The axis is there for its name alone: whom the shares are of.
    chart.set_x_axis(
        {
            "min": 0,
            "name": f"{wording.PERCENT}. {wording.base(table)}{_doubt(table)}",
            "name_font": {"size": 9, "bold": False},
            "major_gridlines": {"visible": False},
            "major_tick_mark": "none",
            "label_position": "none",
            "line": {"none": True},
        }
    )
    chart.set_size({"width": 820, "height": 160 + 26 * len(rows)})
    return chart
