"""Review at the workbench: the queue, and accepting, correcting and rejecting by key."""

from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment
from coder.domain.counting import State
from coder.workflow.project import open_project
from tests.tui.conftest import ABSENT, DELAY, SLOW, UNDONE, Q, session_at
from tests.workflow.machine import machine_codes


async def test_the_queue_comes_first_is_named_and_enter_follows_it(
    open_app: Any, machine_coded: dict[str, int]
) -> None:
    async with open_app(queue=[[machine_coded["Åby"], machine_coded["Berga"]], [machine_coded["Åby"]]]) as at:
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
        works = [at.bench.standings[machine_coded[name]].work for name in ("Åby", "Berga")]
        assert all(work.done for work in works)
        assert [(one.code, one.analyst, one.origin) for work in works for one in work.codings] == [
            (code, "anna", Origin.ACCEPTED) for code in (SLOW, UNDONE, DELAY)
        ]
        await at.press("i")
        assert "no code of a machine to accept here" in at.screen()
        await at.press("y")
        assert "1  the review's own, as now" in at.screen()
        await at.press("2")
        assert "review" not in at.screen()
        assert [one.respondent.name for one in at.bench.shown][:2] == ["Alby", "Berga"]
        await at.press("y")
        assert "2  as listed, by name, as now" in at.screen()
        assert "the review's own, as now" not in at.screen()
        await at.press("1")
        assert "in order: the review's own" in at.screen()
        assert "review · 3 left" in at.screen()
        assert [one.respondent.name for one in at.bench.shown] == ["Åby", "Berga", "Alby", "Crona", "Ödby"]
        assert at.name == "Alby"


async def test_enter_accepts_what_stands_in_one_step_that_undo_takes_back(
    open_app: Any, machine_coded: dict[str, int]
) -> None:
    async with open_app() as at:
        at.bench.go(machine_coded["Berga"])
        await at.settle()
        assert "◇ by machine:  Enter accept all, next  i accept this" in at.screen()
        await at.press("x")
        await at.press("enter")  # the list of the two codes: the first comes off
        assert at.came() == [(DELAY, "auto", Origin.AUTO)]
        assert not at.standing.work.done
        await at.press("enter")
        work = at.bench.standings[machine_coded["Berga"]].work
        assert work.done
        assert [(one.code, one.analyst, one.origin) for one in work.codings] == [(DELAY, "anna", Origin.ACCEPTED)]
        await at.press("u")
        assert at.name == "Berga"
        assert "undone: accept Svar dröjer" in at.screen()
        assert at.came() == [(DELAY, "auto", Origin.AUTO)]
        assert not at.standing.work.done


async def test_nothing_to_code_rejects_all_that_only_a_machine_has_given(
    open_app: Any, machine_coded: dict[str, int]
) -> None:
    async with open_app() as at:
        at.bench.go(machine_coded["Berga"])
        await at.settle()
        await at.press("0")
        work = at.bench.standings[machine_coded["Berga"]].work
        assert work.nothing
        assert work.codings == ()
        assert at.name != "Berga"
        await at.press("u")
        assert [one for _, _, one in at.came()] == [Origin.AUTO, Origin.AUTO]


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
        assert at.came() == [(SLOW, "auto", Origin.AUTO), (DELAY, "anna", Origin.ACCEPTED)]
        await at.press("i")
        assert sorted(at.came()) == [(DELAY, "anna", Origin.ACCEPTED), (SLOW, "anna", Origin.ACCEPTED)]
        assert not at.standing.work.done
        await at.press("i")
        assert "no code of a machine to accept here" in at.screen()


async def test_the_same_code_accepts_and_x_rejects_what_a_machine_gave(
    open_app: Any, machine_coded: dict[str, int]
) -> None:
    async with open_app() as at:
        at.bench.go(machine_coded["Åby"])
        await at.settle()
        await at.press("slash", *"lång ledtid", "enter")
        assert at.came() == [(SLOW, "anna", Origin.ACCEPTED)]
        assert at.standing.work.codings[0].score == 0.7
        await at.press("u")
        assert at.came() == [(SLOW, "auto", Origin.AUTO)]
        await at.press("x")
        assert at.came() == []
        assert at.state() is State.BEGUN
        assert at.standing.work.by_hand
        await at.press("u")
        assert "undone: reject Lång ledtid" in at.screen()


@pytest.mark.parametrize("beside", [False, True])
async def test_another_code_corrects_the_only_one_a_machine_gave_there(
    open_app: Any, machine_coded: dict[str, int], beside: bool
) -> None:
    async with open_app() as at:
        at.bench.go(machine_coded["Berga" if beside else "Åby"])
        await at.settle()
        await at.press("a", "slash", *"närvaro", "enter")
        mine = (ABSENT, "anna", Origin.HAND)
        machines = [(UNDONE, "auto", Origin.AUTO), (DELAY, "auto", Origin.AUTO)]
        assert at.came() == ([*machines, mine] if beside else [mine])
        assert at.standing.work.codings[-1] == Coding(
            ABSENT, Segment(0, len(at.standing.answer.text)), "anna", whole=True
        )


async def test_what_can_not_be_stored_is_never_called_accepted_but_named(
    open_app: Any, machine_coded: dict[str, int]
) -> None:
    async with open_app(queue=[[machine_coded["Åby"], machine_coded["Berga"]]]) as at:
        await at.bench.desk.do(lambda session: session.project.file.db.conn.execute("pragma query_only=on"))
        await at.press("enter")
        assert at.name == "Berga"
        assert "accepted for" not in at.screen()
        assert "not stored for Åby: accept Lång ledtid" in at.screen()
        (toast,) = [one.message for one in at.app._notifications]
        assert toast.startswith("not stored for Åby: accept Lång ledtid\n")
        assert "can't be written to" in toast
        assert not at.bench.standings[machine_coded["Åby"]].work.done
        assert "review · 5 left" in at.screen()
        await at.bench.desk.do(lambda session: session.project.file.db.conn.execute("pragma query_only=off"))
        await at.press("p")
        assert at.name == "Åby"
        await at.press("enter")
        assert "accepted for Åby: Lång ledtid" in at.screen()
        assert at.bench.standings[machine_coded["Åby"]].work.done
