"""An answer laid out in rows: its segments one below the other, each with the codes it was given."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coder.domain.coding import Segment
from coder.tui.wrapping import wrapped

_LIST_NUMBER = re.compile(r"\W*\d{1,2}[.):]\W*")
_SHOWN = 6_000  # characters shown on either side of the active segment


_NONE = Segment(0, 0)


@dataclass(frozen=True, slots=True)
class Label:
    """A line that stands below a segment: a code it was given, with its sign."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen.

    A row of the answer's own text has its offsets and no label; the part inside the segment is `inner`. `number` is
    the segment the row belongs to, None for words in no segment.
    """

    number: int | None = None
    start: int = 0
    end: int = 0
    inner: Segment = _NONE
    label: Label | None = None


def answer_rows(
    text: str,
    segments: Sequence[Segment],
    labels: Mapping[int | None, Sequence[Label]],
    *,
    caret: int,
    width: int,
) -> list[Row]:
    """The rows of an answer; of a very long one the part around the caret."""
    part = part_shown(text, caret)
    first, last = part.start, part.end
    rows = [Row(None, label=label) for label in labels.get(None, ())]
    if rows:
        rows.append(Row())
    if first > 0:
        rows.append(Row(label=Label(f"… {first:,} characters before this are not shown".replace(",", " "), "dim")))
    for number, start, end, inner in _blocks(text, segments, first, last):
        if rows and rows[-1].end and "\n\n" in text[rows[-1].end : start]:
            rows.append(Row())
        rows += [Row(number, left, right, inner) for left, right in wrapped(text, start, end, width)]
        rows += [Row(number, label=label) for label in labels.get(number, ()) if number is not None]
    if last < len(text):
        left = f"{len(text) - last:,}".replace(",", " ")
        rows.append(Row(label=Label(f"… {left} more characters are not shown; they come as you go on", "dim")))
    return rows


def part_shown(text: str, caret: int) -> Segment:
    """What is shown of an answer: all of it, or of a very long one the part around the caret."""
    return Segment(max(0, caret - _SHOWN), min(len(text), caret + _SHOWN))


def word_places(text: str, segment: Segment, words: Sequence[str]) -> list[Segment]:
    """Where these words stand in a segment, as whole words, in upper or lower case."""
    if not words:
        return []
    any_of = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    found = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
    end = min(segment.end, segment.start + _SHOWN)
    return [Segment(one.start(), one.end()) for one in found.finditer(text, segment.start, end)] if any_of else []


def _blocks(
    text: str, segments: Sequence[Segment], first: int, last: int
) -> Iterator[tuple[int | None, int, int, Segment]]:
    """The segments with what lies between them: signs go to their neighbour, words stand by themselves."""
    begin = bisect_right(segments, first, key=lambda one: one.end)
    stop = bisect_left(segments, last, key=lambda one: one.start)
    shown = [(number, segments[number]) for number in range(begin, stop)]
    position = first
    for place, (number, segment) in enumerate(shown):
        inner = Segment(max(segment.start, first), min(segment.end, last))
        start, end = inner.start, inner.end
        between = text[position:start]
        if _words(between):
            yield from _between(text, position, start)
        else:
            lead = len(between) - len(between.lstrip())
            start = position + lead
        after = shown[place + 1][1].start if place + 1 < len(shown) else last
        tail = text[end : min(after, end + 8)]
        if not _words(text[end:after]):
            end += len(tail) - len(tail.lstrip(" .,;:!?…)\"'”’»"))
            end = inner.end + len(text[inner.end : end].rstrip())
        position = max(end, inner.end)
        yield number, start, position, inner
    if _words(text[position:last]):
        yield from _between(text, position, last)


def _between(text: str, start: int, end: int) -> Iterator[tuple[None, int, int, Segment]]:
    part = text[start:end]
    start, end = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
    yield None, start, end, Segment(start, start)


def _words(text: str) -> bool:
    return any(letter.isalnum() for letter in text) and not _LIST_NUMBER.fullmatch(text)
