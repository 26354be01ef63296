"""Every cell comes back as it was, and Excel is handed no formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.exporters.delimited import write_for_excel, write_raw

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), max_size=4))
def test_raw_cells_survive_a_strict_reader(rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    write_raw(rows, stream)
    assert list(csv.reader(io.StringIO(stream.getvalue(), newline=""), strict=True)) == rows


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'=", "''@"])
def test_a_text_that_excel_would_run_gets_an_apostrophe(start: str) -> None:
    stream = io.StringIO(newline="")
    write_for_excel([(f"{start}1+1", "mitt = i")], stream)
    (row,) = csv.reader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline=""), delimiter=";", strict=True)
    assert row == [f"'{start}1+1", "mitt = i"]


@given(st.lists(TEXT, max_size=6, unique=True))
def test_no_two_texts_are_written_alike_for_excel(texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    write_for_excel([(text,) for text in {*texts, *(f"'{text}" for text in texts)}], stream)
    rows = list(
        csv.reader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline=""), delimiter=";", strict=True)
    )
    assert len({tuple(row) for row in rows}) == len(rows)


def test_numbers_for_excel_have_a_decimal_comma_and_texts_keep_their_points() -> None:
    stream = io.StringIO(newline="")
    write_for_excel([(2.5, 3, "2.5")], stream)
    assert stream.getvalue() == "\ufeff2,5;3;2.5\r\n"
