"""Where machine codings came from: the batch runs that a project has seen, and what is left of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coder.domain.acceptance import Gate
from coder.domain.coding import Origin
from coder.storage import runs
from coder.storage.runs import Run
from coder.workflow.machine import Model, Terms
from coder.workflow.project import Project

__all__ = ["Ran", "Run", "ran", "run_by", "stopped", "unknown"]


@dataclass(frozen=True, slots=True)
class Ran:
    """A batch run, with how many of its codings stand as the machine gave them and how many an analyst has accepted.

    `thresholds` are the least scores that the run took, by theme and code as they are called now. `completes` is the
    command that does what the run has not come to, empty where nothing is left to do.
    """

    run: Run
    auto: int = 0
    accepted: int = 0
    thresholds: Mapping[tuple[str, str], float] = field(default_factory=dict)
    completes: str = ""


def run_by(terms: Terms, gate: Gate, model: Model, *, round_key: str, question: str, at: str, files: str = "") -> Run:
    """The run of a machine, as it is stored: `thresholds` gives the least score of each code by the code's id."""
    thresholds: dict[str, Any] = {
        "precision": terms.promise,
        "min_score": terms.least,
        "pooled": gate.pooled,
        "codes": {str(code): score for code, score in sorted(gate.thresholds.items())},
    }
    return Run(
        round=round_key,
        question=question,
        model=model.id,
        codebook=model.codebook,
        fingerprint=model.fingerprint,
        trained_on=model.trained_on,
        unit="answer" if terms.whole else "segment",
        seed=terms.seed,
        thresholds=thresholds,
        versions=model.versions,
        at=at,
        files=files,
    )


def stopped(project: Project, question: str, round_key: str) -> tuple[int, str]:
    """How many answers the newest run has not come to, and the command that completes it; 0 where it came to its end.

    A run that is under way looks the same.
    """
    with project.file.reading() as db:
        run = runs.latest(db, round_key, question)
    return (run.ahead, _again(project, run)) if run is not None and run.ahead else (0, "")


def ran(project: Project, question: str | None = None, round_key: str | None = None) -> list[Ran]:
    """The runs on a question or a round, or all of them, oldest first. Raises CoderError for one that is not there."""
    if round_key is not None:
        project.round(round_key)
    if question is not None:
        project.codebook(question)
    with project.file.reading() as db:
        found, codings = runs.every(db), runs.codings(db)
        newest = {(one.round, one.question): runs.latest(db, one.round, one.question) for one in found}
    return [
        Ran(
            one,
            codings.get(one.id, {}).get(Origin.AUTO, 0),
            codings.get(one.id, {}).get(Origin.ACCEPTED, 0),
            _named(project, one),
            _again(project, one) if one.ahead and one == newest[one.round, one.question] else "",
        )
        for one in found
        if question in (None, one.question) and round_key in (None, one.round)
    ]


def unknown(project: Project, question: str | None = None, round_key: str | None = None) -> int:
    """How many of a machine's codings are of no known run: a file that did not tell it has brought them."""
    with project.file.reading() as db:
        found = runs.unknown(db)
    return sum(
        times for (there, asked), times in found.items() if question in (None, asked) and round_key in (None, there)
    )


def _again(project: Project, run: Run) -> str:
    """The command that was given for a run, as it is typed."""
    least, promise = run.thresholds.get("min_score"), run.thresholds.get("precision")
    words = [f"coder autocode {project.typed_with(run.question, run.round)}"]
    words += [f"--min-score {least}"] if least is not None else [f"--precision {promise}"] if promise else []
    words += [f"--unit {run.unit}"] if run.unit != "segment" else []
    words += [f"--seed {run.seed}"] if run.seed else []
    return " ".join(words)


def _named(project: Project, run: Run) -> dict[tuple[str, str], float]:
    book = project.codebook(run.question)
    scores = {int(code): float(score) for code, score in run.thresholds.get("codes", {}).items()}
    known = [one.id for one in book.codes if one.id in scores]
    return {(book.theme_name(code), book.code_name(code)): scores[code] for code in known}
