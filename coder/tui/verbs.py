"""What the keys do to an answer. Each verb is a step of the line: it says what it waits for, None when it is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from coder.domain.coding import (
    Coding,
    Origin,
    choose,
    flag,
    give,
    mark_nothing,
    take_back,
)
from coder.domain.counting import decide
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Suggestion
from coder.tui.ending import EndingBench
from coder.tui.labels import Rival, rivals
from coder.tui.offering import Listed
from coder.tui.reading import Reading
from coder.tui.segments import ADVICE
from coder.tui.twins import Twins
from coder.tui.widgets.answer_list import called


class Asking(Protocol):
    """Whoever can put a question to the analyst."""

    def pick(self, title: str, options: Sequence[str], then: Callable[[int], None]) -> None:
        """Have one of a few options picked."""

    def given(self, reading: Reading, code: int) -> None:
        """Take note that the active segment was given a code."""


class Verbs(Twins):
    """Deciding, by key."""

    def __init__(self, bench: EndingBench, asking: Asking) -> None:
        super().__init__(bench)
        self._asking = asking
        self._onwards = False  # whether the last segment's code makes the answer done

    def suggestion(self, number: int) -> Callable[[], str | None]:
        """The step that gives the active segment the suggestion of that number, from 1, for a key pressed now.

        It codes only from a list that is on the screen now, or was a moment ago and is again when its turn comes.
        """
        self.bench.suggestions()
        seen = self.bench.offering.seen()
        return lambda: self._suggestion(number, seen)

    def _suggestion(self, number: int, seen: Mapping[Listed, tuple[Suggestion, ...]]) -> str | None:
        before = seen.get((self.reading.answer.id, self.reading.segment))
        suggestions = self.bench.suggestions()
        if suggestions is None and before is not None:
            return ADVICE
        if before is None or suggestions is None:
            self.bench.view.say("no suggestion on the screen yet")
            return None
        if _codes(before)[:number] != _codes(suggestions)[:number]:
            self.bench.view.say("the suggestions have just changed: look again")
            return None
        if number > len(suggestions):
            self.bench.view.say(f"there is no suggestion {number}: / finds every code")
            return None
        return self.code(suggestions[number - 1].code, suggestions[number - 1])

    def code(self, code: int, suggestion: Suggestion | None = None) -> str | None:
        """Give the active segment a code and go on to the next uncoded one."""
        reading = self.reading
        if not (reading.ready or reading.whole):
            return ADVICE
        entry = self.bench.all.codebook.code_by_id[code]
        offered = _codes(self.bench.suggestions() or ())
        rank = (offered.index(code) + 1 if code in offered else 0) if offered else None
        coding = Coding(
            code,
            reading.segment,
            self.bench.all.analyst,
            Origin.HAND if suggestion is None else Origin.ACCEPTED,
            None if suggestion is None else suggestion.score,
            whole=reading.whole,
        )
        if not self.bench.decide(
            f"code {entry.name}",
            lambda work: give(work, coding),
            rank=rank,
            then=lambda now, work: now.after_code(work),
        ):
            self.bench.view.say(f"the segment carries {entry.name} already")
            return None
        twins = len(self.bench.twins(reading.answer.id))
        if twins:
            self.bench.view.say(f"d codes {twins} near-duplicate{'s' if twins > 1 else ''} like this answer")
        self._asking.given(reading, code)
        self._go_on(reading)
        return None

    def onwards(self) -> str | None:
        """Have an answer be done as soon as its last segment is coded, and the next one read; again: no longer."""
        self._onwards = not self._onwards
        on = "after an answer's last segment the next answer comes by itself; o again stops that"
        self.bench.view.say(on if self._onwards else "Enter goes on to the next answer")
        return None

    def _go_on(self, before: Reading) -> None:
        """Go on to the next answer, where that is wanted and nothing in this one waits for anybody."""
        bench, answer, book = self.bench, before.answer, self.bench.all.codebook
        if not self._onwards or self.reading.segment != before.segment or bench.twins(answer.id):
            return
        work = bench.ahead(answer.id)
        if any(one.clash for one in decide(work, book)) or any(one.origin is Origin.AUTO for one in work.codings):
            return
        names = ", ".join(dict.fromkeys(book.code_name(one.code) for one in work.codings))
        self._end(f"done, {called(answer)}: {names}")

    def again(self) -> str | None:
        """Give the code that was given last."""
        codebook = self.bench.all.codebook
        known = [code for code in self.bench.recent if code in codebook.code_by_id]  # a new code may have been undone
        recent = [code for code in known if not codebook.is_retired(code)]
        if not recent:
            self.bench.view.say("no code has been given yet")
            return None
        return self.code(codebook.stands_for(recent[0]))

    def remove(self) -> str | None:
        """Take a code off the active segment."""
        return self._one_of_mine("Which code comes off?", self.take_off)

    def take_off(self, coding: Coding) -> None:
        """Take this code off."""
        book = self.bench.all.codebook
        self.bench.decide(f"code {book.code_name(coding.code)} off", lambda work: take_back(work, coding, book))

    def example(self) -> str | None:
        """Flag the active segment's code as an example for publication, or no longer."""

        def flagged(coding: Coding) -> None:
            self.bench.decide("example", lambda work: flag(work, coding))

        return self._one_of_mine("Which code is it an example of?", flagged)

    def quote(self, shorten: Callable[[Coding], None]) -> str | None:
        """Have the quote shortened that the active segment's coding is an example with."""
        return self._one_of_mine("Whose quote is shortened?", shorten)

    def nothing(self) -> str | None:
        """Mark the answer as having nothing to code and read the next one; again takes the mark off."""
        analyst = self.bench.all.analyst
        marked = self.bench.ahead(self.reading.answer.id).nothing
        if self.bench.decide("nothing to code", lambda work: mark_nothing(work, analyst)) and not marked:
            self.bench.next_remaining()
        return None

    def done(self) -> str | None:
        """Be done with the answer and read the next one that is not."""
        work = self.bench.ahead(self.reading.answer.id)
        if not work.codings and not work.nothing:
            self.bench.view.say("no code yet: 0 marks nothing to code, Space skips")
            return None
        self._end()
        return None

    def _end(self, said: str = "") -> None:
        if not self.bench.ahead(self.reading.answer.id).done:
            self.bench.decide("done", lambda one: replace(one, done=True), said=(lambda: said) if said else None)
        self.bench.next_remaining()

    def choose(self) -> str | None:
        """Choose which code of a theme is counted: the active segment's, else one that is picked."""
        direct, standing = self.choice()
        if direct is not None:
            self._choose(direct)
        elif not standing:
            self.bench.view.say("no theme has more than one code here: nothing to choose")
        else:
            names = [
                f"{self._name(one)} ({self.bench.all.codebook.theme_by_id[one.theme].name})"
                + (", counted for now" if one.counted and one.clash else ", counted" if one.counted else "")
                for one in standing
            ]
            self._asking.pick("Which code is counted?", names, lambda place: self._choose(standing[place]))
        return None

    def choice(self) -> tuple[Rival | None, list[Rival]]:
        """What the key to choose would count at once, if anything, and all that can be chosen among."""
        bench, reading = self.bench, self.reading
        work = bench.ahead(reading.answer.id)
        standing = rivals(decide(work, bench.all.codebook))
        clashing = [one for one in standing if one.clash]
        mine = self.codes_here()
        here = [one for one in clashing or standing if one.code in mine]
        here = [one for one in here if one.clash or not one.counted]
        return (here[0] if len(here) == 1 else None), clashing or standing

    def choice_in_words(self) -> str:
        """What the key to choose would do."""
        direct, _ = self.choice()
        return (
            "chooses which one is counted" if direct is None else f"counts {self._name(direct)}, the active segment's"
        )

    def _choose(self, rival: Rival) -> None:
        codebook = self.bench.all.codebook
        self.bench.decide(f"count {self._name(rival)}", lambda work: choose(work, rival.theme, rival.code, codebook))

    def _one_of_mine(self, title: str, then: Callable[[Coding], None]) -> str | None:
        """Do something with the active segment's coding; where there are several, with the one that is picked."""
        reading = self.reading
        if not (reading.ready or reading.whole):
            return ADVICE
        work = self.bench.ahead(reading.answer.id)
        found = at_home(work, reading.segments)
        mine = found.get(None if reading.whole else reading.active, ())
        if not mine and None in found:
            mine = found[None]
        if not mine:
            self.bench.view.say("the active segment carries no code")
        elif len(mine) == 1:
            then(mine[0])
        else:
            names = [self.bench.all.codebook.code_name(one.code) for one in mine]
            self._asking.pick(title, names, lambda place: then(mine[place]))
        return None

    def _name(self, rival: Rival) -> str:
        return self.bench.all.codebook.code_name(rival.code)


def _codes(suggestions: Sequence[Suggestion]) -> list[int]:
    return [one.code for one in suggestions]
