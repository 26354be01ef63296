"""How good suggestions for a question are, measured on what analysts have coded."""

from collections.abc import Callable
from pathlib import Path

from coder.domain.errors import UsageError
from coder.domain.evaluation import Evaluated
from coder.exporters import evaluation_figure, evaluation_json, evaluation_text
from coder.workflow.project import Project
from coder.workflow.suggesting import current, evidence_in, uncoded_in


def evaluate(
    project: Project,
    question: str,
    *,
    folds: int = 5,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Evaluated:
    """Cross-validate by respondent on the codings by analysts of all rounds, beside scikit-learn's defaults.

    What nobody has coded yet is the background, as it is at the workbench. `folds` as many as there are respondents, or
    more, leaves each out by itself; `progress` is told how many folds are through, of how many. Raises CoderError where
    too little is coded.
    """
    codebook = project.codebook(question)
    with project.file.reading() as db:
        evidence, background = evidence_in(db, question), uncoded_in(db, question)
    from coder.suggest import evaluation  # noqa: PLC0415 - brings scikit-learn

    book = codebook.in_use
    known = current(codebook, evidence)
    return Evaluated(question, book, evaluation.evaluate(book, known, background, fold_count=folds, progress=progress))


def require_picture(path: Path) -> None:
    """Raise UsageError for a file that no picture can be written to: better before the work than after it."""
    if path.suffix.lower() not in evaluation_figure.SUFFIXES:
        known = ", ".join(evaluation_figure.SUFFIXES)
        raise UsageError(f"can't draw a figure in {path}", f"Name a file that ends in {known}.")


def evaluation_as_text(made: Evaluated, width: int) -> str:
    """The evaluation as a terminal of that many columns shows it, with what it says of the definitions."""
    return evaluation_text.render(made, width)


def evaluation_as_json(made: Evaluated) -> str:
    """The evaluation as a JSON document."""
    return evaluation_json.render(made)


def write_evaluation_figure(made: Evaluated, path: Path) -> Path:
    """Draw the learning curve and the scores' reliability. Returns where the alternative text stands."""
    return evaluation_figure.write(made, path)
