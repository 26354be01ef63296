"""Answers files: one row a respondent, one column a question, as the survey file describes them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from coder.domain.answers import Kind, Question, Reply, Respondent, Survey, canonical, is_blank, one_line
from coder.domain.errors import CoderError
from coder.importers.cells import Row, Rows
from coder.importers.problems import Problems, bare, listed, shown, where
from coder.importers.sheets import open_rows

# What survey tools write where nobody answered, was asked, or knew.
MISSING = frozenset({"-77", "-88", "-99"})
_CUT_FROM, _CUT_MANY = 200, 5
# How Qualtrics begins the cells of a third row of headings.
_TOOLS_OWN = '{"ImportId":'


@contextmanager
def open_answers(path: Path, survey: Survey) -> Iterator["AnswersFile"]:
    """The replies in a file, checked against the survey as they are read. Raises CoderError for columns not there."""
    with open_rows(path, unlabelled=(survey.id_column,)) as rows:
        _require_columns(rows, survey)
        yield AnswersFile(rows, survey)


class AnswersFile:
    """The replies in a file, one after the other, and at the end what is wrong with it or what a user should know.

    Answers to open questions are kept as they stand; ids, names, attributes and options become one clean line. A cell
    that is blank, or holds a code for a missing value that is no option, is left out. `lines` is about how many lines
    the file has.
    """

    def __init__(self, rows: Rows, survey: Survey) -> None:
        self.lines = rows.lines
        self._rows, self._survey = rows, survey
        self._places = {name: rows.header.index(name) for name in _columns(survey)}
        self._blank, self._twice, self._units = Problems(), Problems(), Problems()
        self._options: defaultdict[str, Problems] = defaultdict(Problems)
        self._missing: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._longest: dict[str, tuple[int, int]] = {}
        self._headings: list[int] = []
        self._none = True

    def __iter__(self) -> Iterator[tuple[int, Reply]]:
        """Each reply and its line. What is wrong is remembered for `finish`; a row without an id gives no reply."""
        survey, places = self._survey, self._places
        at = places[survey.id_column]
        named = places[survey.name_column] if survey.name_column else None
        attributes = [(name, places[name]) for name in survey.attributes]
        for row in self._rows:
            if self._none and self._is_heading(row):
                self._headings.append(row.line)
                continue
            self._none = False
            key = one_line(row.cells[at])
            if not key:
                self._blank.add(f"line {row.line}, column {bare(survey.id_column)}: no id")
                continue
            respondent = Respondent(
                key=key,
                name=one_line(row.cells[named]) if named is not None else "",
                attributes={name: one_line(row.cells[place]) for name, place in attributes},
                covers=self._covers(row) if survey.covers_column else 1,
            )
            yield row.line, Reply(respondent, self._values(row))

    def stands_twice(self, key: str, line: int, first: int) -> None:
        """Remember that the respondent on that line had been met on an earlier one: who reads keeps the record."""
        column = bare(self._survey.id_column)
        self._twice.add(f"line {line}, column {column}: {shown(key)} stands on line {first} too")

    def finish(self) -> tuple[str, ...]:
        """What a user should know of how the file was read. Call it when all replies are through.

        Raises CoderError for a file without rows, respondents without an id or standing twice, answers that are no
        option, and numbers of units that are none.
        """
        path = self._rows.path
        if self._none:
            raise CoderError(f"{where(path)}: there are columns, and no rows", "Check that it is the right file.")
        self._blank.refuse(path, "Every row needs the id of its respondent.")
        self._twice.refuse(path, "One row a respondent: take away the rows that are too many, or correct the ids.")
        for question in self._survey.questions:
            options = ", ".join(map(shown, question.options))
            hint = f"Options in the survey file: {options}. Correct the one or the other."
            self._options[question.key].refuse(path, hint)
        self._units.refuse(path, "Say how many units the respondent covers; a blank cell means one.")
        return (*self._rows.notes, *self._notes())

    def _is_heading(self, row: Row) -> bool:
        """Whether a row repeats what was asked: some tools write the questions below the names of their columns.

        A row whose id has a digit is a respondent's, whatever it says: nobody's answer is taken for a heading.
        """
        key = row.cells[self._places[self._survey.id_column]]
        if any(map(str.isdigit, key)) and not key.startswith(_TOOLS_OWN):
            return False
        cells = ((question.text, row.cells[self._places[question.column]]) for question in self._survey.questions)
        return any(
            cell.startswith(_TOOLS_OWN) or (text and cell and one_line(cell) == one_line(text)) for text, cell in cells
        )

    def _values(self, row: Row) -> dict[str, str]:
        values = {}
        for question in self._survey.questions:
            cell = row.cells[self._places[question.column]]
            if _is_missing_code(question, cell):
                self._missing[question.key][cell.strip()] += 1
            elif is_blank(canonical(cell)):
                continue
            elif question.kind is Kind.OPEN:
                values[question.key] = cell
                longest, times = self._longest.get(question.key, (0, 0))
                if len(cell) >= longest:
                    self._longest[question.key] = len(cell), times + 1 if len(cell) == longest else 1
            else:
                option = one_line(cell)
                if option in question.options:
                    values[question.key] = option
                else:
                    place = f"line {row.line}, column {bare(question.column)}"
                    self._options[question.key].add(f"{place}: {shown(cell)} is no option")
        return values

    def _covers(self, row: Row) -> int:
        column = self._survey.covers_column
        assert column is not None
        cell = row.cells[self._places[column]]
        number = _units(cell)
        if number is None:
            self._units.add(f"line {row.line}, column {bare(column)}: {shown(cell)} is no whole number above 0")
        return number or 1

    def _notes(self) -> Iterator[str]:
        rows, survey = self._rows, self._survey
        if self._headings:
            lines = ", ".join(map(str, self._headings))
            yield f"rows of headings that repeat the questions were left out (line {lines})"
        if survey.id_column in rows.numeric:
            yield (
                f"the ids in column {shown(survey.id_column)} are numbers in the file: if they had leading zeros, "
                "those are gone (store the column as text)"
            )
        unread = [name for name in rows.header if name and name not in self._places]
        if unread:
            yield f"columns that were not read: {_names(unread)}"
        for question in survey.questions:
            if codes := self._missing[question.key]:
                said = ", ".join(f"{code} ({times})" for code, times in sorted(codes.items()))
                yield f"column {shown(question.column)}: {said} taken as no answer"
            longest, times = self._longest.get(question.key, (0, 0))
            # Several of the longest texts have one length: some tool may have cut them there.
            if longest >= _CUT_FROM and times >= _CUT_MANY:
                yield (
                    f"column {shown(question.column)}: {times} texts have exactly {longest} characters, the "
                    "longest there are: they may have been cut"
                )


def _is_missing_code(question: Question, cell: str) -> bool:
    return (code := cell.strip()) in MISSING and code not in question.options


def _units(cell: str) -> int | None:
    """How many units a cell says, 1 where it is blank, None where it says anything else than a number above 0."""
    text = one_line(cell) or "1"
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
    return number or None


def _columns(survey: Survey) -> list[str]:
    """The columns that are read, each once."""
    optional = [name for name in (survey.name_column, survey.covers_column) if name]
    every = [survey.id_column, *optional, *survey.attributes, *(question.column for question in survey.questions)]
    return list(dict.fromkeys(every))


def _require_columns(rows: Rows, survey: Survey) -> None:
    missing = [name for name in _columns(survey) if name not in rows.header]
    if not missing:
        return
    found = [name for name in rows.header if name]
    close = {name: get_close_matches(name, found, n=1) for name in missing}
    asked = [f"{shown(name)}: perhaps {shown(match[0])}?" for name, match in close.items() if match]
    hint = " ".join(asked[:3]) or "Write the names in the survey file as they stand in the first row of the file."
    if rows.others:
        left = listed(map(shown, rows.others), ", ")
        hint += f" Only the first sheet was read, not {left}: if the answers stand there, make that sheet the first."
    raise CoderError(
        f"{where(rows.path)}: no column {listed(map(shown, missing), ', ')}; there are {_names(found)}", hint
    )


def _names(columns: Sequence[str]) -> str:
    shown_names = [shown(name) for name in columns[:12]]
    left = len(columns) - len(shown_names)
    return ", ".join(shown_names) + (f" and {left} more" if left else "")
