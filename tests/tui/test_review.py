"""Review at the workbench: the queue, the audit's sample read blind, and accepting, correcting and rejecting by key."""

from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment
from coder.domain.counting import State
from coder.tui.app import WorkbenchApp
from coder.tui.desk import Desk
from coder.tui.reviewing import READ
from coder.workflow.audit import draw_audit
from coder.workflow.project import open_project
from coder.workflow.review import hidden
from tests.tui.conftest import Driver, StandIn, session_at
from tests.workflow.machine import by_hand, machine_codes

Q = ("hinder", "2023")
DELAY, ABSENT, SLOW, UNDONE = range(1, 5)


@pytest.fixture
def coded(project: Path) -> dict[str, int]:
    """Åby and Berga coded by a machine, Berga twice; the answers' ids by name."""
    session = session_at(project)
    ids = {one.respondent.name: one.id for one in session.answers}
    session.project.close()
    with open_project(project) as held:
        machine_codes(held, *Q, {ids["Åby"]: {SLOW: 0.7}, ids["Berga"]: {UNDONE: 0.9, DELAY: 0.6}})
    return ids


def _own(at: Driver) -> list[tuple[int, str, Origin]]:
    return [(one.code, one.analyst, one.origin) for one in at.standing.work.codings]


async def test_the_queue_comes_first_is_named_and_enter_follows_it(project: Path, coded: dict[str, int]) -> None:
    desk = Desk.open(project, round_key=None, question=None, analyst="anna")
    try:
        app = WorkbenchApp(desk, adviser=StandIn(desk.glance(lambda one: one.codebook)))
        app.workbench.bench.take_up([coded["Åby"], coded["Berga"]], [coded["Åby"]])
        async with app.run_test(size=(120, 40)) as pilot:
            at = Driver(app, pilot)
            await at.settle()
            assert "review · 1 more" in at.screen()
            assert "1 answer more to read until the order" in at.screen()
            assert [one.respondent.name for one in at.bench.shown] == ["Åby", "Berga", "Alby", "Crona", "Ödby"]
            assert at.name == "Åby"
            await at.press("enter")
            assert "accepted for Åby: Lång ledtid" in at.screen()
            assert "review · 4 left" in at.screen()
            assert at.name == "Berga"
            await at.press("enter")
            assert at.name == "Alby"
            assert "Enter accept all" not in at.screen()
            works = [at.bench.standings[coded[name]].work for name in ("Åby", "Berga")]
            assert all(work.done for work in works)
            assert [(one.code, one.analyst, one.origin) for work in works for one in work.codings] == [
                (code, "anna", Origin.ACCEPTED) for code in (SLOW, UNDONE, DELAY)
            ]
            await at.press("i")
            assert "no code of a machine to accept here" in at.screen()
            await at.press("y")
            assert "1  the review's own" in at.screen()
            await at.press("2")
            assert "review" not in at.screen()
            assert [one.respondent.name for one in at.bench.shown][:2] == ["Alby", "Berga"]
            await at.press("y", "1")
            assert "in order: the review's own" in at.screen()
            assert "review · 3 left" in at.screen()
            assert [one.respondent.name for one in at.bench.shown] == ["Åby", "Berga", "Alby", "Crona", "Ödby"]
            assert at.name == "Alby"
    finally:
        desk.close()


async def test_enter_accepts_what_stands_in_one_step_that_undo_takes_back(open_app: Any, coded: dict[str, int]) -> None:
    async with open_app() as at:
        at.bench.go(coded["Berga"])
        await at.settle()
        assert "◇ by machine:  Enter accept all, next  i accept this" in at.screen()
        await at.press("x")
        await at.press("enter")  # the list of the two codes: the first comes off
        assert _own(at) == [(DELAY, "auto", Origin.AUTO)]
        assert not at.standing.work.done
        await at.press("enter")
        work = at.bench.standings[coded["Berga"]].work
        assert work.done
        assert [(one.code, one.analyst, one.origin) for one in work.codings] == [(DELAY, "anna", Origin.ACCEPTED)]
        await at.press("u")
        assert at.name == "Berga"
        assert "undone: accept Svar dröjer" in at.screen()
        assert _own(at) == [(DELAY, "auto", Origin.AUTO)]
        assert not at.standing.work.done


async def test_nothing_to_code_rejects_all_that_only_a_machine_has_given(open_app: Any, coded: dict[str, int]) -> None:
    async with open_app() as at:
        at.bench.go(coded["Berga"])
        await at.settle()
        await at.press("0")
        work = at.bench.standings[coded["Berga"]].work
        assert work.nothing
        assert work.codings == ()
        assert at.name != "Berga"
        await at.press("u")
        assert [one for _, _, one in _own(at)] == [Origin.AUTO, Origin.AUTO]


async def test_a_machines_segments_are_read_one_after_the_other_and_accepted_by_one_key(
    open_app: Any, project: Path
) -> None:
    session = session_at(project)
    alby = next(one for one in session.answers if one.respondent.name == "Alby")
    session.project.close()
    with open_project(project) as held:
        machine_codes(held, *Q, {alby.id: {DELAY: 0.9, SLOW: 0.8}}, at={DELAY: Segment(0, 12), SLOW: Segment(29, 41)})
    async with open_app() as at:
        at.bench.go(alby.id)
        await at.settle()
        assert at.bench.reading.active == 0
        await at.press("i")
        assert at.bench.reading.active == 2
        assert _own(at) == [(SLOW, "auto", Origin.AUTO), (DELAY, "anna", Origin.ACCEPTED)]
        await at.press("i")
        assert sorted(_own(at)) == [(DELAY, "anna", Origin.ACCEPTED), (SLOW, "anna", Origin.ACCEPTED)]
        assert not at.standing.work.done
        await at.press("i")
        assert "no code of a machine to accept here" in at.screen()


async def test_the_same_code_accepts_and_x_rejects_what_a_machine_gave(open_app: Any, coded: dict[str, int]) -> None:
    async with open_app() as at:
        at.bench.go(coded["Åby"])
        await at.settle()
        await at.press("slash", *"lång ledtid", "enter")
        assert _own(at) == [(SLOW, "anna", Origin.ACCEPTED)]
        assert at.standing.work.codings[0].score == 0.7
        await at.press("u")
        assert _own(at) == [(SLOW, "auto", Origin.AUTO)]
        await at.press("x")
        assert _own(at) == []
        assert at.state() is State.BEGUN
        assert at.standing.work.by_hand
        await at.press("u")
        assert "undone: reject Lång ledtid" in at.screen()


@pytest.mark.parametrize("beside", [False, True])
async def test_another_code_corrects_the_only_one_a_machine_gave_there(
    open_app: Any, coded: dict[str, int], beside: bool
) -> None:
    async with open_app() as at:
        at.bench.go(coded["Berga" if beside else "Åby"])
        await at.settle()
        await at.press("a", "slash", *"närvaro", "enter")
        mine = (ABSENT, "anna", Origin.HAND)
        machines = [(UNDONE, "auto", Origin.AUTO), (DELAY, "auto", Origin.AUTO)]
        assert _own(at) == ([*machines, mine] if beside else [mine])
        assert at.standing.work.codings[-1] == Coding(
            ABSENT, Segment(0, len(at.standing.answer.text)), "anna", whole=True
        )


async def test_an_audits_sample_is_read_without_suggestions_also_when_drawn_meanwhile(
    open_app: Any, project: Path, coded: dict[str, int]
) -> None:
    async with open_app() as at:
        at.bench.go(coded["Åby"])
        await at.settle()
        assert "by machine" in at.screen()
        assert at.bench.suggestions()
        with open_project(project) as held:
            draw_audit(held, *Q, analyst="bo", size=2, seed="a")
            apart = hidden(held, *Q)
        assert len(apart) == 2
        await at.bench.poll()
        at.bench.go(min(apart))
        await at.settle()
        assert at.bench.suggestions() == ()
        assert "audit sample: coded without" in at.screen()
        await at.press("1")
        assert "audit sample: coded without suggestions" in at.screen()
        assert _own(at) == []
        await at.press("slash", *"svar", "enter")
        assert _own(at) == [(DELAY, "anna", Origin.HAND)]
        at.bench.go(next(one for one in at.bench.answers if one not in apart))
        await at.settle()
        assert at.bench.suggestions()


async def test_a_sample_read_blind_says_how_much_is_left_and_no_order_tells_what_a_machine_thinks_of_it(
    project: Path, coded: dict[str, int]
) -> None:
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=2, seed="a")
        sample = sorted(hidden(held, *Q))
    desk = Desk.open(project, round_key=None, question=None, analyst="anna")
    try:
        app = WorkbenchApp(desk, adviser=StandIn(desk.glance(lambda one: one.codebook)))
        app.workbench.bench.take_up(sample)
        async with app.run_test(size=(120, 40)) as pilot:
            at = Driver(app, pilot)
            await at.settle()
            assert "audit · 2 blind" in at.screen()
            assert "audit sample first: 2 answers" in at.screen()
            assert at.bench.reading is not None
            await at.press("slash", *"svar", "enter", "enter")
            assert "audit · 1 blind" in at.screen()
            for digit in ("3", "4"):
                await at.press("y", digit)
                await at.until("least sure" if digit == "3" else "by theme")
                assert {one.id for one in at.bench.shown[-2:]} == set(sample)
    finally:
        desk.close()


async def test_the_end_of_a_sample_is_said_with_where_its_counts_are(
    open_app: Any, project: Path, coded: dict[str, int]
) -> None:
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=2, seed="a")
        first, last = sorted(hidden(held, *Q))
    async with open_app() as at:
        at.bench.go(first)
        await at.settle()
        await at.press("0")
        assert READ not in at.screen()
        at.bench.go(last)
        await at.settle()
        await at.press("slash", *"svar", "enter")
        assert READ not in at.screen()
        await at.press("enter")
        assert READ in at.screen()
        await at.press("t")
        assert "intervals from 2 of 5" in at.screen()
        await at.press("escape", "0")
        assert READ not in at.screen()


async def test_the_table_shows_how_counts_came_about_and_the_intervals_of_an_audit(
    open_app: Any, project: Path, coded: dict[str, int]
) -> None:
    async with open_app() as at:
        await at.press("t")
        head, theme = (
            next(line for line in at.screen().splitlines() if word in line) for word in ("accepted", "Otillgänglig")
        )
        assert head.split() == ["count", "hand", "accepted", "auto"]
        assert theme.split()[:6] == ["Otillgänglig", "1", "20", "%", "0", "0"]
        assert "interval" not in at.screen()
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=2, seed="a")
        sample = hidden(held, *Q)
    session = session_at(project)
    for number in sample:
        by_hand(session, number, SLOW)
    session.project.close()
    async with open_app() as at:
        await at.press("t")
        lines = at.screen().splitlines()
        head, theme = (next(line for line in lines if word in line) for word in ("accepted", "Ineffektiv"))
        assert head.split() == ["count", "interval", "hand", "accepted", "auto"]
        assert "(2–5)" in theme
        assert head.index("interval") < theme.index("(2–5)") + 5 <= head.index("interval") + len("interval")
        assert "95 % intervals from 2 of 5" in at.screen()
