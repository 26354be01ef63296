"""What is published reads back: the counts of a table, who is counted, and which decisions the numbers hold."""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coder.domain.answers import one_line
from coder.domain.errors import CoderError
from coder.domain.method import MethodNote, Stand
from coder.domain.printed import Published
from coder.domain.tables import CodeRow, Count, Member, Membership, OptionTable, ThemeRow, ThemeTable, Unit
from coder.exporters import method_file
from coder.exporters.table_file import SUFFIXES, Extras, write_table
from coder.importers.published import read_published

AT = "2026-01-02T03:04:05.678+00:00"
NOTE = MethodNote(
    "mindre_bra",
    "2023",
    40,
    datetime(2026, 1, 2, tzinfo=UTC),
    "coder 1",
    codebook="af",
    decision=87,
    decided_at=AT,
    memos=("mindre_bra: en anteckning",),
)
STAND = Stand("mindre_bra", "2023", 87, AT)
TABLES = (".json", ".csv", ".xlsx")
COUNTS = {
    ("Otillgänglig", ""): 14,
    ("Otillgänglig", "Svåra att nå/Svar dröjer"): 13,
    ("Otillgänglig", "=1+1"): 1,
    ("Organisation | *roller*", ""): 3,
    ("Organisation | *roller*", "Otydliga roller"): 3,
    ("Tomt tema", ""): 0,
    ("", "Ny kod"): 1,
}


@pytest.fixture
def themes(themes: ThemeTable) -> ThemeTable:
    """The table as `membership` bears it out: nothing left to do."""
    return replace(themes, uncoded=0, nothing_to_code=0, clashes=0, origins={})


def membership(table: ThemeTable | OptionTable) -> Membership:
    """Respondents who give the counts of the table, and others who stand under nothing."""
    if isinstance(table, OptionTable):
        wanted = [(place, option.count.count) for place, option in enumerate(table.options)]
    else:
        rows = [*(code for theme in table.themes for code in theme.codes), *table.unthemed]
        wanted = [(row.id, row.count.count) for row in rows]
    members = [
        Member(f"{key}-{n}", attributes={"Svarat": "ja"}, counted={key: ""})
        for key, many in wanted
        for n in range(many)
    ]
    rest = [Member(f"{n:04}", attributes={"Svarat": "ja"}) for n in range(table.base - len(members))]
    return Membership((*members, *rest))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("note", [None, NOTE], ids=["bare", "noted"])
def test_the_decisions_that_a_table_holds_read_back(
    tmp_path: Path, themes: ThemeTable, suffix: str, note: MethodNote | None
) -> None:
    path = tmp_path / f"t{suffix}"
    write_table(themes, path, Extras(note, membership(themes)))
    assert read_published(path).stands == (() if note is None else (STAND,))


@pytest.mark.parametrize("suffix", TABLES)
@pytest.mark.parametrize("raw", [True, False])
def test_the_counts_of_a_theme_table_read_back(tmp_path: Path, themes: ThemeTable, suffix: str, raw: bool) -> None:
    path = tmp_path / f"t{suffix}"
    write_table(themes, path, Extras(NOTE, raw=raw))
    table = read_published(path).table
    assert table is not None
    assert (table.question, table.round, table.base, table.members) == ("mindre_bra", "2023", 40, None)
    assert dict(table.counts) == COUNTS


@pytest.mark.parametrize("suffix", TABLES)
def test_the_counts_of_an_options_table_read_back(tmp_path: Path, options: OptionTable, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    write_table(options, path, Extras(membership=membership(options)))
    table = read_published(path).table
    assert table is not None
    assert (table.base, dict(table.counts)) == (8, {("Mycket bra", ""): 5, ("-", ""): 3})
    if suffix == ".xlsx":
        # It has no key of the question, and is known by what was asked.
        assert (table.question, table.round) == ("Hur bra är webbsidan? (2023)", "")
        assert table.members is not None
        assert table.members["Mycket bra", ""] == {f"0-{n}" for n in range(5)}
        assert table.members["-", ""] == {"1-0", "1-1", "1-2"}


NAMES = st.lists(
    st.from_regex(r"\A'{0,3}[=+@\-]?[\w ';,.\"|]{1,8}\Z").map(one_line), min_size=1, unique=True, max_size=4
)


@settings(max_examples=40)
@given(names=NAMES.filter(all), raw=st.booleans())
@example(names=["=1", "'=1", "''=1", "'", "'a", "-"], raw=False)
@example(names=["=1", "'=1", "''=1", "'", "'a", "-"], raw=True)
def test_any_names_read_back_from_a_text_table_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], raw: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "names.csv"
    codes = tuple(CodeRow(number, name, Count(1, 9)) for number, name in enumerate(names))
    rows = (ThemeRow(1, names[-1], Count(len(names), 9), codes),)
    write_table(ThemeTable(names[0], "", "1", 9, 0, 0, 0, {}, rows), path, Extras(raw=raw))
    table = read_published(path).table
    assert table is not None
    assert table.question == names[0]
    assert dict(table.counts) == {(names[-1], ""): len(names)} | {(names[-1], name): 1 for name in names}


def test_a_workbook_tells_who_is_counted(tmp_path: Path, themes: ThemeTable) -> None:
    path = tmp_path / "t.xlsx"
    write_table(themes, path, Extras(NOTE, membership(themes)))
    table = read_published(path).table
    assert table is not None
    assert table.members is not None
    assert {name: len(who) for name, who in table.members.items()} == COUNTS
    assert table.members["", "Ny kod"] == {"4-0"}


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_a_table_of_units_says_so(tmp_path: Path, themes: ThemeTable, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    write_table(replace(themes, unit=Unit.UNITS), path)
    table = read_published(path).table
    assert table is not None
    assert table.unit is Unit.UNITS


def test_a_figure_has_its_note_beside_it(tmp_path: Path) -> None:
    (tmp_path / "f.png").write_bytes(b"\x89PNG")
    method_file.write_beside(tmp_path / "f.png", [STAND.line, replace(STAND, round="2024", decision=0, at="").line])
    assert read_published(tmp_path / "f.png").stands == (STAND, Stand("mindre_bra", "2024", 0))


def test_no_answer_is_taken_for_a_note(tmp_path: Path, themes: ThemeTable) -> None:
    """Somebody may have answered with such a line, and a page shows every answer."""
    liar = replace(STAND, decision=1).line
    members = membership(themes).members
    whole = Membership((replace(members[0], text=f"så här\n{liar}\n"), *members[1:]))
    for suffix in SUFFIXES:
        code = replace(themes.themes[0].codes[0], examples=(liar,))
        theme = replace(themes.themes[0], codes=(code, *themes.themes[0].codes[1:]))
        write_table(replace(themes, themes=(theme, *themes.themes[1:])), tmp_path / f"t{suffix}", Extras(NOTE, whole))
        assert read_published(tmp_path / f"t{suffix}").stands == (STAND,)


def _changed_count(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = re.sub(rb"<v>13</v>", b"<v>12</v>", members[sheet], count=1)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)


def _json(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


HARM: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a count in the workbook that its sheet doesn't give": (".xlsx", _changed_count),
    "half a workbook": (".xlsx", lambda path: path.write_bytes(path.read_bytes()[:5_000])),
    "half a document": (".docx", lambda path: path.write_bytes(path.read_bytes()[:5_000])),
    "a document without text": (".docx", lambda path: zipfile.ZipFile(path, "w").close()),
    "half of the JSON": (".json", lambda path: path.write_bytes(path.read_bytes()[:500])),
    "another JSON": (".json", lambda path: path.write_text("[1]")),
    "JSON that nests too deep": (".json", lambda path: path.write_text("[" * 100_000)),
    "a count that is none": (".json", lambda path: _json(path, lambda one: one.update(base=-1))),
    "a count that is a truth": (".json", lambda path: _json(path, lambda one: one.update(base=True))),
    "a note that is none": (".json", lambda path: _json(path, lambda one: one.update(method=["x"]))),
    "a row that stands twice": (".csv", lambda path: path.write_text(path.read_text() + path.read_text()[-80:])),
    "no rows": (".csv", lambda path: path.write_text(path.read_text().splitlines()[0] + "\n")),
    "bytes that are no text": (".md", lambda path: path.write_bytes(b"\xff\xfe\x00")),
    "a page that isn't there": (".html", lambda path: path.unlink()),
}


@pytest.mark.parametrize(("suffix", "harm"), HARM.values(), ids=HARM.keys())
def test_a_damaged_file_is_refused(
    tmp_path: Path, themes: ThemeTable, suffix: str, harm: Callable[[Path], object]
) -> None:
    path = tmp_path / f"t{suffix}"
    write_table(themes, path, Extras(NOTE, membership(themes), raw=True))
    harm(path)
    with pytest.raises(CoderError) as refused:
        read_published(path)
    assert path.name in refused.value.message
    assert refused.value.hint


def test_another_workbook_and_an_empty_page_say_nothing(tmp_path: Path, themes: ThemeTable) -> None:
    (tmp_path / "p.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "p.md").write_text(STAND.line[:40], encoding="utf-8")
    for name in ("p.html", "p.md"):
        assert read_published(tmp_path / name) == Published()
