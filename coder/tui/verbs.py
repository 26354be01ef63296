"""What the keys do to an answer. Each verb is a step of the line: it says what it waits for, None when it is done."""

from collections.abc import Callable, Sequence
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
from coder.tui.bench import Bench
from coder.tui.labels import Rival, rivals
from coder.tui.segments import ADVICE, Segments


class Asking(Protocol):
    """Whoever can put a question to the analyst."""

    def pick(self, title: str, options: Sequence[str], then: Callable[[int], None]) -> None:
        """Have one of a few options picked."""


class Verbs(Segments):
    """Deciding, by key."""

    def __init__(self, bench: Bench, asking: Asking) -> None:
        super().__init__(bench)
        self._asking = asking

    def suggestion(self, number: int) -> str | None:
        """Give the active segment the suggestion of that number, from 1."""
        suggestions = self.bench.suggestions()
        if suggestions is None:
            return ADVICE
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
        coding = Coding(
            code,
            reading.segment,
            self.bench.all.analyst,
            Origin.HAND if suggestion is None else Origin.ACCEPTED,
            None if suggestion is None else suggestion.score,
            whole=reading.whole,
        )
        if not self.bench.decide(
            f"code {entry.name}", lambda work: give(work, coding), then=lambda now, work: now.after_code(work)
        ):
            self.bench.view.say(f"the segment carries {entry.name} already")
        return None

    def again(self) -> str | None:
        """Give the code that was given last."""
        codebook = self.bench.all.codebook
        recent = [code for code in self.bench.recent if not codebook.is_retired(code)]
        if not recent:
            self.bench.view.say("no code has been given yet")
            return None
        return self.code(codebook.stands_for(recent[0]))

    def remove(self) -> str | None:
        """Take a code off the active segment."""

        def off(coding: Coding) -> None:
            name = self.bench.all.codebook.code_name(coding.code)
            self.bench.decide(f"code {name} off", lambda work: take_back(work, coding, self.bench.all.codebook))

        return self._one_of_mine("Which code comes off?", off)

    def example(self) -> str | None:
        """Flag the active segment's code as an example for publication, or no longer."""

        def flagged(coding: Coding) -> None:
            self.bench.decide("example", lambda work: flag(work, coding))

        return self._one_of_mine("Which code is it an example of?", flagged)

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
        if not work.done:
            self.bench.decide("done", lambda one: replace(one, done=True))
        self.bench.next_remaining()
        return None

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
        stands = bench.all.codebook.stands
        mine = {
            stands[one.code]
            for one in at_home(work, reading.segments).get(None if reading.whole else reading.active, ())
        }
        here = [one for one in clashing or standing if one.code in mine]
        here = [one for one in here if one.clash or not one.counted]
        return (here[0] if len(here) == 1 else None), clashing or standing

    def choice_in_words(self) -> str:
        """What the key to choose would do."""
        direct, _ = self.choice()
        return (
            "chooses which one is counted" if direct is None else f"counts {self._name(direct)}, the active segment's"
        )

    def note(self, answer: int, text: str) -> str | None:
        """Write the note on an answer."""
        self.bench.decide("note", lambda work: replace(work, note=text.strip()), answer=answer)
        return None

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
