"""Candidates for new codes, and the texts of one of them."""

from collections.abc import Collection, Sequence

from textual.message import Message
from textual.strip import Strip

from coder.domain.codebook import Codebook
from coder.domain.how_many import how_many
from coder.tui.signs import one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.workflow import candidates
from coder.workflow.candidates import Passage, Waiting

_EMPTY = (
    "no candidates for new codes wait",
    "",
    "`coder autocode` looks for what is alike among the answers",
    "it leaves to people, and keeps here what its latest run found",
)

_MOST = 12  # rows on the screen, fewer on a low one: the texts below need room


class Stood(Message):
    """The cursor of a list stands on another row."""


class CandidateList(RowList):
    """The candidates that wait, each with the words that mark it and how much of it is open."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Waiting] = ()

    def show(self, waiting: Sequence[Waiting]) -> None:
        """Show these; the cursor goes to one that comes back, else stays with its candidate."""
        stood, before = self.here, {one.id for one in self.shown}
        back = [place for place, one in enumerate(waiting) if before and one.id not in before]
        places = [place for place, one in enumerate(waiting) if stood is not None and one.id == stood.id]
        self.shown = waiting
        if back or places:
            self.cursor = (back or places)[0]
        self.styles.height = max(len(_EMPTY), min(_MOST, len(waiting)))
        self.changed()

    @property
    def here(self) -> Waiting | None:
        """The candidate at the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self.post_message(Stood())

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if not self.shown:
            return self.paint([(f" {_EMPTY[y]}", "dim")] if y < len(_EMPTY) else (), self.size.width)
        return super().render_line(y)

    def count(self) -> int:
        return len(self.shown)

    def row(self, index: int, width: int) -> Pieces:
        one = self.shown[index]
        said = f"{how_many(len(one.open), 'segment')} of {how_many(one.respondents, 'answer')} "
        room = max(8, width - len(said) - 3)
        yield f" {one_line(candidates.called(one), room):<{room}}  ", "strong"
        yield said, "dim"


class PassageList(RowList):
    """The texts of a candidate, those that are to be coded with a mark."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Passage] = ()
        self._chosen: Collection[Passage] = ()
        self._codebook: Codebook | None = None

    def show(self, passages: Sequence[Passage], chosen: Collection[Passage], codebook: Codebook) -> None:
        """Show these, some of them chosen."""
        self.shown, self._chosen, self._codebook = passages, chosen, codebook
        self.changed()

    @property
    def here(self) -> Passage | None:
        """The text at the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self.post_message(Stood())

    def count(self) -> int:
        return len(self.shown)

    def row(self, index: int, width: int) -> Pieces:
        one = self.shown[index]
        chosen = one in self._chosen
        since = f"  {one_line(self.since(one), width // 3)} " if not one.open else ""
        yield " ◆ " if chosen else "   ", "key" if chosen else ""
        yield f"{one_line(called(one.answer), 16):<16}  ", "dim"
        room = max(4, width - 22 - len(since))
        yield f"{one_line(one.snippet[:400], room):<{room}}", "" if chosen else "dim"
        yield since, "dim"

    def since(self, one: Passage) -> str:
        """What people have decided about a text since it was found; nothing where nobody has."""
        assert self._codebook is not None
        names = ", ".join(self._codebook.code_name(code) for code in one.codes)
        return f"coded {names}" if names else "nothing to code" if one.nothing else ""
