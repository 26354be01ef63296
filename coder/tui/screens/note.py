"""Texts of several lines: a window with a field, that no key is lost on the way to."""

import asyncio
from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.widget import Widget
from textual.widgets import TextArea

from coder.domain.answers import canonical
from coder.tui.screens.typed import Result, TypedScreen
from coder.tui.signs import one_line, visible
from coder.tui.widgets.text_line import TextLine

_EDITING = {
    key: binding.action
    for binding in TextArea.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
}
SAVES = "Esc saves and closes  Ctrl+L closes without saving"
_PASTED = 200_000  # characters of a paste; the field would take minutes over more


class Field(TextArea):
    """A field that takes keys in the order they come, and what is pasted as clean text.

    A terminal obeys what stands in a text otherwise. And left to the app, Backspace would come a queue later than the
    letters around it.
    """

    async def on_key(self, event: Key) -> None:
        action = _EDITING.get(event.key)
        if action is not None:
            event.stop().prevent_default()
            await self.run_action(action)

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        self.replace(canonical(event.text[:_PASTED]), *self.selection, maintain_selection_offset=False)
        if len(event.text) > _PASTED:
            self.notify(f"only the first {_PASTED} characters were pasted", severity="warning", markup=False)


class Writing(TypedScreen[Result]):
    """A field to write in. Leaving it saves what is written; undo takes it back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "keep", "Save", id="note.keep", tooltip="Save the text; back", priority=True),
        Binding("ctrl+l", "leave", "Without saving", id="note.leave", tooltip="Close without saving", priority=True),
    ]
    HINT = f" {SAVES}"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = visible(text)
        self._early = ""  # what was typed before the field was there
        self._ready = False
        self._leaving = False

    @abstractmethod
    def above(self) -> Iterator[Widget]:
        """What stands above the field."""

    @abstractmethod
    def finish(self) -> None:
        """Leave with what is written."""

    @property
    def area(self) -> TextArea:
        """The field."""
        return self.query_one(TextArea)

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield from self.above()
            yield Field(self._text, tab_behavior="focus", show_line_numbers=False)
            yield TextLine((self.HINT, "dim"), id="hint")

    def on_mount(self) -> None:
        area = self.area
        area.move_cursor(area.document.end)
        self.set_focus(area)
        area.insert(self._early)
        self._ready = True
        if self._leaving:
            self.finish()

    def on_paste(self, event: Paste) -> None:
        self._early += canonical(event.text[:_PASTED])

    def typed(self, event: Key) -> bool:
        if self._ready or event.key in {"ctrl+q", "ctrl+c"}:
            return False
        if event.key in {"escape", "ctrl+s"}:
            self._leaving = True
        elif self._leaving:
            pass
        elif event.key == "backspace":
            self._early = self._early[:-1]
        elif event.key == "enter":
            self._early += "\n"
        elif event.is_printable and event.character:
            self._early += event.character
        return True

    async def action_keep(self) -> None:
        """Keep what is written."""
        await self.arrived()
        self.finish()

    def action_leave(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)

    async def arrived(self) -> None:
        """Wait until the keys that are on their way to the field are in it."""
        there = asyncio.Event()
        self.area.call_later(there.set)
        await there.wait()


class NoteScreen(Writing[str]):
    """A field for the text that `title` names."""

    def __init__(self, name_of: str, note: str, title: str) -> None:
        super().__init__(note)
        self._title = f"{title} {one_line(name_of)}"

    def above(self) -> Iterator[Widget]:
        yield TextLine((f" {self._title}", "strong"))

    def finish(self) -> None:
        self.dismiss(self.area.text)
