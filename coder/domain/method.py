"""How numbers came about, as values: what stands in the method note of every export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from coder.domain.answers import one_line
from coder.domain.coding import Origin
from coder.domain.counting import RULE_ORDER
from coder.domain.sampling import Sampled
from coder.domain.tables import Unit


def method_path(path: Path) -> Path:
    """Where the method note of a file stands that has no room for it: beside it, under its whole name."""
    return path.with_name(f"{path.name}.method.txt")


@dataclass(frozen=True, slots=True)
class Made:
    """When an export was made, in any zone, and with which program."""

    at: datetime
    program: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Up to which decision of its project's journal an export's numbers on a question in a round stand.

    `at` is when that decision was made, as the journal writes it: no other project has one of its number made then.
    With number 0 nothing had been decided, and `at` is empty.
    """

    question: str
    round: str
    decision: int
    at: str = ""

    @property
    def line(self) -> str:
        """The line of a printed note that says so; `stands` reads it back, and so its words stand here."""
        when = f" ({self.at})" if self.at else ""
        return (
            f"Siffrorna för frågan {one_line(self.question)} i omgång {one_line(self.round)} gäller till och med "
            f"beslut {self.decision} i projektets journal{when}."
        )


_STAND = re.compile(
    r"^Siffrorna för frågan (.+) i omgång (.+) gäller till och med beslut (\d{1,18}) i projektets journal"
    r"(?: \((\S+)\))?\.\s*$",
    re.MULTILINE,
)


def stands(text: str) -> tuple[Stand, ...]:
    """What the lines of a note say of the decisions that its numbers hold, one for each question and round."""
    found = (Stand(question, key, int(number), at) for question, key, number, at in _STAND.findall(text))
    return tuple({(one.question, one.round): one for one in found}.values())


@dataclass(frozen=True, slots=True)
class RunNote:
    """A batch run that counted codings came from: how many nobody has accepted, and how many analysts have.

    `model` identifies all that it suggested from and `fingerprint` the codebook as it was; `trained_on` is the number
    of codings it had learnt from. `precision` is the share of right codings it was to keep to and `min_score` the
    lowest score it took, each None where the other ruled. `number` is 0 for codings of no known run, as a file may
    bring them.
    """

    number: int
    codings: int
    model: str = ""
    fingerprint: str = ""
    trained_on: int = 0
    precision: float | None = None
    min_score: float | None = None
    at: str = ""
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class MethodNote:
    """How a table's numbers came about: what a reader needs to judge them, and a colleague to make them again.

    `fingerprint` is that of the codebook the numbers are made with, and `coded_with` of the one that was in force when
    the answers were last coded, empty before that. `analysts` are the people who gave or accepted the counted codings,
    with how many; `choosers` those who chose, of several codes of a theme, a machine's that nobody has accepted, and so
    decided that it is counted. `sampled` is the finished audit that gives counts their intervals, None where there is
    none; `waiting` answers are in one that is still read, without what the machine said of them, and `outside` ones
    could not be drawn for one that is read, and nobody is done with them. `ahead` answers are those that the machine's
    last run has not come to. `made_at` is when the table was made, in any zone; `program` is the program with its
    version. A closed question has no codebook and nobody who codes it. `memos` are those on the project, the question,
    and its themes and codes, each with what it is about. Of those on single answers and their segments only the number
    is told, `answer_memos`: they may say who answered, and stay in the project. `runs` are the batch runs that counted
    codings came from. `decision` is the last one that the numbers hold, by its number in the journal and the time
    `decided_at`; None for a closed question. `also` are the notes on what else the same export shows: other questions,
    or other rounds.
    """

    question: str
    round: str
    base: int
    made_at: datetime
    program: str
    codebook: str = ""
    fingerprint: str = ""
    rule_order: tuple[str, ...] = RULE_ORDER
    analysts: tuple[tuple[str, int], ...] = ()
    choosers: tuple[tuple[str, int], ...] = ()
    origins: Mapping[Origin, int] = field(default_factory=dict)
    clashes: int = 0
    uncoded: int = 0
    nothing_to_code: int = 0
    unit: Unit = Unit.RESPONDENTS
    memos: tuple[str, ...] = ()
    answer_memos: int = 0
    runs: tuple[RunNote, ...] = ()
    coded_with: str = ""
    sampled: Sampled | None = None
    waiting: int = 0
    outside: int = 0
    ahead: int = 0
    decision: int | None = None
    decided_at: str = ""
    also: tuple[MethodNote, ...] = ()

    @property
    def made(self) -> Made:
        """When the export was made, and with what."""
        return Made(self.made_at, self.program)

    @property
    def stand(self) -> Stand | None:
        """Up to which decision the numbers stand, None where that is not known."""
        return None if self.decision is None else Stand(self.question, self.round, self.decision, self.decided_at)

    @property
    def every(self) -> tuple[MethodNote, ...]:
        """The note itself, and those on what else the export shows."""
        return self, *self.also
