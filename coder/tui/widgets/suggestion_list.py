"""The suggested codes for the active segment, on the keys 1 to 9."""

from collections.abc import Sequence

from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from coder.domain.codebook import Codebook
from coder.domain.suggestion import Suggestion
from coder.tui.signs import one_line, percent, theme_style
from coder.tui.widgets.painted import Painted, Pieces
from coder.tui.wrapping import wrapped


class SuggestionList(Painted, can_focus=False):
    """Suggestions, best first, with score and theme, and the words that weighed most for the first."""

    class Clicked(Message):
        """A suggestion was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, codebook: Codebook, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._codebook = codebook
        self._suggestions: Sequence[Suggestion] = ()
        self._remark = ""

    def show(self, codebook: Codebook, suggestions: Sequence[Suggestion], remark: str = "") -> None:
        """Show these suggestions, or a remark where there are none."""
        if codebook is not self._codebook or (suggestions, remark) != (self._suggestions, self._remark):
            self._codebook, self._suggestions, self._remark = codebook, suggestions, remark
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        return self.paint(self._line(y, self.size.width), self.size.width)

    def on_click(self, event: Click) -> None:
        if event.y < len(self._suggestions):
            self.post_message(self.Clicked(event.y + 1))

    def _line(self, y: int, width: int) -> Pieces:
        if not self._suggestions:
            rows = list(wrapped(self._remark, 0, len(self._remark), width - 1))
            return [(f" {self._remark[slice(*rows[y])]}", "dim")] if y < len(rows) else []
        if y < min(9, len(self._suggestions)):
            return list(self._suggestion(y, width))
        words = ", ".join(self._suggestions[0].because[:4])
        if y == self.size.height - 1 and words:
            return [(" 1 by: ", "dim"), (one_line(words, width - 8), "dim")]
        return []

    def _suggestion(self, place: int, width: int) -> Pieces:
        suggestion = self._suggestions[place]
        codebook = self._codebook
        code, theme_id = codebook.code_by_id[suggestion.code], codebook.theme_of[suggestion.code]
        score = percent(suggestion.score) if suggestion.known else ""
        room = max(8, width - 6 - len(score))
        name = one_line(code.name, room)
        theme = one_line(codebook.theme_name(code.id))
        left = room - len(name) - 2
        shown = f"  {one_line(theme, left)}" if left > 6 else ""
        yield f" {place + 1} ", "key"
        yield f" {name}", "strong" if place == 0 else ""
        yield shown.ljust(room - len(name)), "dim" if theme_id is None else theme_style(codebook.theme_places[theme_id])
        yield f" {score}", "dim"
