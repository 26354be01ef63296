"""The audit's sample read blind at the workbench, and the table it makes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Origin
from coder.domain.sampling import Sampled
from coder.storage import audits
from coder.tui.reviewing import CLASHING, READ, TOO_LATE
from coder.tui.screens.table import TableScreen
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.codebook_list import CodebookList
from coder.workflow.audit import draw_audit
from coder.workflow.project import open_project
from coder.workflow.review import hidden
from coder.workflow.session import Session
from tests.tui.conftest import DELAY, SLOW, Q, session_at
from tests.tui.driver import Driver
from tests.workflow.machine import by_hand


async def test_an_audits_sample_is_read_without_suggestions_also_when_drawn_meanwhile(
    open_app: Any, project: Path, machine_coded: dict[str, int]
) -> None:
    async with open_app() as at:
        at.bench.go(machine_coded["Åby"])
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
        await at.press("down")
        assert "audit, blind:  / search" in at.screen()
        assert "1-9" not in at.screen()
        await at.press("1")
        assert "audit sample: coded without suggestions" in at.screen()
        assert at.came() == []
        await at.press("slash", *"svar", "enter")
        assert at.came() == [(DELAY, "anna", Origin.HAND)]
        at.bench.go(next(one for one in at.bench.answers if one not in apart))
        await at.settle()
        assert at.bench.suggestions()


async def test_a_sample_read_blind_says_how_much_is_left_and_no_order_tells_what_a_machine_thinks_of_it(
    open_app: Any, project: Path, machine_coded: dict[str, int]
) -> None:
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=2, seed="a")
        sample = sorted(hidden(held, *Q))
    async with open_app(queue=[sample]) as at:
        assert "audit · 2 blind" in at.screen()
        assert "audit sample first: 2 answers" in at.screen()
        assert at.bench.reading is not None
        await at.press("slash", *"svar", "enter", "enter")
        assert "audit · 1 blind" in at.screen()
        for number, words in enumerate(("as listed", "least sure", "by theme", "near-duplicates"), 2):
            await at.press("y", str(number))
            await at.until(f"in order: {words}")
            assert [one.id for one in at.bench.shown[:2]] == sample
            assert "audit · 1 blind" in at.screen()
        await at.press("0")
        assert f"{READ}; y 1 goes on with the review" in at.screen()


async def test_after_a_sample_it_is_said_what_the_number_above_the_list_counts_now(
    open_app: Any, project: Path, machine_coded: dict[str, int]
) -> None:
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=1, seed="a")
        (sample,) = hidden(held, *Q)
    others = [number for number in machine_coded.values() if number != sample]
    async with open_app(queue=[[sample, *others], others[:2]]) as at:
        await at.press("0")
        assert f"{READ}; next, 2 answers until the top themes are sure" in at.screen()
        assert "review · 2 more" in at.screen()


async def test_the_end_of_a_sample_is_said_with_where_its_counts_are(
    open_app: Any, project: Path, machine_coded: dict[str, int]
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


async def test_enter_on_a_sampled_answer_with_an_open_clash_says_that_the_audit_waits_for_it(
    open_app: Any, project: Path, machine_coded: dict[str, int]
) -> None:
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=1, seed="a")
        (sample,) = hidden(held, *Q)
    async with open_app(queue=[[sample]]) as at:
        at.bench.go(sample)
        await at.settle()
        await at.press("slash", *"svar", "enter", "slash", *"närvaro", "enter", "enter")
        assert f"▲ {called(at.bench.answers[sample])} is not settled, {CLASHING}" in at.said()
        assert READ not in at.screen()
        assert "audit · 1 blind" in at.screen()
    with open_project(project) as held:
        assert hidden(held, *Q) == {sample}
    async with open_app(queue=[[sample]]) as at:
        at.bench.go(sample)
        await at.settle()
        assert "audit · 1 blind" in at.screen()
        assert at.bench.suggestions() == ()
        await at.press("c")
        assert READ in at.screen()
        assert at.bench.suggestions(), "it is settled, and hides nothing any more"
        await at.press("u")
        assert at.bench.suggestions() == ()
        assert "audit · 1 blind" in at.screen()
        await at.press("c", "up")
        assert "audit, blind" not in at.screen()
    with open_project(project) as held:
        assert hidden(held, *Q) == frozenset()


@pytest.mark.parametrize(("late", "coded"), [(1, 0), (2, 0), (2, 1), (1, 1)])
async def test_a_sample_that_is_read_and_measures_nothing_yet_is_said_to_wait_for_what_came_too_late(
    open_app: Any, project: Path, machine_coded: dict[str, int], late: int, coded: int
) -> None:
    with open_project(project) as held:
        draw_audit(held, *Q, analyst="bo", size=1, seed="a")
        (sample,) = hidden(held, *Q)
        came = [number for number in machine_coded.values() if number != sample][:late]
        with held.file.writing() as db:
            audits.leave(db, came)
    session = session_at(project)
    for number in came[:coded]:
        by_hand(session, number, SLOW)
    session.project.close()
    waits = late - coded
    words = TOO_LATE.format(*(("1 answer", "it") if waits == 1 else (f"{waits} answers", "them"))) if waits else READ
    async with open_app(queue=[[sample]]) as at:
        await at.press("0")
        assert words in at.screen()
        await at.press("t")
        wait = "▲ No intervals yet: "
        assert (f"{wait}{waits} answer" in at.screen(), wait in at.screen()) == (bool(waits), bool(waits))


async def test_the_table_shows_how_counts_came_about_and_the_intervals_of_an_audit(
    open_app: Any, project: Path, machine_coded: dict[str, int]
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


@pytest.mark.parametrize("width", [80, 120])
async def test_a_count_outside_its_interval_has_the_audits_estimate_beside_it(
    open_app: Any, machine_coded: dict[str, int], width: int
) -> None:
    async with open_app(size=(width, 24)) as at:
        table = await at.bench.desk.do(Session.table)
        inside, outside = table.themes
        inside = replace(inside, count=replace(inside.count, low=1, high=3, estimate=1.6))
        outside = replace(outside, count=replace(outside.count, low=3, high=5, estimate=3.5))
        estimated = replace(table, themes=(inside, outside), sampled=Sampled(2, 5), ahead=7)
        await at.app.push_screen(TableScreen(at.bench.desk, estimated, {}))
        await at.until("? keys")
        lines, said = at.screen().splitlines(), " ".join(at.screen().split())
        first, second = (next(line for line in lines if name in line) for name in ("Otillgänglig", "Ineffektiv"))
        assert first.split()[1:3] == ["1", "(1–3)"]
        assert second.split()[1:6] == ["2", "≈4", "(3–5)", "40", "%"]
        assert "≈ is the audit's estimate, where a count lies outside its interval: trust the interval." in said
        assert "▲ The machine's last run has stopped or is under way: 7 answers were still ahead of it." in said
        assert said.endswith("Esc back ? keys")
        await at.press("escape", "t")
        assert "≈" not in at.screen()
        assert "▲ The machine's" not in at.screen()


async def test_while_a_sample_waits_no_count_tells_what_the_machine_said_of_it(
    open_app: Any, project: Path, machine_coded: dict[str, int]
) -> None:
    def row(at: Driver, name: str) -> str:
        rows = at.app.query_one(CodebookList)
        return next(
            words
            for words in ("".join(text for text, _ in rows.row(n, 30)) for n in range(rows.count()))
            if name in words
        )

    async with open_app() as at:
        assert row(at, "Ineffektiv").split()[-1].isdigit()
        with open_project(project) as held:
            draw_audit(held, *Q, analyst="bo", size=2, seed="a")
            sample = hidden(held, *Q)
        await at.bench.poll()
        await at.settle()
        assert not [name for name in ("Ineffektiv", "Otillgänglig") if any(map(str.isdigit, row(at, name)))]
        for number in sample:
            at.bench.go(number)
            await at.settle()
            await at.press("0")
        assert row(at, "Ineffektiv").split()[-1].isdigit()
