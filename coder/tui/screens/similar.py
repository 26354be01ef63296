"""The segments most like the one being read that carry a code already: for constant comparison."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from coder.domain.suggestion import Similar
from coder.tui.signs import one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine

_NAME = 18  # cells for a respondent


class SimilarList(RowList):
    """Segments, each with its respondent, and the code at the right."""

    def __init__(self, found: Sequence[Similar], code: str, names: Mapping[str, str]) -> None:
        super().__init__()
        self._found = found
        self._code = one_line(code, 24)
        self._names = names

    def count(self) -> int:
        return len(self._found)

    def row(self, index: int, width: int) -> Pieces:
        evidence = self._found[index].evidence
        name = one_line(self._names.get(evidence.group, evidence.group), _NAME)
        room = max(8, width - _NAME - len(self._code) - 6)
        yield f" {name:<{_NAME}}  ", ""
        yield f"{one_line(evidence.text, room):<{room}}  ", ""
        yield self._code, "dim"


class SimilarScreen(ModalScreen[None]):
    """Lists the segments, most alike first; `names` are the respondents' by key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,w,q", "dismiss(None)", "Go back", id="similar.close", priority=True)
    ]

    def __init__(self, text: str, code: str, found: Sequence[Similar], names: Mapping[str, str]) -> None:
        super().__init__()
        self._text = text
        self._code = code
        self._found = found
        self._names = names

    def compose(self) -> ComposeResult:
        title = (
            f" most like this, coded {one_line(self._code)}" if self._found else f" none yet: {one_line(self._code)}"
        )
        with Vertical(classes="window large"):
            yield TextLine((title, "strong"))
            yield TextLine((f" “{one_line(self._text, 90)}”", "dim"))
            yield SimilarList(self._found, self._code, self._names)
            yield TextLine((" Esc goes back", "dim"), id="hint")
