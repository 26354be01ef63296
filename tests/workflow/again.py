"""A file of answers imported again, and what stands in the project."""

from collections.abc import Callable
from pathlib import Path

from coder.domain.coding import Work
from coder.storage import surveys
from coder.workflow.intake import IntakeReport, import_answers
from coder.workflow.project import Project
from coder.workflow.session import Session


def import_again(project: Project, folder: Path, old: str = "", new: str = "") -> IntakeReport:
    """Import the small survey's answers with one piece of the file replaced."""
    file = folder / "answers.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return import_answers(project, file, folder / "survey.toml")


def texts(project: Project) -> dict[str, str]:
    with project.file.reading() as db:
        return {answer.respondent.key: answer.text for answer in surveys.answers(db, "1", "q")}


def coded(project: Project, *changes: Callable[[Work], Work], respondent: str = "0114") -> Session:
    """A session in which the changes have been decided about a respondent's answer."""
    session = Session(project, "1", "q", "eva")
    (answer,) = [one.id for one in session.answers if one.respondent.key == respondent]
    for change in changes:
        session.apply(answer, "decide", change)
    return session
