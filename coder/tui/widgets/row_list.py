"""A list of rows that is quick with thousands: only those on the screen are ever painted."""

from abc import abstractmethod
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from coder.tui.widgets.painted import Painted, Pieces


class RowList(Painted, can_focus=True):
    """Rows with a cursor. A subclass says how many there are and what stands in each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", id="list.up", tooltip="One row up"),
        Binding("down", "step(1)", "Down", id="list.down", tooltip="One row down"),
        Binding("pageup", "page(-1)", "Page up", id="list.page-up", tooltip="One page up"),
        Binding("pagedown", "page(1)", "Page down", id="list.page-down", tooltip="One page down"),
        Binding("home", "edge(0)", "First", id="list.first", tooltip="The first row"),
        Binding("end", "edge(1)", "Last", id="list.last", tooltip="The last row"),
        Binding("enter", "pick", "Open", id="list.open", tooltip="Open what the row stands for"),
    ]

    AT_REST: ClassVar[str] = "here"  # how the cursor's row is marked while the keys go elsewhere

    cursor: reactive[int] = reactive(0, repaint=False)

    class Picked(Message):
        """A row was picked with Enter or a click."""

        def __init__(self, rows: "RowList", index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> Widget:
            """The list it was picked in."""
            return self.rows

    @abstractmethod
    def count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def row(self, index: int, width: int) -> Pieces:
        """What stands in a row."""

    def changed(self) -> None:
        """Take note that the rows are others now."""
        size = Size(0, self.count())
        if size != self.virtual_size:
            self.virtual_size = size
        self.cursor = max(0, min(self.cursor, self.count() - 1))
        self.refresh()

    def on_mount(self) -> None:
        self.changed()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        index, width = y + self.scroll_offset.y, self.size.width
        if not 0 <= index < self.count():
            return self.paint((), width)
        under = "cursor" if self.has_focus else self.AT_REST
        under = under if index == self.cursor else ""
        return self.paint(self.row(index, width), width, under)

    def watch_cursor(self, old: int, new: int) -> None:
        self.refresh_line(old)
        self.refresh_line(new)
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll so that the cursor's row is on the screen."""
        height, top = self.size.height, self.scroll_offset.y
        if height and not top <= self.cursor < top + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False, immediate=True)

    def on_resize(self) -> None:
        self.show_cursor()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: Click) -> None:
        index = event.y + self.scroll_offset.y
        if 0 <= index < self.count():
            self.cursor = index
            self.action_pick()

    def action_step(self, by: int) -> None:
        """Move the cursor by a row."""
        self.cursor = max(0, min(self.cursor + by, self.count() - 1))

    def action_page(self, by: int) -> None:
        """Move the cursor by a screen."""
        self.action_step(by * max(1, self.size.height - 1))

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first row, or the last."""
        self.cursor = max(0, self.count() - 1) if last else 0

    def action_pick(self) -> None:
        """Pick the cursor's row."""
        if self.count():
            self.post_message(self.Picked(self, self.cursor))
