"""How a count came about, as each format shows it: by hand, accepted, and by machine, apart."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from coder.domain.sampling import Sampled
from coder.domain.tables import CodeRow, Count, Origins, ThemeRow, ThemeTable
from coder.exporters.table_file import format_table, write_table
from coder.exporters.table_text import render

BASE = 40
SHOWN = [
    ("Otillgänglig", "", (9, 3, 2)),
    ("", "Svåra att nå", (9, 3, 1)),
    ("", "Köer", (0, 0, 1)),
    ("", "Ny kod", (1, 0, 0)),
]


def _count(*split: int) -> Count:
    return Count(sum(split), BASE, origins=Origins(*split))


@pytest.fixture
def split(themes: ThemeTable) -> ThemeTable:
    """A table that a machine has a part in; one theme, two codes, and one code without a theme."""
    codes = (CodeRow(1, "Svåra att nå", _count(9, 3, 1), ("Ingen svarar.",)), CodeRow(2, "Köer", _count(0, 0, 1)))
    row = ThemeRow(1, "Otillgänglig", _count(9, 3, 2), codes)
    return replace(themes, themes=(row,), unthemed=(CodeRow(3, "Ny kod", _count(1, 0, 0)),))


def _by_people(table: ThemeTable) -> ThemeTable:
    codes = tuple(replace(code, count=_count(code.count.count, 0, 0)) for code in table.themes[0].codes)
    row = replace(table.themes[0], count=_count(table.themes[0].count.count, 0, 0), codes=codes)
    return replace(table, themes=(row,))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_terminal_has_a_column_each_in_line(split: ThemeTable, width: int) -> None:
    lines = render(split, width).splitlines()
    assert all(len(line) <= width for line in lines)
    head = next(line for line in lines if line.startswith("Tema/Kod"))
    ends = [head.index(word) + len(word) for word in ("Hand", "Antagna", "Maskin")]
    for theme, code, numbers in SHOWN:
        line = next(line for line in lines if line.strip().startswith(theme or code))
        assert [int(line[:end].split()[-1]) for end in ends] == list(numbers)
    assert "delar upp antalet" in " ".join(lines)


def test_json_has_them_with_every_theme_and_code(split: ThemeTable) -> None:
    document = json.loads(format_table(split, "json"))
    assert document["themes"][0]["origins"] == {"hand": 9, "accepted": 3, "auto": 2}
    assert document["themes"][0]["codes"][0]["origins"] == {"hand": 9, "accepted": 3, "auto": 1}
    assert document["unthemed"][0] == {"code": "Ny kod", "count": 1, "origins": {"hand": 1, "accepted": 0, "auto": 0}}


@pytest.mark.parametrize("sampled", [None, Sampled(20, 30)])
def test_csv_has_them_in_the_last_columns(split: ThemeTable, sampled: Sampled | None) -> None:
    rows = list(csv.reader(format_table(replace(split, sampled=sampled), "csv").splitlines()))
    limits = ["low", "high"] if sampled else []
    heads = ["question", "round", "theme", "code", "count", "percent", "base", "examples"]
    assert rows[0] == [*heads, *limits, "hand", "accepted", "auto"]
    assert [tuple(map(int, row[-3:])) for row in rows[1:]] == [numbers for *_, numbers in SHOWN]


def test_markdown_has_a_column_each(split: ThemeTable) -> None:
    text = format_table(split, "md")
    assert "| Tema/Kod | Antal | Andel | Hand | Antagna | Maskin |\n|:---|---:|---:|---:|---:|---:|" in text
    assert "| **Otillgänglig** | **14** | **35 %** | **9** | **3** | **2** |" in text
    assert "| **Koder utan tema** | | | | | |" in text


def test_word_and_html_have_a_column_each_before_the_examples(split: ThemeTable, tmp_path: Path) -> None:
    write_table(split, tmp_path / "t.docx")
    table = Document(str(tmp_path / "t.docx")).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Tema/Kod", "Antal", "Andel", "Hand", "Antagna", "Maskin", "Exempel"]
    assert rows[1][3:6] == ["9", "3", "2"]
    assert rows[2][3:] == ["9", "3", "1", "”Ingen svarar.”"]
    write_table(split, tmp_path / "t.html")
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert '<td class="number">9</td><td class="number">3</td><td class="number">2</td>' in page


def test_a_workbook_has_them_as_numbers(split: ThemeTable, tmp_path: Path) -> None:
    write_table(split, tmp_path / "t.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_index(0).to_python()
    head = next(place for place, row in enumerate(rows) if row[0] == "Tema")
    first = rows[head].index("Hand")
    assert rows[head][first : first + 4] == ["Hand", "Antagna", "Maskin", "Exempel"]
    for theme, code, numbers in SHOWN:
        row = next(row for row in rows if row[0] == theme and row[1] == code)
        assert tuple(row[first : first + 3]) == numbers


def test_a_table_that_no_machine_has_a_part_in_has_no_columns_for_it(split: ThemeTable, tmp_path: Path) -> None:
    plain = _by_people(split)
    assert "Maskin" not in render(plain)
    assert "auto" not in format_table(plain, "csv")
    assert "Maskin" not in format_table(plain, "md")
    write_table(plain, tmp_path / "t.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_index(0).to_python()
    assert all("Maskin" not in row for row in rows)
