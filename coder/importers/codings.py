"""Codings files: one row a coding, as colleagues exchange them."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from coder.domain.answers import one_line
from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS, NOTHING_TO_CODE, CodingRow
from coder.importers import codings_parquet
from coder.importers.cells import Row, Sheet
from coder.importers.problems import listed, nearest, refuse_if, shown, where
from coder.importers.sheets import read_sheet

_REQUIRED = ("round", "question", "respondent", "theme", "code", "analyst")
_HINT = "See the columns and what may stand in them: " + ",".join(CODING_COLUMNS) + "."
_Word = TypeVar("_Word", bound=StrEnum)


class _BadCellError(Exception):
    """A cell that can't be what its column says."""

    def __init__(self, column: str, wrong: str) -> None:
        super().__init__(f"column {column}: {wrong}")


def read_codings(path: Path) -> tuple[CodingRow, ...]:
    """The codings in a file, in its order; whether they fit a project is for the project to say.

    Columns that are not of the format are ignored, unless one looks like a misspelt one. Raises CoderError that names
    the lines for cells that can't be read.
    """
    parquet = path.suffix.lower() == codings_parquet.SUFFIX
    sheet = codings_parquet.read_sheet(path) if parquet else read_sheet(path)
    _require_columns(sheet)
    rows: list[CodingRow] = []
    wrong: list[str] = []
    for row in sheet.rows:
        try:
            rows.append(_coding(_cells(sheet, row), row.line))
        except _BadCellError as error:
            wrong.append(f"line {row.line}, {error}")
    refuse_if(wrong, path, _HINT)
    return tuple(rows)


def _require_columns(sheet: Sheet) -> None:
    missing = [name for name in _REQUIRED if name not in sheet.header]
    absent = [name for name in CODING_COLUMNS if name not in sheet.header]
    for name in sheet.header:
        # A misspelt "start" would silently turn every coding into one of the whole answer.
        if name and name not in CODING_COLUMNS and nearest(name, absent):
            raise CoderError(f"{where(sheet.path)}: unknown column {shown(name)}", nearest(name, absent) + _HINT)
    if missing:
        raise CoderError(f"{where(sheet.path)}: no column {listed(map(shown, missing), ', ')}", _HINT)


def _cells(sheet: Sheet, row: Row) -> dict[str, str]:
    cells = dict.fromkeys(CODING_COLUMNS, "")
    cells.update({name: cell for name, cell in zip(sheet.header, row.cells, strict=True) if name in cells})
    # The snippet must equal the text of the answer, and so stays as it is.
    return {name: cell if name == "snippet" else one_line(cell) for name, cell in cells.items()}


def _coding(cells: Mapping[str, str], line: int) -> CodingRow:
    for name in ("round", "question", "respondent", "analyst"):
        if not cells[name]:
            raise _BadCellError(name, "is blank")
    if cells["code"]:
        if cells["status"] == NOTHING_TO_CODE:
            raise _BadCellError("status", f"{NOTHING_TO_CODE} stands beside a code")
    elif cells["status"] != NOTHING_TO_CODE:
        raise _BadCellError("code", f"is blank, and status does not say {NOTHING_TO_CODE}")
    elif any(cells[name] for name in ("theme", "start", "end")):
        raise _BadCellError("status", f"{NOTHING_TO_CODE} goes without theme, start and end")
    return CodingRow(
        round=cells["round"],
        question=cells["question"],
        respondent=cells["respondent"],
        segment=_segment(cells["start"], cells["end"]),
        snippet=cells["snippet"],
        theme=cells["theme"],
        code=cells["code"],
        analyst=cells["analyst"],
        origin=_word(Origin, "origin", cells["origin"]) if cells["origin"] else Origin.HAND,
        score=_score(cells["score"]),
        status=_word(Status, "status", cells["status"]) if cells["status"] and cells["code"] else None,
        line=line,
    )


def _segment(start: str, end: str) -> Segment | None:
    if not start and not end:
        return None
    for name, value in (("start", start), ("end", end)):
        if not value:
            raise _BadCellError(name, "is blank; give both start and end, or neither for the whole answer")
        if not (value.isascii() and value.isdigit() and len(value) <= 12):
            raise _BadCellError(name, f"{shown(value)} is no whole number from 0 up")
    if int(start) >= int(end):
        raise _BadCellError("end", f"{shown(end)} must be more than start, {shown(start)}")
    return Segment(int(start), int(end))


def _score(value: str) -> float | None:
    if not value:
        return None
    try:
        score = float(value.replace(",", "."))
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise _BadCellError("score", f"{shown(value)} is no number from 0 to 1")
    return score


def _word(words: type[_Word], column: str, value: str) -> _Word:
    try:
        return words(value)
    except ValueError:
        raise _BadCellError(column, f"{shown(value)} is none of {', '.join(words)}") from None
