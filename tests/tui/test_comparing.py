"""This round beside an earlier one, on the screen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.comparison import compare
from coder.domain.tables import ThemeTable
from coder.tui.compared import chance, detail, notes, points
from coder.tui.screens.compared import ComparedScreen
from coder.tui.screens.comparing import ComparisonScreen
from coder.workflow.audit import draw_audit
from coder.workflow.comparing import comparison
from coder.workflow.project import open_project
from coder.workflow.review import queue
from coder.workflow.session import Session
from tests.domain.occasions import FIRST, SECOND, themes
from tests.tui.conftest import SURVEY
from tests.tui.rounds import add_round, begin
from tests.workflow.machine import by_hand, machine_codes

CLOSED = """
[[question]]
key = "nojd"
column = "F2"
kind = "closed"
text = "Är ni nöjda?"
options = {options}
"""


@pytest.fixture
def uncoded(project: Path) -> Path:
    """The project with a second round, in which two answer; nobody has coded either."""
    add_round(project, "2024", "kod,kommun,lan,F1\n02,Alby,L,Svar dröjer.\n09,Nyby,L,Lång ledtid.\n")
    return project


@pytest.fixture
def two_rounds(uncoded: Path) -> Path:
    """The same, with one answer of either round settled."""
    begin(uncoded, "2023", "2024")
    return uncoded


@pytest.fixture
def closed(project: Path) -> Path:
    """A project with two rounds of a closed question too, its options not the same, and everybody asked."""
    head, first = "kod,kommun,lan,F1,F2\n", SURVEY.replace('"2023"', '"2023"\nframe = 3')
    for key, options in (("2024", '["Ja", "Nej"]'), ("2025", '["Ja", "Vet ej"]')):
        rows = "02,Alby,L,Svar dröjer.,Ja\n03,Berga,L,Lång ledtid.,Ja\n"
        add_round(project, key, head + rows, first + CLOSED.format(options=options))
        begin(project, key)
    return project


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_shares_of_this_round_stand_beside_those_of_the_round_before(
    open_app: Any, two_rounds: Path, size: tuple[int, int]
) -> None:
    async with open_app(path=two_rounds, size=size) as at:
        await at.press("1", "b")
        assert isinstance(at.app.screen, ComparisonScreen)
        lines = at.screen().splitlines()
        (heads,) = [line for line in lines if "change" in line and "2023" in line]
        row = next(line for line in lines if "Svar dröjer" in line)
        assert row.split()[2:7] == ["0", "%", "50", "%", "+50,0"]
        ends = [heads.index(head) + len(head) for head in ("2023", "2024", "change")]
        assert ends == [row.index(cell) + len(cell) for cell in (" 0 %", "50 %", "+50,0")]
        assert "of 2 now" in at.screen()
        await at.press("escape")
        assert at.app.screen is at.app.workbench


async def test_the_screen_says_what_the_command_says(open_app: Any, two_rounds: Path) -> None:
    with open_project(two_rounds) as held:
        made = comparison(held, "hinder", ("2023", "2024"))
    sure = made.rows[0].estimate
    assert sure is not None
    low, high = (points(100 * end) for end in sure.interval)
    async with open_app(path=two_rounds) as at:
        await at.press("b")
        text = at.screen()
        assert f"{low} to {high}" in text
        assert f"p {chance(sure.p)}, adjusted {chance(sure.p_adjusted)}" in text
        assert "exact McNemar" in text


async def test_a_census_has_no_interval_until_the_key_asks_for_one(open_app: Any, closed: Path) -> None:
    async with open_app(path=closed) as at:
        await at.press("b")
        assert "a census): no interval and no test" in at.screen()
        assert "95 % interval" not in at.screen()
        await at.press("i")
        assert "95 % interval" in at.screen()
        assert "what chance could give" in " ".join(at.screen().split())
        await at.press("i")
        assert "95 % interval" not in at.screen()


async def test_a_closed_question_is_compared_with_a_warning_where_its_options_differ(
    open_app: Any, closed: Path
) -> None:
    async with open_app(path=closed) as at:
        await at.press("b", "o", "2")
        text = at.screen()
        assert "▲ The options are not the same." in text
        assert [word in text for word in ("Ja", "Nej", "Vet ej", "new option", "option gone")] == [True] * 5
        await at.press("enter")
        assert isinstance(at.app.screen, ComparedScreen)
        assert "Ja: 2 in 2024 and 2 in 2025" in at.screen()


async def test_another_of_the_earlier_rounds_is_chosen_by_a_key(open_app: Any, closed: Path) -> None:
    async with open_app(path=closed) as at:
        await at.press("b")
        assert "2024" in at.screen()
        await at.press("r", "2")
        (heads,) = [line for line in at.screen().splitlines() if "change" in line and "2025" in line]
        assert heads.split()[:2] == ["2023", "2025"]


async def test_enter_opens_who_is_behind_a_number_and_goes_to_an_answer_of_this_round(
    open_app: Any, two_rounds: Path
) -> None:
    async with open_app(path=two_rounds) as at:
        await at.press("1", "b", "enter")
        assert "Otillgänglig: 0 in 2023 and 1 in 2024" in at.screen()
        assert "Svar dröjer." in at.screen()
        await at.press("enter")
        assert at.app.screen is at.app.workbench
        assert at.name == "Alby"


async def test_who_entered_and_who_left_is_told_and_opens(open_app: Any, two_rounds: Path) -> None:
    async with open_app(path=two_rounds) as at:
        await at.press("b", "end")
        assert "only in 2024" in at.screen()
        await at.press("enter")
        text = at.screen()
        assert "4 answered in the first round only, 1 in the second only" in text
        assert [name in text for name in ("Åby", "Berga", "Ödby", "Nyby")] == [True] * 4
        await at.press("end", "enter")  # of the round before: it is read here
        assert isinstance(at.app.screen, ComparedScreen)
        assert "\x1b" not in text


async def test_where_there_is_one_round_that_is_said(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("b")
        assert "no round before this one" in at.screen()
        assert at.app.screen is at.app.workbench


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (12.34, "+12,3"), (-3.0, "−3,0"), (-0.04, "0,0"), (0.0, "0,0")]
)
def test_a_change_has_a_sign_and_one_decimal(value: float | None, text: str) -> None:
    assert points(value) == text


async def test_answers_that_are_not_coded_yet_are_said_above_the_shares(open_app: Any, two_rounds: Path) -> None:
    async with open_app(path=two_rounds, size=(80, 24)) as at:
        await at.press("b")
        said = " ".join(at.screen().split())
        assert "▲ 4 answers in 2023 and 1 answer in 2024 are not coded yet: in the base, and counted under no" in said


def test_an_unfinished_run_of_the_machine_is_said_above_the_shares() -> None:
    then, now = themes(FIRST, "2023"), themes(SECOND, "2024")
    assert isinstance(now.table, ThemeTable)
    made = compare(then, replace(now, table=replace(now.table, ahead=1)))
    told = "▲ In 2024 the machine's last run has stopped or is under way: 1 answer was still ahead of it."
    assert [text for text, style in notes(made) if style == "clash"] == [told]
    assert not [text for text, style in notes(compare(then, now)) if style == "clash"]


def test_answers_that_keep_an_audit_from_measuring_are_said_above_the_shares() -> None:
    then, now = themes(FIRST, "2023"), themes(SECOND, "2024")
    assert isinstance(now.table, ThemeTable)
    made = compare(then, replace(now, table=replace(now.table, outside=("a",))))
    told = "▲ In 2024 no intervals yet: 1 answer to code that came too late for the sample."
    assert [text for text, style in notes(made) if style == "clash"] == [told]


def test_what_lies_outside_its_limits_is_told_with_the_audits_estimate() -> None:
    made = compare(themes(FIRST, "2023"), themes(SECOND, "2024"))
    row = next(one for one in made.rows if one.theme == "Roller" and not one.code)
    assert row.after is not None
    assert row.after.count == 3
    after = replace(row.after, low=4, high=5, estimate=4.4)
    *_, told = detail(made, replace(row, after=after, limits=(40.0, 60.0)))
    assert told.startswith("outside its limits; the audit's estimate: ≈4 in 2024, ≈+48,0 points")
    *_, told = detail(made, replace(row, after=replace(after, low=3), limits=(20.0, 60.0)))
    assert "outside" not in told


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_a_round_that_nobody_has_coded_has_no_shares_and_no_change(
    open_app: Any, uncoded: Path, size: tuple[int, int]
) -> None:
    async with open_app(path=uncoded, size=size) as at:
        await at.press("0", "b")
        text = at.screen()
        assert "▲ Round 2023 is not coded: its counts and the change are not shown." in " ".join(text.split())
        row = next(line for line in text.splitlines() if "Svar dröjer" in line)
        assert row.split()[2:6] == ["–", "0", "%", "–"]
        assert "who answered both times" not in text


async def test_what_a_machine_has_coded_has_no_test_and_once_audited_limits(open_app: Any, uncoded: Path) -> None:
    begin(uncoded, "2023")
    with open_project(uncoded) as held:
        answers = Session(held, "2024", "hinder", "bo").answers
        machine_codes(held, "hinder", "2024", {answer.id: {1: 0.9} for answer in answers})
    async with open_app(path=uncoded) as at:
        await at.press("b", "i")
        said = " ".join(at.screen().split())
        assert "▲ In 2024 2 of 2 counted codings are the machine's, and no finished audit says how right" in said
        assert "No test and no interval for chance" in said
        assert "p adj." not in said
    with open_project(uncoded) as held:
        draw_audit(held, "hinder", "2024", analyst="bo", size=1, seed="a")
        (drawn,) = queue(held, "hinder", "2024").sample
        by_hand(Session(held, "2024", "hinder", "bo"), drawn, 1)
        made = comparison(held, "hinder", ("2023", "2024"))
    row = next(one for one in made.rows if one.code == "Svar dröjer")
    assert row.after is not None
    assert row.limits is not None
    low, high = (points(end) for end in row.limits)
    async with open_app(path=uncoded) as at:
        await at.press("b", "down")
        text = at.screen()
        assert f"100 % ({row.after.low * 50}–{row.after.high * 50})" in text  # type: ignore[operator]
        assert f"+100,0 ({low} to {high})" in text
        assert "audit of 1 of 2 answers" in " ".join(text.split())
