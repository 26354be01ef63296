"""Going to an answer, by the respondent's name or words of the answer; the same words can filter the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.events import Key

from coder.domain.answers import Answer
from coder.domain.counting import State
from coder.tui.screens.typed import Palette
from coder.tui.signs import STATES, one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.painted import Pieces


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go: an answer, by these words; or, without one, the words that the list shall be filtered by."""

    answer: int | None = None
    words: str = ""


def matching(answers: Sequence[Answer], words: str) -> list[Answer]:
    """The answers in which every word is found, in name, key or text; those found by name stand first."""
    wanted = words.casefold().split()
    if not wanted:
        return list(answers)
    named = [one for one in answers if all(word in called(one).casefold() for word in wanted)]
    ids = {one.id for one in named}
    said = [
        one
        for one in answers
        if one.id not in ids
        and all(word in f"{called(one)} {one.respondent.key} {one.text}".casefold() for word in wanted)
    ]
    return named + said


def place_of(words: str, text: str) -> int | None:
    """Where the longest of the words that the text holds stands first; None where it holds none."""
    held = [word for word in words.lower().split() if word in text.lower()]
    return text.lower().index(max(held, key=len)) if held else None


class GotoScreen(Palette[Target]):
    """Finds answers as one types."""

    TITLE_TEXT = "go to"
    HINT = "Enter goes there   Tab filters the list by these words   Esc goes back"

    def __init__(self, answers: Sequence[Answer], states: Mapping[int, State]) -> None:
        super().__init__()
        self._answers = answers
        self._states = states
        self._found: list[Answer] = []

    def found(self) -> int:
        return len(self._found)

    def look(self) -> None:
        self._found = matching(self._answers, self.typed_text)

    def line(self, index: int, width: int) -> Pieces:
        answer = self._found[index]
        yield f" {STATES[self._states[answer.id]][0]} {called(answer)}  ", ""
        yield one_line(answer.text[:200], max(4, width - len(called(answer)) - 6)), "dim"

    def take(self, index: int) -> None:
        self.dismiss(Target(self._found[index].id, self.typed_text))

    def typed(self, event: Key) -> bool:
        if event.key == "tab":
            self.dismiss(Target(None, self.typed_text))
            return True
        return super().typed(event)
