"""Review at the workbench: the queue, the audit's sample read blind, and accepting, correcting and rejecting by key."""

from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment
from coder.tui.app import WorkbenchApp
from coder.tui.desk import Desk
from coder.workflow.audit import draw_audit
from coder.workflow.project import open_project
from coder.workflow.review import hidden
from tests.tui.conftest import Driver, StandIn, session_at
from tests.workflow.machine import machine_codes

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
        app.workbench.bench.take_up([coded["Åby"], coded["Berga"]], review=True)
        async with app.run_test(size=(120, 40)) as pilot:
            at = Driver(app, pilot)
            await at.settle()
            assert "review · " in at.screen()
            assert [one.respondent.name for one in at.bench.shown] == ["Åby", "Berga", "Alby", "Crona", "Ödby"]
            assert at.name == "Åby"
            await at.press("i")
            assert at.name == "Berga"
            await at.press("i")
            assert at.name == "Alby"
            works = [at.bench.standings[coded[name]].work for name in ("Åby", "Berga")]
            assert all(work.done for work in works)
            assert [(one.code, one.analyst, one.origin) for work in works for one in work.codings] == [
                (code, "anna", Origin.ACCEPTED) for code in (SLOW, UNDONE, DELAY)
            ]
            await at.press("i")
            assert "no code of a machine to accept here" in at.screen()
            await at.press("y", "1")
            assert "review" not in at.screen()
    finally:
        desk.close()


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
