"""The search for a code: two or three letters, Enter."""

from coder.domain.codebook import Code, Codebook, search
from coder.tui.screens.typed import Palette
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.painted import Pieces


class SearchScreen(Palette[int]):
    """Finds codes by name, alias, theme and definition; with nothing typed the recent ones stand first.

    The codes in `but` are left out.
    """

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
        yield " (recent)" if not self.typed_text and code.id in self._recent else "", "dim"
        yield f"  {theme}", self._style.get(code.theme or -1, "dim")

    def take(self, index: int) -> None:
        self.dismiss(self._found[index].id)
