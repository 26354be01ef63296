"""The sheet of a workbook that its numbers are formulas on: a row a respondent, 0 or 1 under every theme and code."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coder.domain.errors import CoderError
from coder.domain.tables import Membership, OptionTable, ThemeTable
from coder.exporters import wording
from coder.exporters.sheet import cell_text

SHEET = "Svarande"
_ROWS, _COLUMNS = 1_048_576, 16_384  # of a sheet, as Excel has them
_STEP = 1_000

Progress = Callable[[int, int], None]


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

    Raises CoderError where there are more respondents than a sheet has rows.
    """
    columns = list(_columns(table))
    first = 2 + len(_attributes(membership))
    if len(membership.members) >= _ROWS or first + 1 + len(columns) > _COLUMNS:
        raise CoderError(
            "the respondents don't fit an Excel sheet", "Leave them out of the workbook: --without-respondents."
        )
    last = len(membership.members) + 1

    def total(column: int) -> str:
        name = _letters(column)
        return f"=SUM({SHEET}!{name}2:{name}{max(last, 2)})"

    return Sums(total(first), {column.key: total(first + 1 + place) for place, column in enumerate(columns)})


def write(book: Any, table: ThemeTable | OptionTable, membership: Membership, progress: Progress) -> None:
    """Add the sheet to the workbook, row by row downwards."""
    sheet = book.add_worksheet(SHEET)
    columns, attributes = list(_columns(table)), _attributes(membership)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4", "text_wrap": True, "valign": "top"})
    names = ["Nyckel", "Namn", *attributes, "Svarat", *(column.head for column in columns)]
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1 + len(attributes), 22)
    sheet.set_column(2 + len(attributes), len(names) - 1, 12)
    for place, name in enumerate(names):
        sheet.write_string(0, place, cell_text(wording.name(name)), head)
    first = 3 + len(attributes)
    codes = [column.codes for column in columns]
    for line, member in enumerate(membership.members, start=1):
        sheet.write_string(line, 0, cell_text(wording.name(member.key)))
        texts = (member.name, *(member.attributes.get(name, "") for name in attributes))
        for place, text in enumerate(texts, start=1):
            if text:
                sheet.write_string(line, place, cell_text(wording.name(text)))
        sheet.write_number(line, first - 1, 1)
        for place, wanted in enumerate(codes, start=first):
            sheet.write_number(line, place, 0 if wanted.isdisjoint(member.counted) else 1)
        if line % _STEP == 0:
            progress(line, len(membership.members))
    sheet.autofilter(0, 0, max(len(membership.members), 1), len(names) - 1)
    sheet.freeze_panes(1, 2)
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
