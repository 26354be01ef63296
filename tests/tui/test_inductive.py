"""The codebook screen and the queue of clashes, by keys."""

from pathlib import Path
from typing import Any

from coder.domain.codebook_edits import AddCode, AddExample
from coder.domain.coding import Coding, Segment, give
from coder.tui.screens.clash import ClashScreen
from coder.tui.screens.theming import CodebookScreen
from coder.tui.widgets.entry_list import EntryList
from coder.workflow.intake import import_answers
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.tui.conftest import SURVEY, session_at
from tests.tui.driver import Driver


def _with_loose_codes(path: Path) -> None:
    session = session_at(path, "anna")
    for name in ("Telefonkö", "Växeln", "Semestertider"):
        session.edit(AddCode(name))
    session.project.close()


def _themes(at: Driver) -> dict[str, list[str]]:
    book = at.bench.all.codebook
    return {theme.name: [code.name for code in book.codes_of(theme.id)] for theme in book.themes}


def _loose(at: Driver) -> list[str]:
    return [code.name for code in at.bench.all.codebook.codes_of(None)]


async def test_codes_that_read_alike_stand_beside_the_code_and_are_selected_there(open_app: Any, project: Path) -> None:
    _with_loose_codes(project)
    session = session_at(project, "anna")
    names = {code.name: code.id for code in session.codebook.codes_of(None)}
    for answer, name, start in ((1, "Telefonkö", 0), (2, "Växeln", 0), (3, "Semestertider", 0), (1, "Växeln", 19)):
        text = session.standing(answer).answer.text
        coding = Coding(names[name], Segment(start, text.index(".", start)), "anna")
        session.apply(answer, "code", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
    session.edit(AddExample(names["Telefonkö"], "Vi ringer numret hela dagen"))
    session.edit(AddExample(names["Växeln"], "Man ringer numret en hel dag"))
    session.project.close()
    async with open_app() as at:
        await at.press("k", "down")
        await at.until(" %")
        near = at.app.screen.query_one("#near", EntryList)
        assert near.entry is not None
        assert near.entry.name == "Växeln"
        await at.press("space", "up", "shift+tab", "space", "g", *"Ringa", "enter", "y")
        assert _themes(at)["Ringa"] == ["Telefonkö", "Växeln"]


async def test_codes_are_gathered_in_a_theme_in_one_step(open_app: Any, project: Path) -> None:
    _with_loose_codes(project)
    async with open_app() as at:
        await at.press("k")
        await at.press("down", "space", "space", "space", "g", *"Vän", "enter")
        assert "new theme Vän of Telefonkö, Växeln, Semestertider?" in at.screen()
        await at.press("y")
        assert _themes(at)["Vän"] == ["Telefonkö", "Växeln", "Semestertider"]
        assert _loose(at) == ["Övrigt"]
        await at.press("u")
        assert "Vän" not in _themes(at)
        assert "undone: new theme Vän" in at.screen()
        await at.press("escape")
        assert at.app.screen is at.app.workbench
        assert "Telefonkö" in at.screen()


async def test_a_move_shows_what_it_does_and_is_made_only_on_yes(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "k", "tab", "down", "down", "m", *"inef", "enter")
        shown = at.screen()
        assert "move Närvaro saknas to the theme Ineffektiv?" in shown
        assert "Ineffektiv 0 -> 1" in shown
        assert "clash is dissolved" in shown
        await at.press("n")
        assert _themes(at)["Otillgänglig"] == ["Svar dröjer", "Närvaro saknas"]
        assert "left as it was" in at.screen()
        await at.press("m", *"inef", "enter", "y")
        assert _themes(at)["Ineffektiv"][-1] == "Närvaro saknas"
        assert at.bench.counts.clashes == 0
        await at.press("escape")
        assert "▲ 1" not in at.screen()


async def test_a_change_shows_what_it_does_to_the_tables_of_other_rounds(open_app: Any, project: Path) -> None:
    with open_project(project) as held:
        survey = SURVEY.replace('"2023"', '"2022"\nopens = 2022-01-10\ncloses = 2022-01-20')
        (project.parent / "2022.toml").write_text(survey, encoding="utf-8")
        (project.parent / "2022.csv").write_text("kod,kommun,lan,F1\n01,Åby,Län,Svar dröjer.\n", encoding="utf-8")
        import_answers(held, project.parent / "2022.csv", project.parent / "2022.toml")
        before = Session(held, "2022", "hinder", "anna")
        coding = Coding(before.codebook.active[0].id, Segment(0, 12), "anna")
        before.apply(before.answers[0].id, "code", lambda work: give(work, coding))
    async with open_app(size=(80, 24)) as at:
        await at.press("k", "tab", "home", "down", "m", *"inef", "enter")
        shown = at.screen()
        assert "no count changes" in shown
        assert "round 2022: Otillgänglig 1 -> 0, Ineffektiv 0 -> 1" in shown
        await at.press("y")
        assert _themes(at)["Ineffektiv"][-1] == "Svar dröjer"


async def test_codes_are_merged_and_the_merge_is_one_step_back(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "k", "tab", "down", "M", *"svar dr")
        assert "no code is found" in at.screen()
        await at.press("escape", "space", "space", "M", *"svar", "enter")
        assert "merge Närvaro saknas into Svar dröjer?" in at.screen()
        await at.press("y")
        assert _themes(at)["Otillgänglig"] == ["Svar dröjer"]
        assert at.counted() == ["Svar dröjer"]
        await at.press("escape", "t")
        await at.press("down", "enter")
        await at.settle()
        assert "Närvaro saknas." in at.screen().split("Svar dröjer: 1 answer")[1]
        await at.press("escape", "escape", "k", "u")
        assert _themes(at)["Otillgänglig"] == ["Svar dröjer", "Närvaro saknas"]
        assert at.bench.counts.clashes == 1


async def test_a_retired_code_is_offered_nowhere_until_it_is_restored(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("k", "tab", "down", "R", "y")
        assert "retired" in at.screen()
        await at.press("escape")
        suggestions = at.bench.suggestions()
        assert suggestions is not None
        names = [at.bench.all.codebook.code_name(one.code) for one in suggestions]
        assert "Svar dröjer" not in names
        await at.press("slash", *"svar d")
        assert "no code is found" in at.screen()
        await at.press("escape", "k", "tab", "down", "R", "y")
        assert not any(code.retired for code in at.bench.all.codebook.codes)


async def test_a_code_is_renamed_defined_ordered_and_given_an_example_and_a_memo(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "k", "tab", "down", "r", *" nu", "enter")
        await at.press("d", *"Sent.", "escape")
        await at.press("e", "enter")
        await at.press("shift+down")
        assert _themes(at)["Otillgänglig"] == ["Närvaro saknas", "Svar dröjer nu"]
        code = at.bench.all.codebook.find("Otillgänglig", "Svar dröjer")
        assert code is not None
        assert (code.name, code.definition) == ("Svar dröjer nu", "Sent.")
        assert code.examples == ("Svar dröjer.",)
        await at.press("n", *"Kö?", "escape", "n")
        assert "Kö?" in at.screen()


async def test_a_split_deals_segments_out_by_one_key_each(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "slash", *"svar", "enter", "k", "tab", "down", "S", *"Borta", "enter")
        assert "Borta" in at.screen()
        await at.press("1", "2", "enter")
        assert "split Borta from Svar dröjer: 1 segment?" in at.screen()
        await at.press("y")
        assert at.codes() == [("Svar dröjer", "Svar dröjer."), ("Borta", "Närvaro saknas.")]
        await at.press("u")
        assert [name for name, _ in at.codes()] == ["Svar dröjer", "Svar dröjer"]


async def test_the_segments_under_a_code_stand_beside_it_with_their_respondents(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "k")  # at the active segment's code
        assert isinstance(at.app.screen, CodebookScreen)
        under = at.screen().split("1 segment under Svar dröjer")[1]
        assert "Alby" in under
        await at.press("tab", "enter")
        assert at.app.screen is at.app.workbench
        assert at.name == "Alby"


async def test_a_split_shows_each_segment_in_full_and_forgets_what_is_dealt_only_when_asked_twice(
    open_app: Any,
) -> None:
    async with open_app(size=(80, 24)) as at:
        await at.press("1", "slash", *"svar", "enter", "k", "tab", "home", "down", "S", *"Ny", "enter")
        shown = at.screen()
        assert " 1  Svar dröjer 2" in shown
        assert "Svar dröjer. Närvaro saknas. Lång ledtid." in shown, "the words around it"
        await at.press("2", "escape")
        assert "Esc again forgets what is dealt" in at.screen()
        await at.press("up", "enter")
        assert "split Ny from Svar dröjer: 1 segment?" in at.screen()
        await at.press("n", "S", *"Ny", "enter", "2", "escape", "escape")
        assert isinstance(at.app.screen, CodebookScreen)
        assert at.bench.all.codebook.find("Otillgänglig", "Ny") is None


async def test_an_empty_window_and_an_empty_codebook_say_what_to_do(open_app: Any, project: Path) -> None:
    async with open_app(size=(80, 24)) as at:
        await at.press("k", "g")
        await at.press(*"zz")
        assert "new theme zz" in at.screen()
        await at.press("escape", "m", *"zz")
        assert "no such theme: g gathers in a new one" in at.screen()
        await at.press("escape")
        assert "? keys  Esc back" in at.screen()


async def test_clashes_are_resolved_one_after_the_other(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("l")
        assert "there are no clashes" in at.screen()
        await at.press("1", "1", "space", "1", "slash", *"lång", "enter", "a", "slash", *"lång", "enter")
        assert at.bench.counts.clashes == 2
        await at.press("l")
        assert isinstance(at.app.screen, ClashScreen)
        assert "clash 1 of 2" in at.screen()
        await at.press("2")
        assert "clash 2 of 2" in at.screen()
        await at.press("1")
        assert at.bench.counts.clashes == 0
        assert "0 left to choose" in at.screen()
        await at.press("u")
        assert at.bench.counts.clashes == 1
        assert "clash 1 of 1" in at.screen()
        await at.press("1")
        assert "1 clash " in at.screen()
        assert "the clash before" in at.screen()
        await at.press("up")
        assert "clash 1 of 1" in at.screen()
        await at.press("escape")
        assert at.bench.counts.clashes == 0
