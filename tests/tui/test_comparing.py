"""This round beside the one before, on the screen."""

from pathlib import Path
from typing import Any

import pytest

from coder.tui.screens.comparing import ComparisonScreen, change
from coder.workflow.intake import import_answers
from coder.workflow.project import open_project
from tests.tui.conftest import SURVEY


@pytest.fixture
def two_rounds(project: Path) -> Path:
    """The project with a second round, in which two answer."""
    survey, answers = project.with_name("second.toml"), project.with_name("second.csv")
    survey.write_text(SURVEY.replace('"2023"', '"2024"'), encoding="utf-8")
    answers.write_text("kod,kommun,lan,F1\n02,Alby,L,Svar dröjer.\n03,Berga,L,Lång ledtid.\n", encoding="utf-8")
    with open_project(project) as held:
        import_answers(held, answers, survey)
    return project


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_shares_of_this_round_stand_beside_those_of_the_round_before(
    open_app: Any, two_rounds: Path, size: tuple[int, int]
) -> None:
    async with open_app(path=two_rounds, size=size) as at:
        await at.press("1", "b")
        assert isinstance(at.app.screen, ComparisonScreen)
        lines = at.screen().splitlines()
        (heads,) = [line for line in lines if "change" in line and "2023" in line]
        (row,) = [line for line in lines if "Svar dröjer" in line]
        assert row.split()[2:7] == ["0", "%", "50", "%", "+50,0"]
        ends = [heads.index(head) + len(head) for head in ("2023", "2024", "change")]
        assert ends == [row.index(cell) + len(cell) for cell in (" 0 %", "50 %", "+50,0")]
        assert "of 2 now" in at.screen()
        await at.press("escape")
        assert at.app.screen is at.app.workbench


async def test_where_there_is_one_round_that_is_said(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("b")
        assert "no round before this one" in at.screen()
        assert at.app.screen is at.app.workbench


@pytest.mark.parametrize(
    ("points", "text"), [(None, "–"), (12.34, "+12,3"), (-3.0, "−3,0"), (-0.04, "0,0"), (0.0, "0,0")]
)
def test_a_change_has_a_sign_and_one_decimal(points: float | None, text: str) -> None:
    assert change(points) == text
