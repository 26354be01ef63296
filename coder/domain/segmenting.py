"""How an answer is laid out in segments for reading, and which of them a coding belongs to."""

from coder.domain.coding import Coding, Segment, Work, draw


def laid_out(work: Work, offered: tuple[Segment, ...], text: str) -> tuple[Segment, ...]:
    """The segments an answer is read in: those an analyst has drawn, else those offered with the coded ones in them.

    Longest first, so that a coded segment inside another one still stands by itself.
    """
    if work.cuts is not None:
        return work.cuts
    result = offered
    coded = {coding.segment for coding in work.codings if not coding.whole}
    for segment in sorted(coded, key=lambda one: (-len(one), one)):
        if segment not in result:
            result = draw(result, segment, text)
    return result


def home(segments: tuple[Segment, ...], coding: Coding) -> int | None:
    """The number of the segment a coding is shown at: its own, else the first it overlaps.

    None for a coding of the whole answer.
    """
    if coding.whole or not segments:
        return None
    if coding.segment in segments:
        return segments.index(coding.segment)
    for number, segment in enumerate(segments):
        if segment.start < coding.segment.end and coding.segment.start < segment.end:
            return number
    return 0


def at_home(work: Work, segments: tuple[Segment, ...]) -> dict[int | None, tuple[Coding, ...]]:
    """The codings by the segment they are shown at, those of the whole answer under None."""
    found: dict[int | None, tuple[Coding, ...]] = {}
    for coding in work.codings:
        number = home(segments, coding)
        found[number] = (*found.get(number, ()), coding)
    return found
