"""Coding answers that say the same, by one key."""

from collections.abc import Callable, Sequence
from functools import partial

from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment, Work, give
from coder.domain.how_many import how_many
from coder.domain.review import accept, reject
from coder.tui.ending import EndingBench
from coder.tui.reader import TWINS
from coder.tui.segments import Segments
from coder.tui.widgets.answer_list import called


class Twins(Segments):
    """The near-duplicates of the answer being read."""

    bench: EndingBench

    def done_together(self) -> str | None:
        """Be done with the answer and with all in the very same words that are coded the same."""
        return self.bench.end_together()

    def duplicates(self) -> str | None:
        """Give the codes of the answer to its near-duplicates that no analyst has touched, a decision each.

        To those in the very same words on the same segments, to those merely alike on the whole of them.
        """
        bench, here = self.bench, self.reading.answer
        codings = bench.ahead(here.id).codings
        stands = bench.all.codebook.stands_for
        mine = [one for one in codings if one.origin is not Origin.AUTO]
        if not mine:
            machine = "only a machine has coded this answer: i accepts its codes, then d gives them on"
            bench.view.say(machine if codings else "no code yet to give to the near-duplicates")
            return None
        if bench.alike is None:
            bench.view.say("looking for near-duplicates… Esc goes on without")
            bench.look_for_twins()
            return TWINS
        twins = bench.twins(here.id)
        codes = list(dict.fromkeys(stands(one.code) for one in mine))
        names = ", ".join(bench.all.codebook.code_name(code) for code in codes)
        analyst = bench.all.analyst
        same = [Coding(stands(one.code), one.segment, analyst, whole=one.whole) for one in mine]
        stored: list[str] = []

        def told(twin: Answer) -> str:
            stored.append(called(twin))
            ended = len(bench.same_words()) if len(stored) == len(twins) else 0
            ends = f"; D ends this and {ended} worded the same" if ended else ""
            return f"{how_many(len(stored), 'near-duplicate')} coded {names}{ends}: {', '.join(stored)}"

        for twin in twins:
            whole = Segment(0, len(twin.text))
            given = same if twin.text == here.text else [Coding(code, whole, analyst, whole=True) for code in codes]
            self._like(twin, given, f"code {names}, as in a near-duplicate", partial(told, twin))
        if not twins:
            none = "no near-duplicate is left to code" if here.id in bench.alike else "it has no near-duplicate"
            bench.view.say(none)
        return None

    def _like(self, twin: Answer, given: Sequence[Coding], what: str, said: Callable[[], str]) -> None:
        analyst, book = self.bench.all.analyst, self.bench.all.codebook
        codes = {one.code for one in given}

        def change(work: Work) -> Work:
            for one in work.codings:
                if one.origin is Origin.AUTO:
                    same = book.stands_for(one.code) in codes
                    work = accept(work, one, analyst) if same else reject(work, one, book)
            there = {book.stands_for(one.code) for one in work.codings}
            for one in given:
                if one.code not in there:
                    work = give(work, one)
            return work

        self.bench.decide(what, change, answer=twin.id, said=said)
