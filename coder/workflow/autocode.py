"""The batch run: codes what no analyst has touched, where the suggester is sure enough, and leaves the rest.

Answers go through in chunks, each one transaction: an interruption loses at most the chunk at hand, and the next run
goes over the same answers again. A run replaces only what an earlier run had coded.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from coder import __version__
from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.errors import CoderError
from coder.domain.suggestion import Suggestion
from coder.storage import journal, surveys, works
from coder.workflow.project import Project
from coder.workflow.suggesting import Adviser, adviser

MACHINE = "auto"  # stands as the analyst of what the batch run coded
_CHUNK = 250


@dataclass(frozen=True, slots=True)
class Model:
    """What suggested: an identifier of all it was made from, how many codings it learnt from, and its codebook."""

    id: str
    trained_on: int
    codebook: str


@dataclass
class AutocodeReport:
    """What a batch run did to one question of a round, in numbers of answers that are not blank.

    `coded` answers carry machine codings now, `left` none, and `by_hand` were an analyst's and not looked at.
    """

    round: str
    question: str
    model: Model
    threshold: float
    answers: int = 0
    coded: int = 0
    left: int = 0
    by_hand: int = 0
    codings: int = field(default=0)


def autocode(
    project: Project,
    question: str,
    round_key: str,
    *,
    min_score: float,
    whole_answers: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> AutocodeReport:
    """Code one question of a round. `progress` is told how many answers are through, of how many.

    Raises CoderError where there is nothing to go by: no codings yet and a codebook without text.
    """
    project.question(question, round_key)
    with project.file.reading() as db:
        answers = [one for one in surveys.answers(db, round_key, question) if not one.blank]
        held = works.load(db, round_key, question)
    advice = adviser(project, question)
    _require_something_to_go_by(advice)
    report = AutocodeReport(round_key, question, _model(advice), min_score, answers=len(answers))
    free = [answer for answer in answers if not held.get(answer.id, Work()).by_hand]
    report.by_hand = len(answers) - len(free)
    for start in range(0, len(free), _CHUNK):
        chunk = free[start : start + _CHUNK]
        coded = list(_code(advice, chunk, min_score, whole_answers))
        with project.file.writing() as db:
            changes: list[journal.Change] = []
            for answer, work in coded:
                before = works.of_answer(db, answer.id)
                if before.by_hand:  # an analyst was here while we were thinking
                    report.by_hand += 1
                    continue
                changes += works.changes(db, answer.id, before, work, MACHINE)
                report.coded += bool(work.codings)
                report.left += not work.codings
                report.codings += len(work.codings)
            if changes:
                what = f"autocode {round_key}/{question} by {report.model.id}, score {min_score:g} and above"
                journal.record(db, changes, analyst=MACHINE, what=what, at=project.clock(), scope=None)
        progress(min(start + _CHUNK, len(free)), len(free))
    return report


def _code(
    advice: Adviser, answers: Sequence[Answer], min_score: float, whole_answers: bool
) -> Iterator[tuple[Answer, Work]]:
    """Each answer with the work of a machine that gives every segment its best code, where that is sure enough."""
    segments = [(Segment(0, len(answer.text)),) if whole_answers else advice.clauses(answer.text) for answer in answers]
    texts = [segment.of(answer.text) for answer, parts in zip(answers, segments, strict=True) for segment in parts]
    best = iter(advice.suggest(texts, top=1))
    for answer, parts in zip(answers, segments, strict=True):
        found: list[tuple[Segment, Suggestion]] = []
        for segment in parts:
            suggestions = next(best)
            if suggestions and suggestions[0].score >= min_score:
                found.append((segment, suggestions[0]))
        yield answer, Work(tuple(_joined(found, answer, whole_answers)))


def _joined(found: Sequence[tuple[Segment, Suggestion]], answer: Answer, whole: bool) -> Iterator[Coding]:
    """Codings, neighbouring segments with the same code as one."""
    runs: list[tuple[Segment, Suggestion]] = []
    for segment, suggestion in found:
        if runs and runs[-1][1].code == suggestion.code and _adjoin(answer.text, runs[-1][0], segment):
            score = max(runs[-1][1].score, suggestion.score)
            runs[-1] = (Segment(runs[-1][0].start, segment.end), Suggestion(suggestion.code, score))
        else:
            runs.append((segment, suggestion))
    for segment, suggestion in runs:
        yield Coding(suggestion.code, segment, MACHINE, Origin.AUTO, suggestion.score, whole=whole)


def _adjoin(text: str, one: Segment, other: Segment) -> bool:
    return not any(letter.isalnum() for letter in text[one.end : other.start])


def _model(advice: Adviser) -> Model:
    """The same codebook, codings and program version always give the same identifier."""
    made_from = repr((__version__, advice.codebook.themes, advice.codebook.codes, list(advice.evidence)))
    digest = hashlib.sha256(made_from.encode()).hexdigest()[:12]
    return Model(digest, len(advice.evidence), advice.codebook.key)


def _require_something_to_go_by(advice: Adviser) -> None:
    if not advice.codebook.active:
        raise CoderError(
            f"the codebook {advice.codebook.key} has no codes", "Give it codes before a round is coded with it."
        )
