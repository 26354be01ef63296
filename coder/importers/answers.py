"""Answers files: one row a respondent, one column a question, as the survey file describes them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from coder.domain.answers import Kind, Question, Reply, Respondent, Survey, canonical, is_blank, one_line
from coder.domain.errors import CoderError
from coder.importers.cells import Sheet
from coder.importers.problems import bare, listed, refuse_if, shown, where
from coder.importers.sheets import read_sheet

# What survey tools write where nobody answered, was asked, or knew.
MISSING = frozenset({"-77", "-88", "-99"})
_CUT_FROM, _CUT_MANY = 200, 5


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What an answers file holds, and what a user should know of how it was read."""

    replies: tuple[Reply, ...]
    notes: tuple[str, ...] = ()


def read_answers(path: Path, survey: Survey) -> AnswersFile:
    """The replies in a file, checked against the survey.

    Answers to open questions are kept as they stand; ids, names, attributes and options become one clean line.
    A cell that is blank, or holds a code for a missing value that is no option, is left out. Raises CoderError for
    columns that are not there, respondents without an id or with the same one, and answers that are no option.
    """
    sheet = read_sheet(path, unlabelled=(survey.id_column,))
    _require_columns(sheet, survey)
    if not sheet.rows:
        raise CoderError(f"{where(path)}: there are columns, and no rows", "Check that it is the right file.")
    _require_ids(sheet, survey)
    _require_options(sheet, survey)
    _require_units(sheet, survey)
    replies = tuple(_replies(sheet, survey))
    return AnswersFile(replies, (*sheet.notes, *_notes(sheet, survey, replies)))


def _replies(sheet: Sheet, survey: Survey) -> Iterator[Reply]:
    places = {name: sheet.header.index(name) for name in _columns(survey)}
    for row in sheet.rows:
        values = {}
        for question in survey.questions:
            cell = row.cells[places[question.column]]
            if not _is_missing(question, cell):
                values[question.key] = cell if question.kind is Kind.OPEN else one_line(cell)
        respondent = Respondent(
            key=one_line(row.cells[places[survey.id_column]]),
            name=one_line(row.cells[places[survey.name_column]]) if survey.name_column else "",
            attributes={name: one_line(row.cells[places[name]]) for name in survey.attributes},
            covers=_units(row.cells[places[survey.covers_column]]) or 1 if survey.covers_column else 1,
        )
        yield Reply(respondent, values)


def _is_missing(question: Question, cell: str) -> bool:
    return _is_missing_code(question, cell) or is_blank(canonical(cell))


def _is_missing_code(question: Question, cell: str) -> bool:
    return cell.strip() in MISSING and cell.strip() not in question.options


def _columns(survey: Survey) -> list[str]:
    """The columns that are read, each once."""
    optional = [name for name in (survey.name_column, survey.covers_column) if name]
    every = [survey.id_column, *optional, *survey.attributes, *(question.column for question in survey.questions)]
    return list(dict.fromkeys(every))


def _require_columns(sheet: Sheet, survey: Survey) -> None:
    missing = [name for name in _columns(survey) if name not in sheet.header]
    if not missing:
        return
    found = [name for name in sheet.header if name]
    close = {name: get_close_matches(name, found, n=1) for name in missing}
    asked = [f"{shown(name)}: perhaps {shown(match[0])}?" for name, match in close.items() if match]
    raise CoderError(
        f"{where(sheet.path)}: no column {listed(map(shown, missing), ', ')}; there are {_names(found)}",
        " ".join(asked[:3]) or "Write the names in the survey file as they stand in the first row of the file.",
    )


def _names(columns: list[str]) -> str:
    shown_names = [shown(name) for name in columns[:12]]
    left = len(columns) - len(shown_names)
    return ", ".join(shown_names) + (f" and {left} more" if left else "")


def _require_ids(sheet: Sheet, survey: Survey) -> None:
    place = sheet.header.index(survey.id_column)
    column = bare(survey.id_column)
    lines: dict[str, int] = {}
    blank, twice = [], []
    for row in sheet.rows:
        key = one_line(row.cells[place])
        if not key:
            blank.append(f"line {row.line}, column {column}: no id")
        elif key in lines:
            twice.append(f"line {row.line}, column {column}: {shown(key)} stands on line {lines[key]} too")
        else:
            lines[key] = row.line
    refuse_if(blank, sheet.path, "Every row needs the id of its respondent.")
    refuse_if(twice, sheet.path, "One row a respondent: take away the rows that are too many, or correct the ids.")


def _require_options(sheet: Sheet, survey: Survey) -> None:
    for question in survey.questions:
        if question.kind is Kind.OPEN:
            continue
        place = sheet.header.index(question.column)
        unknown = [
            f"line {row.line}, column {bare(question.column)}: {shown(row.cells[place])} is no option"
            for row in sheet.rows
            if not _is_missing(question, row.cells[place]) and one_line(row.cells[place]) not in question.options
        ]
        refuse_if(
            unknown,
            sheet.path,
            f"Options in the survey file: {', '.join(map(shown, question.options))}. Correct the one or the other.",
        )


def _require_units(sheet: Sheet, survey: Survey) -> None:
    if survey.covers_column is None:
        return
    place = sheet.header.index(survey.covers_column)
    wrong = [
        f"line {row.line}, column {bare(survey.covers_column)}: {shown(row.cells[place])} is no whole number above 0"
        for row in sheet.rows
        if _units(row.cells[place]) is None
    ]
    refuse_if(wrong, sheet.path, "Say how many units the respondent covers; a blank cell means one.")


def _units(cell: str) -> int | None:
    """How many units a cell says, 1 where it is blank, None where it says anything else than a number above 0."""
    text = one_line(cell) or "1"
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
    return number or None


def _notes(sheet: Sheet, survey: Survey, replies: tuple[Reply, ...]) -> Iterator[str]:
    if survey.id_column in sheet.numeric:
        yield (
            f"the ids in column {shown(survey.id_column)} are numbers in the file: if they had leading zeros, those "
            "are gone (store the column as text)"
        )
    unread = [name for name in sheet.header if name and name not in _columns(survey)]
    if unread:
        yield f"columns that were not read: {_names(unread)}"
    for question in survey.questions:
        place = sheet.header.index(question.column)
        codes = Counter(row.cells[place].strip() for row in sheet.rows if _is_missing_code(question, row.cells[place]))
        if codes:
            said = ", ".join(f"{code} ({times})" for code, times in sorted(codes.items()))
            yield f"column {shown(question.column)}: {said} taken as no answer"
        if question.kind is Kind.OPEN:
            yield from _perhaps_cut(question, replies)


def _perhaps_cut(question: Question, replies: tuple[Reply, ...]) -> Iterator[str]:
    """A note where several of the longest texts have one length: some tool may have cut them there."""
    lengths = Counter(len(reply.values[question.key]) for reply in replies if question.key in reply.values)
    longest = max(lengths, default=0)
    if longest >= _CUT_FROM and lengths[longest] >= _CUT_MANY:
        yield (
            f"column {shown(question.column)}: {lengths[longest]} texts have exactly {longest} characters, the "
            "longest there are: they may have been cut"
        )
