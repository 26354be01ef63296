"""The code at hand renamed, defined and given examples over the answer."""

from typing import Any

import pytest
from textual.events import Key
from textual.widgets import TextArea

from coder.domain.codebook import Code
from coder.domain.codebook_edits import AddCode, Define, Merge, Rename, Retire
from coder.domain.memo import Kind, Subject
from coder.workflow import memos
from coder.workflow.session import Session
from tests.tui.driver import Driver


def _code(at: Driver, name: str) -> Code:
    return next(code for code in at.bench.all.codebook.codes if name in (code.name, *code.aliases))


async def test_the_segments_code_is_renamed_and_the_suggester_learns_it(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "K")
        assert "Svar dröjer   Otillgänglig" in at.screen()
        assert "also found as väntan" in at.screen()
        await at.press("r", *" [nu]", "enter")
        assert at.app.screen is at.app.workbench
        assert at.codes() == [("Svar dröjer [nu]", "Svar dröjer.")]
        assert _code(at, "Svar dröjer").aliases == ("väntan", "Svar dröjer")
        await at.until("1  Svar dröjer [nu]")
        assert at.bench.counsel._adviser.codebook == at.bench.all.codebook
        await at.press("u")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]


async def test_it_is_defined_and_given_the_segment_as_an_example(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "K", "d", *"Sent [/].", "escape", "K", "e")
        code = _code(at, "Svar dröjer")
        assert (code.definition, code.examples) == ("Sent [/].", ("Svar dröjer.",))
        assert "an example of Svar dröjer" in at.screen()
        await at.press("K", "e")
        assert "the segment is an example already" in at.screen()
        await at.press("u", "u")
        code = _code(at, "Svar dröjer")
        assert (code.definition, code.examples) == ("", ())


async def test_escape_leaves_all_as_it_was(open_app: Any) -> None:
    async with open_app() as at:
        before = at.bench.all.codebook
        await at.press("K", "escape", "K", "1", "r", *"abc", "escape", "K", "1", "d", *"abc", "ctrl+l")
        assert at.app.screen is at.app.workbench
        assert at.bench.all.codebook == before
        await at.press("u")
        assert "there is nothing to be undone" in at.screen()


async def test_without_a_code_one_is_picked_and_the_one_given_last_stands_first(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("K")
        assert "No code here: which one?" in at.screen()
        await at.press("1")
        assert "Svar dröjer   Otillgänglig" in at.screen()
        await at.press("escape", "n", *"Nytt", "enter", "K")
        assert "1  Nytt" in at.screen()
        await at.press("1", "d", *"vad det är", "escape")
        assert _code(at, "Nytt").definition == "vad det är"


async def test_without_a_code_any_other_is_found_by_its_letters(open_app: Any) -> None:
    async with open_app(size=(80, 24)) as at:
        await at.press("K", *"övr")
        assert "Övrigt" in at.screen()
        await at.press("enter", "d", *"allt annat", "escape")
        assert _code(at, "Övrigt").definition == "allt annat"


async def test_the_code_of_a_whole_answer_is_at_hand_without_making_all_of_it_active(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("a", "1", "a", "K")
        assert "Svar dröjer   Otillgänglig" in at.screen()
        await at.press("escape", "m")
        assert "Memo on the answer of Alby" in at.screen()
        assert "code Svar dröjer" in at.screen()


async def test_of_several_codes_one_is_picked(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "2", "up", "K")
        assert "Which code?" in at.screen()
        await at.press("2", "r", *" nu", "enter")
        assert _code(at, "Närvaro saknas").name == "Närvaro saknas nu"


async def test_a_name_that_is_taken_is_refused(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "K", "r", "ctrl+u", *"Närvaro saknas")
        assert "nearly Närvaro saknas" in at.screen()
        await at.press("enter")
        assert "a code 'Närvaro saknas' already" in " ".join(str(one.message) for one in at.app._notifications)
        assert _code(at, "Svar dröjer").name == "Svar dröjer"


@pytest.mark.parametrize("told", [True, False])
async def test_a_name_that_another_window_has_changed_meanwhile_is_refused_in_a_clear_line(
    open_app: Any, other_window: Session, told: bool
) -> None:
    async with open_app() as at:
        await at.press("1", "up", "K", "r", *" här")
        other_window.reload()
        other_window.edit(Rename(_code(at, "Svar dröjer").id, "Svar dröjer där"))
        await at.bench.poll() if told else None
        await at.press("enter")
        for _ in range(300):
            await at.pilot.pause(0.01)
            if at.app._notifications:
                break
        assert "meanwhile" in " ".join(str(one.message) for one in at.app._notifications)
        assert _code(at, "Svar dröjer").name == "Svar dröjer där"
        await at.press("K")
        assert "Svar dröjer där   Otillgänglig" in at.screen()


@pytest.mark.parametrize("told", [True, False])
async def test_two_definitions_written_at_the_same_time_are_both_in_the_field(
    open_app: Any, other_window: Session, told: bool
) -> None:
    async with open_app() as at:
        await at.press("1", "up", "K", "d", *"min")
        other_window.reload()
        other_window.edit(Define(_code(at, "Svar dröjer").id, "den andras"))
        await at.bench.poll() if told else None
        await at.press("escape")
        await at.until("den andras")
        assert at.app.screen.query_one(TextArea).text == "den andras\n\nmin"
        await at.press("escape")
        assert _code(at, "Svar dröjer").definition == "den andras\n\nmin"
        assert at.app.screen is at.app.workbench


async def test_the_memo_of_the_code_is_written_from_the_card(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "K", "m", *"gränsen", "escape", "K")
        assert "✎ gränsen" in at.screen()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_answer_stays_in_sight(open_app: Any, size: tuple[int, int]) -> None:
    async with open_app(size=size) as at:
        for keys in (("K",), ("1",), ("r",), ("escape", "K", "1", "d"), ("escape", "n")):
            await at.press(*keys)
            shown = at.screen()
            assert "▌ Svar dröjer." in shown
            assert "Lång ledtid." in shown


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ko\u0308", "Kö"),
        ("  Lång   kö ", "Lång kö"),
        ("[/] [b]", "[/] [b]"),
        ("å" * 300, "å" * 300),
        ("   ", "Svar dröjer"),
    ],
    ids=["a letter and its dots", "spaces", "markup", "300 letters", "only white space"],
)
async def test_a_new_code_is_called_what_is_typed(open_app: Any, typed: str, name: str) -> None:
    async with open_app() as at:
        await at.press("n")
        for letter in typed:
            await at.app.on_event(Key(letter, letter))
        await at.press("enter")
        assert [given for given, _ in at.codes()] == [name]
        await at.press("K", "escape", "k", "escape")


async def test_the_name_of_a_retired_code_brings_it_back(open_app: Any, other_window: Session) -> None:
    other_window.edit(AddCode("Kö"))
    other_window.edit(Retire(max(code.id for code in other_window.codebook.codes)))
    async with open_app() as at:
        await at.press("n", *"Kö")
        assert "restore Kö and give it" in at.screen()
        assert "new code Kö" not in at.screen()
        await at.press("enter")
        assert at.codes() == [("Kö", "Svar dröjer.")]
        assert not _code(at, "Kö").retired


async def test_a_former_name_offers_the_code_it_stands_for(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("n", *"väntan")
        assert "give Svar dröjer  was called väntan · Otillgänglig" in at.screen()
        await at.press("enter")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]


async def test_a_segment_without_words_offers_no_name(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("n", "ctrl+u", "escape", "n", "tab")
        assert "new code  Svar dröjer" in at.screen()


async def test_in_the_list_of_the_codebook_it_is_the_code_at_the_cursor(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("tab", "tab", "down", "down", "K", "r", *"!", "enter")
        assert _code(at, "Närvaro saknas").name == "Närvaro saknas!"


async def test_what_was_merged_into_a_code_keeps_its_memo_in_sight(open_app: Any, other_window: Session) -> None:
    one, two = (code.id for code in other_window.codebook.codes[:2])
    memos.add(other_window.project, Subject(Kind.CODE, two), "nära den första", "anna")
    other_window.edit(Merge((two,), one))
    async with open_app() as at:
        await at.press("1", "up", "K")
        assert "✎ nära den första" in at.screen()
