"""The codebook's entry of the code at hand, over the answer: what can be done to it without leaving the answer."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from coder.domain.codebook import Code
from coder.tui.memoing import on_entry
from coder.tui.overview import Overview
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped

_WIDTH = 70
_LINES = 3  # of a definition


def _key(keys: str, action: str, name: str, description: str, tooltip: str) -> Binding:
    return Binding(keys, action, description, id=f"card.{name}", tooltip=tooltip, priority=True)


class CardScreen(ModalScreen[str]):
    """Shows a code's entry and leaves with the name of what shall be done to it; Esc leaves all as it was."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("r", "chosen('rename')", "rename", "Rename", "rename the code; the old name still finds it"),
        _key("d", "chosen('define')", "define", "Define", "write the definition of the code"),
        _key("e", "chosen('example')", "example", "Add an example", "add this segment to the code's examples"),
        _key("m", "chosen('memo')", "memo", "Memo", "write your memo on the code"),
        _key("escape,K,q", "close", "close", "Go back", "leave all as it was"),
    ]

    def __init__(self, shown: Overview, code: Code) -> None:
        super().__init__(classes="low")
        self._shown = shown
        self._code = code

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield TextLine(id="entry")
            yield TextLine(id="keys")
            yield TextLine((" Esc leaves all as it was", "dim"), id="hint")

    def on_mount(self) -> None:
        keys: list[tuple[str, str]] = []
        for key, what in (("r", "rename"), ("d", "define"), ("e", "add this segment to the examples"), ("m", "memo")):
            keys += [(f" {key} ", "key"), (f" {what}  ", "")]
        self._fill("#entry", self._entry())
        self._fill("#keys", [(), keys, ()])

    def action_chosen(self, what: str) -> None:
        """Leave with what shall be done."""
        self.dismiss(what)

    def action_close(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)

    def _entry(self) -> list[Pieces]:
        code, book = self._code, self._shown.codebook
        style = "dim" if code.theme is None else theme_style(book.theme_places[code.theme])
        theme = one_line(book.theme_name(code.id)) or "no theme yet"
        lines: list[Pieces] = [[(f" {one_line(code.name)}", "strong"), (f"   {theme}", style)]]
        if code.aliases:
            lines.append([(f" also found as {', '.join(map(one_line, code.aliases))}", "dim")])
        text = one_line(code.definition) or "not defined yet"
        lines += [[(f" {text[start:end]}", "")] for start, end in list(wrapped(text, 0, len(text), _WIDTH))[:_LINES]]
        number = len(code.examples)
        if number:
            last = one_line(code.examples[-1], _WIDTH - 20)
            lines.append([(f" {number} example{'s' if number > 1 else ''}: ", "dim"), (f"“{last}”", "")])
        return lines + [[(f" {memo}", "")] for memo in on_entry(self._shown, code)[-2:]]

    def _fill(self, name: str, lines: list[Pieces]) -> None:
        field = self.query_one(name, TextLine)
        field.styles.height = len(lines)
        field.show_lines(*(tuple(line) for line in lines))
