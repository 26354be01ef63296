"""A codings file becomes rows; all cells that can't be read are named at once."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


@pytest.fixture
def parquet(tmp_path: Path) -> Callable[..., Path]:
    """Writes a codings file of one row in Parquet; what is given stands in place of its columns, None takes one out."""
    pa = pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="coder-workbench[cluster] is not installed")
    row: dict[str, Any] = {**ROW, "start": 4, "end": 9, "score": 0.5}

    def write(**change: Any) -> Path:
        path = tmp_path / "codings.parquet"
        columns = {name: [value] for name, value in row.items()} | change
        pq.write_table(pa.table({name: value for name, value in columns.items() if value is not None}), path)
        return path

    return write


def test_a_parquet_file_gives_the_rows_that_csv_gives(tmp_path: Path, parquet: Callable[..., Path]) -> None:
    assert read_codings(parquet(kommentar=[7])) == read_codings(_write(tmp_path, ROW))


def test_numbers_of_other_tools_are_the_same_numbers(parquet: Callable[..., Path]) -> None:
    """Whole numbers as fractions, a column of nothing, texts that are numbered."""
    pa = pytest.importorskip("pyarrow")
    (row,) = read_codings(
        parquet(
            start=[4.0],
            end=pa.array([9], "uint8"),
            score=pa.nulls(1),
            theme=pa.nulls(1),
            code=pa.array(["Kod"]).dictionary_encode(),
        )
    )
    assert (row.segment, row.score, row.theme, row.code) == (Segment(4, 9), None, "", "Kod")


PARQUET_MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "a number for an id": ({"respondent": [114]}, "codings.parquet: the column respondent holds int64, not text"),
    "text for a number": ({"start": ["4"]}, "codings.parquet: the column start holds string, not whole numbers"),
    "a list for a score": ({"score": [[0.5]]}, "the column score holds list<"),
    "several at once": (
        {"end": [True], "code": [b"K"]},
        "the column end holds bool, not whole numbers; the column code holds binary, not text",
    ),
    "a record with escapes": ({"theme": [{"\x1b[31mröd": 1}]}, "the column theme holds struct<röd: int64>, not text"),
    "a missing column": ({"analyst": None}, 'codings.parquet: no column "analyst"'),
    "a misspelt column": ({"start": None, "strat": [4]}, 'unknown column "strat"'),
    "two columns of one name": ({"code ": ["K"]}, 'several columns are named "code"'),
    "a fraction": ({"end": [9.5]}, 'codings.parquet, line 2, column end: "9.5" is no whole number'),
    "a score that is no number": ({"score": [float("nan")]}, "no number from 0 to 1"),
    "nothing for an id": ({"respondent": [""]}, "codings.parquet, line 2, column respondent: is blank"),
}


@pytest.mark.parametrize(("change", "wrong"), PARQUET_MISTAKES.values(), ids=PARQUET_MISTAKES.keys())
def test_what_is_wrong_in_a_parquet_file_is_said_in_two_lines(
    parquet: Callable[..., Path], said: Said, change: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(CoderError) as error:
        read_codings(parquet(**change))
    assert wrong in said(error)
    assert error.value.hint
    assert "\n" not in error.value.message + error.value.hint


@pytest.mark.parametrize("content", [b"", b"PAR1", HEADER.encode()], ids=["empty", "cut off", "CSV"])
def test_what_is_no_parquet_file_is_refused(parquet: Callable[..., Path], content: bytes, said: Said) -> None:
    path = parquet()
    path.write_bytes(content)
    with pytest.raises(CoderError) as error:
        read_codings(path)
    assert "codings.parquet can't be read" in said(error)


def test_a_parquet_file_that_is_not_there_is_refused(tmp_path: Path, said: Said) -> None:
    with pytest.raises(CoderError) as error:
        read_codings(tmp_path / "none.parquet")
    assert "none.parquet: can't be read" in said(error)


def test_without_the_package_one_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, parquet: Callable[..., Path]
) -> None:
    path = parquet()
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(CoderError, match="a package that is not installed") as error:
        read_codings(path)
    assert "coder-workbench[cluster]" in error.value.hint
