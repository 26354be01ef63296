"""Two exports set side by side: codings or tables by what they say themselves, any of them by a project's journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path

from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.domain.export_diff import Moved, export_diff
from coder.domain.method import Stand
from coder.domain.printed import Printed, Published, printed_diff
from coder.importers import codings, codings_parquet, published
from coder.importers.sheets import read_sheet

Rows = tuple[CodingRow, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A base that differs: answers were taken in, which nobody decides and no journal holds."""

    round: str
    question: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two exports. `named` says that it is known whose answers every count is made of.

    `notes` is what a reader must know of the comparison itself.
    """

    moved: tuple[Moved, ...]
    bases: tuple[Base, ...] = ()
    notes: tuple[str, ...] = ()
    named: bool = True


def difference(before: Path, after: Path) -> Difference:
    """Every count that differs between two exports of codings, or between two tables as they are printed.

    Raises CoderError for files that can't be read back, and for two that don't show the same.
    """
    old, new = read(before), read(after)
    if isinstance(old, Published) and isinstance(new, Published):
        return _printed(before, after, old, new)
    if isinstance(old, Published) or isinstance(new, Published):
        table = before if isinstance(old, Published) else after
        raise CoderError(
            f"{table} is a table or figure, and the other file an export of codings",
            "Compare two files of `coder codings export`, or two of `coder table`.",
        )
    return Difference(tuple(export_diff(old, new)))


def read(file: Path) -> Rows | Published:
    """What an export says; raises CoderError for codings that don't say which of them are counted."""
    sheet = None
    if file.suffix.lower() == ".csv":
        sheet = read_sheet(file)
        if "respondent" not in sheet.header:
            return published.as_table(sheet)
    elif file.suffix.lower() != codings_parquet.SUFFIX:
        return published.read_published(file)
    rows = codings.read_codings(file)
    bare = next((row for row in rows if not row.nothing and row.status is None), None)
    if bare is not None:
        raise CoderError(
            f"{file}, line {bare.line}: no status, so nobody can tell whether the coding is counted",
            "Compare files written by `coder codings export`; they say what the rule makes of every coding.",
        )
    return rows


def _printed(before: Path, after: Path, old: Published, new: Published) -> Difference:
    for file, one in ((before, old), (after, new)):
        if one.table is None:
            raise CoderError(
                f"{file} is no table that can be read back: JSON, CSV and XLSX can",
                "Name the project, and its journal says what moved: --project PROJECT.",
            )
    assert old.table is not None
    assert new.table is not None
    first, second = old.table, new.table
    if (first.question, first.round) != (second.question, second.round):
        raise not_the_same(before, [(first.round, first.question)], after, [(second.round, second.question)])
    if first.unit is not second.unit:
        raise CoderError(
            f"{before} counts {first.unit.value} and {after} {second.unit.value}", "Compare two that count the same."
        )
    for earlier, later in product(old.stands, new.stands):
        require_order(before, earlier, after, later)
    named = first.members is not None and second.members is not None
    moved, bases = tuple(printed_diff(first, second)), base_moved(first, second)
    note = "" if not moved or not (old.stands and new.stands) else "--project PROJECT says which decisions moved them"
    return Difference(moved, bases, (note,) if note else (), named)


def base_moved(first: Printed | None, second: Printed | None) -> tuple[Base, ...]:
    """The base of two tables, where both print one and it is not the same."""
    if first is None or second is None or first.unit is not second.unit or first.base == second.base:
        return ()
    return (Base(second.round, second.question, first.base, second.base),)


def require_order(before: Path, one: Stand, after: Path, other: Stand) -> None:
    """Raise CoderError where two exports can't be of one project, or the first is the later one."""
    if one.decision == other.decision and not same_moment(one.at, other.at):
        raise CoderError(
            f"{before} and {after} are of different projects: both hold decision {one.decision}, made at {one.at} and "
            f"at {other.at}",
            "Compare two exports of one project.",
        )
    if one.decision > other.decision:
        raise CoderError(
            f"{after} is older: its numbers stand at decision {other.decision}, those of {before} at {one.decision}",
            "Name the older export first.",
        )


def same_moment(one: str, other: str) -> bool:
    """True for two times that are one, whatever zones they are told in; and where neither is told."""
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except ValueError:
        return one == other


def not_the_same(
    before: Path, first: Sequence[tuple[str, str]], after: Path, second: Sequence[tuple[str, str]]
) -> CoderError:
    """The error for two exports that show different rounds or questions."""
    one, other = (", ".join("/".join(filter(None, place)) for place in places) for places in (first, second))
    # A workbook without a note on decisions tells the question in its own words, and no key.
    nameless = any(not round_key for round_key, _ in (*first, *second))
    more = ", in one format" if nameless else ""
    return CoderError(f"{before} shows {one}, and {after} {other}", f"Compare two of one question and round{more}.")
