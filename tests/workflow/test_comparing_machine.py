"""Two rounds of a project compared where a machine has coded one in part, or nobody has."""

from pathlib import Path

import pytest

from coder.domain.comparability import Mark
from coder.domain.comparison import Comparison
from coder.domain.tables import Count, ThemeTable
from coder.workflow.audit import draw_audit, state
from coder.workflow.comparing import behind_row, comparison
from coder.workflow.project import Project
from coder.workflow.report import table
from coder.workflow.session import Session
from tests.workflow.machine import by_hand, half_by_machine
from tests.workflow.rounds import add_second_round, code_round


def compared(project: Project) -> Comparison:
    return comparison(project, "q", ("1", "2"), interval=True)


def test_a_round_that_nobody_has_coded_is_not_compared(small: Project, small_files: Path) -> None:
    code_round(small, "1")
    add_second_round(small, small_files / "survey.toml")
    made = compared(small)
    assert (made.after.untouched, made.estimated) == (True, False)
    assert {(row.after, row.change) for row in made.rows} == {(None, None)}
    ett = next(row for row in made.rows if row.code == "ett")
    assert {one.round for one in behind_row(small, made, ett)} == {"1"}


def test_a_round_coded_by_machine_has_no_test_and_once_audited_the_limits_of_its_table(
    small: Project, small_files: Path
) -> None:
    half_by_machine(small)
    add_second_round(small, small_files / "survey.toml")
    code_round(small, "2")
    made = compared(small)
    assert (made.before.unmeasured, made.estimated, made.marks) == (True, False, (Mark.UNCODED, Mark.UNMEASURED))
    assert {row.limits for row in made.rows} == {None}

    draw_audit(small, "q", "1", analyst="eva", size=2, seed="a")
    assert compared(small).before.waiting == 2
    session = Session(small, "1", "q", "eva")
    found = state(small, "q", "1")
    assert found is not None
    for answer in found.sample:
        by_hand(session, answer, 1)
    made = compared(small)
    assert (made.before.unmeasured, made.before.sampled is not None, made.estimated) == (False, True, False)
    counts = _counts(table(small, "q", "1"))
    measured = state(small, "q", "1")
    assert measured is not None
    assert measured.measured is not None
    for row in made.rows:
        assert row.before == counts[row.theme, row.code]
        assert row.before.low is not None
        assert row.before.high is not None
        assert row.after is not None
        assert row.limits is not None
        # The later round is coded by hand: only the limits of the audited one move the change.
        wanted = [
            100 * (row.after.count / row.after.base - end / row.before.base)
            for end in (row.before.high, row.before.low)
        ]
        assert row.limits == pytest.approx(tuple(wanted))


def _counts(made: object) -> dict[tuple[str, str], Count]:
    assert isinstance(made, ThemeTable)
    found = {(theme.name, ""): theme.count for theme in made.themes}
    found |= {(theme.name, code.name): code.count for theme in made.themes for code in theme.codes}
    return found | {("", code.name): code.count for code in made.unthemed}
