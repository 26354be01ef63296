"""The table as a page: whole in one file, told to readers of the screen, every count a link to what it is made of."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Origin
from coder.domain.errors import ProjectChangedError
from coder.domain.tables import (
    CodeRow,
    Count,
    Member,
    Membership,
    OptionRow,
    OptionTable,
    Origins,
    ThemeRow,
    ThemeTable,
)
from coder.exporters import table_html, wording
from tests.exporters.pages import numbers, read


def _table() -> tuple[ThemeTable, Membership]:
    codes = (CodeRow(11, "ett", Count(2, 3), ("<script>alert(1)</script>",)), CodeRow(12, "två", Count(0, 3)))
    table = ThemeTable("q", "Vad?", "1", 3, 1, 0, 0, {}, (ThemeRow(1, "A & B", Count(2, 3), codes),))
    members = (
        Member("1", "Åby", {"län": "<b>"}, "<script>alert(1)</script>", {11: "<script>"}),
        Member("2", "Öby", {}, "=1+1", {11: "=1+1"}),
        Member("3", "", {}, "x" * 40_000, uncoded=True),
    )
    return table, Membership(members)


def test_the_page_needs_nothing_beside_it_and_runs_nothing(tmp_path: Path) -> None:
    table, membership = _table()
    table_html.write(table, tmp_path / "t.html", membership=membership)
    page = read(tmp_path / "t.html")
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert all(one["href"].startswith("#") for tag, one in page.tags if tag == "a")
    assert "default-src 'none'" in next(one["content"] for tag, one in page.tags if "http-equiv" in one)
    assert "url(" not in (tmp_path / "t.html").read_text(encoding="utf-8")


def test_the_table_tells_its_language_caption_and_scopes(tmp_path: Path, themes: ThemeTable) -> None:
    table_html.write(themes, tmp_path / "t.html")
    page = read(tmp_path / "t.html")
    assert ("html", {"lang": "sv"}) in page.tags
    assert "Tabell: Vad fungerar mindre bra? (2023)" in page.texts
    scopes = [one["scope"] for tag, one in page.tags if tag == "th"]
    assert scopes == ["col"] * 4 + ["rowgroup", "row", "row", "rowgroup", "row", "rowgroup", "rowgroup", "row"]
    assert sum(tag == "tbody" for tag, _ in page.tags) == 4
    assert all(note in page.texts for note in wording.notes(themes))
    assert not [tag for tag, _ in page.tags if tag == "a"]


def test_every_count_but_zero_leads_to_the_answers_behind_it(tmp_path: Path) -> None:
    table, membership = _table()
    table_html.write(table, tmp_path / "t.html", membership=membership)
    page = read(tmp_path / "t.html")
    assert page.links[:4] == ["svar", "tema-1", "kod-11", "okodade"]
    assert page.links.count("s0") == page.links.count("s1") == 1
    assert numbers(page) == {"svar": 3, "tema-1": 2, "kod-11": 2, "okodade": 1}
    whole = page.texts[page.texts.index("Alla svarande") :]
    assert [text for text in whole if text in ("Åby", "Öby", "3")] == ["Åby", "Öby", "3"]
    assert "x" * 40_000 in page.texts


def test_options_lead_to_their_respondents(tmp_path: Path) -> None:
    table = OptionTable("q", "Ja?", "1", 2, (OptionRow("Ja", Count(2, 2)), OptionRow("Nej", Count(0, 2))))
    members = Membership((Member("1", "A", counted={0: ""}), Member("2", "B", counted={0: ""})))
    table_html.write(table, tmp_path / "t.html", membership=members)
    page = read(tmp_path / "t.html")
    assert page.links == ["svar", "kod-0", "tabell", "s0", "s1", "tabell"]
    assert [text for text in page.texts if text in ("A", "B", "Ja")][-4:] == ["A", "Ja", "B", "Ja"]


def test_who_answered_though_the_routing_does_not_lead_there_is_behind_that_number(tmp_path: Path) -> None:
    options, routing = (OptionRow("Ja", Count(2, 2)),), (("använd", "Ja"),)
    table = OptionTable("q", "Ja?", "1", 2, options, routing, against_routing=("B",))
    members = Membership((Member("1", "A", counted={0: ""}), Member("2", "B", counted={0: ""}, uncalled=True)))
    table_html.write(table, tmp_path / "t.html", membership=members)
    assert numbers(read(tmp_path / "t.html")) == {"svar": 2, "kod-0": 2, "ej-stallda": 1}


def _by_machine() -> tuple[ThemeTable, Membership]:
    """Two codes of a theme, one of them given by a machine alone, one answer counted provisionally."""
    split = Count(2, 3, origins=Origins(1, 0, 1))
    codes = (CodeRow(11, "ett", split), CodeRow(12, "två", Count(1, 3, origins=Origins(0, 0, 1))))
    theme = ThemeRow(1, "A", Count(3, 3, origins=Origins(1, 0, 2)), codes)
    table = ThemeTable("q", "Vad?", "1", 3, 0, 0, 1, {Origin.HAND: 1, Origin.AUTO: 2}, (theme,))
    members = (
        Member("1", counted={11: "a"}, came={11: Origin.HAND}),
        Member("2", counted={11: "b"}, came={11: Origin.AUTO}, provisional=frozenset({11})),
        Member("3", counted={12: "c"}, came={12: Origin.AUTO}),
    )
    return table, Membership(members)


def test_how_counted_codings_came_about_and_clashes_have_their_respondents_too(tmp_path: Path) -> None:
    table, membership = _by_machine()
    table_html.write(table, tmp_path / "t.html", membership=membership)
    assert numbers(read(tmp_path / "t.html")) == {
        "svar": 3,
        **{"tema-1": 3, "kod-11": 2, "kod-12": 1},
        **{"hand": 1, "hand-tema-1": 1, "hand-kod-11": 1},
        **{"auto": 2, "auto-tema-1": 2, "auto-kod-11": 1, "auto-kod-12": 1},
        "preliminara": 1,
    }


@pytest.mark.parametrize(
    "wrong",
    [{"provisional": frozenset[int]()}, {"came": {11: Origin.HAND}}, {"uncoded": True}],
    ids=["clashes", "origins", "uncoded"],
)
def test_a_number_that_the_respondents_do_not_give_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    table, membership = _by_machine()
    first, second, third = membership.members
    with pytest.raises(ProjectChangedError, match="different moments"):
        table_html.write(table, tmp_path / "t.html", membership=Membership((first, replace(second, **wrong), third)))
    assert not list(tmp_path.iterdir())


def test_answers_of_another_moment_are_refused_and_nothing_written(tmp_path: Path) -> None:
    table, membership = _table()
    for wrong in (membership.members[:2], (*membership.members[:2], Member("3", counted={12: ""}))):
        with pytest.raises(ProjectChangedError, match="different moments"):
            table_html.write(table, tmp_path / "t.html", membership=Membership(wrong))
    assert not list(tmp_path.iterdir())


def test_control_characters_stay_out_of_theread(tmp_path: Path) -> None:
    table, membership = _table()
    foul = "a\x00\x1b[31mb\ufffec\u202e"
    members = (replace(membership.members[0], text=foul, name=foul), *membership.members[1:])
    table_html.write(table, tmp_path / "t.html", membership=Membership(members))
    assert "abc" in read(tmp_path / "t.html").texts


def test_the_writing_of_many_answers_is_told_as_it_goes(tmp_path: Path) -> None:
    table, membership = _table()
    told: list[tuple[int, int]] = []
    table_html.write(
        table, tmp_path / "t.html", membership=membership, progress=lambda done, of: told.append((done, of))
    )
    everybody = len(membership.members)
    assert told[0] == (0, everybody)
    assert told[-1] == (everybody, everybody)
