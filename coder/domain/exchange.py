"""Rows of the files that colleagues exchange, as values: what importers read and exporters write."""

from dataclasses import dataclass

from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status

# Stands where a status would, in a row without a code: the mark *nothing to code*.
NOTHING_TO_CODE = "nothing_to_code"

CODING_COLUMNS = (
    "round",
    "question",
    "respondent",
    "start",
    "end",
    "snippet",
    "theme",
    "code",
    "analyst",
    "origin",
    "score",
    "status",
)


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of a codings file: a coding, or the mark *nothing to code* where `code` is empty.

    `segment` is None where the whole answer is meant. `theme` is empty for a code without one. `status` is None where
    the file says nothing. `line` is the row's place in the file, 0 for a row that comes from a project.
    """

    round: str
    question: str
    respondent: str
    segment: Segment | None
    snippet: str
    theme: str
    code: str
    analyst: str
    origin: Origin = Origin.HAND
    score: float | None = None
    status: Status | None = None
    line: int = 0

    @property
    def nothing(self) -> bool:
        """True for the mark *nothing to code*."""
        return not self.code
