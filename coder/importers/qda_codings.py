"""The codings of one text in a REFI-QDA file as rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder.domain.coding import Segment
from coder.domain.counting import Status
from coder.domain.exchange import CodingRow, QdaAnswer
from coder.domain.qda import code_path, identifier, read_nothing, read_remark
from coder.importers.qda_left import Left
from coder.importers.qda_sources import Given, Marked
from coder.importers.qda_xml import as_identifier

_NOBODY = "import"


@dataclass(frozen=True, slots=True)
class Codes:
    """What codings refer to: codes by identifier (codebook's key, theme, name), and users' names by theirs.

    `cases` are the codes that stand for a case. `own` says that the file is of this package's making.
    """

    places: Mapping[str, tuple[str, str, str]]
    users: Mapping[str, str]
    cases: frozenset[str]
    own: bool


@dataclass(frozen=True, slots=True)
class Coded:
    """A text and what is marked in it: the selections with their places, None for one that is nowhere in the text."""

    answer: QdaAnswer
    codebook: str
    whole: Marked
    selections: Sequence[tuple[Marked, Segment | None]]


def read_codings(path: Path, coded: Coded, codes: Codes, left: Left) -> list[CodingRow]:
    """The codings of a text: those of it as a whole, and those of its selections.

    A selection of all of it means the text as a whole, unless this package wrote it and says otherwise. Where every
    code of a theme but one is remarked as set aside, that one is marked as counted: an analyst's choice.
    """
    rows: dict[tuple[object, ...], CodingRow] = {}
    whole = Segment(0, len(coded.answer.text))
    for marked, segment in ((coded.whole, whole), *coded.selections):
        for given in marked.given:
            row = _row(path, coded, codes, left, given, marked, segment)
            if row is not None:
                key = row.theme, row.code, row.segment or whole, row.analyst
                left.add("coding that stands there twice", "codings that stand there twice", key in rows)
                rows.setdefault(key, row)
    nothing = read_nothing(coded.whole.description)
    if nothing and not rows:
        return [_blank(coded.answer, nothing, coded.whole.line)]
    return list(_chosen(list(rows.values())))


def _blank(answer: QdaAnswer, analyst: str, line: int) -> CodingRow:
    """A row of that answer without a code."""
    return CodingRow(answer.round, answer.question, answer.respondent.key, None, "", "", "", analyst, line=line)


def _row(  # noqa: PLR0917 - each is another part of one line of the file
    path: Path, coded: Coded, codes: Codes, left: Left, given: Given, marked: Marked, segment: Segment | None
) -> CodingRow | None:
    if given.code in codes.cases:
        return None
    book, theme, code = codes.places.get(given.code, ("", "", ""))
    if book != coded.codebook:
        what = "of another question's codebook" if book else "that is a codebook by itself"
        left.add(f"coding with a code {what}", f"codings with a code {what}")
        return None
    if segment is None:
        left.add(
            "coding of a passage that is empty or outside its text",
            "codings of passages that are empty or outside their text",
        )
        return None
    row = _blank(coded.answer, _analyst(path, given, codes), given.line)
    status, origin, score = read_remark(code_path(theme, code), marked.description)
    # The words are repeated only where the file has them too, so that no file can ask for more of them than it holds.
    quoted = len(segment) <= 3 * len(marked.passage.quote)
    meant = None if marked is coded.whole or _means_all(path, marked, row, coded.answer, segment, codes) else segment
    return replace(
        row,
        segment=meant,
        snippet=segment.of(coded.answer.text) if quoted else "",
        theme=theme,
        code=code,
        status=status,
        origin=origin,
        score=score,
    )


def _analyst(path: Path, given: Given, codes: Codes) -> str:
    found = (codes.users.get(as_identifier(one, "Coding", path, given.line), "") for one in given.users)
    return next(filter(None, found), _NOBODY)


def _means_all(  # noqa: PLR0917 - as above
    path: Path, marked: Marked, row: CodingRow, answer: QdaAnswer, segment: Segment, codes: Codes
) -> bool:
    if not codes.own:
        return len(segment) == len(answer.text)
    place = row.round, row.question, row.respondent, row.analyst
    guid = as_identifier(marked.guid, "PlainTextSelection", path, marked.line)
    return guid == identifier("selection", *place, "whole")


def _chosen(rows: list[CodingRow]) -> Iterator[CodingRow]:
    by_theme: dict[str, list[CodingRow]] = defaultdict(list)
    for row in rows:
        by_theme[row.theme].append(row)
    for theme, rivals in by_theme.items():
        plain = {row.code for row in rivals if row.status is None}
        aside = {row.code for row in rivals if row.status is Status.SET_ASIDE}
        settled = (
            theme and len(plain) == 1 and aside - plain and all(row.status is not Status.PROVISIONAL for row in rivals)
        )
        for row in rivals:
            yield replace(row, status=Status.COUNTED) if settled and row.status is None else row
