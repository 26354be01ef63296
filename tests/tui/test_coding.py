"""Coding by keys: what is pressed is what the project holds."""

from pathlib import Path
from typing import Any

from coder.domain.coding import Origin
from coder.domain.counting import State
from tests.workflow.machine import in_places


async def test_a_digit_gives_the_suggestion_and_goes_on_to_the_next_uncoded_segment(open_app: Any) -> None:
    async with open_app() as at:
        assert at.name == "Alby", "the list is in Swedish order and begins at its beginning"
        await at.press("1")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]
        assert at.segment == "Närvaro saknas."
        coding = at.standing.work.codings[0]
        assert (coding.origin, coding.score, coding.analyst) == (Origin.ACCEPTED, 0.5, "anna")
        assert at.state() is State.BEGUN


async def test_keys_pressed_in_a_row_each_find_their_own_segment(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "1", "enter", "1")
        assert at.name == "Berga"
        assert at.codes() == [("Åtgärder fattas", "Åtgärder fattas för dem som väntar.")]
        await at.press("p")
        assert [name for name, _ in at.codes()] == ["Svar dröjer", "Närvaro saknas", "Lång ledtid"]


async def test_a_digit_before_any_suggestion_is_on_the_screen_is_refused_for_good(open_app: Any) -> None:
    async with open_app() as at:
        at.bench.counsel._adviser.pause = 1.0
        await at.pilot.press("g", *"ödb", "enter", "1")
        assert "no suggestion on the screen yet" in at.screen()
        await at.settle()
        assert (at.name, at.codes()) == ("Ödby", [])
        await at.press("1")
        assert [name for name, _ in at.codes()] == ["Svar dröjer"]


async def test_a_digit_never_codes_from_a_list_that_it_was_not_pressed_for(open_app: Any) -> None:
    async with open_app() as at:
        pressed = at.app.workbench.verbs.suggestion(1)
        await at.press("space")
        assert at.name == "Berga"
        pressed()
        await at.settle()
        assert at.codes() == []


async def test_after_the_last_segment_the_next_answer_comes_by_itself_where_that_is_wanted(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("o", "1", "1", "1")
        assert (at.name, at.state()) == ("Alby", State.CLASH), "a clash waits for a choice"
        await at.press("space", "1")
        assert "done, Berga: Åtgärder fattas" in at.screen()
        assert at.name == "Crona"
        await at.press("u")
        assert (at.name, at.state()) == ("Berga", State.BEGUN)
        await at.press("u")
        assert (at.name, at.state()) == ("Berga", State.UNTOUCHED)
        await at.press("o", "1")
        assert (at.name, at.state()) == ("Berga", State.BEGUN)


async def test_a_machines_code_in_an_answer_is_not_accepted_by_going_on(open_app: Any, project: Path) -> None:
    slow = 3
    ids = in_places(project, "hinder", "2023", {"Åby": {slow: 0.7}})
    async with open_app() as at:
        at.bench.go(ids["Åby"])
        await at.press("o", "end", "slash", *"övr", "enter")
        assert at.name == "Åby"
        assert Origin.AUTO in {one.origin for one in at.standing.work.codings}


async def test_search_gives_the_code_found(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("slash", *"lång", "enter")
        assert at.codes() == [("Lång ledtid", "Svar dröjer.")]
        assert at.standing.work.codings[0].origin is Origin.HAND


async def test_search_tells_letters_with_rings_apart_and_finds_aliases(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("slash", "å", "enter")
        assert at.codes()[0][0] == "Åtgärder fattas"
        await at.press("slash", *"vän", "enter")
        assert at.codes()[1] == ("Svar dröjer", "Närvaro saknas.")


async def test_search_offers_the_recent_codes_first(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("slash", *"övr", "enter", "slash", "enter")
        assert [name for name, _ in at.codes()] == ["Övrigt", "Övrigt"]


async def test_full_stop_repeats_the_last_code(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "full_stop")
        assert at.codes() == [("Svar dröjer", "Svar dröjer."), ("Svar dröjer", "Närvaro saknas.")]


async def test_the_second_code_of_a_theme_shows_the_clash_and_one_key_chooses(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1")
        assert at.state() is State.CLASH
        assert at.counted() == ["Närvaro saknas"], "more characters covered, for now"
        shown = at.screen()
        assert "Clash in Otillgänglig" in shown
        assert "set aside: " in shown
        await at.press("up", "up")
        assert "counts Svar dröjer, the active segment's" in at.screen()
        await at.press("c")
        assert at.counted() == ["Svar dröjer"]
        assert at.state() is State.BEGUN
        assert "Clash in" not in at.screen()
        assert "set aside" in at.screen()


async def test_a_choice_can_be_made_from_a_list_and_changed(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "c", "1")
        assert at.counted() == ["Närvaro saknas"]
        assert at.state() is State.BEGUN
        await at.press("home", "c")
        assert at.counted() == ["Svar dröjer"]


async def test_counts_follow_the_rule_live(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "1")
        book = at.bench.all.codebook
        themes = {book.theme_by_id[theme].name: count for theme, count in at.bench.counts.themes.items()}
        assert themes == {"Otillgänglig": 1, "Ineffektiv": 1}
        assert at.bench.counts.clashes == 1


async def test_taking_a_code_off(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "x")
        assert at.codes() == []
        await at.press("1", "up", "2", "up", "x", "2")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]


async def test_nothing_to_code_marks_and_goes_on(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("0")
        assert at.name == "Berga"
        await at.press("p")
        assert at.standing.work.nothing_by == "anna"
        assert at.state() is State.DONE
        await at.press("0")
        assert not at.standing.work.nothing


async def test_enter_without_a_code_says_what_to_do(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("enter")
        assert at.name == "Alby"
        assert "0 marks nothing to code" in at.screen()


async def test_a_coding_is_flagged_as_an_example(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "f")
        assert at.standing.work.codings[0].example
        assert "★ example" in at.screen()


async def test_the_codebook_pane_gives_a_code(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("tab", "tab", "down", "enter")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]


async def test_all_done_is_said(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("0", "0", "0", "0", "0")
        assert "0 of 5 remain" in at.screen()
        assert "every answer in the list is done" in at.screen()
