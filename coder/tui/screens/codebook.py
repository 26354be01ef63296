"""The codebook as a desk: codes without a theme left, themes right, and the segments under the code at the cursor."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.timer import Timer

from coder.domain.codebook import Code, Theme
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.tui import codebook_keys
from coder.tui.given import Given, by_code
from coder.tui.growing import GrowingBench
from coder.tui.memoing import on_entry
from coder.tui.signs import one_line, percent
from coder.tui.widgets.entry_list import EntryList
from coder.tui.widgets.given_list import GivenList
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.workflow.neighbours import Neighbour, neighbours
from coder.workflow.project import open_project

_HINTS = (
    " ? keys  Esc back  Space select  g gather  m move  M merge  S split  u undo  r rename  d define  R retire"
    "  L second look"
)
_REST = 2.0  # seconds without a change of the codebook, after which it is looked what reads alike
_PANES = ("loose", "themed", "given", "near")


class CodebookFace(Screen[int]):
    """What the codebook screen looks like. Leaves with an answer to go to, or with none."""

    ALLOW_SELECT = False
    AUTO_FOCUS = "#loose"
    BINDINGS: ClassVar[list[BindingType]] = codebook_keys.CODEBOOK

    def __init__(self, bench: GrowingBench, keymap: dict[str, str], at: int | None = None) -> None:
        super().__init__()
        self.bench = bench
        self._at = at  # the code to stand on at first
        self.selected: frozenset[int] = frozenset()
        self._keymap = keymap
        self._given: dict[int, list[Given]] = {}
        self._near: dict[int, list[Neighbour]] = {}
        self._near_of: object = None
        self._looking = False
        self._resting: Timer | None = None
        self._list = "loose"

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        with Horizontal(id="entries"):
            with Vertical(id="loose-pane"):
                yield TextLine(id="loose-title")
                yield EntryList("", id="loose")
            with Vertical(id="themed-pane"):
                yield TextLine(id="themed-title")
                yield EntryList("no theme yet: g gathers codes in one", id="themed")
        with Horizontal(id="below"):
            with Vertical(id="given-pane"):
                yield TextLine(id="given-title")
                yield GivenList(id="given")
            with Vertical(id="near-pane"):
                yield TextLine((" reads alike", "strong"), id="near-title")
                yield EntryList("nothing yet", id="near")
        yield TextLine(id="status")

    def on_mount(self) -> None:
        self.bench.on_change = self.show
        self.show()
        self.say("")
        start = None if self._at is None else self.bench.all.codebook.code_by_id[self._at]
        if start is not None and start.theme is None:
            self._entries("loose").stand_on(start)
        elif start is not None or not self._entries("loose").count():
            if start is not None:
                self._entries("themed").stand_on(start)
            self._entries("themed").focus()

    def on_unmount(self) -> None:
        if self.bench.on_change == self.show:
            self.bench.on_change = GrowingBench.on_change

    def show(self) -> None:
        """Draw codes, themes, counts and segments as they are now."""
        bench, book = self.bench, self.bench.all.codebook
        usable = {code.id for code in book.codes if code.merged_into is None}
        self.selected &= usable
        themed: list[Theme | Code] = []
        for theme in book.themes:
            themed += [theme, *book.codes_of(theme.id)]
        loose = book.codes_of(None)
        self._entries("loose").empty = "every code has a theme" if themed else "no code yet: Esc, then n makes one"
        self._entries("loose").show(book, loose, bench.counts, self.selected)
        self._entries("themed").show(book, themed, bench.counts, self.selected)
        self._given = by_code(bench.standings, (answer.id for answer in bench.all.answers), book)
        chosen = f"{len(self.selected)} selected " if self.selected else ""
        clashes = f"▲ {bench.counts.clashes} " if bench.counts.clashes else ""
        self._line("title").show(
            (" Codebook ", "strong"), (f" {one_line(book.question)}", ""), (clashes, "right clash"), (chosen, "right")
        )
        self._line("loose-title").show((f" Without a theme: {len(loose)}", "strong"))
        self._line("themed-title").show((f" Themes: {len(book.themes)}", "strong"), ("respondents ", "right dim"))
        self._show_under()
        if self._near_of != book:
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(_REST, self._look_near)

    def say(self, text: str) -> None:
        """Say something quietly, until the next change."""
        shown = one_line(text)
        self._line("status").show((f" {shown}", "strong") if shown else (_HINTS, "dim"))

    def here(self) -> Theme | Code | None:
        """The code or theme at the cursor of the list that was last in use."""
        return self._entries(self._list).entry

    def code_here(self) -> Code | None:
        """The code at the cursor; says so where there is none."""
        entry = self.here()
        if isinstance(entry, Code):
            return entry
        self.say("no code stands at the cursor")
        return None

    def chosen(self) -> tuple[int, ...]:
        """The selected codes in published order; with none selected the code at the cursor."""
        entry = self.here()
        if self.selected:
            return tuple(code.id for code in self.bench.all.codebook.in_order() if code.id in self.selected)
        return (entry.id,) if isinstance(entry, Code) else ()

    def under(self, entry: Theme | Code | None) -> Sequence[Given]:
        """The segments under a code, or under all codes of a theme."""
        if isinstance(entry, Code):
            return self._given.get(entry.id, [])
        codes = self.bench.all.codebook.codes_of(entry.id) if entry is not None else ()
        return [one for code in codes for one in self._given.get(code.id, [])]

    def on_entry_list_stood(self) -> None:
        self._show_under()

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        if isinstance(self.focused, EntryList) and self.focused.id:
            self._list = self.focused.id
            self._show_under()

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        if isinstance(message.rows, GivenList):
            self.dismiss(message.rows.shown[message.index].standing.answer.id)

    def action_pane(self, by: int) -> None:
        """Go to another list."""
        here = self.focused.id if self.focused is not None and self.focused.id in _PANES else "loose"
        for step in range(1, len(_PANES) + 1):
            pane = self.query_one(f"#{_PANES[(_PANES.index(here) + by * step) % len(_PANES)]}")
            if isinstance(pane, RowList) and pane.count():
                self.set_focus(pane)
                return

    def _show_under(self) -> None:
        entry, book = self.here(), self.bench.all.codebook
        given = self.under(entry)
        self.query_one("#given", GivenList).show(given)
        name = one_line(entry.name) if entry is not None else "nothing"
        number = how_many(len(given), "segment")
        definition = one_line(entry.definition) if entry is not None else ""
        lacking = "no definition yet: d writes it" if entry is not None else ""
        title = self._line("given-title")
        memos = "" if entry is None else "  ".join(on_entry(self.bench.all, entry))
        first = ((f" {number} under {name}", "strong"), (f"  {memos}", ""))
        title.show_lines(first, ((f" {definition or lacking}", "dim"),))
        if self._list == "near":
            return  # the list that the cursor is in stays as it is
        near = [one for one in self._near.get(entry.id, ()) if one.code in book.code_by_id] if entry is not None else []
        if isinstance(entry, Theme):
            near = []
        codes = [book.code_by_id[book.stands_for(one.code)] for one in near]
        likeness = {code.id: percent(one.likeness) for code, one in zip(codes, near, strict=True)}
        kept = list({code.id: code for code in codes if entry is None or code.id != entry.id}.values())
        self._entries("near").show(book, kept, self.bench.counts, self.selected, likeness)

    def _look_near(self) -> None:
        self.run_worker(self._find_near(), group="near")

    async def _find_near(self) -> None:
        """Look which codes read alike, on a thread and a connection of its own; again where the codebook has changed.

        It loads libraries and reads every segment, which decisions must not wait for.
        """
        if self._looking:
            return
        self._looking = True
        try:
            path = await self.bench.desk.do(lambda session: session.project.path)
            while self._near_of != self.bench.all.codebook:
                self._near_of = self.bench.all.codebook
                self._near = await asyncio.to_thread(_neighbours, path, self.bench.all.question)
                self._show_under()
        except CoderError:
            pass  # held by another program: the list stays empty until the next change
        finally:
            self._looking = False

    def _entries(self, name: str) -> EntryList:
        return self.query_one(f"#{name}", EntryList)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)


def _neighbours(path: Path, question: str) -> dict[int, list[Neighbour]]:
    project = open_project(path)
    try:
        return neighbours(project, question)
    finally:
        project.close()
