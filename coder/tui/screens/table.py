"""The theme table on the screen; every count opens to the answers behind it."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from coder.domain.answers import swedish_order
from coder.domain.coding import Coding
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.domain.tables import ThemeTable, named_counts
from coder.tui.desk import Desk
from coder.tui.keymap import bound
from coder.tui.screens.behind import Behind, BehindScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.signs import ESTIMATED, one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.table_list import Entry, TableList
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped
from coder.workflow.session import Session, Standing

_HINTS = " Enter the answers behind a count  Esc back  ? keys"


class TableScreen(Screen[Behind]):
    """The table as it stands. Leaves with an answer to go to, or with none."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,t,q", "close", "Back", id="table.close", tooltip="Go back to the workbench", priority=True),
        Binding("question_mark", "help", "Help", id="table.help", tooltip="This list of keys", priority=True),
    ]

    def __init__(self, desk: Desk, table: ThemeTable, keymap: dict[str, str]) -> None:
        super().__init__()
        self._desk = desk
        self._table = table
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        yield TextLine(id="over")
        yield TableList(self._table)
        yield TextLine(id="status")

    def on_mount(self) -> None:
        table = self._table
        self.query_one("#title", TextLine).show(
            (f" {one_line(table.round)} · {one_line(table.question)} ", "strong"),
            (f" {one_line(table.text)}", ""),
            (f"percent of {how_many(table.base, 'answer')} ", "right"),
        )
        if table.sampled is None and not table.by_machine:
            self.query_one("#over").display = False
        self.call_after_refresh(self._head)

    def on_resize(self) -> None:
        self.call_after_refresh(self._head)

    def _head(self) -> None:
        rows = self.query_one(TableList)
        self.query_one("#over", TextLine).show((rows.heading(rows.size.width), "dim"))
        words, status = _in_words(self._table), self.query_one("#status", TextLine)
        above = [(warning, "clash") for warning in _warnings(self._table)]
        apart = len(_HINTS) + len(words) > self.size.width
        above += [(words, "dim")] if apart else []
        lines = [
            ((f" {text[start:end]}", style),)
            for text, style in above
            for start, end in wrapped(text, 0, len(text), self.size.width - 2)
        ]
        status.styles.height = 1 + len(lines)
        status.show_lines(*lines, ((_HINTS, "dim"), *(() if apart else ((words, "right dim"),))))

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        if isinstance(message.rows, TableList):
            self.run_worker(self._open(message.rows.entries[message.index]), exclusive=True)

    async def _open(self, entry: Entry) -> None:
        behind = _behind(entry)
        if behind is None:
            return
        try:
            found = sorted(await self._desk.do(behind), key=lambda pair: swedish_order(called(pair[0].answer)))
        except CoderError as error:
            self.notify(f"{error.message}. {error.hint}", severity="error", markup=False)
            return
        await self.app.push_screen(BehindScreen(entry.name, found), self._opened)

    def _opened(self, one: Behind | None) -> None:
        if one is not None:
            self.dismiss(one)

    def action_close(self) -> None:
        """Go back to the workbench."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show every key of this screen."""
        actions = [*bound(self.BINDINGS, self._keymap), *bound(RowList.BINDINGS, self._keymap)]
        self.app.push_screen(HelpScreen("table", actions))


def _warnings(table: ThemeTable) -> Iterator[str]:
    """What a reader must know before quoting a count."""
    if table.ahead:
        left = how_many(table.ahead, "answer was", "answers were")
        yield f"▲ The machine's last run has stopped or is under way: {left} still ahead of it."
    if table.outside:
        yield f"▲ No intervals yet: {how_many(len(table.outside), 'answer')} to code that came too late for the sample."
    if any(count.beyond for _, count in named_counts(table)):
        yield f"{ESTIMATED} is the audit's estimate, where a count lies outside its interval: trust the interval."


def _in_words(table: ThemeTable) -> str:
    """What the counts rest on: answers left, and the sample that the intervals come from."""
    one = table.sampled
    since = f", drawn before {one.since} were coded anew" if one is not None and one.since else ""
    sampled = "" if one is None else f"{100 * one.level:.0f} % intervals from {one.drawn} of {one.population}{since}, "
    waiting = f"{table.waiting} of an audit's sample to be coded, " if table.waiting else ""
    clashes = how_many(table.clashes, "clash", "clashes") if table.clashes else "no clashes"
    return (
        f"{sampled}{waiting}base {table.base}, {table.uncoded} uncoded, {table.nothing_to_code} with nothing to code, "
        f"{clashes} "
    )


def _behind(entry: Entry) -> Callable[[Session], Sequence[Behind]] | None:
    if entry.theme is not None or entry.code is not None:
        return lambda session: [
            (one, _counted(one, entry)) for one in session.behind(theme=entry.theme, code=entry.code)
        ]
    jobs: dict[str, Callable[[Session], list[Standing]]] = {
        "uncoded": Session.uncoded,
        "nothing": Session.nothing_to_code,
        "clashes": Session.clashes,
    }
    job = jobs.get(entry.special)
    return None if job is None else lambda session: [(one, None) for one in job(session)]


def _counted(standing: Standing, entry: Entry) -> Coding | None:
    for settled in standing.decision:
        if (entry.code is not None and settled.code == entry.code) or (
            entry.theme is not None and settled.theme == entry.theme
        ):
            return settled.counted
    return None
