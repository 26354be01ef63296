"""The table as a Word document, read again by the library that other programs' documents are read with."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from coder.domain.coding import Origin
from coder.domain.errors import CoderError
from coder.domain.method import MethodNote
from coder.domain.tables import (
    CodeRow,
    Count,
    ExampleTable,
    OptionRow,
    OptionTable,
    ThemeRow,
    ThemeTable,
)
from coder.exporters import method_words, table_word, wording

NOTE = MethodNote(
    question="mindre_bra",
    round="2023",
    base=40,
    made_at=datetime(2026, 11, 22, 7, 5, tzinfo=UTC),
    program="coder 1",
    codebook="t",
    fingerprint="0123456789ab",
    analysts=(("eva", 12), ("auto", 5)),
    origins={Origin.HAND: 10, Origin.ACCEPTED: 2, Origin.AUTO: 5},
    clashes=2,
)


def _rows(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def _has(element: Any, path: str) -> bool:
    return bool(element.xpath(path))


def test_themes_and_codes_stand_in_one_real_table(tmp_path: Path, themes: ThemeTable) -> None:
    table_word.write(themes, tmp_path / "t.docx")
    document = docx.Document(str(tmp_path / "t.docx"))
    rows = _rows(document)
    assert rows[0] == ["Tema/Kod", "Antal", "Andel", "Exempel"]
    assert rows[1] == ["Otillgänglig", "14", "35\u00a0%", ""]
    assert rows[2][:3] == ["Svåra att nå/Svar dröjer", "13", "33\u00a0%"]
    assert rows[2][3].split("\n") == ["”Vi ringer; ingen svarar.”", "”Två rader, \U0001f937”"]
    assert rows[3] == ["=1+1", "1", "3\u00a0%", "”=cmd|' /C calc'!A0”"]
    assert rows[7] == [wording.UNTHEMED] * 4  # one merged cell, seen from every column
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == ["Tabell 1. Vad fungerar mindre bra? (2023)", "Antal svarande: 40"]
    assert texts[2:] == wording.notes(themes)


def test_the_head_repeats_and_no_row_breaks(tmp_path: Path, themes: ThemeTable) -> None:
    table_word.write(themes, tmp_path / "t.docx")
    rows = docx.Document(str(tmp_path / "t.docx")).tables[0].rows
    assert [_has(row._tr, "./w:trPr/w:tblHeader") for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(_has(row._tr, "./w:trPr/w:cantSplit") for row in rows)


def test_theme_rows_are_set_off_and_stay_with_their_codes(tmp_path: Path, themes: ThemeTable) -> None:
    table_word.write(themes, tmp_path / "t.docx")
    rows = docx.Document(str(tmp_path / "t.docx")).tables[0].rows
    for row, is_theme in zip(rows[1:4], (True, False, False), strict=True):
        assert _has(row._tr, ".//w:shd") is is_theme
        assert _has(row._tr, ".//w:b") is is_theme
        assert _has(row._tr, ".//w:keepNext") is is_theme


def test_swedish_is_the_language_of_file_styles_and_text(tmp_path: Path, themes: ThemeTable) -> None:
    table_word.write(themes, tmp_path / "t.docx", note=NOTE)
    document = docx.Document(str(tmp_path / "t.docx"))
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.created == datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    languages = document.element.body.xpath(".//w:lang") + document.styles.element.xpath("./w:docDefaults//w:lang")
    assert {element.get(qn("w:val")) for element in languages} == {"sv-SE"}
    assert len(document.element.body.xpath(".//w:r")) == len(document.element.body.xpath(".//w:lang"))


def test_the_method_note_comes_last(tmp_path: Path, themes: ThemeTable) -> None:
    table_word.write(themes, tmp_path / "t.docx", note=NOTE)
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "t.docx")).paragraphs]
    assert texts[texts.index("Metod") + 1 :] == method_words.lines(NOTE)


def test_options_have_no_column_of_examples(tmp_path: Path, options: OptionTable) -> None:
    table_word.write(options, tmp_path / "t.docx")
    assert _rows(docx.Document(str(tmp_path / "t.docx"))) == [
        ["Alternativ", "Antal", "Andel"],
        ["Mycket bra", "5", "63\u00a0%"],
        ["-", "3", "38\u00a0%"],
    ]


def test_examples_stand_question_by_question(tmp_path: Path, themes: ThemeTable, nobody: ThemeTable) -> None:
    table_word.write(ExampleTable((themes, nobody)), tmp_path / "t.docx")
    assert _rows(docx.Document(str(tmp_path / "t.docx"))) == [
        ["Tema", "Kod", "Exempel"],
        ["Vad fungerar mindre bra?"] * 3,
        ["Otillgänglig", "Svåra att nå/Svar dröjer", "”Vi ringer; ingen svarar.”\n”Två rader, \U0001f937”"],
        ["", "=1+1", "”=cmd|' /C calc'!A0”"],
        ["bra"] * 3,
        ["Inga exempel valda", "", ""],
    ]


@pytest.mark.parametrize("base", [0, 1])
def test_a_base_of_none_or_one_is_told_as_it_is(tmp_path: Path, base: int) -> None:
    count = Count(base, base)
    table = OptionTable("q", "Fråga?", "1", base, (OptionRow("Ja", count), OptionRow("Nej", Count(0, base))))
    table_word.write(table, tmp_path / "t.docx")
    document = docx.Document(str(tmp_path / "t.docx"))
    assert document.paragraphs[1].text == f"Antal svarande: {base}"
    shares = ["100\u00a0%", "0\u00a0%"] if base else ["–", "–"]
    assert _rows(document)[1:] == [["Ja", str(base), shares[0]], ["Nej", "0", shares[1]]]
    assert any("Ingen har besvarat frågan" in one.text for one in document.paragraphs) == (not base)


def test_what_no_document_can_hold_is_left_out(tmp_path: Path, themes: ThemeTable) -> None:
    foul = "a\x00b\x0bc\ud800d\ufffee\x1b[31mf\u202eg"
    code = CodeRow(1, foul, Count(1, 1), (foul,))
    spoilt = replace(themes, text=foul, round=foul, themes=(ThemeRow(1, foul, Count(1, 1), (code,)),))
    table_word.write(spoilt, tmp_path / "t.docx", note=replace(NOTE, analysts=((foul, 1),), codebook=foul))
    rows = _rows(docx.Document(str(tmp_path / "t.docx")))
    assert rows[1][0] == rows[2][0] == "ab cdefg"
    assert rows[2][3] == "”ab cdefg”"


def test_a_row_longer_than_a_page_may_break(tmp_path: Path, themes: ThemeTable) -> None:
    long = "ord " * 10_000
    code = CodeRow(1, "Kod", Count(1, 1), (long,))
    table_word.write(
        replace(themes, themes=(ThemeRow(1, "Tema", Count(1, 1), (code,)),), unthemed=()), tmp_path / "t.docx"
    )
    row = docx.Document(str(tmp_path / "t.docx")).tables[0].rows[2]
    assert row.cells[3].text == f"”{long.strip()}”"
    assert not _has(row._tr, "./w:trPr/w:cantSplit")


def _template(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Myndighetens sidhuvud")
    made = document.styles.add_style("Rapporttabell", WD_STYLE_TYPE.TABLE)
    made.base_style = document.styles["Table Grid"]
    document.save(str(path))


@pytest.mark.parametrize("suffix", [".docx", ".dotx"])
def test_an_agencys_template_gives_its_styles_and_its_text(tmp_path: Path, themes: ThemeTable, suffix: str) -> None:
    _template(tmp_path / "plain.docx")
    template = tmp_path / f"mall{suffix}"
    with zipfile.ZipFile(tmp_path / "plain.docx") as read, zipfile.ZipFile(template, "w") as written:
        for name in read.namelist():
            kind = b"template.main+xml" if suffix == ".dotx" else b"document.main+xml"
            written.writestr(name, read.read(name).replace(b"document.main+xml", kind))
    table_word.write(themes, tmp_path / "t.docx", template=template)
    document = docx.Document(str(tmp_path / "t.docx"))
    assert document.paragraphs[0].text == "Myndighetens sidhuvud"
    caption, table = document.paragraphs[1].style, document.tables[0].style
    assert (caption and caption.name, table and table.name) == ("Caption", "Rapporttabell")
    assert document.core_properties.language == "sv-SE"


@pytest.mark.parametrize(
    ("content", "message"), [(None, "can't be read"), (b"no archive", "is not a Word document"), (b"", "is not a Word")]
)
def test_another_file_as_template_is_refused_and_nothing_written(
    tmp_path: Path, themes: ThemeTable, content: bytes | None, message: str
) -> None:
    template = tmp_path / "mall.docx"
    if content is not None:
        template.write_bytes(content)
    with pytest.raises(CoderError, match=message):
        table_word.write(themes, tmp_path / "t.docx", template=template)
    assert not (tmp_path / "t.docx").exists()
