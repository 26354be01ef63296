"""Other rounds for the small project."""

from pathlib import Path

from coder.workflow.intake import import_answers
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.tui.conftest import SURVEY
from tests.workflow.machine import by_hand


def add_round(project: Path, key: str, rows: str, survey: str = SURVEY) -> None:
    """Take in a round with these rows."""
    file, answers = project.with_name(f"{key}.toml"), project.with_name(f"{key}.csv")
    file.write_text(survey.replace('"2023"', f'"{key}"'), encoding="utf-8")
    answers.write_text(rows, encoding="utf-8")
    with open_project(project) as held:
        import_answers(held, answers, file)


def begin(project: Path, *rounds: str) -> None:
    """Have the last answer of these rounds settled: before that there is nothing to compare."""
    with open_project(project) as held:
        for key in rounds:
            session = Session(held, key, "hinder", "bo")
            by_hand(session, max(answer.id for answer in session.answers))
