"""Who is behind a compared number, on the screen."""

from pathlib import Path
from typing import Any

from coder.tui.screens.compared import marks
from coder.workflow.comparing import Behind
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.tui.rounds import add_round
from tests.workflow.machine import by_hand


async def test_who_is_behind_a_number_is_marked_by_the_rounds_it_counts_them_in(open_app: Any, project: Path) -> None:
    add_round(project, "2024", "kod,kommun,lan,F1\n02,Alby,L,Svar dröjer.\n09,Nyby,L,Lång ledtid.\n")
    with open_project(project) as held:
        session = Session(held, "2023", "hinder", "bo")
        for answer in session.answers:
            if answer.respondent.name in {"Alby", "Berga"}:
                by_hand(session, answer.id, 1)
    async with open_app() as at:
        await at.press("1", "space", "1", "b", "enter")
        rows = [line for line in at.screen().splitlines() if "│ 202" in line]
        assert [row.split("│")[1].split()[:5] for row in rows] == [
            ["2024", "Alby", "in", "both", "Svar"],
            ["2023", "Alby", "in", "both", "Svar"],
            ["2023", "Berga", "answered", "once", "Åtgärder"],
        ]
        await at.press("end")
        assert "an answer of 2023: read it here" in at.screen()


def test_who_answered_both_times_and_is_in_one_number_only_is_told_apart() -> None:
    found = [Behind(key, name, name, "x") for key, name in (("1", "a"), ("1", "b"), ("2", "a"), ("2", "c"))]
    assert marks(found, {"c"}) == ["in both", "only in 1", "in both", "answered once"]


async def test_enter_goes_to_the_words_that_were_counted_and_not_to_the_same_ones_before_them(
    open_app: Any, project: Path
) -> None:
    add_round(project, "2024", "kod,kommun,lan,F1\n02,Alby,L,Svar dröjer. Lång ledtid. Svar dröjer.\n")
    async with open_app() as at:
        await at.press("down", "down", "1")
        (counted,) = [one.segment for one in at.standing.work.codings]
        assert counted.start > 0
        await at.press("home", "b", "enter", "enter")
        assert at.app.screen is at.app.workbench
        assert at.bench.reading is not None
        assert at.bench.reading.segment == counted


async def test_a_long_answer_of_another_round_is_shown_in_full(open_app: Any, project: Path) -> None:
    long = " ".join(f"mening{number} handlar om ledtid." for number in range(60))
    add_round(project, "2024", f"kod,kommun,lan,F1\n07,Ekby,L,{long}\n")
    add_round(project, "2025", "kod,kommun,lan,F1\n09,Nyby,L,Svar dröjer.\n")
    async with open_app() as at:
        await at.press("b", "end", "enter", "end")
        assert "Enter shows all of it" in at.screen()
        assert "mening59" not in at.screen()
        await at.press("enter")
        assert "mening59" in at.screen()
        assert "Enter shows less of it" in at.screen()
