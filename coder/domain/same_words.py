"""Answers in the very same words: when who is done with one is done with another."""

from collections.abc import Mapping

from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Segment, Work
from coder.domain.counting import decide

# The codes of an answer, each with its segment, and those of them that are counted, each with its theme.
_Settled = tuple[frozenset[tuple[int, Segment]], frozenset[tuple[int | None, int]]]


def coded_the_same(work: Work, others: Mapping[int, Work], codebook: Codebook, analyst: str) -> list[int]:
    """Which of the others are coded as this one by this analyst, with nothing left to choose; all in the same words.

    They have the same codes on the same segments, none of them a machine's or somebody else's; the same of them are
    counted, and there is no clash. None are where that does not hold of this one itself.
    """
    mine = _settled(work, codebook, analyst)
    if mine is None:
        return []
    # Most are equal as they stand; there may be thousands.
    equal = work.codings, work.choices
    return [
        number
        for number, one in others.items()
        if (one.codings, one.choices) == equal or _settled(one, codebook, analyst) == mine
    ]


def _settled(work: Work, codebook: Codebook, analyst: str) -> _Settled | None:
    """What is coded and counted; None where anything is a machine's or another's, or left to choose, or nothing is."""
    if not work.codings or any(one.analyst != analyst or one.origin is Origin.AUTO for one in work.codings):
        return None
    decision = decide(work, codebook)
    if any(settled.clash for settled in decision):
        return None
    places = frozenset((codebook.stands_for(one.code), one.segment) for one in work.codings)
    return places, frozenset((settled.theme, settled.code) for settled in decision)
