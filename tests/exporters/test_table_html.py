"""The table as a page: whole in one file, told to readers of the screen, every count a link to what it is made of."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coder.domain.errors import ProjectChangedError
from coder.domain.tables import CodeRow, Count, Member, Membership, OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import table_html, wording

_VOID = {"meta", "br"}


@dataclass
class _Page(HTMLParser):
    """A page taken apart: its tags, their attributes, and the text inside each element by its id."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


def _page(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    assert not page.open
    return page


def _table() -> tuple[ThemeTable, Membership]:
    codes = (CodeRow(11, "ett", Count(2, 3), ("<script>alert(1)</script>",)), CodeRow(12, "två", Count(0, 3)))
    table = ThemeTable("q", "Vad?", "1", 3, 1, 0, 0, {}, (ThemeRow(1, "A & B", Count(2, 3), codes),))
    members = (
        Member("1", "Åby", {"län": "<b>"}, "<script>alert(1)</script>", {11: "<script>"}),
        Member("2", "Öby", {}, "=1+1", {11: "=1+1"}),
        Member("3", "", {}, "x" * 40_000),
    )
    return table, Membership(members)


def test_the_page_needs_nothing_beside_it_and_runs_nothing(tmp_path: Path) -> None:
    table, membership = _table()
    table_html.write(table, tmp_path / "t.html", membership=membership)
    page = _page(tmp_path / "t.html")
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert all(one["href"].startswith("#") for tag, one in page.tags if tag == "a")
    assert "default-src 'none'" in next(one["content"] for tag, one in page.tags if "http-equiv" in one)
    assert "url(" not in (tmp_path / "t.html").read_text(encoding="utf-8")


def test_the_table_tells_its_language_caption_and_scopes(tmp_path: Path, themes: ThemeTable) -> None:
    table_html.write(themes, tmp_path / "t.html")
    page = _page(tmp_path / "t.html")
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
    page = _page(tmp_path / "t.html")
    targets = [one["id"] for _, one in page.tags if "id" in one]
    links = [one["href"][1:] for tag, one in page.tags if tag == "a"]
    assert len(targets) == len(set(targets))
    assert set(links) <= set(targets)
    assert links[:3] == ["svar", "tema-1", "kod-11"]
    assert links.count("s0") == links.count("s1") == 1
    assert "kod-12" not in links
    whole = page.texts[page.texts.index("Alla svarande") :]
    assert [text for text in whole if text in ("Åby", "Öby", "3")] == ["Åby", "Öby", "3"]
    assert "x" * 40_000 in page.texts


def test_options_lead_to_their_respondents(tmp_path: Path) -> None:
    table = OptionTable("q", "Ja?", "1", 2, (OptionRow("Ja", Count(2, 2)), OptionRow("Nej", Count(0, 2))))
    members = Membership((Member("1", "A", counted={0: ""}), Member("2", "B", counted={0: ""})))
    table_html.write(table, tmp_path / "t.html", membership=members)
    links = [one["href"] for tag, one in _page(tmp_path / "t.html").tags if tag == "a"]
    assert links == ["#svar", "#kod-0", "#tabell", "#s0", "#s1", "#tabell"]


def test_answers_of_another_moment_are_refused_and_nothing_written(tmp_path: Path) -> None:
    table, membership = _table()
    for wrong in (membership.members[:2], (*membership.members[:2], Member("3", counted={12: ""}))):
        with pytest.raises(ProjectChangedError, match="different moments"):
            table_html.write(table, tmp_path / "t.html", membership=Membership(wrong))
    assert not list(tmp_path.iterdir())


def test_control_characters_stay_out_of_the_page(tmp_path: Path) -> None:
    table, membership = _table()
    foul = "a\x00\x1b[31mb\ufffec\u202e"
    members = (replace(membership.members[0], text=foul, name=foul), *membership.members[1:])
    table_html.write(table, tmp_path / "t.html", membership=Membership(members))
    assert "abc" in _page(tmp_path / "t.html").texts


def test_the_writing_of_many_answers_is_told_as_it_goes(tmp_path: Path) -> None:
    table, membership = _table()
    told: list[tuple[int, int]] = []
    table_html.write(
        table, tmp_path / "t.html", membership=membership, progress=lambda done, of: told.append((done, of))
    )
    everybody = len(membership.members)
    assert told[0] == (0, everybody)
    assert told[-1] == (everybody, everybody)
