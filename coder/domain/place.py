"""Where an analyst stood when the workbench was last used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A round, a question, and the answer and segment (by number, from 0) an analyst was reading there."""

    round: str
    question: str
    answer: int | None = None
    segment: int = 0
