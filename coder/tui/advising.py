"""What the workbench asks of an adviser."""

from collections.abc import Sequence
from typing import Protocol

from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.suggestion import Evidence, Similar, Suggestion


class Advising(Protocol):
    """What knows clauses and suggestions for one codebook."""

    def clauses(self, text: str) -> tuple[Segment, ...]:
        """The segments a text is offered in."""
        ...

    def suggest(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first."""
        ...

    def best(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """The same without reasons, quickly for many texts."""
        ...

    def learn(self, evidence: Sequence[Evidence]) -> None:
        """Take all codings so far as evidence."""
        ...

    def follow(self, codebook: Codebook) -> None:
        """Take the codebook as it is now."""
        ...

    def similar(self, text: str, code: int, top: int = 5, *, but: str = "") -> list[Similar]:
        """The segments with a code that are most like a text, best first; `but` leaves one respondent's out."""
        ...

    def contradictions(self, text: str, code: int, *, but: str = "") -> list[Similar]:
        """Earlier segments that say the same, and have other codes."""
        ...

    def least_sure(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts, the one to learn most from first."""
        ...

    @property
    def stale(self) -> bool:
        """True where `refit` would make better suggestions, or surer scores."""
        ...

    def refit(self, background: Sequence[str] | None = None) -> bool:
        """Learn all anew, exactly and calibrated, in any thread; `background` are the texts nobody has coded."""
        ...
