"""Where machine codings came from: the batch runs that a project has seen, and what is left of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.domain.coding import Origin
from coder.storage import runs
from coder.storage.runs import Run
from coder.workflow.project import Project

__all__ = ["Ran", "Run", "ran"]


@dataclass(frozen=True, slots=True)
class Ran:
    """A batch run, with how many of its codings stand as the machine gave them and how many an analyst has accepted.

    `thresholds` are the least scores that the run took, by theme and code as they are called now.
    """

    run: Run
    auto: int = 0
    accepted: int = 0
    thresholds: Mapping[tuple[str, str], float] = field(default_factory=dict)


def ran(project: Project, question: str | None = None, round_key: str | None = None) -> list[Ran]:
    """The runs on a question or a round, or all of them, oldest first. Raises CoderError for one that is not there."""
    if round_key is not None:
        project.round(round_key)
    if question is not None:
        project.codebook(question)
    with project.file.reading() as db:
        found, codings = runs.every(db), runs.codings(db)
    return [
        Ran(
            one,
            codings.get(one.id, {}).get(Origin.AUTO, 0),
            codings.get(one.id, {}).get(Origin.ACCEPTED, 0),
            _named(project, one),
        )
        for one in found
        if question in (None, one.question) and round_key in (None, one.round)
    ]


def _named(project: Project, run: Run) -> dict[tuple[str, str], float]:
    book = project.codebook(run.question)
    scores = {int(code): float(score) for code, score in run.thresholds.get("codes", {}).items()}
    known = [one.id for one in book.codes if one.id in scores]
    return {(book.theme_name(code), book.code_name(code)): scores[code] for code in known}
