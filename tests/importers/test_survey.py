"""A survey file is read as it stands, and every mistake in it is named with its place and the way out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coder.domain.answers import Kind, Question, Round, Survey
from coder.domain.errors import CoderError
from coder.importers.survey import read_survey

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
WHOLE = """\
[round]
key = "2023"
opens = 2023-01-09
closes = 2023-01-25
frame = 290
[respondent]
id = "kommunkod"
name = "kommun"
attributes = ["lan", "grupp"]
[[question]]
key = "bra"
column = "Fråga 10"
kind = "open"
text = "Vad fungerar bra?"
codebook = "af-bra"
[[question]]
key = "betyg"
column = "Fråga 9"
kind = "closed"
options = ["Mycket bra", "Ganska bra"]
asked_if = { anvand = "Ja" }
[[question]]
key = "anvand"
column = "Fråga 8"
kind = "closed"
options = ["Ja", "Nej"]
"""


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "survey.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_survey_holds_what_the_file_says(tmp_path: Path) -> None:
    assert read_survey(_write(tmp_path, WHOLE)) == Survey(
        round=Round("2023", date(2023, 1, 9), date(2023, 1, 25), 290),
        id_column="kommunkod",
        name_column="kommun",
        attributes=("lan", "grupp"),
        questions=(
            Question("bra", "Fråga 10", Kind.OPEN, "Vad fungerar bra?", "af-bra"),
            Question(
                "betyg",
                "Fråga 9",
                Kind.CLOSED,
                options=("Mycket bra", "Ganska bra"),
                asked_if=(("anvand", "Ja"),),
            ),
            Question("anvand", "Fråga 8", Kind.CLOSED, options=("Ja", "Nej")),
        ),
    )


def test_only_round_key_id_and_a_question_are_needed(tmp_path: Path) -> None:
    survey = read_survey(
        _write(
            tmp_path,
            '\ufeff[round]\nkey = 2023\n[respondent]\nid = "id"\n'
            '[[question]]\nkey = "q"\ncolumn = "svar"\nkind = "open"\ncodebook = "b"\n',
        )
    )
    assert survey.round == Round("2023")
    assert (survey.name_column, survey.attributes) == (None, ())


# What is replaced, by what, and a part of the error.
MISTAKES = {
    "syntax": ('id = "kommunkod"', "id = kommunkod", "survey.toml, line 7: not valid TOML"),
    "unclosed list": ('"Ganska bra"]', '"Ganska bra"', "not valid TOML"),
    "unknown table": ("[respondent]", "[respondents]", 'Did you mean "respondent"?'),
    "unknown key": ("frame = 290", "frames = 290", 'Did you mean "frame"?'),
    "unknown key of a question": ('text = "Vad', 'label = "Vad', "[[question]] 1, label: unknown key"),
    "no round key": ('key = "2023"\n', "", "[round], key: missing"),
    "a round key of another type": ('key = "2023"', "key = 20.23", "[round], key: must be text"),
    "a blank round key": ('key = "2023"', 'key = " \\u200b"', "[round], key: is empty"),
    "no id": ('id = "kommunkod"\n', "", "[respondent], id: missing"),
    "a date in quotation marks": ("opens = 2023-01-09", 'opens = "2023-01-09"', "[round], opens: is no date"),
    "a date with a time": ("opens = 2023-01-09", "opens = 2023-01-09T08:00:00", "[round], opens: is no date"),
    "closed before it opened": ("closes = 2023-01-25", "closes = 2022-01-25", "comes before opens"),
    "no frame at all": ("frame = 290", "frame = 0", "[round], frame: must be a whole number above 0"),
    "a frame that is a truth": ("frame = 290", "frame = true", "[round], frame: must be a whole number above 0"),
    "attributes that are no list": ('attributes = ["lan", "grupp"]', 'attributes = "lan"', "must be a list of texts"),
    "an attribute twice": ('["lan", "grupp"]', '["lan", "lan"]', '"lan" stands there twice'),
    "a table that is none": ("[respondent]\n", "respondent.x = 1\n[respondent.y]\n", "unknown key"),
    "unknown kind": ('kind = "open"', 'kind = "free"', '"free" is no kind of question'),
    "no codebook": ('codebook = "af-bra"\n', "", "[[question]] 1, codebook: missing"),
    "options of an open question": ('codebook = "af-bra"', 'options = ["a"]\ncodebook = "b"', "options: unknown key"),
    "no options": ('options = ["Ja", "Nej"]\n', "", "[[question]] 3, options: missing"),
    "an option twice": ('["Ja", "Nej"]', '["Ja", "Ja "]', '"Ja" stands there twice'),
    "an option that is a number": ('["Ja", "Nej"]', '["Ja", 2]', "options: must be text"),
    "a question key twice": ('key = "betyg"', 'key = "bra"', '"bra" is also that of [[question]] 1'),
    "a column twice": ('column = "Fråga 9"', 'column = "Fråga 10"', '"Fråga 10" is also that of [[question]] 1'),
    "a column of the respondent": ('column = "Fråga 9"', 'column = "kommunkod"', "is also one of [respondent]"),
    "routing by an unknown question": ('{ anvand = "Ja" }', '{ anvnd = "Ja" }', 'Did you mean "anvand"?'),
    "routing by an open question": ('{ anvand = "Ja" }', '{ bra = "Ja" }', '"bra" is no other closed question'),
    "routing by itself": ('{ anvand = "Ja" }', '{ betyg = "Mycket bra" }', '"betyg" is no other closed question'),
    "routing by an unknown option": ('{ anvand = "Ja" }', '{ anvand = "Jo" }', '"Jo" is no option of "anvand"'),
    "routing that is no table": ('{ anvand = "Ja" }', '"anvand"', "asked_if: must be a table"),
}


@pytest.mark.parametrize(("part", "mistake", "wrong"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named(tmp_path: Path, said: Said, part: str, mistake: str, wrong: str) -> None:
    assert part in WHOLE
    with pytest.raises(CoderError) as error:
        read_survey(_write(tmp_path, WHOLE.replace(part, mistake, 1)))
    assert wrong in said(error)


FILES = {
    "empty": (b"", "[round], key: missing"),
    "not utf-8": (WHOLE.encode("latin-1"), "line 12: the file is not UTF-8"),
    "nested without end": (b"x = " + b"[" * 100_000, "survey.toml"),
    "control characters": (b"[\x1b]0;x\x07]\n", "not valid TOML"),
    "no questions": (WHOLE.split("[[", maxsplit=1)[0].encode(), "question: missing"),
    "questions as one table": (
        WHOLE.split("[[", maxsplit=1)[0].encode() + b'[question]\nkey = "x"\n',
        "question: missing",
    ),
}


@pytest.mark.parametrize(("data", "wrong"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_survey_is_refused(tmp_path: Path, said: Said, data: bytes, wrong: str) -> None:
    path = tmp_path / "survey.toml"
    path.write_bytes(data)
    with pytest.raises(CoderError) as error:
        read_survey(path)
    assert wrong in said(error)
