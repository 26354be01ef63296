"""A codings file becomes rows; all cells that can't be read are named at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS, CodingRow
from coder.importers.codings import read_codings

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
HEADER = ",".join(CODING_COLUMNS) + "\n"
ROW = {
    "round": "2023",
    "question": "bra",
    "respondent": "0114",
    "start": "4",
    "end": "9",
    "snippet": "  -x\n",
    "theme": "Tema",
    "code": "Kod",
    "analyst": "eva",
    "origin": "auto",
    "score": "0.5",
    "status": "set_aside",
}


def _write(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "codings.csv"
    lines = (",".join('"' + row[name].replace('"', '""') + '"' for name in CODING_COLUMNS) + "\n" for row in rows)
    path.write_text(HEADER + "".join(lines), encoding="utf-8", newline="")
    return path


def test_a_row_is_read_whole_and_its_snippet_kept_as_it_stands(tmp_path: Path) -> None:
    assert read_codings(_write(tmp_path, ROW)) == (
        CodingRow(
            round="2023",
            question="bra",
            respondent="0114",
            segment=Segment(4, 9),
            snippet="  -x\n",
            theme="Tema",
            code="Kod",
            analyst="eva",
            origin=Origin.AUTO,
            score=0.5,
            status=Status.SET_ASIDE,
            line=2,
        ),
    )


def test_optional_columns_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(
        "round;question;respondent;theme;code;analyst;kommentar\n2023;bra;1;;Kod;eva;ja\n", encoding="utf-8"
    )
    assert read_codings(path) == (CodingRow("2023", "bra", "1", None, "", "", "Kod", "eva", line=2),)


def test_a_row_without_a_code_is_the_mark_nothing_to_code(tmp_path: Path) -> None:
    mark = ROW | dict.fromkeys(("start", "end", "snippet", "theme", "code", "score"), "")
    (row,) = read_codings(_write(tmp_path, mark | {"status": "nothing_to_code", "origin": ""}))
    assert row.nothing
    assert (row.segment, row.origin, row.status) == (None, Origin.HAND, None)


def test_a_file_of_codings_may_hold_none(tmp_path: Path) -> None:
    assert read_codings(_write(tmp_path)) == ()


def test_a_score_may_have_a_decimal_comma(tmp_path: Path) -> None:
    assert read_codings(_write(tmp_path, ROW | {"score": "0,25"}))[0].score == 0.25


MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "no round": ({"round": " "}, "column round: is blank"),
    "no respondent": ({"respondent": ""}, "column respondent: is blank"),
    "no analyst": ({"analyst": ""}, "column analyst: is blank"),
    "no code and no mark": ({"code": ""}, "column code: is blank, and status does not say nothing_to_code"),
    "a code and the mark": ({"status": "nothing_to_code"}, "column status: nothing_to_code stands beside a code"),
    "the mark with a theme": ({"code": "", "status": "nothing_to_code"}, "goes without theme, start and end"),
    "start alone": ({"end": ""}, "column end: is blank"),
    "end alone": ({"start": ""}, "column start: is blank"),
    "a negative start": ({"start": "-1"}, 'column start: "-1" is no whole number'),
    "a fraction": ({"end": "9.5"}, 'column end: "9.5" is no whole number'),
    "other digits": ({"end": "９"}, "is no whole number"),
    "an endless number": ({"end": "9" * 5000}, "is no whole number"),
    "an empty segment": ({"end": "4"}, 'column end: "4" must be more than start'),
    "an unknown origin": ({"origin": "robot"}, 'column origin: "robot" is none of hand, accepted, auto'),
    "an unknown status": ({"status": "yes"}, 'column status: "yes" is none of counted, set_aside, provisional'),
    "a score above one": ({"score": "1.5"}, 'column score: "1.5" is no number from 0 to 1'),
    "a score that is no number": ({"score": "nan"}, "no number from 0 to 1"),
    "a score that is text": ({"score": "\x1b[31mhög"}, '"hög" is no number from 0 to 1'),
}


@pytest.mark.parametrize(("change", "wrong"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_line(tmp_path: Path, said: Said, change: dict[str, str], wrong: str) -> None:
    with pytest.raises(CoderError) as error:
        read_codings(_write(tmp_path, ROW | {"snippet": "x"}, ROW | {"snippet": "x"} | change))
    assert f"line 3, {wrong}" in said(error) or wrong in said(error)
    assert error.value.message.startswith("codings.csv, line 3")


def test_five_mistakes_are_listed_and_the_rest_counted(tmp_path: Path, said: Said) -> None:
    with pytest.raises(CoderError) as error:
        read_codings(_write(tmp_path, *[ROW | {"analyst": "", "snippet": ""}] * 8))
    assert "line 6, column analyst: is blank; and 3 more" in said(error)


HEADERS = {
    "a missing column": ("round,question,respondent,theme,code\n", 'no column "analyst"'),
    "a misspelt column": (HEADER.replace("start", "strat"), 'unknown column "strat"'),
    "a column in capitals": (HEADER.replace("score", "Score"), 'Did you mean "score"?'),
    "an empty file": ("", "the file is empty"),
}


@pytest.mark.parametrize(("text", "wrong"), HEADERS.values(), ids=HEADERS.keys())
def test_a_file_of_other_columns_is_refused(tmp_path: Path, said: Said, text: str, wrong: str) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoderError) as error:
        read_codings(path)
    assert wrong in said(error)
