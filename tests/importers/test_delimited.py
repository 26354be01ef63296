"""Text files become sheets whatever encoding, delimiter or line ends they have, or are refused with a word."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.importers.sheets import read_sheet

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
ROWS = [("0114", "Åmål, väster", "Svårt på örn")]
COMMA = 'id,namn,svar\n0114,"Åmål, väster",Svårt på örn\n'
SEMICOLON = "id;namn;svar\r\n0114;Åmål, väster;Svårt på örn\r\n"

READ = {
    "utf-8": (COMMA.encode(), ""),
    "byte order mark": (COMMA.encode("utf-8-sig"), ""),
    "semicolon and byte order mark": (SEMICOLON.encode("utf-8-sig"), ""),
    "carriage returns alone": (SEMICOLON.replace("\r\n", "\r").encode(), ""),
    "tab": (SEMICOLON.replace(";", "\t").encode(), ""),
    "bar": (SEMICOLON.replace(";", "|").encode(), ""),
    "a line that names the delimiter": (("sep=;\r\n" + SEMICOLON).encode(), ""),
    "a delimiter that ends only the rows": (SEMICOLON.replace("örn\r", "örn;\r").encode(), ""),
    "windows-1252": (COMMA.encode("cp1252"), "Windows-1252"),
    "mac roman": (COMMA.encode("mac_roman"), "Mac Roman"),
    "dos 850": (COMMA.encode("cp850"), "DOS 850"),
    "utf-16 with its mark": (COMMA.encode("utf-16"), "UTF-16"),
    "a NUL in the text": (COMMA.replace("på", "p\x00å").encode(), "1 NUL character was taken out"),
    "blank rows": (COMMA.replace("svar\n", "svar\n\n,,\n").encode(), "2 blank rows were left out (first on line 2)"),
    "blank lines at the ends": (("\n" + COMMA + "\n\n").encode(), ""),
}


@pytest.mark.parametrize(("data", "note"), READ.values(), ids=READ.keys())
def test_a_text_file_gives_its_rows(tmp_path: Path, data: bytes, note: str) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(data)
    sheet = read_sheet(path)
    assert sheet.header == ("id", "namn", "svar")
    assert [row.cells for row in sheet.rows] == ROWS
    assert note in " ".join(sheet.notes)
    assert bool(note) == bool(sheet.notes)


REFUSED = {
    "empty": (b"", "the file is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "the file is empty"),
    "only blank lines": (b"\n\n;;\n", "the file is empty"),
    "open quote": (b'id,svar\n1,a\n2,"x\n3,y\n4,z\n', "line 3: a quotation mark that is not closed"),
    "quote closed too early": (b'id,svar\n1,"x" y\n', "line 2: a quotation mark"),
    "a row too long": (b"id,svar\n1,a\n2,b,c\n3,d\n", "line 3: 3 cells where the header has 2"),
    "a row too short": (b"id,svar,mer\n1,a,b\n2\n", "line 3: 1 cell where the header has 3"),
    "many ragged rows": (b"id,svar\n" + b"1,2\n" * 20 + b"1,2,3\n" * 9, "and 4 more"),
    "two columns of one name": (b"id,svar,svar\n1,a,b\n", 'several columns are named "svar"'),
    "utf-16 without its mark": (COMMA.encode("utf-16-le"), "not text, or UTF-16"),
    "half a utf-16 letter": (b"\xff\xfea\x00b", "says it is utf-16"),
    "binary": (bytes(range(256)) + b"\x00" * 80, "not text"),
    "damaged utf-8": (COMMA.encode() + "1,åäö,\n".encode() + b"2,\xe5,x\n", "line 4: bytes that are not UTF-8"),
    "escapes in the header": (b"id,\x1b]0;x\x07b,b\n1,2,3\n", "several columns"),
}


@pytest.mark.parametrize(("data", "wrong"), REFUSED.values(), ids=REFUSED.keys())
def test_a_text_file_that_cannot_be_meant_is_refused(tmp_path: Path, said: Said, data: bytes, wrong: str) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(data)
    with pytest.raises(CoderError) as error:
        read_sheet(path)
    assert wrong in said(error)
    assert error.value.message.startswith("svar.csv")


def test_the_delimiter_is_the_one_that_fits_the_rows_and_not_the_most_common_in_the_header(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("id;Om ja, hur, när, var\n1;ingen aning\n2;nu, strax\n", encoding="utf-8")
    assert read_sheet(path).header == ("id", "Om ja, hur, när, var")


def test_a_file_of_one_column_is_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "svar.txt"
    path.write_text("svar\nJa; delvis\nJa, mest\n", encoding="utf-8")
    assert [row.cells for row in read_sheet(path).rows] == [("Ja; delvis",), ("Ja, mest",)]


def test_a_header_alone_is_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("id;svar\n", encoding="utf-8")
    assert read_sheet(path).rows == ()


def test_a_row_knows_the_line_it_begins_at(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text('id,svar\n1,"a\nb\nc"\n\n2,d\n', encoding="utf-8")
    assert [(row.line, row.cells[0]) for row in read_sheet(path).rows] == [(2, "1"), (6, "2")]


def test_an_answer_of_ten_megabytes_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(f'id,svar\n1,"{"å" * 10_000_000}"\n', encoding="utf-8")
    assert len(read_sheet(path).rows[0].cells[1]) == 10_000_000


def test_quotation_marks_inside_an_unquoted_answer_are_text(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text('id;svar\n1;De sa "nej" till oss\n', encoding="utf-8")
    assert read_sheet(path).rows[0].cells[1] == 'De sa "nej" till oss'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("before", [2**20 - 10, 2**20 - 9, 2**20 - 8, 2**20 - 7])
def test_a_letter_may_lie_across_what_is_read_at_once(tmp_path: Path, encoding: str, before: int) -> None:
    path = tmp_path / "svar.csv"
    text = f"id,svar\n1,{'x' * before}ååååååååååååååååå\n"
    path.write_bytes(text.encode(encoding))
    assert read_sheet(path).rows[0].cells[1] == text[10:-1]


def test_damage_is_found_in_the_line_it_stands_on_however_far_down(tmp_path: Path, said: Said) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(b"id,svar\n" + "1,åäö\n".encode() * 200_000 + b"2,\xff\n" + "3,å\n".encode() * 9)
    with pytest.raises(CoderError) as error:
        read_sheet(path)
    assert "line 200002: bytes that are not UTF-8" in said(error)


@pytest.mark.parametrize("name", ["finns-inte.csv", "mapp.csv", "svar.pdf"])
def test_what_is_no_file_of_rows_is_refused(tmp_path: Path, said: Said, name: str) -> None:
    (tmp_path / "mapp.csv").mkdir()
    with pytest.raises(CoderError) as error:
        read_sheet(tmp_path / name)
    assert name in said(error)
