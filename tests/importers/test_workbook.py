"""Workbooks and SPSS files become sheets of text; hostile and damaged ones end in a word, never in a crash."""

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.importers import workbook_reader
from coder.importers.sheets import read_sheet

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
Workbook = Callable[[dict[str, Sequence[Sequence[object]]]], Path]
CELLS = {
    "a whole number": (114.0, "114"),
    "a large whole number": (197001011234.0, "197001011234"),
    "a fraction": (1.5, "1.5"),
    "a date": (dt.date(2023, 1, 9), "2023-01-09"),
    "a date and time": (dt.datetime(2023, 1, 9, 8, 30), "2023-01-09T08:30:00"),  # noqa: DTZ001
    "a truth": (True, "TRUE"),
    "text with its leading zero": ("0114", "0114"),
    "text like a formula": ("'=1+1", "'=1+1"),
    "two lines": ("a\nb", "a\nb"),
    "an astral letter": ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
}


@pytest.mark.parametrize(("value", "text"), CELLS.values(), ids=CELLS.keys())
def test_every_cell_becomes_text(workbook: Workbook, value: object, text: str) -> None:
    sheet = read_sheet(workbook({"Blad1": [["id", "svar"], ["x", value]]}))
    assert [row.cells for row in sheet.rows] == [("x", text)]


def test_columns_that_hold_numbers_are_known(workbook: Workbook) -> None:
    sheet = read_sheet(workbook({"Blad1": [["a", "b", "c"], ["0114", 114, True]]}))
    assert sheet.numeric == {"b"}


def test_the_first_sheet_with_content_is_read_and_the_others_are_named(workbook: Workbook) -> None:
    sheet = read_sheet(workbook({"Tomt": [], "Svar": [["id"], ["1"]], "Mall": [["x"]]}))
    assert sheet.header == ("id",)
    assert sheet.notes == ('the sheet "Svar" was read, and not "Mall"',)


def test_lines_are_rows_of_the_sheet_wherever_the_table_begins(workbook: Workbook) -> None:
    sheet = read_sheet(workbook({"Blad1": [[], [None, "id", "svar"], [None, "1", "a"], [], [None, "2", None]]}))
    assert sheet.header == ("id", "svar")
    assert [(row.line, row.cells) for row in sheet.rows] == [(3, ("1", "a")), (5, ("2", ""))]


def test_scribbles_beside_the_table_are_left_out_with_a_note(workbook: Workbook) -> None:
    sheet = read_sheet(workbook({"Blad1": [["id"], ["1", None, "kolla!"]]}))
    assert sheet.rows[0].cells == ("1",)
    assert "to the right of the header" in sheet.notes[0]


def test_an_open_document_is_read(open_document: Callable[[Sequence[Sequence[str]]], Path]) -> None:
    sheet = read_sheet(open_document([["id", "svar"], ["0114", "Bra"]]))
    assert [row.cells for row in sheet.rows] == [("0114", "Bra")]


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (6_000, 16_383)], ids=["corner", "bottom right"])
def test_a_cell_far_outside_the_table_is_refused(
    far_cell: Callable[[int, int], Path], said: Said, row: int, column: int
) -> None:
    with pytest.raises(CoderError) as error:
        read_sheet(far_cell(row, column))
    assert "far outside the table" in said(error)


def test_an_archive_that_unpacks_too_large_is_refused_unopened(
    archive: Callable[[dict[str, bytes]], Path], said: Said
) -> None:
    path = archive({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b" " * 40_000_000})
    with pytest.raises(CoderError, match="would unpack to 40 MB") as error:
        read_sheet(path)
    assert said(error)


def test_an_archive_that_lies_about_its_size_is_refused(
    archive: Callable[[dict[str, bytes]], Path], said: Said
) -> None:
    path = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b" " * 40_000_000})
    data = path.read_bytes()
    path.write_bytes(data.replace((40_000_000).to_bytes(4, "little"), (400).to_bytes(4, "little")))
    with zipfile.ZipFile(path) as packed:
        assert packed.getinfo("xl/workbook.xml").file_size == 400
    with pytest.raises(CoderError) as error:
        read_sheet(path)
    assert "packed.xlsx" in said(error)


NOT_WORKBOOKS = {
    "empty": (b"", "the file is empty"),
    "text": (b"id,svar\n1,bra\n", "no workbook"),
    "a web page": (b"<HTML><table><tr><td>id</td></tr></table>", "a web page"),
    "a torn archive": (b"PK\x03\x04" + b"\x00" * 500, "damaged"),
    "a torn old workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 2000, "damaged"),
    "a workbook with a password": (
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
}


@pytest.mark.parametrize(("data", "wrong"), NOT_WORKBOOKS.values(), ids=NOT_WORKBOOKS.keys())
@pytest.mark.parametrize("suffix", [".xlsx", ".XLS"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, said: Said, suffix: str, data: bytes, wrong: str) -> None:
    path = tmp_path / f"svar{suffix}"
    path.write_bytes(data)
    with pytest.raises(CoderError) as error:
        read_sheet(path)
    assert wrong in said(error)


def test_an_archive_that_is_no_workbook_is_refused(archive: Callable[[dict[str, bytes]], Path], said: Said) -> None:
    with pytest.raises(CoderError) as error:
        read_sheet(archive({"brev.txt": b"hej"}))
    assert "damaged" in said(error)


def test_a_reader_that_dies_is_an_error_of_ours(
    workbook: Workbook, said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os\nos.abort()\n", encoding="utf-8")
    monkeypatch.setattr("coder.importers.workbook._READER", dying)
    with pytest.raises(CoderError) as error:
        read_sheet(workbook({"Blad1": [["id"], ["1"]]}))
    assert "the reader gave up" in said(error)


def test_a_reader_that_never_ends_is_stopped(
    workbook: Workbook, said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setattr("coder.importers.workbook._READER", slow)
    monkeypatch.setattr("coder.importers.workbook._SECONDS", 0.3)
    with pytest.raises(CoderError) as error:
        read_sheet(workbook({"Blad1": [["id"], ["1"]]}))
    assert "the reader gave up" in said(error)


def test_the_reader_imports_nothing_that_lies_beside_the_user(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    assert read_sheet(workbook({"Blad1": [["id"], ["1"]]})).header == ("id",)


def test_an_spss_file_gives_labels_but_for_columns_that_keep_their_values(spss: Path) -> None:
    pytest.importorskip("pyreadstat")
    assert [row.cells for row in read_sheet(spss).rows] == [("Upplund", "Allt", "Bra"), ("115", "", "")]
    kept = read_sheet(spss, unlabelled=("KOD",))
    assert [row.cells for row in kept.rows] == [("114", "Allt", "Bra"), ("115", "", "")]
    assert kept.header == ("KOD", "SVAR", "BETYG")
    assert kept.numeric == {"KOD"}


@pytest.mark.parametrize("data", [b"", b"id,svar\n", b"$FL2" + b"\xff" * 400], ids=["empty", "text", "damaged"])
def test_what_is_no_spss_file_is_refused(tmp_path: Path, said: Said, data: bytes) -> None:
    pytest.importorskip("pyreadstat")
    path = tmp_path / "svar.sav"
    path.write_bytes(data)
    with pytest.raises(CoderError) as error:
        read_sheet(path)
    assert "svar.sav" in said(error)


def test_without_the_package_for_spss_files_the_reader_says_so(spss: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    assert workbook_reader.read_spss(str(spss), (), io.StringIO()) == {"error": "pyreadstat"}
