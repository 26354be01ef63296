"""What the positions in a REFI-QDA file count, found out by the words that it quotes beside them.

The standard counts code points of a text with bare line feeds from 0, the end excluded. Programs differ: some count a
carriage return, the mark at the beginning of the file, or UTF-16 units, and some mean the last character by the end.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from coder.domain.answers import canonical
from coder.domain.coding import Segment

_WORK = 20_000_000  # characters that may be looked at again to place the passages of one text exactly
_CUT = ("…", "...")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the positions of a file count. The default is the standard's way, with every character that is there."""

    returns: bool = True
    mark: bool = False
    units: bool = False
    inclusive: bool = False


_EVERY = tuple(Counted(*flags) for flags in product((True, False), repeat=4))


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of a text as the file states it, and the words it quotes, empty where it quotes none."""

    start: int
    end: int
    quote: str = ""


class Text:
    """A text as its file holds it, with its mark and its carriage returns; `canonical` is what is taken in."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.canonical = canonical(raw)
        self._counted: dict[tuple[bool, bool], str] = {}
        self._wide: dict[tuple[bool, bool], array[int]] = {}

    @property
    def telling(self) -> tuple[bool, bool, bool, bool]:
        """Which of the ways of counting make a difference in this text, in the order of Counted."""
        return "\r\n" in self.raw, self.raw.startswith("\ufeff"), any(one > "\uffff" for one in self.raw), True

    def counted(self, way: Counted) -> str:
        """The text that positions counted that way refer to."""
        key = way.returns, way.mark
        if key not in self._counted:
            text = self.raw if way.mark else self.raw.removeprefix("\ufeff")
            self._counted[key] = text if way.returns else text.replace("\r\n", "\n")
        return self._counted[key]

    def range(self, passage: Passage, way: Counted) -> tuple[int, int]:
        """The passage in code points of the counted text, the end excluded."""
        start, end = passage.start, passage.end + way.inclusive
        if way.units:
            key = way.returns, way.mark
            if key not in self._wide:
                wide = (place for place, letter in enumerate(self.counted(way)) if letter > "\uffff")
                self._wide[key] = array("I", (place + before for before, place in enumerate(wide)))
            start, end = (place - bisect_left(self._wide[key], place) for place in (start, end))
        return start, end

    def quotes(self, passage: Passage, way: Counted) -> int:
        """Whether the quoted words stand there: 2 to the letter, 1 but for white space or an end cut short, else 0."""
        text = self.counted(way)
        start, end = self.range(passage, way)
        # A quote of a few words is never compared with a whole book.
        longest = 3 * len(passage.quote) + 20
        if not passage.quote or not 0 <= start < end <= len(text):
            return 0
        there = text[start : min(end, start + longest)]
        if end - start <= longest and there == passage.quote:
            return 2
        quote, there = _plain(passage.quote), _plain(there)
        cut = next((mark for mark in _CUT if quote.endswith(mark)), "")
        if cut:
            return int(quote != cut and there.startswith(quote.removesuffix(cut)))
        return int(end - start <= longest and there == quote)


def _plain(text: str) -> str:
    return " ".join(canonical(text).split())


def _flags(way: Counted) -> tuple[bool, bool, bool, bool]:
    return way.returns, way.mark, way.units, way.inclusive


@cache
def _alike(telling: tuple[bool, ...]) -> dict[Counted, list[Counted]]:
    """The ways of counting that differ in a text of which that is telling, each with those that make no difference."""
    groups: dict[Counted, list[Counted]] = defaultdict(list)
    for way in _EVERY:
        here = zip(_flags(way), _flags(Counted()), telling, strict=True)
        groups[Counted(*(flag if tells else usual for flag, usual, tells in here))].append(way)
    return groups


def way_counted(texts: Iterable[tuple[Text, Sequence[Passage]]], default: Counted) -> tuple[Counted, bool]:
    """The way of counting that puts most quotes in their place, and whether any quote is in its place at all."""
    votes: Counter[Counted] = Counter()
    for text, passages in texts:
        for way, alike in _alike(text.telling).items():
            right = sum(text.quotes(passage, way) for passage in passages)
            votes.update(dict.fromkeys(alike, right))
    best = max(_EVERY, key=lambda way: (votes[way], -_distance(way, default)))
    return best, votes[best] > 0


def _distance(one: Counted, other: Counted) -> int:
    return sum(flag != usual for flag, usual in zip(_flags(one), _flags(other), strict=True))


def place(text: Text, passages: Sequence[Passage], way: Counted, quoting: bool) -> tuple[list[Segment | None], int]:
    """Where each passage is in the canonical text, None for one outside it; and how many quotes stand elsewhere.

    `quoting` says that the file quotes: a passage whose quote fits another way of counting is then counted that way.
    """
    ways = [way] * len(passages)
    astray = 0
    if quoting:
        for number, passage in enumerate(passages):
            if passage.quote and not text.quotes(passage, way):
                ways[number] = max(_EVERY, key=lambda one: (text.quotes(passage, one), one == way))
                astray += ways[number] == way
    found: list[Segment | None] = [None] * len(passages)
    for one in set(ways):
        ranges = {number: text.range(passages[number], one) for number, its in enumerate(ways) if its == one}
        counted = text.counted(one)
        offsets = _offsets(counted, text.canonical, {edge for both in ranges.values() for edge in both})
        for number, (start, end) in ranges.items():
            if 0 <= start < end <= len(counted):
                segment = Segment(offsets[start], offsets[end])
                found[number] = segment if segment.of(text.canonical).strip() else None
    return found, astray


def _offsets(counted: str, clean: str, places: set[int]) -> dict[int, int]:
    """For each place in the counted text, the place in its canonical form."""
    inside = sorted({0, len(counted), *(place for place in places if 0 <= place <= len(counted))})
    if counted == clean:
        return {place: place for place in inside}
    offsets = {0: 0}
    for before, after in pairwise(inside):
        offsets[after] = offsets[before] + len(canonical(counted[before:after]))
    if offsets[len(counted)] != len(clean) and len(counted) * len(inside) <= _WORK:
        # A place lies inside something that becomes one character; then what stands before it decides.
        offsets = {place: len(canonical(counted[:place])) for place in inside}
    return {place: min(offset, len(clean)) for place, offset in offsets.items()}
