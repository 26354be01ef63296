"""Being done with answers in the very same words together."""

from collections.abc import Collection

from coder.domain.how_many import how_many
from coder.domain.same_words import coded_the_same
from coder.tui.growing import GrowingBench

_ENDING = "answers in the same words"  # what keys wait for meanwhile
_NO_OTHER = "no other answer in the very same words is coded the same and not done: Enter ends this one"


class EndingBench(GrowingBench):
    """A bench that can be done with several answers by one key, where they are worded and coded the same."""

    _worded: tuple[object, dict[str, list[int]]] = (None, {})  # the answers by their words, and of which answers

    def apart(self) -> Collection[int]:
        """Answers that are never ended with another one."""
        return ()

    def same_words(self) -> list[int]:
        """The other answers that may be ended with the one being read: worded and coded the same, and not done."""
        if self.reading is None or self.reading.answer.id in self.apart():
            return []
        here = self.reading.answer
        if self._worded[0] is not self.all.answers:
            found: dict[str, list[int]] = {}
            for answer in self.all.answers:
                found.setdefault(answer.text, []).append(answer.id)
            self._worded = self.all.answers, found
        others = [one for one in self._worded[1].get(here.text, ()) if one != here.id and one not in self.apart()]
        left = {one: work for one in others if not (work := self.ahead(one)).done}
        return coded_the_same(self.ahead(here.id), left, self.all.codebook, self.all.analyst)

    def end_together(self) -> str | None:
        """Be done with the answer being read and those in the same words, as one step. A step of the line."""
        if not self.same_words():
            self.view.say(_NO_OTHER)
            return None
        assert self.reading is not None
        answer, apart, place = self.reading.answer.id, self.apart(), self.place()

        async def ended() -> None:
            try:
                what = await self._changed_by(lambda session: _told(session.end_same(answer, apart, place)))
                if what:
                    self.next_remaining()
                if what is not None:
                    self.view.say(what or _NO_OTHER)
            finally:
                self.line.release(_ENDING)

        self.line.hold(_ENDING)
        self._start(ended())
        return None


def _told(ended: int) -> str:
    return f"Ended {how_many(ended, 'answer')} worded the same" if ended else ""
