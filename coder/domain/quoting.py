"""Quotes that are shortened by leaving words out, and in no other way.

A shortened quote is kept as the ranges of the snippet that are left, so that it can't say what the respondent did not.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from coder.domain.coding import Coding, Segment, Work
from coder.domain.errors import CoderError

ELLIPSIS = "…"
_MARK = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|…|\.{3,}")
# A word with what it holds inside it, such as "e-post" and "3,5"; else a sign of its own.
_PIECE = re.compile(r"\w+(?:[-–.,:/'’]\w+)*|[^\w\s]")


def shortened(snippet: str, kept: Sequence[Segment]) -> str:
    """The snippet with "…" for every stretch of words outside `kept`; no ranges at all keep all of it.

    `kept` are ranges of the snippet, in order and apart from one another.
    """
    if not kept:
        return snippet
    result, place = "", 0
    for part in kept:
        between = snippet[place : part.start]
        if between.strip():
            result += f" {ELLIPSIS} "
        elif result:
            result += between
        result, place = result + part.of(snippet), part.end
    if snippet[place:].strip():
        result += f" {ELLIPSIS}"
    return result.strip()


def pieces(snippet: str) -> tuple[Segment, ...]:
    """The words and signs that a quote can lose or keep, each by itself."""
    return tuple(Segment(*found.span()) for found in _PIECE.finditer(snippet))


def pieces_in(snippet: str, kept: Sequence[Segment]) -> frozenset[int]:
    """The numbers of the pieces that a quote made of these ranges has; no ranges at all have every one."""
    return frozenset(
        number
        for number, piece in enumerate(pieces(snippet))
        if not kept or any(one.start <= piece.start and piece.end <= one.end for one in kept)
    )


def kept_pieces(snippet: str, left: Collection[int]) -> tuple[Segment, ...]:
    """The ranges that keep the pieces with these numbers; empty where all of them are kept.

    Raises CoderError where no word is left.
    """
    words = pieces(snippet)
    if not any(letter.isalnum() for number in left for letter in words[number].of(snippet)):
        raise CoderError("the quote has no words left", "Leave some out, not all.")
    return () if len(left) == len(words) else _ranges(words, sorted(left))


def kept_from(snippet: str, edited: str) -> tuple[Segment, ...]:
    """The ranges of the snippet that `edited` keeps, where it is the snippet with … or [...] for words left out.

    Empty where all of it is kept. White space may differ. Of words that stand in several places the first are kept.
    Raises CoderError where a word is changed, added, cut short, moved, or left out without a mark.
    """
    words = pieces(snippet)
    said = [word.of(snippet) for word in words]
    parts = [_PIECE.findall(part) for part in _MARK.split(edited)]
    if edited.split() == snippet.split():
        return ()
    starts, place = [], 0
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        anchored = (place, place + 1) if first else (place, len(said) - len(part) + 1)
        if last and not first:
            anchored = (max(place, len(said) - len(part)), len(said) - len(part) + 1)
        found = next((at for at in range(*anchored) if said[at : at + len(part)] == part), None)
        if found is None or (first and last and len(part) != len(said)):
            raise CoderError(
                f"the quote says {' '.join(part)!r}, which does not stand there in the answer",
                "A quote is shortened only by leaving words out: write … in their place and change nothing else.",
            )
        starts.append(found)
        place = found + len(part)
    left = {at for start, part in zip(starts, parts, strict=True) for at in range(start, start + len(part))}
    return kept_pieces(snippet, left)


def quote(coding: Coding, text: str) -> str:
    """What of an answer's text is printed where the coding is an example."""
    return shortened(coding.segment.of(text), coding.kept)


def shorten(work: Work, coding: Coding, kept: tuple[Segment, ...]) -> Work:
    """The work with these ranges of the coding's snippet kept in its quote; none for the snippet in full."""
    codings = tuple(replace(other, kept=kept) if other.identity == coding.identity else other for other in work.codings)
    return replace(work, codings=codings)


def _ranges(words: Sequence[Segment], left: Sequence[int]) -> tuple[Segment, ...]:
    """The words with these numbers as ranges, neighbours as one."""
    result: list[Segment] = []
    for before, number in zip([None, *left], left, strict=False):
        if before is not None and before == number - 1:
            result[-1] = Segment(result[-1].start, words[number].end)
        else:
            result.append(words[number])
    return tuple(result)
