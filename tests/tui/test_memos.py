"""Memos by keys: written over the answer, marked, found, taken back, and never lost to another window."""

import unicodedata
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.widgets import TextArea

from coder.domain.coding import Segment
from coder.domain.memo import LONGEST, Kind, Subject
from coder.tui.screens.memo import MemoScreen
from coder.tui.screens.memos import MemosScreen
from coder.workflow import memos
from coder.workflow.memos import Draft
from coder.workflow.session import Session
from tests.tui.driver import Driver


def _held(at: Driver) -> list[tuple[str, str]]:
    return [(memo.subject.kind.value, memo.text) for memo in at.bench.all.memos]


def _answer(session: Session, name: str) -> int:
    return next(one.id for one in session.answers if one.respondent.name == name)


async def test_a_memo_on_the_answer_is_shown_marked_and_one_step_back(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("m", *"Ring [/] dem", "enter", *"nu", "escape")
        assert _held(at) == [("answer", "Ring [/] dem\nnu")]
        shown = at.screen()
        assert "✎ Ring [/] dem nu" in shown
        assert "○ Alby ✎" in shown
        assert "memo on an answer" in shown
        await at.press("space", "u")
        assert _held(at) == []
        assert at.name == "Alby"
        assert "✎" not in at.screen()
        await at.press("r")
        assert "✎ Ring" in at.screen()


async def test_tab_goes_from_the_coded_segment_to_all_that_is_before_the_eyes(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "up", "m", *"om segmentet")
        for words in ("om koden", "om temat", "om frågan", "om projektet", "om svaret"):
            await at.press("tab", *words)
        assert "Memo on the answer" in at.screen()
        await at.press("tab")
        assert at.app.screen.query_one(TextArea).text == "om segmentet", "round and back"
        await at.press("shift+tab", "shift+tab", "shift+tab")
        assert "Memo on the question hinder" in at.screen()
        await at.press("escape")
        assert _held(at) == [
            ("answer", "om svaret"),
            ("segment", "om segmentet"),
            ("code", "om koden"),
            ("theme", "om temat"),
            ("question", "om frågan"),
            ("project", "om projektet"),
        ]
        await at.press("u")
        assert len(_held(at)) == 5


async def test_a_memo_stays_with_its_segment_when_that_is_drawn_anew(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("down", "m", "tab", *"om närvaro", "escape")
        assert "✎ om närvaro" in at.screen()
        await at.press("up", "j")
        assert at.segment == "Svar dröjer. Närvaro saknas."
        await at.press("m")
        assert at.app.screen.query_one(TextArea).text == "om närvaro", "opened on what carries a memo"
        await at.press(*" två", "escape")
        assert _held(at) == [("segment", "om närvaro två")]


async def test_an_emptied_memo_goes_and_one_left_is_as_it_was(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("m", *"abc", "escape", "m", *"def", "ctrl+l")
        assert _held(at) == [("answer", "abc")]
        await at.press("m", "ctrl+u", "escape")
        assert _held(at) == []
        assert "memo on an answer removed" in at.screen()
        await at.press("m", "escape")
        await at.press("u")
        assert _held(at) == [("answer", "abc")]


async def test_keys_pressed_before_the_field_is_there_are_in_it(open_app: Any) -> None:
    async with open_app() as at:
        for key in ["m", "i", "n", "enter", "x", "backspace", "d", "escape"]:
            at.app.post_message(Key(key, key if len(key) == 1 else None))
        await at.until("memo on an answer")
        assert _held(at) == [("answer", "in\nd")]


async def test_too_long_a_memo_stays_in_its_field(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("m")
        at.app.screen.query_one(TextArea).text = "å" * (LONGEST + 1)
        await at.press("escape")
        assert isinstance(at.app.screen, MemoScreen)
        assert f"{LONGEST} is the most" in at.screen()
        await at.press("end", "backspace", "escape")
        assert [len(text) for _, text in _held(at)] == [LONGEST]


async def test_memos_are_found_as_one_types_and_gone_to(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("down", "m", "tab", *"läs åter", "escape", "space", "m", *"las om", "escape")
        assert at.name == "Berga"
        await at.press("M")
        shown = at.screen()
        assert shown.index("las om") < shown.index("läs åter"), "newest first"
        for letter in unicodedata.normalize("NFD", "LÄS"):
            await at.app.on_event(Key(letter, letter))
        shown = at.screen()
        assert "läs åter" in shown
        assert "answer Berga" not in shown
        await at.press("enter")
        assert (at.name, at.segment) == ("Alby", "Närvaro saknas.")


async def test_a_memo_on_no_answer_is_opened(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("m", "shift+tab", *"om allt", "escape", "M", *"allt", "enter")
        assert isinstance(at.app.screen, MemoScreen)
        await at.press(*" nu", "escape")
        assert _held(at) == [("project", "om allt nu")]


async def test_no_memo_says_how_one_is_written(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("M")
        assert isinstance(at.app.screen, MemosScreen)
        assert "m writes one" in at.screen()
        await at.press("enter", "escape")
        assert at.app.screen is at.app.workbench


async def test_what_another_window_writes_into_a_memo_stands_with_what_is_written_here(
    open_app: Any, other_window: Session
) -> None:
    subject = Subject(Kind.ANSWER, _answer(other_window, "Alby"))
    async with open_app(analyst="bo") as at:
        await at.press("m", *"jag")
        memos.keep(other_window.project, [Draft(subject, "den andra")], "bo")
        await at.press("escape")
        assert _held(at) == [("answer", "den andra\n\njag")]
        assert "another window" in at.screen()


async def test_what_can_not_be_written_is_in_the_field_again(open_app: Any, project: Any) -> None:
    async with open_app() as at:
        await at.press("m", *"viktigt")
        project.rename(project.with_suffix(".away"))
        await at.press("escape")
        assert isinstance(at.app.screen, MemoScreen)
        assert at.app.screen.query_one(TextArea).text == "viktigt"
        project.with_suffix(".away").rename(project)
        await at.press("escape")
        assert _held(at) == [("answer", "viktigt")]


async def test_memos_of_others_are_read_beside_ones_own(open_app: Any, other_window: Session) -> None:
    number = _answer(other_window, "Alby")
    memos.add(other_window.project, Subject(Kind.ANSWER, number), "[b]ser annat", "bo")
    memos.add(other_window.project, Subject(Kind.SEGMENT, number, Segment(0, 12)), "och här", "bo")
    async with open_app() as at:
        assert "✎ [b]ser annat · bo" in at.screen()
        assert "✎ och här · bo" in at.screen()
        await at.press("m")
        assert "Memo on the segment" in at.screen()
        assert f"bo {at.bench.all.memos[0].at[:10]}: och här" in at.screen()
        await at.press(*"mitt", "escape")
        assert _held(at)[1:] == [("segment", "och här"), ("segment", "mitt")]


async def test_a_memo_is_written_on_the_codebook_screen_and_undone_there(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("k", "tab", "n", *"om temat", "tab", *"om frågan", "escape")
        assert _held(at) == [("theme", "om temat"), ("question", "om frågan")]
        assert "under Otillgänglig  ✎ om temat" in at.screen()
        await at.press("u")
        assert _held(at) == [("theme", "om temat")]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_answer_stays_in_sight_over_the_window(open_app: Any, size: tuple[int, int]) -> None:
    async with open_app(size=size) as at:
        await at.press("m")
        shown = at.screen()
        for words in (
            "Svar dröjer.",
            "Lång ledtid.",
            "Memo on the answer of Alby",
            "Esc saves and closes  Ctrl+L closes without saving",
        ):
            assert words in shown


async def test_what_is_pasted_is_clean_text_and_no_more_than_a_field_bears(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("m")
        field = at.app.screen.query_one(TextArea)
        await at.app.on_event(Paste("a\x1b[31mb\x1b[0m\r\n\x1b]0;owned\x07[/]\u202e"))
        await at.settle()
        assert field.text == "ab\n[/]"
        await at.app.on_event(Paste("x" * 1_000_000))
        await at.settle()
        assert len(field.text) < 250_000
        assert "only the first 200000" in " ".join(str(one.message) for one in at.app._notifications)
        await at.press("ctrl+l")
        assert _held(at) == []
