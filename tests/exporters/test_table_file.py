"""The table in a file, by its suffix; a workbook is read again by another program's reader."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from coder.domain.errors import CoderError
from coder.domain.tables import CodeRow, Count, OptionTable, ThemeRow, ThemeTable
from coder.exporters.sheet import cell_text
from coder.exporters.table_file import SUFFIXES, Extras, write_table


def _sheet(path: Path, index: int = 0) -> list[list[Any]]:
    rows: list[list[Any]] = CalamineWorkbook.from_path(path).get_sheet_by_index(index).to_python()
    return rows


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_writes_both_kinds(
    suffix: str, tmp_path: Path, themes: ThemeTable, options: OptionTable, nobody: ThemeTable
) -> None:
    for table in (themes, options, nobody):
        write_table(table, tmp_path / f"t{suffix.upper()}")
        assert (tmp_path / f"t{suffix.upper()}").stat().st_size


def test_another_suffix_is_refused_with_the_list(tmp_path: Path, themes: ThemeTable) -> None:
    with pytest.raises(CoderError, match=r"t\.doc") as caught:
        write_table(themes, tmp_path / "t.doc")
    assert ".xlsx" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_a_csv_file_is_for_excel_in_swedish(tmp_path: Path, themes: ThemeTable) -> None:
    write_table(themes, tmp_path / "t.csv")
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfquestion;round;")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert rows[2][3:6] == ["Svåra att nå/Svar dröjer", "13", "32,5"]
    assert rows[3][3] == "'=1+1"
    assert rows[3][7] == "'=cmd|' /C calc'!A0"


def test_a_raw_csv_file_is_for_programs(tmp_path: Path, themes: ThemeTable) -> None:
    write_table(themes, tmp_path / "t.csv", Extras(raw=True))
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"question,round,")
    assert b",=1+1,1,2.5," in content
    assert b"\r" not in content


def test_a_workbook_holds_the_table(tmp_path: Path, themes: ThemeTable) -> None:
    write_table(themes, tmp_path / "t.xlsx")
    rows = _sheet(tmp_path / "t.xlsx")
    assert rows[0][0] == "Vad fungerar mindre bra? (2023)"
    assert rows[1][0] == "Antal svarande: 40"
    assert rows[3] == ["Tema", "Kod", "Antal", "Andel", "Exempel"]
    assert rows[4] == ["Otillgänglig", "", 14, 0.35, ""]
    assert rows[5] == [
        "",
        "Svåra att nå/Svar dröjer",
        13,
        0.325,
        "”Vi ringer; ingen svarar.”\n”Två\nrader, \U0001f937”",
    ]
    assert rows[6] == ["", "=1+1", 1, 0.025, "”=cmd|' /C calc'!A0”"]
    assert rows[10] == ["Koder utan tema", "", "", "", ""]
    assert rows[11][:3] == ["", "Ny kod", 1]
    assert any("Preliminärt räknade: 2." in row[0] for row in rows[12:])


def test_a_workbook_charts_the_most_common_theme_first(tmp_path: Path, themes: ThemeTable) -> None:
    write_table(replace(themes, themes=themes.themes[::-1]), tmp_path / "t.xlsx")
    assert [row[0] for row in _sheet(tmp_path / "t.xlsx", 1)][:4] == [
        "Tema",
        "Otillgänglig",
        "Organisation | *roller*",
        "Tomt tema",
    ]
    assert "xl/charts/chart1.xml" in zipfile.ZipFile(tmp_path / "t.xlsx").namelist()


def test_a_workbook_of_options_keeps_their_order(tmp_path: Path, options: OptionTable) -> None:
    write_table(options, tmp_path / "t.xlsx")
    rows = _sheet(tmp_path / "t.xlsx")
    assert rows[3] == ["Alternativ", "Antal", "Andel"]
    assert rows[4:6] == [["Mycket bra", 5, 0.625], ["-", 3, 0.375]]
    assert [row[0] for row in _sheet(tmp_path / "t.xlsx", 1)][1:3] == ["Mycket bra", "-"]


@pytest.mark.parametrize("name", ["=Sheet1!A1", "<r><t>x</r>", "http://example.org", "{=1}", "0114", "_x0041_", '&<>"'])
def test_a_workbook_holds_no_formula_link_or_foreign_xml(tmp_path: Path, themes: ThemeTable, name: str) -> None:
    spoilt = replace(themes, text=name, themes=(ThemeRow(1, name, Count(1, 1), (CodeRow(1, name, Count(1, 1)),)),))
    write_table(spoilt, tmp_path / "t.xlsx")
    rows = _sheet(tmp_path / "t.xlsx")
    assert rows[0][0].strip() == f"{name} (2023)"
    assert rows[4][0].strip() == name
    assert rows[5][1].strip() == name
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        for sheet in ("sheet1", "sheet2"):
            content = archive.read(f"xl/worksheets/{sheet}.xml")
            assert b"<f>" not in content
            assert b"<hyperlink" not in content


def test_a_text_too_long_for_a_cell_is_cut_with_an_ellipsis() -> None:
    assert cell_text("å" * 32_767) == "å" * 32_767
    assert cell_text("å" * 40_000) == "å" * 32_766 + "…"
    cut = cell_text("\U0001f937" * 20_000)
    assert cut == "\U0001f937" * 16_383 + "…"


def test_a_long_example_reaches_the_workbook(tmp_path: Path, themes: ThemeTable) -> None:
    row = CodeRow(1, "Kod", Count(1, 1), ("ord " * 20_000,))
    write_table(replace(themes, themes=(ThemeRow(1, "Tema", Count(1, 1), (row,)),)), tmp_path / "t.xlsx")
    example = _sheet(tmp_path / "t.xlsx")[5][4]
    assert len(example) == 32_767
    assert example.endswith("…")


def test_a_failed_workbook_leaves_the_old_one(
    tmp_path: Path, themes: ThemeTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coder.exporters.files.os.fsync", full)
    with pytest.raises(CoderError, match="no space left"):
        write_table(themes, path)
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1
