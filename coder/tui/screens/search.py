"""The search for a code: two or three letters, Enter."""

from textual.events import Key

from coder.domain.codebook import Code, Codebook, search
from coder.tui.screens.typed import Palette
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.painted import Pieces


class SearchScreen(Palette[int]):
    """Finds codes by name, alias, theme and definition; with nothing typed the recent ones stand first.

    The codes in `but` are left out.
    """

    RECENT = " (recent)"  # said of those

    def __init__(
        self,
        codebook: Codebook,
        recent: tuple[int, ...],
        *,
        title: str = "code",
        but: frozenset[int] = frozenset(),
        missing: str = "no code is found: Esc, then n makes a new one",
    ) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self.MISSING = missing
        self._codebook = codebook
        self._recent = recent
        self._but = but
        self._found: list[Code] = []
        self._style = {theme.id: theme_style(place) for place, theme in enumerate(codebook.themes)}

    def found(self) -> int:
        return len(self._found)

    def look(self) -> None:
        found = search(self._codebook, self.typed_text, self._recent)
        self._found = [code for code in found if code.id not in self._but]

    def line(self, index: int, width: int) -> Pieces:
        code = self._found[index]
        theme = one_line(self._codebook.theme_name(code.id), width // 2)
        name = one_line(code.name, width - len(theme) - 6)
        yield f" {name}", ""
        yield self.RECENT if not self.typed_text and code.id in self._recent else "", "dim"
        yield f"  {theme}", self._style.get(code.theme or -1, "dim")

    def take(self, index: int) -> None:
        self.dismiss(self._found[index].id)


class WhichCodeScreen(SearchScreen):
    """As the search, with those that are likely meant first, on a digit each until something is typed."""

    RECENT = ""
    HINT = "a digit picks   letters find any code   Esc goes back"

    def line(self, index: int, width: int) -> Pieces:
        digit = not self.typed_text and index < min(9, len(self._recent))
        yield f" {index + 1} " if digit else "   ", "key" if digit else ""
        yield from super().line(index, width - 3)

    def typed(self, event: Key) -> bool:
        digit = event.character or ""
        if not self.typed_text and digit in "123456789" and 0 < int(digit or 0) <= len(self._recent):
            self.take(int(digit) - 1)
            return True
        return super().typed(event)
