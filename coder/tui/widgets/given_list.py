"""Segments with the names of those who wrote them."""

from collections.abc import Sequence

from coder.domain.counting import Status
from coder.tui.given import Given
from coder.tui.signs import STATUSES, one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList


class GivenList(RowList):
    """The segments under a code, each with its respondent and what the rule makes of it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Given] = ()

    def show(self, given: Sequence[Given]) -> None:
        """Show these."""
        if given != self.shown:
            self.shown = given
            self.cursor = 0
            self.changed()

    def count(self) -> int:
        return len(self.shown)

    def row(self, index: int, width: int) -> Pieces:
        given = self.shown[index]
        status = given.status
        name = one_line(called(given.standing.answer), 18)
        yield f" {STATUSES[status][0]} ", "" if status is Status.COUNTED else "clash"
        yield f"{name:<18}  ", "dim"
        yield one_line(given.snippet[:400], max(4, width - 24)), ""
