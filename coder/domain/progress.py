"""How coding goes: how often the first suggestion is right, and how fast new codes still appear."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WINDOW = 50

# It stands before what was decided, never after: a name in there may end in anything.
_RANKED = re.compile(r"(?:suggestion (\d+)|none of the suggestions): ")


def with_rank(what: str, rank: int | None) -> str:
    """The name of a decision that gave a code, with the place which that code had among the suggestions on the screen.

    From 1; 0 where it was not among them, None where there were no suggestions to be right or wrong.
    """
    if rank is None:
        return what
    return f"suggestion {rank}: {what}" if rank else f"none of the suggestions: {what}"


def rank_in(what: str) -> int | None:
    """The place that `with_rank` has written, None where it has written none."""
    found = _RANKED.match(what)
    return int(found[1] or 0) if found else None


def without_rank(what: str) -> str:
    """The name of a decision as it was before `with_rank`."""
    return what[found.end() :] if (found := _RANKED.match(what)) else what


@dataclass(frozen=True, slots=True)
class Running:
    """After `decisions` decisions: how many of the last `of` gave the code that was suggested first."""

    decisions: int
    right: int
    of: int

    @property
    def share(self) -> float:
        """The share that did, in 0..1."""
        return self.right / self.of


def running(ranks: Sequence[int], window: int = WINDOW) -> tuple[Running, ...]:
    """The curve over decisions, oldest first, from the rank that each given code had; fewer at its beginning."""
    points = []
    right = 0
    for place, rank in enumerate(ranks):
        right += rank == 1
        if place >= window:
            right -= ranks[place - window] == 1
        points.append(Running(place + 1, right, min(place + 1, window)))
    return tuple(points)


@dataclass(frozen=True, slots=True)
class Known:
    """After coding so many answers: how many different codes have been given."""

    answers: int
    codes: int


@dataclass(frozen=True, slots=True)
class Saturation:
    """How codes appeared as answers were coded, a point an answer.

    `imported` of the answers came from a file: among them the order is the file's, and says nothing of how they were
    read.
    """

    points: tuple[Known, ...]
    imported: int = 0

    def new_in_last(self, answers: int = WINDOW) -> int:
        """How many codes the last answers brought that none before had; near 0 the codebook is saturated."""
        if not self.points:
            return 0
        before = self.points[-answers - 1].codes if len(self.points) > answers else 0
        return self.points[-1].codes - before


def saturation(codings: Iterable[tuple[int, int]], imported: int = 0) -> Saturation:
    """The curve from (answer, code) in the order they were given; an answer counts from its first code on."""
    answers: set[int] = set()
    codes: set[int] = set()
    points: list[Known] = []
    for answer, code in codings:
        codes.add(code)
        if answer in answers:
            points[-1] = Known(len(answers), len(codes))
        else:
            answers.add(answer)
            points.append(Known(len(answers), len(codes)))
    return Saturation(tuple(points), imported)
