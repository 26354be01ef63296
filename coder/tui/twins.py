"""Coding answers that say the same, by one key."""

from collections.abc import Sequence

from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment, Work, give
from coder.domain.how_many import how_many
from coder.domain.review import accept, reject
from coder.tui.reader import TWINS
from coder.tui.segments import Segments
from coder.tui.widgets.answer_list import called


class Twins(Segments):
    """The near-duplicates of the answer being read."""

    def duplicates(self) -> str | None:
        """Give the codes of the answer to its near-duplicates that no analyst has touched, a decision each."""
        bench, here = self.bench, self.reading.answer
        codings = bench.ahead(here.id).codings
        stands = bench.all.codebook.stands_for
        mine = list(dict.fromkeys(stands(one.code) for one in codings if one.origin is not Origin.AUTO))
        if not mine:
            machine = "only a machine has coded this answer: i accepts its codes, then d gives them on"
            bench.view.say(machine if codings else "no code yet to give to the near-duplicates")
            return None
        if bench.alike is None:
            bench.view.say("looking for near-duplicates… Esc goes on without")
            bench.look_for_twins()
            return TWINS
        twins = bench.twins(here.id)
        names = ", ".join(bench.all.codebook.code_name(code) for code in mine)
        for twin in twins:
            self._like(twin, mine, f"code {names}, as in a near-duplicate")
        whose = ", ".join(called(twin) for twin in twins)
        done = f"{how_many(len(twins), 'near-duplicate')} coded {names}: {whose}"
        none = "no near-duplicate is left to code" if here.id in bench.alike else "it has no near-duplicate"
        bench.view.say(done if twins else none)
        return None

    def _like(self, twin: Answer, codes: Sequence[int], what: str) -> None:
        whole, analyst, book = Segment(0, len(twin.text)), self.bench.all.analyst, self.bench.all.codebook

        def change(work: Work) -> Work:
            for one in work.codings:
                if one.origin is Origin.AUTO:
                    same = book.stands_for(one.code) in codes
                    work = accept(work, one, analyst) if same else reject(work, one, book)
            there = {book.stands_for(one.code) for one in work.codings}
            for code in codes:
                if code not in there:
                    work = give(work, Coding(code, whole, analyst, Origin.HAND, whole=True))
            return work

        self.bench.decide(what, change, answer=twin.id)
