"""How an answer is laid out in segments, how an analyst draws others, and which of them a coding belongs to."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from coder.domain.coding import Coding, Segment, Work


def laid_out(work: Work, offered: tuple[Segment, ...], text: str) -> tuple[Segment, ...]:
    """The segments an answer is read in: those an analyst has drawn, else those offered with the coded ones in them.

    Longest first, so that a coded segment inside another one still stands by itself.
    """
    if work.cuts is not None:
        return work.cuts
    coded = {coding.segment for coding in work.codings if not coding.whole}
    return draw_all(offered, sorted(coded, key=lambda one: (one.start - one.end, one.start)), text)


def home(segments: tuple[Segment, ...], coding: Coding) -> int | None:
    """The number of the segment a coding is shown at: its own, else the first it overlaps.

    None for a coding of the whole answer.
    """
    if coding.whole or not segments:
        return None
    here = coding.segment
    number = bisect_right(segments, here.start, key=lambda one: one.end)
    return number if number < len(segments) and segments[number].start < here.end else 0


def at_home(work: Work, segments: tuple[Segment, ...]) -> dict[int | None, tuple[Coding, ...]]:
    """The codings by the segment they are shown at, those of the whole answer under None."""
    found: defaultdict[int | None, list[Coding]] = defaultdict(list)
    for coding in work.codings:
        found[home(segments, coding)].append(coding)
    return {number: tuple(codings) for number, codings in found.items()}


def split_at(segments: tuple[Segment, ...], place: int, text: str) -> tuple[Segment, ...]:
    """The segments with the one around `place` cut in two there; white space at the cut belongs to neither."""
    result: list[Segment] = []
    for segment in segments:
        parts = [segment]
        if segment.start < place < segment.end:
            parts = [_trimmed(text, segment.start, place), _trimmed(text, place, segment.end)]
        result += [part for part in parts if len(part)]
    return tuple(result)


def join_next(segments: tuple[Segment, ...], index: int) -> tuple[Segment, ...]:
    """The segments with number `index` and the one after it as one; the last one has none to join."""
    if not 0 <= index < len(segments) - 1:
        return segments
    joined = Segment(segments[index].start, segments[index + 1].end)
    return (*segments[:index], joined, *segments[index + 2 :])


def draw(segments: tuple[Segment, ...], drawn: Segment, text: str) -> tuple[Segment, ...]:
    """The segments with `drawn` among them; those it overlaps are cut back to what it leaves of them."""
    return draw_all(segments, [drawn], text)


def draw_all(segments: tuple[Segment, ...], drawings: Iterable[Segment], text: str) -> tuple[Segment, ...]:
    """The segments, which stand in order without overlap, with each of the drawings among them, one after the other."""
    result = list(segments)
    for drawn in drawings:
        first = bisect_right(result, drawn.start, key=lambda one: one.end)
        last = first
        parts = [drawn]
        while last < len(result) and result[last].start < drawn.end:
            segment = result[last]
            for part in (_trimmed(text, segment.start, drawn.start), _trimmed(text, drawn.end, segment.end)):
                if any(letter.isalnum() for letter in part.of(text)):
                    parts.append(part)
            last += 1
        result[first:last] = sorted(parts)
    return tuple(result)


def snap(text: str, start: int, end: int) -> Segment:
    """The range widened to whole words and freed of outer white space."""
    start, end = (min(max(place, 0), len(text)) for place in sorted((start, end)))
    part = _trimmed(text, start, end)
    start, end = part.start, part.end
    if not len(part):
        return part
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Segment(start, end)


def _trimmed(text: str, start: int, end: int) -> Segment:
    if end <= start:
        return Segment(start, start)
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner) - len(inner.rstrip())
    return Segment(start + left, end - right) if left < len(inner) else Segment(start, start)
