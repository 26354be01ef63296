"""A codebook's file says all that the codebook says, in its order."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coder.domain.codebook import Code, Codebook, Theme
from coder.exporters import codebook_sheet, codebook_yaml

BOOK = Codebook(
    key="af-bra",
    language="sv",
    question="Vad fungerar bra?",
    themes=(Theme(2, "Ö-temat", "Det sista i alfabetet först."), Theme(1, "Tomt"), Theme(3, "Ja")),
    codes=(
        Code(5, "Kod å", 2, "Hit hör " + "mycket " * 40 + "mer.\nInte: annat.", ("Ett.", "- Två: #3"), ("å", "1.0")),
        Code(6, "Kod å", 3),
        Code(7, "Utan tema", None, aliases=("alias",)),
    ),
)

ROWS = [
    ["Ö-temat", "", "Det sista i alfabetet först.", "", "", "af-bra", "sv", "Vad fungerar bra?"],
    ["Ö-temat", "Kod å", BOOK.codes[0].definition, "Ett.\n- Två: #3", "å\n1.0", "af-bra", "", ""],
    ["Tomt", "", "", "", "", "af-bra", "", ""],
    ["Ja", "Kod å", "", "", "", "af-bra", "", ""],
    ["", "Utan tema", "", "", "alias", "af-bra", "", ""],
]


def test_yaml_reads_like_a_codebook_written_by_hand() -> None:
    book = Codebook(
        "b", "sv", "Fråga?", (Theme(1, "Tema"),), (Code(1, "Kod", 1, "Så här.", ("Ett exempel.",), ("k", "kåd")),)
    )
    assert codebook_yaml.to_yaml(book) == (
        "codebook: b\n"
        "language: sv\n"
        "question: Fråga?\n"
        "themes:\n"
        "  - name: Tema\n"
        "    codes:\n"
        "      - name: Kod\n"
        "        aliases: [k, kåd]\n"
        "        definition: Så här.\n"
        "        examples:\n"
        "          - Ett exempel.\n"
        "codes: []\n"
    )


def test_yaml_keeps_order_letters_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    codebook_yaml.write(BOOK, path)
    text = path.read_text(encoding="utf-8")
    assert "Ö-temat" in text
    document = yaml.safe_load(text)
    assert [theme["name"] for theme in document["themes"]] == ["Ö-temat", "Tomt", "Ja"]
    assert document["themes"][0]["codes"][0] == {
        "name": "Kod å",
        "aliases": ["å", "1.0"],
        "definition": BOOK.codes[0].definition,
        "examples": ["Ett.", "- Två: #3"],
    }
    assert document["themes"][1] == {"name": "Tomt", "codes": []}
    assert document["codes"] == [{"name": "Utan tema", "aliases": ["alias"]}]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "codebooks").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_bundled_codebooks_come_back_the_same(path: Path) -> None:
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert yaml.safe_load(codebook_yaml.to_yaml(_codebook(source))) == {"codes": [], **source}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"), min_size=1, max_size=150)


@given(TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_yaml_holds_any_text(name: str, definition: str, texts: list[str]) -> None:
    book = Codebook(
        "b", "sv", name, (Theme(1, name, definition),), (Code(1, name, 1, definition, tuple(texts), tuple(texts)),)
    )
    document = yaml.safe_load(codebook_yaml.to_yaml(book))
    assert document["question"] == name
    (theme,) = document["themes"]
    assert (theme["name"], theme["definition"]) == (name, definition)
    (code,) = theme["codes"]
    assert (code["name"], code["definition"]) == (name, definition)
    assert code.get("examples", []) == code.get("aliases", []) == texts


def test_a_csv_file_has_a_row_a_code(tmp_path: Path) -> None:
    codebook_sheet.write(BOOK, tmp_path / "b.csv")
    with (tmp_path / "b.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter=";", strict=True)
    assert head == list(codebook_sheet.COLUMNS)
    assert rows == ROWS


def test_a_workbook_has_the_same_rows(tmp_path: Path) -> None:
    codebook_sheet.write(BOOK, tmp_path / "b.xlsx")
    head, *rows = CalamineWorkbook.from_path(tmp_path / "b.xlsx").get_sheet_by_index(0).to_python()
    assert head == list(codebook_sheet.COLUMNS)
    assert rows == ROWS


def _codebook(source: dict[str, Any]) -> Codebook:
    """The codebook of a well-formed document, read the short way."""
    themes: list[Theme] = []
    codes: list[Code] = []
    for place, theme in enumerate([*source["themes"], {"codes": source.get("codes") or []}]):
        if "name" in theme:
            themes.append(Theme(place, theme["name"], theme.get("definition", "")))
        for code in theme["codes"]:
            lists = (tuple(code.get("examples", ())), tuple(code.get("aliases", ())))
            owner = place if "name" in theme else None
            codes.append(Code(len(codes), code["name"], owner, code.get("definition", ""), *lists))
    return Codebook(source["codebook"], source["language"], source["question"], tuple(themes), tuple(codes))
