"""Rows of the files that colleagues exchange, as values: what importers read and exporters write."""

from dataclasses import dataclass

from coder.domain.answers import Question, Respondent, Round
from coder.domain.codebook import Codebook
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

    @property
    def status_word(self) -> str:
        """What stands in the column `status`, empty where nothing is said."""
        return NOTHING_TO_CODE if self.nothing else (self.status.value if self.status else "")


@dataclass(frozen=True, slots=True)
class QdaAnswer:
    """One answer as a text of its own. `text` is canonical; offsets of codings refer to it, in code points."""

    round: str
    question: str
    respondent: Respondent
    text: str


@dataclass(frozen=True, slots=True)
class QdaProject:
    """A project as it is exchanged with other programs for qualitative analysis.

    `questions` are open, and `codebook` in each names one of `codebooks`. A respondent may have another name and other
    attributes in another round. `left` says, a line each, what the file held and these values do not.
    """

    name: str
    rounds: tuple[Round, ...] = ()
    questions: tuple[Question, ...] = ()
    codebooks: tuple[Codebook, ...] = ()
    answers: tuple[QdaAnswer, ...] = ()
    codings: tuple[CodingRow, ...] = ()
    left: tuple[str, ...] = ()
