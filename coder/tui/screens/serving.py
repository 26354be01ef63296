"""A screen that serves one thing of a queue after the other, each to be decided about by one key."""

from abc import abstractmethod
from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from coder.tui.growing import GrowingBench
from coder.tui.keymap import bound
from coder.tui.screens.help import HelpScreen
from coder.tui.widgets.page import Page
from coder.tui.widgets.text_line import TextLine


class Serving(Screen[int]):
    """Stands at a place of a queue, behind whose last there is an end. Leaves with an answer to go to, or with none."""

    ALLOW_SELECT = False
    AUTO_FOCUS = "#page"
    SERVED: ClassVar[str]  # what the help calls the screen

    def __init__(self, bench: GrowingBench, keymap: dict[str, str]) -> None:
        super().__init__()
        self._bench = bench
        self._keymap = keymap
        self._place = 0
        self._said = ""

    @abstractmethod
    def queued(self) -> int:
        """How many there are."""

    @abstractmethod
    def answer_here(self) -> int | None:
        """The id of the answer at hand, None at the end."""

    @abstractmethod
    def show(self) -> None:
        """Draw what is at hand."""

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        yield Page(id="page")
        yield TextLine(id="status")

    def on_mount(self) -> None:
        self._bench.on_change = self.show
        self.show()

    def on_unmount(self) -> None:
        if self._bench.on_change == self.show:
            self._bench.on_change = GrowingBench.on_change

    def on_resize(self) -> None:
        self.show()

    def head(self, here: str, left: str, hints: str) -> None:
        """Draw the lines above and below: where one stands, how much is left, and what was done last or the keys."""
        self.query_one("#title", TextLine).show((f" {here} ", "strong"), (f"{left} ", "right"))
        self.query_one("#status", TextLine).show((f" {self._said}", "strong") if self._said else (hints, "dim"))

    def action_step(self, by: int) -> None:
        """Go to another one, leaving this as it is."""
        self._place, self._said = max(0, min(self._place + by, self.queued())), ""
        self.show()

    def action_open(self) -> None:
        """Read the answer in the workbench."""
        answer = self.answer_here()
        if answer is not None:
            self.dismiss(answer)

    def action_help(self) -> None:
        """Show every key of this screen."""
        self.app.push_screen(HelpScreen(self.SERVED, bound(self.BINDINGS, self._keymap)))

    def action_close(self) -> None:
        """Go back to the workbench; what has been decided is kept."""
        self.dismiss(None)
