"""A sheet with a native bar chart that stays editable, and the numbers it shows."""

from collections.abc import Mapping
from typing import Any

from coder.domain.tables import OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import wording
from coder.exporters.sheet import cell_text, print_on_a4

_COLOUR, _WHISKER = "#2F6B8F", "#1B1B1B"
_OVER = {"bold": True, "bottom": 1}
# Beside an audited share: its limits, how far these are apart, and what stands at the bar.
_HEADS, _LABEL = (wording.SHARE_LOW, wording.SHARE_HIGH, "Spann"), "Etikett"

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
    themes, audited = isinstance(table, ThemeTable), _audited(table)
    sheet = book.add_worksheet("Diagram")
    # A row at a time and downwards: what is passed may be on disk already.
    over_text, over_number = book.add_format(_OVER), book.add_format({**_OVER, "align": "right"})
    sheet.write_string(0, 0, "Tema" if themes else "Alternativ", over_text)
    for column, head in enumerate((wording.PERCENT, *(_HEADS if audited else ())), start=1):
        sheet.write_string(0, column, head, over_number)
    if audited:
        sheet.write_string(0, 5, _LABEL, book.add_format({**_OVER, "indent": 1}))
    percent, apart = book.add_format({"num_format": "0 %"}), book.add_format({"indent": 1})
    for line, (key, row) in enumerate(rows, start=1):
        sheet.write_string(line, 0, cell_text(wording.name(row.name)))
        shares = (row.count.percent, *(row.count.percent_limits or ())) if audited else (row.count.percent,)
        for column, (share, there) in enumerate(zip(shares, "DGH" if themes else "C", strict=False), start=1):
            if key in lines:
                sheet.write_formula(line, column, f"=Tabell!{there}{lines[key] + 1}", percent, share / 100)
            else:
                sheet.write_number(line, column, share / 100, percent)
        if audited:
            _write_whisker(sheet, line, row, percent, apart)
    sheet.set_column(0, 0, 40)
    if audited:
        sheet.set_column(1, 4, 12)
        sheet.set_column(5, 5, 50)
    place = (len(rows) + 2, 0) if audited else (1, 3)
    sheet.insert_chart(*place, _chart(book, table, [row for _, row in rows]))
    print_on_a4(sheet, None)


def _audited(table: ThemeTable | OptionTable) -> bool:
    return isinstance(table, ThemeTable) and table.sampled is not None


def _write_whisker(sheet: Any, line: int, row: ThemeRow | OptionRow, percent: Any, apart: Any) -> None:
    """How long a bar's whisker is, and what stands at the bar."""
    if row.count.percent_limits is None:
        sheet.write_string(line, 5, _label(row), apart)
        return
    low, high = row.count.percent_limits
    share, least, most = (f'TEXT({column}{line + 1}*100,"0")' for column in "BCD")
    words = f'=A{line + 1}&", "&{share}&" % ("&{least}&"–"&{most}&")"'
    sheet.write_formula(line, 4, f"=D{line + 1}-C{line + 1}", percent, (high - low) / 100)
    sheet.write_formula(line, 5, words, apart, _label(row))


def _label(row: ThemeRow | OptionRow) -> str:
    """What stands at a bar with a whisker: its name, share and limits. A number at its end would cross the whisker."""
    return cell_text(f"{wording.name(row.name)}, {wording.share(row.count)}")


def _doubt(table: ThemeTable | OptionTable) -> str:
    """What the bars don't show of a machine's errors."""
    if isinstance(table, OptionTable) or not table.by_machine:
        return ""
    if table.sampled is not None:
        return ". Delvis kodat av maskinen: strecken är intervallen i bladet Tabell."
    return ". Delvis kodat av maskinen, och inget granskat urval säger hur rätt."


def _chart(book: Any, table: ThemeTable | OptionTable, rows: list[ThemeRow | OptionRow]) -> Any:
    chart = book.add_chart({"type": "bar"})
    audited = _audited(table)
    names = 5 if audited else 0
    # What stands in the cells goes with it, for programs that show a chart before they read them.
    common = {
        "categories": ["Diagram", 1, names, len(rows), names],
        "categories_data": [_label(row) if audited else cell_text(wording.name(row.name)) for row in rows],
        "gap": 40,
        "overlap": 100,
    }
    shares = {"values": ["Diagram", 1, 1, len(rows), 1], "values_data": [row.count.percent / 100 for row in rows]}
    labels = {} if audited else {"data_labels": {"value": True, "num_format": "0 %"}}
    chart.add_series({**common, **shares, **labels, "fill": {"color": _COLOUR}})
    if audited:
        chart.add_series({**common, **_whiskers(rows)})
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


def _whiskers(rows: list[ThemeRow | OptionRow]) -> dict[str, Any]:
    """Bars that are not seen and end at the upper limits; from there the whiskers go down to the lower ones."""
    limits = [row.count.percent_limits or (0.0, 0.0) for row in rows]
    return {
        "values": ["Diagram", 1, 3, len(rows), 3],
        "values_data": [high / 100 for _, high in limits],
        "fill": {"none": True},
        "border": {"none": True},
        "y_error_bars": {
            "type": "custom",
            "plus_values": [0.0] * len(rows),
            "minus_values": f"=Diagram!$E$2:$E${len(rows) + 1}",
            "minus_data": [(high - low) / 100 for low, high in limits],
            "line": {"color": _WHISKER, "width": 1.25},
        },
    }
