"""Going about in an answer, and drawing its segments anew, by key. Each is a step of the line."""

from dataclasses import replace

from coder.domain.coding import Segment, Work
from coder.domain.segmenting import at_home, draw, join_next, snap, split_at
from coder.tui.bench import Bench
from coder.tui.reading import Reading, around

ADVICE = "advice"  # what a step waits for that needs clauses or suggestions


class Segments:
    """The segments of the answer being read."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    @property
    def reading(self) -> Reading:
        """Where the analyst stands."""
        assert self.bench.reading is not None
        return self.bench.reading

    def codes_here(self) -> list[int]:
        """The codes of the active segment as they stand now, or those of the whole answer where that is active."""
        return self._codes_at(None if self.reading.whole else self.reading.active)

    def codes_around(self) -> list[int]:
        """The codes of the whole answer as they stand now."""
        return self._codes_at(None)

    def _codes_at(self, place: int | None) -> list[int]:
        held = at_home(self.bench.ahead(self.reading.answer.id), self.reading.segments)
        stands = self.bench.all.codebook.stands
        return list(dict.fromkeys(stands[one.code] for one in held.get(place, ())))

    def split(self) -> str | None:
        """Split the active segment at the caret."""
        reading = self.reading
        if not reading.ready:
            return ADVICE
        if reading.whole or reading.caret <= reading.segment.start:
            self.bench.view.say("move the caret with ← → to where the segment shall be split")
            return None
        place, text = reading.caret, reading.answer.text
        cuts = split_at(reading.segments, place, text)
        if len(cuts) == len(reading.segments):
            self.bench.view.say("there are no words on one side of the caret")
            return None
        self._cut("split", cuts, reading.segment.start)
        return None

    def join(self) -> str | None:
        """Make the active segment and the next one segment."""
        reading = self.reading
        if not reading.ready:
            return ADVICE
        if reading.active + 1 >= len(reading.segments):
            self.bench.view.say("there is no next segment to join")
            return None
        self._cut("join", join_next(reading.segments, reading.active), reading.segment.start)
        return None

    def drawn(self, start: int, end: int) -> str | None:
        """Make a segment of a range, widened to whole words."""
        reading = self.reading
        if not reading.ready:
            return ADVICE
        segment = snap(reading.answer.text, start, end)
        if not segment.of(reading.answer.text).strip():
            return None
        self._cut("draw", draw(reading.segments, segment, reading.answer.text), segment.start)
        return None

    def whole(self) -> str | None:
        """Make the whole answer active, or the segment again."""
        self.bench.move(self.reading.at(self.reading.active, whole=not self.reading.whole))
        return None

    def segment(self, by: int) -> str | None:
        """Go to the next segment or the one before."""
        if not self.reading.ready:
            return ADVICE
        self.bench.move(self.reading.at(self.reading.active + by))
        return None

    def edge(self, last: int) -> str | None:
        """Go to the first or last segment."""
        if not self.reading.ready:
            return ADVICE
        self.bench.move(self.reading.at(len(self.reading.segments) - 1 if last else 0))
        return None

    def caret(self, by: int, characters: int = 0) -> str | None:
        """Move the caret inside the active segment."""
        if not self.reading.ready:
            return ADVICE
        self.bench.move(self.reading.caret_by(by, characters=bool(characters)))
        return None

    def point(self, offset: int) -> str | None:
        """Make the segment around a place active."""
        if not self.reading.ready:
            return ADVICE
        self.bench.move(self.reading.at(around(self.reading.segments, offset)))
        return None

    def _cut(self, what: str, cuts: tuple[Segment, ...], start: int) -> None:
        def there(now: Reading, _: Work) -> Reading:
            return now.at(around(now.segments, start))

        self.bench.decide(what, lambda work: replace(work, cuts=cuts), then=there)
