"""The workbook whose numbers are formulas on a sheet of zeros and ones: each formula gives the number beside it."""

import re
import tempfile
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.method import MethodNote
from coder.domain.sampling import Sampled
from coder.domain.tables import (
    CodeRow,
    Count,
    ExampleTable,
    Member,
    Membership,
    OptionRow,
    OptionTable,
    ThemeRow,
    ThemeTable,
    Unit,
    by_count,
)
from coder.exporters import method_words, table_excel
from coder.exporters.members_excel import _letters

_FORMULA = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*><f>([^<]*)</f><v>([^<]*)</v>')
_SUM = re.compile(r"SUM\(Svarande!([A-Z]+)(\d+):\1(\d+)\)")

_PRODUCT = re.compile(r"SUMPRODUCT\(Svarande!([A-Z]+)(\d+):\1(\d+),Svarande!([A-Z]+)\2:\4\3\)")


@st.composite
def publications(draw: st.DrawFn) -> tuple[ThemeTable | OptionTable, Membership]:
    """A table of three themes with two codes each and a code without one, or of three options, and its respondents.

    Some tables count units, of which a respondent covers up to five.
    """
    open_question = draw(st.booleans())
    places: dict[int, int] = {code: code // 2 for code in range(6)} if open_question else {}
    members = []
    for number in range(draw(st.integers(0, 12))):
        if open_question:
            codes = [code for code in draw(st.sets(st.integers(0, 6))) if code != 6]
            counted = {places[code]: code for code in codes}
            chosen = [*counted.values(), *([6] if draw(st.booleans()) else [])]
        else:
            chosen = draw(st.lists(st.integers(0, 2), max_size=1))
        attributes = {"grupp": draw(st.sampled_from(["", "=1+1", "A"]))}
        covers = draw(st.integers(1, 5))
        counted_ = dict.fromkeys(chosen, "")
        members.append(Member(f"{number:04}", "=1+1", attributes, "svar", counted_, covers, draw(st.booleans())))
    unit = draw(st.sampled_from(Unit))
    times = {member.key: member.covers if unit is Unit.UNITS else 1 for member in members}
    base = sum(times.values())
    held = Counter(code for member in members for code in member.counted for _ in range(times[member.key]))
    if not open_question:
        options = tuple(OptionRow(f"o{place}", Count(held[place], base)) for place in range(3))
        return OptionTable("q", "Q?", "1", base, options, unit=unit), Membership(tuple(members))
    codes_ = [CodeRow(code, f"kod {code}", Count(held[code], base)) for code in range(7)]
    themes = tuple(
        ThemeRow(t, f"tema {t}", Count(held[2 * t] + held[2 * t + 1], base), tuple(codes_[2 * t : 2 * t + 2]))
        for t in range(3)
    )
    return ThemeTable("q", "Q?", "1", base, 0, 0, 0, {}, themes, (codes_[6],), unit), Membership(tuple(members))


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _calculated(formula: str, sheets: dict[str, list[list[Any]]]) -> float:
    """What the four formulas that are used give on the cells as they stand."""
    if found := _PRODUCT.fullmatch(formula):
        rows = sheets["Svarande"][int(found[2]) - 1 : int(found[3])]
        return float(sum((row[_column(found[1])] or 0) * (row[_column(found[4])] or 0) for row in rows))
    if found := _SUM.fullmatch(formula):
        rows = sheets["Svarande"][int(found[2]) - 1 : int(found[3])]
        return float(sum(row[_column(found[1])] or 0 for row in rows))
    if found := re.fullmatch(r"([CB])(\d+)/\1\$(\d+)", formula):
        here = _column(found[1])
        return float(sheets["Tabell"][int(found[2]) - 1][here]) / float(sheets["Tabell"][int(found[3]) - 1][here])
    found = re.fullmatch(r"Tabell!([A-D])(\d+)", formula)
    assert found is not None
    return float(sheets["Tabell"][int(found[2]) - 1][_column(found[1])])


@settings(max_examples=40, deadline=None)
@given(publications(), st.booleans())
def test_every_formula_gives_the_value_stored_with_it(
    publication: tuple[ThemeTable | OptionTable, Membership], sort: bool
) -> None:
    table, membership = publication
    if sort and isinstance(table, ThemeTable):
        table = by_count(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        table_excel.write(table, path, membership=membership)
        sheets = _sheets(path)
        with zipfile.ZipFile(path) as archive:
            found = {
                name: _FORMULA.findall(archive.read(f"xl/worksheets/sheet{number}.xml").decode())
                for number, name in enumerate(sheets, start=1)
            }
    assert list(sheets) == ["Tabell", *(["Diagram"] if table.base else []), "Svarande"]
    counts = len(table.options) if isinstance(table, OptionTable) else 3 + 6 + 1
    assert len(found["Tabell"]) == 1 + counts * (2 if table.base else 1)
    assert len(found.get("Diagram", ())) == (3 if table.base else 0)
    assert not found["Svarande"]
    for formulas in found.values():
        for _, _, formula, stored in formulas:
            assert _calculated(formula, sheets) == pytest.approx(float(stored), abs=1e-12)


def test_the_sheet_has_a_row_a_respondent_and_a_column_a_theme_and_code(tmp_path: Path) -> None:
    codes = (CodeRow(5, "ett", Count(1, 2)), CodeRow(6, "två", Count(0, 2)))
    table = ThemeTable("q", "Q?", "1", 2, 1, 0, 0, {}, (ThemeRow(1, "A", Count(1, 2), codes),), ())
    members = (Member("0114", "=1+1", {"län": "\x1b[31mN"}, "", {5: ""}), Member("0115", "", {"grupp": "x"}))
    told: list[tuple[int, int]] = []
    table_excel.write(
        table,
        tmp_path / "t.xlsx",
        membership=Membership(members),
        progress=lambda done, all_: told.append((done, all_)),
    )
    assert _sheets(tmp_path / "t.xlsx")["Svarande"] == [
        ["Nyckel", "Namn", "län", "grupp", "Svarat", "A", "A: ett", "A: två"],
        ["0114", "=1+1", "N", "", 1.0, 1.0, 1.0, 0.0],
        ["0115", "", "", "x", 1.0, 0.0, 0.0, 0.0],
    ]
    assert told == [(2, 2)]


def test_the_chart_knows_its_title_and_values_before_it_is_calculated(tmp_path: Path) -> None:
    table = OptionTable("q", "Ja?", "1", 1, (OptionRow("Ja", Count(1, 1)),))
    table_excel.write(table, tmp_path / "t.xlsx", membership=Membership((Member("1", counted={0: ""}),)))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "<c:v>Ja? (1)</c:v>" in chart
    assert "<c:v>Ja</c:v>" in chart


def test_the_chart_has_its_whiskers_and_words_in_every_row(tmp_path: Path) -> None:
    names = {1: "A", 2: "B"}
    themes = tuple(
        ThemeRow(one, name, Count(1, 2, 0, 2), (CodeRow(10 + one, "k", Count(1, 2)),)) for one, name in names.items()
    )
    table = ThemeTable("q", "Q?", "1", 2, 0, 0, 0, {}, themes, sampled=Sampled(1, 2))
    members = Membership((Member("1", counted={11: ""}), Member("2", counted={12: ""})))
    table_excel.write(table, tmp_path / "t.xlsx", membership=members)
    assert _sheets(tmp_path / "t.xlsx")["Diagram"] == [
        ["Tema", "Andel", "Andel minst", "Andel högst", "Spann", "Etikett"],
        ["A", 0.5, 0.0, 1.0, 1.0, "A, 50 % (0–100)"],
        ["B", 0.5, 0.0, 1.0, 1.0, "B, 50 % (0–100)"],
    ]


def test_respondents_of_another_moment_are_refused(tmp_path: Path) -> None:
    table = OptionTable("q", "Ja?", "1", 1, (OptionRow("Ja", Count(1, 1)),))
    with pytest.raises(ProjectChangedError):
        table_excel.write(table, tmp_path / "t.xlsx", membership=Membership((Member("1"),)))
    assert not list(tmp_path.iterdir())


def test_the_method_note_has_a_sheet(tmp_path: Path, options: OptionTable) -> None:
    note = MethodNote("webbsida_betyg", "2023", 8, datetime(2026, 1, 1, tzinfo=UTC), "coder 1")
    table_excel.write(options, tmp_path / "t.xlsx", note=note)
    assert [row[0] for row in _sheets(tmp_path / "t.xlsx")["Metod"]] == ["Metod", "", *method_words.lines(note)]


def test_examples_have_a_sheet_of_their_own(tmp_path: Path, themes: ThemeTable) -> None:
    table_excel.write(ExampleTable((themes,)), tmp_path / "t.xlsx")
    rows = _sheets(tmp_path / "t.xlsx")["Exempel"]
    assert rows[3] == ["Tema", "Kod", "Exempel"]
    assert rows[5] == [
        "Otillgänglig",
        "Svåra att nå/Svar dröjer",
        "”Vi ringer; ingen svarar.”\n”Två rader, \U0001f937”",
    ]
    assert rows[6] == ["", "=1+1", "”=cmd|' /C calc'!A0”"]


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_excel(column: int, letters: str) -> None:
    assert _letters(column) == letters
    assert _column(letters) == column


def test_who_answered_against_the_routing_is_marked(tmp_path: Path) -> None:
    table = OptionTable("q", "Ja?", "1", 2, (OptionRow("Ja", Count(2, 2)),), (("a", "Ja"),), ("B",), ("Använt?",))
    members = (Member("1", "A", counted={0: ""}), Member("2", "B", counted={0: ""}, uncalled=True))
    table_excel.write(table, tmp_path / "t.xlsx", membership=Membership(members))
    sheets = _sheets(tmp_path / "t.xlsx")
    assert [row[-1] for row in sheets["Svarande"]] == ["Svarade fast frågan inte skulle ha ställts", 0.0, 1.0]
    assert [row[0] for row in sheets["Tabell"] if str(row[0]).startswith("Frågan")] == [
        "Frågan ställdes till dem som svarat Ja på frågan ”Använt?”."
    ]


def test_no_room_for_a_workbooks_temporary_files_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only where the system limits the size of files")
    membership = Membership(tuple(Member(str(number), "Å" * 50, {}, "svar " * 50, {}) for number in range(100)))
    table = OptionTable("q", "Vad?", "1", 100, ())
    before = {path.name for path in Path(tempfile.gettempdir()).glob("coder-*")}
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(CoderError, match=r"temporary files in .*: file too large") as caught:
            table_excel.write(table, tmp_path / "t.xlsx", membership=membership)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "TMPDIR" in caught.value.hint
    assert not list(tmp_path.iterdir())
    assert {path.name for path in Path(tempfile.gettempdir()).glob("coder-*")} <= before
