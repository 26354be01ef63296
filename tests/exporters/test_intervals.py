"""The interval of a count, as each format shows it."""

import csv
import html
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from coder.domain.sampling import Sampled
from coder.domain.tables import Count, Origins, ThemeTable
from coder.exporters.table_file import format_table, write_table
from coder.exporters.table_text import render


@pytest.fixture
def measured(themes: ThemeTable) -> ThemeTable:
    """The awkward table with intervals, one of them beside its count."""
    first, second, third = themes.themes
    return replace(
        themes,
        themes=(
            replace(first, count=Count(14, 40, 12, 19, estimate=15.5)),
            replace(second, count=Count(3, 40, 5, 9, estimate=6.5)),
            replace(third, count=Count(0, 40, 0, 2)),
        ),
        sampled=Sampled(20, 30),
    )


def test_the_terminal_shows_it_beside_the_count_in_line(measured: ThemeTable) -> None:
    lines = render(measured, 120).splitlines()
    found = {line.split("  ")[0]: line for line in lines if "–" in line and "─" not in line}
    assert "14 (12–19)  35 % (30–48)" in found["Otillgänglig"]
    assert " 3   (5–9)   8 % (13–23)" in found["Organisation | *roller*"]
    assert all("lita på intervallet" not in line or "utanför" in line for line in lines)


def test_the_note_says_what_it_rests_on_and_whom_to_trust(measured: ThemeTable) -> None:
    text = " ".join(render(measured, 200).split())
    assert "Intervall (95 %)" in text
    assert "20 av de 30 svar" in text
    assert "lita på intervallet" in text
    assert "lita på intervallet. Organisation | *roller*: uppskattat 7 (5–9)." in text
    inside = replace(measured, themes=measured.themes[:1])
    assert "lita på intervallet" not in " ".join(render(inside, 200).split())


def test_every_format_for_people_names_the_rows_to_distrust_with_their_estimates(
    measured: ThemeTable, tmp_path: Path
) -> None:
    first, *others = measured.themes
    code = replace(first.codes[0], name="Svar dröjer", count=Count(9, 40, 2, 6, estimate=1.5))
    one = replace(measured, themes=(replace(first, codes=(code,)), *others))
    for suffix in ("docx", "html", "md", "xlsx"):
        write_table(one, tmp_path / f"t.{suffix}")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_index(0).to_python()
    texts = {
        "terminal": " ".join(render(one, 200).split()),
        "docx": "\n".join(part.text for part in Document(str(tmp_path / "t.docx")).paragraphs),
        "html": html.unescape((tmp_path / "t.html").read_text(encoding="utf-8")),
        "md": (tmp_path / "t.md").read_text(encoding="utf-8").replace("\\", ""),
        "xlsx": "\n".join(str(cell) for row in sheet for cell in row),
    }
    for name, text in texts.items():
        words = text.replace("\u00a0", " ")
        # An estimate never lies outside its own limits.
        assert (
            "Otillgänglig · Svar dröjer: uppskattat 2 (2–6); Organisation | *roller*: uppskattat 7 (5–9)." in words
        ), name


def test_without_an_audit_nothing_is_added(themes: ThemeTable) -> None:
    assert "Intervall" not in render(themes)
    document = json.loads(format_table(themes, "json"))
    assert "audit" not in document
    assert all("low" not in theme for theme in document["themes"])


def test_json_has_the_limits_and_csv_has_them_in_columns_after_all_others(
    measured: ThemeTable, themes: ThemeTable
) -> None:
    document = json.loads(format_table(measured, "json"))
    assert [(theme["count"], theme["low"], theme["high"]) for theme in document["themes"]] == [
        (14, 12, 19),
        (3, 5, 9),
        (0, 0, 2),
    ]
    first = document["themes"][0]
    assert (first["percent_low"], first["percent_high"], first["estimate"]) == (30.0, 47.5, 15.5)
    assert document["audit"] == {"drawn": 20, "population": 30, "level": 0.95, "recoded": 0}
    plain, rows = (list(csv.reader(format_table(one, "csv").splitlines())) for one in (themes, measured))
    assert plain[0][-1] == "examples"
    assert rows[0] == [*plain[0], "low", "high"]
    assert [row[-2:] for row in rows if row[3] == ""] == [["12", "19"], ["5", "9"], ["0", "2"]]
    assert rows[2][-2:] == ["", ""]


def test_markdown_and_word_show_it_in_the_count(measured: ThemeTable, tmp_path: Path) -> None:
    assert "| **14 (12–19)** | **35 % (30–48)** |" in format_table(measured, "md")
    write_table(measured, tmp_path / "t.docx")
    cells = [cell.text for row in Document(str(tmp_path / "t.docx")).tables[0].rows for cell in row.cells]
    assert {"14\u00a0(12–19)", "35\u00a0%\u00a0(30–48)"} <= set(cells)


def test_a_page_shows_it_in_the_count(measured: ThemeTable, tmp_path: Path) -> None:
    write_table(measured, tmp_path / "t.html")
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "14\u00a0(12–19)" in page
    assert "35\u00a0%\u00a0(30–48)" in page


def test_a_workbook_has_the_limits_as_numbers_in_columns_of_their_own(measured: ThemeTable, tmp_path: Path) -> None:
    write_table(measured, tmp_path / "t.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if row[0] == "Tema")
    assert head[2:9] == ["Antal", "Andel", "Minst", "Högst", "Andel minst", "Andel högst", "Exempel"]
    theme = next(row for row in rows if row[0] == "Otillgänglig")
    assert (theme[2], *theme[4:8]) == (14, 12, 19, 12 / 40, 19 / 40)
    code = next(row for row in rows if row[1] == "Svåra att nå/Svar dröjer")
    assert code[4:8] == [""] * 4
    assert "Vi ringer" in str(code[8])


def test_where_numbers_crowd_the_page_it_lies_on_its_side_if_there_are_examples_too(
    measured: ThemeTable, tmp_path: Path
) -> None:
    first, *others = measured.themes
    codes = tuple(
        replace(code, count=replace(code.count, origins=Origins(auto=code.count.count))) for code in first.codes
    )
    split = replace(measured, themes=(replace(first, codes=codes), *others))
    bare = replace(split, themes=(replace(first, codes=tuple(replace(code, examples=()) for code in codes)), *others))
    for one, wide in ((measured, False), (split, True), (bare, False)):
        write_table(one, tmp_path / "t.docx")
        section = Document(str(tmp_path / "t.docx")).sections[0]
        assert (int(section.page_width or 0) > int(section.page_height or 0)) is wide


@pytest.mark.parametrize("audited", [True, False])
def test_the_chart_of_a_workbook_says_what_its_bars_do_not_show(
    measured: ThemeTable, themes: ThemeTable, audited: bool, tmp_path: Path
) -> None:
    auto = replace(themes.unthemed[0], count=Count(1, 40, origins=Origins(auto=1)))
    write_table(replace(measured if audited else themes, unthemed=(auto,)), tmp_path / "t.xlsx")
    chart = chart_of(tmp_path / "t.xlsx")
    assert "Delvis kodat av maskinen" in chart
    assert ("strecken är intervallen i bladet Tabell" in chart) is audited


def test_the_chart_of_a_workbook_has_whiskers_from_limit_to_limit(measured: ThemeTable, tmp_path: Path) -> None:
    write_table(measured, tmp_path / "t.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_name("Diagram").to_python()
    assert sheet[0] == ["Tema", "Andel", "Andel minst", "Andel högst", "Spann", "Etikett"]
    first = dict(zip(sheet[0], sheet[1], strict=True))
    assert first["Etikett"] == "Otillgänglig, 35 % (30–48)"
    assert (first["Andel"], first["Andel minst"], first["Andel högst"]) == (14 / 40, 12 / 40, 19 / 40)
    assert first["Spann"] == pytest.approx(7 / 40)
    _, ends = (part.split("</c:ser>")[0] for part in chart_of(tmp_path / "t.xlsx").split("<c:ser>")[1:])
    assert values_of(ends, "val") == ("Diagram!$D$2:$D$4", [19 / 40, 9 / 40, 2 / 40])
    cells, down = values_of(ends, "minus")
    assert cells == "Diagram!$E$2:$E$4"
    assert down == pytest.approx([7 / 40, 4 / 40, 2 / 40])
    assert values_of(ends, "cat")[0] == "Diagram!$F$2:$F$4"


def test_the_chart_of_a_workbook_has_no_whiskers_without_an_audit(themes: ThemeTable, tmp_path: Path) -> None:
    write_table(themes, tmp_path / "t.xlsx")
    chart = chart_of(tmp_path / "t.xlsx")
    assert chart.count("<c:ser>") == 1
    assert "errBars" not in chart


def chart_of(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/charts/chart1.xml").decode()


def values_of(series: str, part: str) -> tuple[str, list[float]]:
    """The cells that a part of a series refers to, and the numbers that it holds of them."""
    own = re.search(f"<c:{part}>.*?<c:f>(.*?)</c:f>(.*?)</c:{part}>", series, re.DOTALL)
    assert own is not None
    numbers = re.findall(r"<c:v>([\d.]+)</c:v>", own[2])
    return own[1], [float(one) for one in numbers]
