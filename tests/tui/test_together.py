"""Other windows and programs on the same project."""

import asyncio
from pathlib import Path
from typing import Any

from coder.domain.coding import Coding, Segment, flag, give
from coder.domain.place import Place
from coder.workflow.intake import import_answers
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.tui.conftest import SURVEY, Q


def _answer(session: Session, name: str) -> int:
    return next(one.id for one in session.answers if one.respondent.name == name)


async def test_what_another_window_does_is_shown(open_app: Any, other_window: Session) -> None:
    async with open_app() as at:
        await at.press("down")
        code = other_window.codebook.codes[0].id
        coding = Coding(code, Segment(0, 12), "bo")
        other_window.apply(_answer(other_window, "Alby"), "code", lambda work: give(work, coding))
        await at.bench.poll()
        await at.settle()
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]
        assert at.segment == "Närvaro saknas.", "the place is kept"
        assert "bo" in at.screen()
        assert "another window" in at.screen()


async def test_that_another_window_stands_elsewhere_is_not_said(open_app: Any, other_window: Session) -> None:
    async with open_app() as at:
        other_window.stand_at(Place(Q[1], Q[0], _answer(other_window, "Berga"), 0))
        await at.bench.poll()
        await at.settle()
        assert "another window" not in at.screen()


async def test_a_decision_on_what_has_changed_is_not_written_and_says_so(open_app: Any, other_window: Session) -> None:
    async with open_app() as at:
        code = other_window.codebook.codes[0].id
        coding = Coding(code, Segment(13, 28), "bo")
        other_window.apply(_answer(other_window, "Alby"), "code", lambda work: give(work, coding))
        await at.press("1")
        assert at.codes() == [("Svar dröjer", "Närvaro saknas.")], "only the other window's"
        await at.press("1")
        assert len(at.codes()) == 2, "after the reload it can be decided"


async def test_undo_of_what_another_window_has_built_upon_is_refused_and_then_passed_over(
    open_app: Any, other_window: Session
) -> None:
    async with open_app() as at:
        await at.press("down", "1", "up", "up", "1")
        other_window.reload()
        answer, code = _answer(other_window, "Alby"), other_window.codebook.codes[0].id
        mine = Coding(code, Segment(0, 12), "anna")
        other_window.apply(answer, "example", lambda work: flag(work, mine))
        await at.bench.poll()
        await at.press("u")
        (said,) = [one.message for one in at.app._notifications]
        assert said.startswith("'code Svar dröjer' can't be undone: somebody else has changed this answer meanwhile")
        assert "Undo again goes on to the step before it" in said
        assert [name for name, _ in at.codes()] == ["Närvaro saknas", "Svar dröjer"]
        await at.press("u")
        assert "undone: code Närvaro saknas" in at.screen()
        assert [name for name, _ in at.codes()] == ["Svar dröjer"]
        await at.press("k", "u")
        assert "nothing to be undone" in at.screen()


async def test_a_held_project_keeps_the_decisions_in_order_and_the_screen_alive(open_app: Any, lock: Any) -> None:
    async with open_app() as at:
        at.bench.desk._pause = 0.02
        holder = lock()
        await at.pilot.press("1", "1", "space", "space")
        for _ in range(200):
            await at.pilot.pause()
            if "held by another program" in at.screen():
                break
            await asyncio.sleep(0.01)
        assert "held by another program" in at.screen()
        assert at.name == "Crona", "keys go on working"
        assert not at.bench.all.counts.codes
        holder.close()
        await at.settle()
        assert "held by another" not in at.screen()
        await at.press("p", "p")
        assert [name for name, _ in at.codes()] == ["Svar dröjer", "Närvaro saknas"]


async def test_saved_is_said_only_once_it_is(open_app: Any, lock: Any) -> None:
    async with open_app() as at:
        at.bench.desk._pause = 0.02
        holder = lock()
        await at.pilot.press("1")
        await at.pilot.pause(0.3)
        assert "✓" not in at.screen()
        assert "saved" not in at.screen()
        holder.close()
        await at.settle()
        assert "✓ Svar dröjer" in at.screen()
        assert "saved " in at.screen()


async def test_leaving_waits_for_a_decision_or_is_asked_twice(open_app: Any, lock: Any) -> None:
    async with open_app() as at:
        at.bench.desk._pause = 0.02
        holder = lock()
        await at.pilot.press("1")
        await at.pilot.pause(0.4)
        await at.pilot.press("ctrl+q")
        assert at.app.is_running
        assert "q again leaves without it" in at.screen()
        holder.close()
        await at.settle()
        await at.pilot.press("q")
    async with open_app() as at:
        await at.press("home")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]


async def test_a_text_imported_anew_is_read_anew(open_app: Any, project: Path, tmp_path: Path) -> None:
    async with open_app() as at:
        (tmp_path / "s.toml").write_text(SURVEY, encoding="utf-8")
        (tmp_path / "a.csv").write_text('kod,kommun,lan,F1\n02,Alby,X,"Helt annat. Nu."\n', encoding="utf-8")
        with open_project(project) as handle:
            import_answers(handle, tmp_path / "a.csv", tmp_path / "s.toml")
        await at.bench.poll()
        await at.settle()
        assert at.segment == "Helt annat."
        await at.press("1")
        assert at.codes()[0][1] == "Helt annat."


async def test_an_answer_deleted_from_disk_is_an_error_and_no_crash(open_app: Any, project: Any) -> None:
    async with open_app() as at:
        project.rename(project.with_suffix(".away"))
        await at.press("1")
        assert at.codes() == []
        assert "no longer the file" in " ".join(str(one.message) for one in at.app._notifications)
