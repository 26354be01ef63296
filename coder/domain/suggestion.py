"""What a suggester promises, so that screens and batch runs need not know how it works."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that may fit a text. `score` is in 0..1; `because` are the words that weighed most, weightiest first.

    `known` is false while there is too little evidence to say how sure the score is: it ranks, and promises nothing.
    """

    code: int
    score: float
    because: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text that an analyst gave a code: what a suggester learns from.

    `group` is the respondent, so that a cross-validation never learns from the one it is tested on. `round` numbers the
    rounds in their order, from 0: a code may have come after the first.
    """

    text: str
    code: int
    group: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class Similar:
    """A coded segment and how like a text it is, as a cosine in 0..1."""

    evidence: Evidence
    likeness: float


class Suggester(Protocol):
    """Anything that ranks the codes of one codebook for texts."""

    def suggest(self, texts: Sequence[str], top: int = 5) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first."""
        ...
