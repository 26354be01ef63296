"""Files that the libraries at hand can't write, and a survey that most tests share."""

import struct
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from coder.domain.answers import Kind, Question, Round, Survey
from coder.domain.errors import CoderError

Sheets = dict[str, Sequence[Sequence[object]]]


@pytest.fixture
def survey() -> Survey:
    return Survey(
        round=Round("2023"),
        id_column="kommunkod",
        name_column="kommun",
        attributes=("lan",),
        questions=(
            Question("bra", "Fråga 10", Kind.OPEN, codebook="af-bra"),
            Question("betyg", "Fråga 9", Kind.CLOSED, options=("Mycket bra", "Ganska bra")),
        ),
    )


def said(error: pytest.ExceptionInfo[CoderError]) -> str:
    """The error as a user sees it, checked for what every error promises."""
    for line in (error.value.message, error.value.hint):
        assert line
        assert len(line) < 700
        assert not [letter for letter in line if unicodedata.category(letter) in {"Cc", "Cf"}]
    return f"{error.value.message}\n{error.value.hint}"


@pytest.fixture(name="said")
def said_fixture() -> Callable[[pytest.ExceptionInfo[CoderError]], str]:
    return said


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[Sheets], Path]:
    """Writes a workbook; text stays text, also where it looks like a number."""

    def write(sheets: Sheets) -> Path:
        path = tmp_path / "svar.xlsx"
        book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_numbers": False})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.close()
        return path

    return write


@pytest.fixture
def far_cell(tmp_path: Path) -> Callable[[int, int], Path]:
    """Writes a workbook of one small table and one cell far outside it."""

    def write(row: int, column: int) -> Path:
        path = tmp_path / "far.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "svar"])
        sheet.write_row(1, 0, ["1", "bra"])
        sheet.write_string(row, column, "x")
        book.close()
        return path

    return write


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Writes a packed archive that is named as a workbook."""

    def write(members: dict[str, bytes]) -> Path:
        path = tmp_path / "packed.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in members.items():
                packed.writestr(name, content)
        return path

    return write


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Blad1">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


@pytest.fixture
def open_document(tmp_path: Path) -> Callable[[Sequence[Sequence[str]]], Path]:
    """Writes an OpenDocument sheet of texts."""

    def write(rows: Sequence[Sequence[str]]) -> Path:
        path = tmp_path / "svar.ods"
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        body = "".join(
            "<table:table-row>" + "".join(cell.format(text) for text in row) + "</table:table-row>" for row in rows
        )
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            packed.writestr("META-INF/manifest.xml", "<manifest/>")
            packed.writestr("content.xml", _ODS.format(body))
        return path

    return write


@pytest.fixture
def spss(tmp_path: Path) -> Path:
    """An SPSS system file: a numeric id with a label, a text of at most eight bytes, a labelled closed question."""
    header = struct.pack(
        "<4s60siiiiid9s8s64s3s", b"$FL2", b"@(#) test".ljust(60), 2, 3, 0, 0, 2, 100.0, b"01 Jan 23", b"00:00:00",
        b" " * 64, b" " * 3,
    )  # fmt: skip
    numeric, text = 0x050800, 0x010800
    variables = b"".join(
        struct.pack("<iiiiii8s", 2, width, 0, 0, form, form, name.ljust(8))
        for name, width, form in ((b"KOD", 0, numeric), (b"SVAR", 8, text), (b"BETYG", 0, numeric))
    )

    def labels(index: int, *pairs: tuple[float, bytes]) -> bytes:
        packed = b"".join(struct.pack("<dB", value, len(label)) + label.ljust(7) for value, label in pairs)
        return struct.pack("<ii", 3, len(pairs)) + packed + struct.pack("<iii", 4, 1, index)

    data = b"".join(
        struct.pack("<d8sd", code, text.ljust(8), grade)
        for code, text, grade in ((114.0, b"Allt", 1.0), (115.0, b"", -1.7976931348623157e308))
    )
    dictionary = labels(1, (114.0, b"Upplund")) + labels(3, (1.0, b"Bra"), (2.0, b"Daligt"))
    path = tmp_path / "svar.sav"
    path.write_bytes(header + variables + dictionary + struct.pack("<ii", 999, 0) + data)
    return path


PROJECT_XML = (
    '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Studie" {}>{}</Project>'
)


@pytest.fixture
def qdpx(tmp_path: Path) -> Callable[..., Path]:
    """Writes a REFI-QDA project: the inside of its description, and its other members by name."""

    def write(
        inside: str, members: dict[str, bytes] | None = None, name: str = "project.qde", origin: str = ""
    ) -> Path:
        path = tmp_path / "p.qdpx"
        text = PROJECT_XML.format(f'origin="{origin}"' if origin else "", inside)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, text.encode())
            for member, content in (members or {}).items():
                packed.writestr(member, content)
        return path

    return write
