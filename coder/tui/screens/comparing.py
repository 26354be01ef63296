"""Two rounds of a question side by side; every number opens to the answers behind it."""

import time
from collections.abc import Callable, Container, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen

from coder.domain.answers import Question
from coder.domain.comparison import Comparison
from coder.domain.errors import CoderError
from coder.tui import compared
from coder.tui.comparison_keys import COMPARISON
from coder.tui.desk import Desk
from coder.tui.keymap import bound
from coder.tui.screens.compared import ComparedScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.pick import PickScreen
from coder.tui.signs import one_line, remaining
from coder.tui.widgets.comparison_list import ComparisonList
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped
from coder.workflow.comparing import Behind, behind_row, comparable, comparison, of_one_round, rounds_before
from coder.workflow.long_run import Progress
from coder.workflow.session import Session

_TOLD = 0.1  # seconds between two words on how far a comparison has come
_DETAIL = 3  # lines


def questions_of(session: Session) -> list[Question]:
    """The questions that the session's round can be compared in, the session's own first."""
    found = comparable(session.project, session.round)
    return sorted(found, key=lambda one: one.key != session.question)


class ComparisonScreen(Screen[Behind]):
    """The round at work beside an earlier one. Leaves with whose answer to go to, or with none."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = COMPARISON

    class Told(Message):
        """News of how far a comparison has come, and how many seconds are left at its pace."""

        def __init__(self, done: int, total: int, left: float) -> None:
            super().__init__()
            self.done = done
            self.total = total
            self.left = left

    def __init__(self, desk: Desk, questions: Sequence[Question], at_work: tuple[str, str], keymap: dict[str, str]):
        super().__init__()
        self._desk = desk
        self._questions = questions
        self._question = questions[0]
        self._at_work = at_work
        self._keymap = keymap
        self._before = ""
        self._interval: bool | None = None

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        yield TextLine(id="notes")
        yield TextLine(id="columns")
        yield ComparisonList()
        yield TextLine(id="detail")
        yield TextLine(id="status")

    def on_mount(self) -> None:
        self.query_one("#detail").styles.height = _DETAIL
        self.query_one("#status", TextLine).show(
            (" Enter who is behind it   i intervals   o question   r round   ? keys   Esc back", "dim")
        )
        self.watch(self._rows, "cursor", self._show_detail)
        self._compare()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    @property
    def _rows(self) -> ComparisonList:
        return self.query_one(ComparisonList)

    def _compare(self) -> None:
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        question, interval, wanted, tell = self._question.key, self._interval, self._before, self._telling()

        def job(session: Session) -> Comparison:
            before = wanted or rounds_before(session.project, question, session.round)[0]
            return comparison(session.project, question, (before, session.round), interval=interval, progress=tell)

        try:
            made = await self._desk.do(job)
        except CoderError as error:
            self._fail(error)
            return
        self._before = made.before.round.key
        self._rows.show(made)
        self._show()

    def _telling(self) -> Progress:
        """A progress that becomes news for the screen, from the desk's thread."""
        began, before = 0.0, -1
        said = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal said, began, before
            now = time.monotonic()
            if before < 0:
                began, before = now, done
            if now - said > _TOLD and done > before:
                said = now
                self.post_message(self.Told(done, total, (now - began) * (total - done) / (done - before)))

        return tell

    def on_comparison_screen_told(self, message: Told) -> None:
        """Say how far it has come."""
        words = f" reading: {message.done} of {message.total} answers, {remaining(message.left)}"
        notes = self.query_one("#notes", TextLine)
        notes.styles.height = 1
        notes.show((words, "dim"))

    def _show(self) -> None:
        made = self._rows.made
        if made is None:
            return
        bases = f"percent of {made.before.table.base} then, of {made.after.table.base} now "
        self.query_one("#title", TextLine).show(
            (f" {one_line(made.question)} ", "strong"),
            (f" {one_line(made.after.question.text or made.after.table.text)}", ""),
            (bases, "right"),
        )
        width = self.size.width
        lines = [
            (text[start:end], style)
            for text, style in compared.notes(made)
            for start, end in wrapped(text, 0, len(text), width - 2)
        ]
        notes = self.query_one("#notes", TextLine)
        notes.styles.height = max(1, len(lines))
        notes.show_lines(*(((f" {text}", style),) for text, style in lines))
        inside = self._rows.size.width
        heads = "".join(f"{head:>{cells}}" for head, cells in compared.columns(made, inside))
        self.query_one("#columns", TextLine).show((" " * self._rows.name_width(inside) + heads, "dim"))
        self._show_detail()

    def _show_detail(self) -> None:
        made, place = self._rows.made, self._rows.cursor
        if made is None:
            return
        lines = list(compared.detail(made, made.rows[place])) if place < len(made.rows) else []
        self.query_one("#detail", TextLine).show_lines(*(((f" {line}", "dim"),) for line in lines))

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        """Open who is behind the row."""
        made = self._rows.made
        if made is None:
            return
        if message.index < len(made.rows):
            row = made.rows[message.index]
            told = " and ".join(
                f"{compared.LACKING if count is None else count.count} in {one_line(one.round.key)}"
                for count, one in ((row.before, made.before), (row.after, made.after))
            )
            title = f"{one_line(compared.name_of(row))}: {told}"
            once = {*made.left, *made.entered}
            self._open(title, lambda session, tell: behind_row(session.project, made, row, tell), once)
        elif message.index > len(made.rows):
            title = f"{len(made.left)} answered in the first round only, {len(made.entered)} in the second only"
            self._open(title, lambda session, tell: of_one_round(session.project, made, tell))

    def _open(
        self, title: str, job: Callable[[Session, Progress], list[Behind]], once: Container[str] | None = None
    ) -> None:
        tell = self._telling()

        async def opened() -> None:
            try:
                found = await self._desk.do(lambda session: job(session, tell))
            except CoderError as error:
                self._fail(error)
                return
            finally:
                self._show()
            question, round_key = self._at_work
            here = round_key if self._question.key == question else ""
            await self.app.push_screen(ComparedScreen(title, found, here, once), self._gone)

        self.run_worker(opened(), exclusive=True)

    def _gone(self, one: Behind | None) -> None:
        if one is not None:
            self.dismiss(one)

    def _fail(self, error: CoderError) -> None:
        self.notify(f"{error.message}\n{error.hint}", severity="error", markup=False)

    def action_close(self) -> None:
        """Go back to the workbench."""
        self.dismiss(None)

    def action_interval(self) -> None:
        """Give intervals and tests, or leave them out."""
        made = self._rows.made
        if made is not None:
            self._interval = not made.estimated
            self._compare()

    def action_question(self) -> None:
        """Compare another question."""

        def picked(place: int | None) -> None:
            if place is not None:
                self._question, self._before, self._interval = self._questions[place], "", None
                self._rows.cursor = 0
                self._compare()

        options = [f"{one.key}: {one.text}" if one.text else one.key for one in self._questions]
        self.app.push_screen(PickScreen("Which question?", options), picked)

    async def action_round(self) -> None:
        """Compare with another of the earlier rounds."""
        question = self._question.key
        earlier = await self._desk.do(lambda session: rounds_before(session.project, question, session.round))

        def picked(place: int | None) -> None:
            if place is not None:
                self._before = earlier[place]
                self._compare()

        self.app.push_screen(PickScreen("With which round?", earlier), picked)

    def action_help(self) -> None:
        """Show every key of this screen."""
        actions = [*bound(self.BINDINGS, self._keymap), *bound(RowList.BINDINGS, self._keymap)]
        self.app.push_screen(HelpScreen("comparison", actions))
