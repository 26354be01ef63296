"""Audits of the small survey, half of it coded by machine, and imports that change what they were drawn from."""

from itertools import count
from pathlib import Path

from coder.domain.sampling import draw
from coder.workflow.audit import AuditState, draw_audit, state
from coder.workflow.intake import IntakeReport, import_answers
from coder.workflow.project import Project
from coder.workflow.session import Session
from tests.workflow.machine import by_hand

Q = ("q", "1")
MACHINE, LEFT = "0115", "0119"  # one that the machine has coded, and one that it left
POPULATION = (MACHINE, "0116", "0118", LEFT)


def now(project: Project) -> AuditState:
    found = state(project, *Q)
    assert found is not None
    return found


def drawn_without(project: Project, key: str, size: int = 2) -> None:
    """Draw a sample that the respondent's answer is not in."""
    seed = next(seed for seed in map(str, count()) if key not in draw(POPULATION, size, seed))
    draw_audit(project, *Q, analyst="eva", size=size, seed=seed)


def ids(project: Project) -> dict[str, int]:
    return {one.respondent.key: one.id for one in Session(project, "1", "q", "eva").answers}


def read_sample(project: Project) -> Session:
    session = Session(project, "1", "q", "eva")
    for number in now(project).sample:
        by_hand(session, number, 1)
    return session


def anew(project: Project, folder: Path, **texts: str) -> IntakeReport:
    """Import the answers again, those of these respondents with another text."""
    lines = [line.split(",") for line in (folder / "answers.csv").read_text(encoding="utf-8").splitlines()]
    known = {line[0] for line in lines}
    lines = [[*line[:3], texts.get(f"r{line[0]}", line[3]), *line[4:]] for line in lines]
    lines += [[key[1:], "Ny", "stad", text, "Ja"] for key, text in texts.items() if key[1:] not in known]
    (folder / "answers.csv").write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    return import_answers(project, folder / "answers.csv", folder / "survey.toml")
