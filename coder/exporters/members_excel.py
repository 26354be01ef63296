"""The sheet of a workbook that its numbers are formulas on: a row a respondent, 0 or 1 under every theme and code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coder.domain.errors import CoderError
from coder.domain.tables import Membership, OptionTable, ThemeTable, Unit
from coder.exporters import wording
from coder.exporters.files import Progress
from coder.exporters.sheet import cell_text, print_on_a4

SHEET = "Svarande"
UNITS = "Omfattar"
_ROWS, _COLUMNS = 1_048_576, 16_384  # of a sheet, as Excel has them
_STEP = 1_000
_HEAD_HEIGHT = 170.0  # points: two lines of some 30 letters, upright


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of zeros and ones: its head, the codes (or places of options) that make it 1, and what it counts."""

    head: str
    codes: frozenset[int]
    key: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """Formulas over the sheet, by what they count: ("theme", id), ("code", id) or ("option", place); and the base."""

    base: str
    of: Mapping[tuple[str, int], str]


def formulas(table: ThemeTable | OptionTable, membership: Membership) -> Sums:
    """The formulas that the table's numbers are, on the sheet that `write` makes of the same two.

    Where the table counts units, every respondent counts as many times as its column of units says. Raises
    CoderError where there are more respondents than a sheet has rows.
    """
    columns = list(_columns(table))
    units = 2 + len(_attributes(membership))
    first = units + (table.unit is Unit.UNITS)
    if len(membership.members) >= _ROWS or first + 1 + len(columns) > _COLUMNS:
        raise CoderError(
            "the respondents don't fit an Excel sheet", "Leave them out of the workbook: --without-respondents."
        )
    last = max(len(membership.members) + 1, 2)

    def cells(column: int) -> str:
        name = _letters(column)
        return f"{SHEET}!{name}2:{name}{last}"

    def total(column: int) -> str:
        if table.unit is Unit.UNITS:
            return f"=SUMPRODUCT({cells(units)},{cells(column)})"
        return f"=SUM({cells(column)})"

    return Sums(total(first), {column.key: total(first + 1 + place) for place, column in enumerate(columns)})


def write(book: Any, table: ThemeTable | OptionTable, membership: Membership, progress: Progress) -> None:
    """Add the sheet to the workbook, row by row downwards."""
    sheet = book.add_worksheet(SHEET)
    columns, attributes = list(_columns(table)), _attributes(membership)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4", "valign": "bottom"})
    # Upright: the names are long, and what stands below them is one figure wide.
    upright = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#E7EEF4", "rotation": 90, "text_wrap": True, "font_size": 9}
    )
    weighed = table.unit is Unit.UNITS
    names = ["Nyckel", "Namn", *attributes, *([UNITS] * weighed), "Svarat", *(column.head for column in columns)]
    # Last, so that no formula's column moves.
    marked = any(member.uncalled for member in membership.members)
    names += [wording.UNCALLED] * marked
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1 + len(attributes), 22)
    sheet.set_column(2 + len(attributes), len(names) - 1, 5.5)
    sheet.set_row(0, min(30.0 + 5 * max(map(len, names)), _HEAD_HEIGHT))
    for place, name in enumerate(names):
        sheet.write_string(0, place, cell_text(wording.name(name)), upright if place > 1 + len(attributes) else head)
    first = 3 + len(attributes) + weighed
    codes = [column.codes for column in columns]
    for line, member in enumerate(membership.members, start=1):
        sheet.write_string(line, 0, cell_text(wording.name(member.key)))
        texts = (member.name, *(member.attributes.get(name, "") for name in attributes))
        for place, text in enumerate(texts, start=1):
            if text:
                sheet.write_string(line, place, cell_text(wording.name(text)))
        if weighed:
            sheet.write_number(line, first - 2, member.covers)
        sheet.write_number(line, first - 1, 1)
        for place, wanted in enumerate(codes, start=first):
            sheet.write_number(line, place, 0 if wanted.isdisjoint(member.counted) else 1)
        if marked:
            sheet.write_number(line, len(names) - 1, int(member.uncalled))
        if line % _STEP == 0:
            progress(line, len(membership.members))
    sheet.autofilter(0, 0, max(len(membership.members), 1), len(names) - 1)
    sheet.freeze_panes(1, 2)
    print_on_a4(sheet, 0)
    progress(len(membership.members), len(membership.members))


def _columns(table: ThemeTable | OptionTable) -> Iterator[_Column]:
    if isinstance(table, OptionTable):
        for place, option in enumerate(table.options):
            yield _Column(wording.name(option.name), frozenset({place}), ("option", place))
        return
    for theme in table.themes:
        name = wording.name(theme.name)
        yield _Column(name, frozenset(code.id for code in theme.codes), ("theme", theme.id))
        for code in theme.codes:
            yield _Column(f"{name}: {wording.name(code.name)}", frozenset({code.id}), ("code", code.id))
    for code in table.unthemed:
        yield _Column(f"{wording.UNTHEMED}: {wording.name(code.name)}", frozenset({code.id}), ("code", code.id))


def _attributes(membership: Membership) -> list[str]:
    return list(dict.fromkeys(name for member in membership.members for name in member.attributes))


def _letters(column: int) -> str:
    """A column's letters, counted from 0: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
