"""The answers of the round and question, by name, each with the sign of how far it has come."""

from collections.abc import Mapping, Sequence

from coder.domain.answers import Answer
from coder.domain.counting import State
from coder.tui.signs import MEMO, STATES, one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.workflow.session import Standing

_STYLE = {State.DONE: "good", State.CLASH: "clash", State.UNTOUCHED: "dim", State.AUTO: "dim"}


def called(answer: Answer) -> str:
    """What a respondent is called: by name, else by key."""
    return one_line(answer.respondent.name) or answer.respondent.key


class AnswerList(RowList):
    """The answers. The screen says which there are, how far they have come, and which is being read."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Answer] = ()
        self._standings: Mapping[int, Standing] = {}
        self._place: dict[int, int] = {}
        self._marked: frozenset[int] = frozenset()

    def show(
        self,
        answers: Sequence[Answer],
        standings: Mapping[int, Standing],
        reading: int | None,
        marked: frozenset[int],
    ) -> None:
        """Show these answers, with the cursor on the one being read; those `marked` carry a memo."""
        self.shown, self._standings, self._marked = answers, standings, marked
        self._place = {answer.id: place for place, answer in enumerate(answers)}
        self.changed()
        self.stand_on(reading)

    def stand_on(self, answer: int | None) -> None:
        """Put the cursor on an answer, where it is among those shown."""
        if answer in self._place:
            self.cursor = self._place[answer]
            self.show_cursor()

    def came_on(self, answer: int) -> None:
        """Paint the row of an answer whose state has changed."""
        if answer in self._place:
            self.refresh_line(self._place[answer])

    def count(self) -> int:
        return len(self.shown)

    def row(self, index: int, width: int) -> Pieces:
        answer = self.shown[index]
        state = self._standings[answer.id].state
        yield f" {STATES[state][0]} ", _STYLE.get(state, "")
        mark = f" {MEMO}" if answer.id in self._marked else ""
        yield one_line(called(answer), max(4, width - 3 - len(mark))), ""
        yield mark, ""
