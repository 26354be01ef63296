"""Survey files: which column of an answers file is what, in TOML."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

from coder.domain.answers import Kind, Question, Round, Survey, one_line
from coder.domain.errors import CoderError
from coder.importers.decoding import read_utf8
from coder.importers.frame import frame_file
from coder.importers.problems import listed, nearest, shown, where
from coder.importers.toml_tables import Table

_LARGEST = 5_000_000
_TOP = ("round", "respondent", "question", "frame")
_ROUND = ("key", "opens", "closes", "frame", "drawn_from")
_RESPONDENT = ("id", "name", "attributes", "covers")
_QUESTION = ("key", "column", "kind", "text", "asked_if")
_OWN_KEY = {Kind.OPEN: "codebook", Kind.CLOSED: "options"}
_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)")


def read_survey(path: Path) -> Survey:
    """The survey in a TOML file. Raises CoderError for anything in it that nobody would read or that can't be true."""
    top = Table(path, "top level", _parse(path))
    top.know(_TOP)
    respondent = top.table("respondent")
    respondent.know(_RESPONDENT)
    survey = Survey(
        round=_round(top.table("round")),
        id_column=respondent.text("id", "kommunkod"),
        name_column=respondent.optional("name") or None,
        attributes=respondent.texts("attributes", '["lan", "grupp"]'),
        questions=_questions(top),
        covers_column=respondent.optional("covers") or None,
    )
    taken = {survey.id_column, survey.name_column, survey.covers_column, *survey.attributes}
    for question in survey.questions:
        if question.column in taken:
            raise CoderError(
                f"{where(path)}, question {shown(question.key)}: its column {shown(question.column)} is also one of "
                "[respondent]",
                "Name the column that holds the answers.",
            )
    return replace(survey, frame_file=frame_file(top.table("frame"), survey))


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(read_utf8(path, _LARGEST))
    except RecursionError as error:
        raise CoderError(f"{where(path)}: nested too deep", "A survey file has three kinds of tables.") from error
    except tomllib.TOMLDecodeError as error:
        said = one_line(str(error))
        place = _AT_LINE.search(said)
        line = int(place.group(1)) if place else None
        raise CoderError(
            f"{where(path, line)}: not valid TOML ({_AT_LINE.sub('', said)})",
            'Texts stand between quotation marks, lists in [ ], and a table begins with its [name]: key = "text".',
        ) from error


def _round(table: Table) -> Round:
    table.know(_ROUND)
    result = Round(
        key=table.text_or_number("key", "2023"),
        opens=table.day("opens"),
        closes=table.day("closes"),
        frame=table.positive("frame"),
        drawn_from=table.positive("drawn_from"),
    )
    if result.opens and result.closes and result.closes < result.opens:
        raise table.error("closes", "comes before opens", "Check the two dates.")
    if result.drawn_from and result.drawn_from < (result.frame or 1):
        raise table.error("drawn_from", "is less than the frame", "Nobody can ask more than there are.")
    return result


def _questions(top: Table) -> tuple[Question, ...]:
    tables = top.values.get("question")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise top.error("question", "missing", "Describe each question in a table of its own: [[question]].")
    named = [Table(top.path, f"[[question]] {number}", table) for number, table in enumerate(tables, start=1)]
    questions = [_question(table) for table in named]
    _refuse_twice(named, "key", [question.key for question in questions])
    _refuse_twice(named, "column", [question.column for question in questions])
    for table, question in zip(named, questions, strict=True):
        _check_routing(table, question, questions)
    return tuple(questions)


def _question(table: Table) -> Question:
    said = table.text("kind", "open")
    if said not in set(Kind):
        raise table.error("kind", f"{shown(said)} is no kind of question", 'Write kind = "open" or kind = "closed".')
    kind = Kind(said)
    table.know((*_QUESTION, _OWN_KEY[kind]))
    codebook = table.text("codebook", "af-bra") if kind is Kind.OPEN else ""
    options = table.texts("options", '["Ja", "Nej"]') if kind is Kind.CLOSED else ()
    if kind is Kind.CLOSED and not options:
        raise table.error("options", "missing", 'List what could be answered: options = ["Ja", "Nej"].')
    routing = table.table("asked_if")
    return Question(
        key=table.text("key", "bra"),
        column=table.text("column", "Fråga 10"),
        kind=kind,
        text=table.optional("text"),
        codebook=codebook,
        options=options,
        asked_if=tuple((one_line(key), routing.text(key)) for key in routing.values),
    )


def _refuse_twice(tables: list[Table], what: str, values: list[str]) -> None:
    first: dict[str, int] = {}
    for number, (table, value) in enumerate(zip(tables, values, strict=True), start=1):
        earlier = first.setdefault(value, number)
        if earlier != number:
            raise table.error(
                what,
                f"{shown(value)} is also that of [[question]] {earlier}",
                f"Give every question a {what} of its own.",
            )


def _check_routing(table: Table, question: Question, questions: list[Question]) -> None:
    closed = {other.key: other for other in questions if other.kind is Kind.CLOSED and other is not question}
    for key, option in question.asked_if:
        if key not in closed:
            raise table.error(
                "asked_if",
                f"{shown(key)} is no other closed question of this survey",
                f"{nearest(key, closed)}Closed are: {listed(closed, ', ') or 'none'}.",
            )
        if option not in closed[key].options:
            raise table.error(
                "asked_if",
                f"{shown(option)} is no option of {shown(key)}",
                f"{nearest(option, closed[key].options)}Options: {listed(map(shown, closed[key].options), ', ')}.",
            )
