"""The clashes of a round, queued up for someone to choose."""

from dataclasses import dataclass

from coder.domain.answers import Answer, by_respondent
from coder.domain.coding import Coding
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


def queue_of(session: Session) -> list[Clash]:
    """The clashes of a session as it stands, respondents in alphabetical order."""
    codebook, found = session.codebook, []
    for one in sorted(session.clashes(), key=lambda one: by_respondent(one.answer)):
        chosen = {codebook.stands.get(code) for code in one.work.choices.values()}
        for settled in one.decision:
            if settled.clash and settled.theme is not None:
                given = (settled.counted, *settled.set_aside)
                rivals = (
                    Rival(code, tuple(each for each in given if codebook.stands_for(each.code) == code), code in chosen)
                    for code in settled.codes
                )
                found.append(Clash(one.answer, settled.theme, tuple(rivals)))
    return found
