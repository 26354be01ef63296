"""The clashes of a round, queued up for someone to choose."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.domain.answers import Answer, by_respondent
from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Work
from coder.domain.counting import Decision, decide
from coder.storage import surveys, works
from coder.workflow.project import Project
from coder.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the codes that clash, and the codings that speak for it. `former` says that it was once chosen."""

    code: int
    codings: tuple[Coding, ...]
    former: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """One (answer, theme) that nobody has chosen for: the first rival is the one counted provisionally."""

    answer: Answer
    theme: int
    rivals: tuple[Rival, ...]


def clash_queue(project: Project, question: str, round_key: str) -> list[Clash]:
    """The clashes of a question in a round, respondents in alphabetical order."""
    project.question(question, round_key)
    codebook = project.codebook(question)
    with project.file.reading() as db:
        answers = surveys.answers(db, round_key, question)
        held = works.load(db, round_key, question)
    there = ((answer, held[answer.id]) for answer in answers if answer.id in held and not answer.blank)
    return _queue(codebook, ((answer, work, decide(work, codebook)) for answer, work in there))


def queue_of(session: Session) -> list[Clash]:
    """The clashes of a session as it stands."""
    return _queue(session.codebook, ((one.answer, one.work, one.decision) for one in session.clashes()))


def _queue(codebook: Codebook, decided: Iterable[tuple[Answer, Work, Decision]]) -> list[Clash]:
    found = []
    for answer, work, decision in sorted(decided, key=lambda one: by_respondent(one[0])):
        chosen = {codebook.stands.get(code) for code in work.choices.values()}
        for settled in decision:
            if settled.clash and settled.theme is not None:
                given = (settled.counted, *settled.set_aside)
                rivals = (
                    Rival(code, tuple(one for one in given if codebook.stands_for(one.code) == code), code in chosen)
                    for code in settled.codes
                )
                found.append(Clash(answer, settled.theme, tuple(rivals)))
    return found
