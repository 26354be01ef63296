"""The segments under each code, from the answers as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coder.domain.codebook import Codebook
from coder.domain.coding import Coding
from coder.domain.counting import Status, statuses
from coder.workflow.session import Standing


@dataclass(frozen=True, slots=True)
class Given:
    """A coding with the answer it stands in; `count` gives the status that the rule gives it."""

    standing: Standing
    coding: Coding

    @property
    def snippet(self) -> str:
        """The words that were coded."""
        return self.coding.segment.of(self.standing.answer.text)

    @property
    def status(self) -> Status:
        """What the rule makes of the coding."""
        return statuses(self.standing.decision).get(self.coding.identity, Status.SET_ASIDE)


def by_code(standings: Mapping[int, Standing], order: Iterable[int], codebook: Codebook) -> dict[int, list[Given]]:
    """All codings by the code that they stand for now, answers in this order."""
    found: dict[int, list[Given]] = {}
    for answer in order:
        standing = standings[answer]
        for coding in standing.work.codings:
            found.setdefault(codebook.stands_for(coding.code), []).append(Given(standing, coding))
    return found
