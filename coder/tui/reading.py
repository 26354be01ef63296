"""Where the analyst reads: an answer, its segments, the active one, and the caret in it. Values, no screen."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from coder.domain.answers import Answer
from coder.domain.coding import Segment, Work
from coder.domain.segmenting import at_home, laid_out

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as it is being read.

    `offered` are the clauses, None until they are known. `active` is the number of a segment; `whole` says that the
    whole answer is active instead. `caret` is an offset in the answer.
    """

    answer: Answer
    offered: tuple[Segment, ...] | None = None
    segments: tuple[Segment, ...] = ()
    active: int = 0
    caret: int = 0
    whole: bool = False

    @property
    def ready(self) -> bool:
        """True once there are segments to work on."""
        return bool(self.segments)

    @property
    def segment(self) -> Segment:
        """The active segment; the whole answer while there is none."""
        if self.whole or not self.segments:
            return Segment(0, len(self.answer.text))
        return self.segments[self.active]

    def with_work(self, work: Work) -> "Reading":
        """The reading after the answer's work has changed: the same place, in the segments there are now."""
        if self.offered is None and work.cuts is None:
            return self
        segments = laid_out(work, self.offered or (), self.answer.text)
        if not segments:
            segments = (Segment(0, len(self.answer.text)),)
        if segments == self.segments:
            return self
        if not self.segments:
            return replace(self, segments=segments).at(self.active)
        number = around(segments, self.segments[self.active].start)
        return replace(self, segments=segments).at(number, whole=self.whole)

    def at(self, number: int, *, whole: bool = False) -> "Reading":
        """The reading with another segment active."""
        if not self.segments:
            return replace(self, active=max(0, number), whole=whole)
        number = max(0, min(number, len(self.segments) - 1))
        caret = self.caret
        segment = self.segments[number]
        if number != self.active or not segment.start <= caret < segment.end:
            caret = segment.start
        return replace(self, active=number, caret=caret, whole=whole)

    def after_code(self, work: Work) -> "Reading":
        """The reading with the next uncoded segment active; where there is none after this, the same."""
        if self.whole:
            return self
        coded = at_home(work, self.segments)
        for number in range(self.active + 1, len(self.segments)):
            if number not in coded:
                return self.at(number)
        return self

    def caret_by(self, step: int, *, characters: bool = False) -> "Reading":
        """The reading with the caret moved inside the active segment, by words or by characters."""
        segment = self.segment
        if characters:
            caret = self.caret + step
        elif step > 0:
            found = _WORD.search(self.answer.text, self.caret, segment.end)
            inside = found and found.start() == self.caret
            after = _WORD.search(self.answer.text, found.end(), segment.end) if found and inside else found
            caret = after.start() if after else self.caret
        else:
            starts = [one.start() for one in _WORD.finditer(self.answer.text, segment.start, self.caret)]
            caret = starts[-1] if starts else segment.start
        return replace(self, caret=max(segment.start, min(caret, segment.end - 1)))


def around(segments: tuple[Segment, ...], offset: int) -> int:
    """The number of the segment around an offset, else of the last one that begins before it."""
    return max(0, bisect_right(segments, offset, key=lambda one: one.start) - 1)
