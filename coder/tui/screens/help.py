"""Every key of the screen, by group, with what it does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from coder.tui.keymap import Bound
from coder.tui.widgets.page import Page
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped

_GROUPS = {
    "code": "Codes",
    "segment": "Segments",
    "answer": "Answers",
    "go": "Going about",
    "table": "Table",
    "compare": "Comparison",
    "codebook": "Codebook",
    "clash": "Clashes",
    "look": "Second look",
    "candidate": "Candidates for new codes",
    "list": "In a list",
    "work": "The work",
}
_INDENT = 21  # cells before what a key does: room for `1 2 3 4 5 6 7 8 9`
_NAMES = {
    "full_stop": ".",
    "slash": "/",
    "question_mark": "?",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "space": "Space",
    "backspace": "Backspace",
    "escape": "Esc",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """A key as it is printed on a keyboard."""
    *modifiers, last = key.split("+")
    return "+".join([*(one.capitalize() for one in modifiers), _NAMES.get(last, last)])


def help_lines(actions: Sequence[Bound]) -> list[tuple[str, str]]:
    """The lines of the help: a group's name alone, then keys and what they do."""
    lines: list[tuple[str, str]] = []
    for prefix, title in _GROUPS.items():
        mine = [one for one in actions if one.id.split(".")[0] == prefix]
        if not mine:
            continue
        lines += [("", ""), (title, "")] if lines else [(title, "")]
        lines += [(keys, what) for keys, what in _merged(mine)]
    return lines


def _merged(actions: Sequence[Bound]) -> list[tuple[str, str]]:
    """Keys and what they do; neighbours that do the same share a line."""
    lines: list[tuple[str, str]] = []
    for one in actions:
        keys, what = " ".join(key_name(key) for key in one.keys), one.tooltip or one.description
        if lines and lines[-1][1] == what:
            keys = f"{lines.pop()[0]} {keys}"
        lines.append((keys, what))
    return lines


def help_rows(lines: Sequence[tuple[str, str]], width: int) -> list[Pieces]:
    """The lines as rows of so many cells: what a key does goes on below itself where it is long."""
    rows: list[Pieces] = []
    for keys, what in lines:
        if not what:
            rows.append([(f" {keys}", "strong")])
            continue
        for start, end in wrapped(what, 0, len(what), width - _INDENT - 1):
            rows.append([(f"  {'' if start else keys:<{_INDENT - 3}}", "strong"), (f" {what[start:end]}", "")])
    return rows


class HelpPage(Page):
    """The keys, in full at any width."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._help = lines

    def on_resize(self) -> None:
        self.show(help_rows(self._help, self.size.width))


class HelpScreen(ModalScreen[None]):
    """Lists every key. Esc, q or ? goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "Go back", id="help.close", priority=True)
    ]

    def __init__(self, title: str, actions: Sequence[Bound]) -> None:
        super().__init__()
        self._title = title
        self._lines = help_lines(actions)

    def compose(self) -> ComposeResult:
        with Vertical(classes="window large"):
            yield TextLine((f" Keys: {self._title}", "strong"))
            yield HelpPage(self._lines)
            yield TextLine((" ↑ ↓ scroll   Esc goes back   the keys can be changed in keys.toml", "dim"), id="hint")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
