"""Whatever bytes a file holds, a reader gives a value or a CoderError, and what was written comes back."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.answers import is_blank
from coder.domain.errors import CoderError
from coder.importers.codebooks import read_codebook
from coder.importers.codings import read_codings
from coder.importers.sheets import read_sheet
from coder.importers.survey import read_survey

CODEBOOK = b"codebook: b\nthemes:\n  - name: T\n    codes: [{name: K, aliases: [a]}]\ncodes:\n  - name: L\n"
SURVEY = (
    b'[round]\nkey = "1"\nopens = 2023-01-09\n[respondent]\nid = "id"\nattributes = ["a"]\n[[question]]\nkey = "q"\n'
    b'column = "svar"\nkind = "closed"\noptions = ["Ja"]\n[[question]]\nkey = "o"\ncolumn = "o"\nkind = "open"\n'
    b'codebook = "b"\nasked_if = { q = "Ja" }\n'
)
CODINGS = b'round,question,respondent,start,end,theme,code,analyst,score\n1,q,1,0,4,T,K,eva,0.5\n1,q,2,,,"T",K,eva,\n'
READERS: dict[str, tuple[str, bytes, Callable[[Path], object]]] = {
    "codebook": ("x.yaml", CODEBOOK, read_codebook),
    "survey": ("x.toml", SURVEY, read_survey),
    "codings": ("x.csv", CODINGS, read_codings),
}
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    start=st.integers(0, 300), gone=st.integers(0, 40), put=st.binary(max_size=6) | st.sampled_from([b"\x1b[0m", b"{"])
)
@pytest.mark.parametrize(("name", "whole", "read"), READERS.values(), ids=READERS.keys())
def test_a_damaged_file_ends_in_a_value_or_an_error_of_ours(
    tmp_path: Path, *, name: str, whole: bytes, read: Callable[[Path], object], start: int, gone: int, put: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(whole[:start] + put + whole[start + gone :])
    try:
        read(path)
    except CoderError as error:
        assert "\x1b" not in error.message + error.hint  # noqa: PT017 - most damage is harmless


@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_a_sheet_or_an_error_of_ours(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    try:
        sheet = read_sheet(path)
    except CoderError:
        return
    assert all(len(row.cells) == len(sheet.header) for row in sheet.rows)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@quick
@given(rows=st.lists(st.tuples(cells, cells, cells), max_size=6), delimiter=st.sampled_from(",;\t|"))
def test_every_cell_comes_back_as_it_was_written(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    path = tmp_path / "x.csv"
    path.write_bytes(text.getvalue().encode())
    expected = [row for row in rows if not all(is_blank(cell) for cell in row)]
    assert [row.cells for row in read_sheet(path).rows] == expected
