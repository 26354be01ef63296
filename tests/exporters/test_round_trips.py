"""What is exported is read again as the same, by this package's own importers."""

from pathlib import Path
from typing import TextIO

import pytest

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.exporters import codings_csv
from coder.exporters.codebook_file import write_codebook
from coder.exporters.files import write_text_file
from coder.importers.codebooks import read_codebook
from coder.importers.codings import read_codings

BOOK = Codebook(
    key="af-bra",
    language="sv",
    question="Vad; egentligen, fungerar bra?",
    themes=(Theme(1, "Ö-temat", "- Först i boken.", ("Å",)), Theme(2, "Tomt", aliases=("=T",)), Theme(3, "Ja")),
    codes=(
        Code(1, "=Kod; å", 1, "Hit hör " + "mycket " * 40 + "mer.\nInte: annat.", ("Ett.", "- Två: #3"), ("å", "1.0")),
        Code(2, "=Kod; å", 3, "+46", ("@någon",)),
        Code(3, "0114", None, "'=1", aliases=("'-1",)),
    ),
)


@pytest.mark.parametrize("name", ["b.yaml", "b.csv", "b.xlsx", "b.qdc"])
def test_a_codebook(tmp_path: Path, name: str) -> None:
    write_codebook(BOOK, tmp_path / name)
    assert read_codebook(tmp_path / name) == BOOK


def test_a_codebook_in_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match=r"b\.json") as caught:
        write_codebook(BOOK, tmp_path / "b.json")
    assert ".yaml" in caught.value.hint


@pytest.mark.parametrize("name", ["b.yaml", "b.csv", "b.xlsx", "b.qdc"])
@pytest.mark.parametrize(
    "source", sorted((Path(__file__).parents[2] / "codebooks").glob("*.yaml")), ids=lambda p: p.stem
)
def test_a_bundled_codebook(tmp_path: Path, name: str, source: Path) -> None:
    book = read_codebook(source)
    write_codebook(book, tmp_path / name)
    assert read_codebook(tmp_path / name) == book


def test_codings(tmp_path: Path) -> None:
    def row(line: int, snippet: str, **more: object) -> CodingRow:
        return CodingRow("2023", "bra", "0114", Segment(3, 9), snippet, "T", "K", "anna", line=line, **more)  # type: ignore[arg-type]

    rows = (
        row(2, "=1+1", origin=Origin.AUTO, score=0.1, status=Status.SET_ASIDE),
        row(3, 'Hon sa "ja",\nsen; inget \U0001f937 ', status=Status.PROVISIONAL),
        CodingRow("2023", "bra", "0115", None, "Ja.", "", "-K", "anna", status=Status.COUNTED, line=5),
        CodingRow("2023", "bra", "0116", None, "", "", "", "anna", line=6),
    )

    def codings(stream: TextIO) -> None:
        codings_csv.write(rows, stream)

    write_text_file(tmp_path / "c.csv", codings)
    assert read_codings(tmp_path / "c.csv") == rows
