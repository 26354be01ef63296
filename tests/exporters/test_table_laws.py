"""Whatever the table, every format holds exactly its counts."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coder.domain.coding import Origin
from coder.domain.tables import CodeRow, Count, OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters.table_file import format_table, write_table
from coder.exporters.table_text import render
from coder.exporters.wording import name as shown
from tests.exporters.pages import read

NAMES = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1", "a|b", "x\ny", "_x0041_", "\r", '"']
)


@st.composite
def theme_tables(draw: st.DrawFn) -> ThemeTable:
    base = draw(st.integers(0, 400))
    numbers = iter(range(10_000))

    def codes() -> tuple[CodeRow, ...]:
        counts = draw(st.lists(st.integers(0, base), max_size=3))
        return tuple(
            CodeRow(next(numbers), draw(NAMES), Count(count, base), tuple(draw(st.lists(NAMES, max_size=2))))
            for count in counts
        )

    themes = []
    for _ in range(draw(st.integers(0, 3))):
        inside = codes()
        total = sum(code.count.count for code in inside)
        themes.append(ThemeRow(next(numbers), draw(NAMES), Count(total, base), inside))
    small = st.integers(0, 9)
    return ThemeTable(
        question="q",
        text=draw(NAMES),
        round="2023",
        base=base,
        uncoded=draw(small),
        nothing_to_code=draw(small),
        clashes=draw(small),
        origins={origin: draw(small) for origin in Origin},
        themes=tuple(themes),
        unthemed=codes(),
    )


@st.composite
def option_tables(draw: st.DrawFn) -> OptionTable:
    base = draw(st.integers(0, 400))
    rows = draw(st.lists(st.tuples(NAMES, st.integers(0, base)), max_size=4))
    return OptionTable("q", draw(NAMES), "2023", base, tuple(OptionRow(name, Count(n, base)) for name, n in rows))


TABLES = theme_tables() | option_tables()


def _counts(table: ThemeTable | OptionTable) -> Iterator[tuple[str, Count]]:
    if isinstance(table, OptionTable):
        yield from ((option.name, option.count) for option in table.options)
        return
    for theme in table.themes:
        yield theme.name, theme.count
        yield from ((code.name, code.count) for code in theme.codes)
    yield from ((code.name, code.count) for code in table.unthemed)


@given(TABLES)
def test_csv_holds_the_names_and_counts(table: ThemeTable | OptionTable) -> None:
    rows = csv.DictReader(io.StringIO(format_table(table, "csv"), newline=""), strict=True)
    found = [
        (row.get("option") or row.get("code") or row.get("theme") or "", int(row["count"]), float(row["percent"]))
        for row in rows
    ]
    expected = [(name, count.count, count.percent) for name, count in _counts(table)]
    assert [row[1:] for row in found] == [row[1:] for row in expected]
    # An empty name is told from its neighbour by nothing but its column, so only the others are compared.
    assert all(got[0] == want[0] for got, want in zip(found, expected, strict=True) if want[0])


@given(TABLES)
def test_json_holds_the_names_and_counts(table: ThemeTable | OptionTable) -> None:
    document = json.loads(format_table(table, "json"))
    assert document["base"] == table.base
    if isinstance(table, OptionTable):
        found = [(row["option"], row["count"]) for row in document["options"]]
    else:
        found = []
        for theme in document["themes"]:
            found.append((theme["theme"], theme["count"]))
            found += [(code["code"], code["count"]) for code in theme["codes"]]
        found += [(code["code"], code["count"]) for code in document["unthemed"]]
    assert found == [(name, count.count) for name, count in _counts(table)]


@given(TABLES)
def test_markdown_has_one_line_a_count(table: ThemeTable | OptionTable) -> None:
    lines = [line for line in format_table(table, "md").split("\n") if line.endswith(" |")][1:]
    found = [line.replace("*", "").split("|")[-3].strip() for line in lines]
    assert [int(number) for number in found if number] == [count.count for _, count in _counts(table)]


@given(TABLES, st.integers(0, 130))
def test_plain_text_has_one_line_a_count(table: ThemeTable | OptionTable, width: int) -> None:
    # No name has two spaces on end, so these are the columns of figures and nothing else.
    found = re.findall(r"  (\d+)  +(?:\d+ %|–)(?:  [█-▏]+)?$", render(table, width), re.MULTILINE)
    assert [int(number) for number in found] == [count.count for _, count in _counts(table)]


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_a_page_has_a_cell_a_count(table: ThemeTable | OptionTable) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_table(table, Path(folder) / "t.html")
        page = read(Path(folder) / "t.html")
    assert [int(number) for number in page.cells[::2]] == [count.count for _, count in _counts(table)]


def _share(cell: object) -> float:
    """A cell's share; a dash stands where nobody answered."""
    return 0.0 if cell == "–" else float(str(cell))


@settings(max_examples=25, deadline=None)
@given(TABLES)
def test_a_workbook_holds_the_names_and_counts(table: ThemeTable | OptionTable) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        write_table(table, path)
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    before = 1 if isinstance(table, OptionTable) else 2
    found = [
        ("".join(str(cell) for cell in row[:before]), row[before], _share(row[before + 1]))
        for row in rows[4:]
        if isinstance(row[before], float)
    ]
    expected = list(_counts(table))
    assert [row[:2] for row in found] == [(shown(name), count.count) for name, count in expected]
    # A workbook keeps sixteen digits.
    assert [row[2] for row in found] == pytest.approx([count.percent / 100 for _, count in expected])
