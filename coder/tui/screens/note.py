"""The note on an answer."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from coder.tui.signs import one_line, visible
from coder.tui.widgets.text_line import TextLine


class NoteScreen(ModalScreen[str]):
    """A field for a note, or another text that `title` names. Leaving it keeps what is written; undo takes it back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,ctrl+s", "keep", "Keep the note", id="note.keep", tooltip="Keep the note and go back", priority=True
        )
    ]

    def __init__(self, name_of: str, note: str, title: str = "note on the answer of") -> None:
        super().__init__()
        self._name_of = f"{title} {one_line(name_of)}"
        self._note = note

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield TextLine((f" {self._name_of}", "strong"))
            yield TextArea(visible(self._note), tab_behavior="focus", show_line_numbers=False)
            yield TextLine((" Esc keeps it and goes back", "dim"), id="hint")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    async def action_keep(self) -> None:
        """Keep what is written, the keys that are still on their way to the field included."""
        area, arrived = self.query_one(TextArea), asyncio.Event()
        area.call_later(arrived.set)
        await arrived.wait()
        self.dismiss(area.text)
