"""The codebook with the live counts of each theme and code."""

from coder.domain.codebook import Code, Codebook, Theme
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.workflow.session import Counts


class CodebookList(RowList):
    """Themes and codes in published order. Picking a code gives it to the active segment."""

    AT_REST = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: Counts | None = None
        self._told = True
        self._codebook: Codebook | None = None
        self._rows: list[Theme | Code] = []
        self._style: dict[int, str] = {}

    def show(self, codebook: Codebook, counts: Counts, *, told: bool = True) -> None:
        """Show these counts, or the names alone. What is retired is shown while it still counts somebody."""
        if codebook is not self._codebook:
            self._codebook, self._counts = codebook, None
            self._style = {theme.id: theme_style(place) for place, theme in enumerate(codebook.themes)}
            self._rows = []
            for theme in codebook.themes:
                if counts.themes.get(theme.id) or not theme.retired:
                    self._rows += [theme, *_shown(codebook, theme.id, counts)]
            self._rows += _shown(codebook, None, counts)
            self.changed()
        if (
            told != self._told
            or self._counts is None
            or (counts.themes, counts.codes) != (self._counts.themes, self._counts.codes)
        ):
            self._counts, self._told = counts, told
            self.refresh()

    def code_at(self, index: int) -> int | None:
        """The code in a row, None for a theme and for a code that can't be given any more."""
        entry = self._rows[index]
        given = isinstance(entry, Code) and self._codebook is not None and not self._codebook.is_retired(entry.id)
        return entry.id if given else None

    def count(self) -> int:
        return len(self._rows)

    def row(self, index: int, width: int) -> Pieces:
        entry = self._rows[index]
        is_code = isinstance(entry, Code)
        counts = ({} if self._counts is None else self._counts.codes if is_code else self._counts.themes) or {}
        count = counts.get(entry.id, 0)
        room = max(4, width - 7 - (3 if is_code else 1))
        name = one_line(entry.name, room).ljust(room)
        if isinstance(entry, Code):
            yield "   ", ""
            yield name, ""
            yield (f"{count:>5} " if count else "    · ") if self._told else " " * 6, "" if count else "dim"
        else:
            yield " ", ""
            yield name, f"strong {self._style[entry.id]}"
            yield f"{count:>5} " if self._told else " " * 6, "strong"


def _shown(codebook: Codebook, theme: int | None, counts: Counts) -> list[Code]:
    return [code for code in codebook.codes_of(theme) if counts.codes.get(code.id) or not codebook.is_retired(code.id)]
