"""Codes and themes to be worked on: with counts, and marks on those that are selected."""

from collections.abc import Mapping, Sequence

from textual.message import Message
from textual.strip import Strip

from coder.domain.codebook import Code, Codebook, Theme
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.workflow.session import Counts


class EntryList(RowList):
    """Rows that are themes or codes. The cursor stays with its entry when the rows change."""

    class Stood(Message):
        """The cursor stands on another row."""

    def __init__(self, empty: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.empty = empty  # said where there are no rows
        self._codebook: Codebook | None = None
        self._counts: Counts | None = None
        self._selected: frozenset[int] = frozenset()
        self._remarks: Mapping[int, str] = {}
        self.entries: Sequence[Theme | Code] = ()

    def show(
        self,
        codebook: Codebook,
        entries: Sequence[Theme | Code],
        counts: Counts,
        selected: frozenset[int],
        remarks: Mapping[int, str] | None = None,
    ) -> None:
        """Show these; `remarks` stand in the place of counts, by code."""
        stood = self.entry
        self._codebook, self._counts, self._selected, self._remarks = codebook, counts, selected, remarks or {}
        self.entries = entries
        if stood is not None:
            self.stand_on(stood)
        self.changed()

    @property
    def entry(self) -> Theme | Code | None:
        """What the cursor stands on."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def stand_on(self, entry: Theme | Code) -> bool:
        """Put the cursor on an entry, where it is among those shown."""
        for place, one in enumerate(self.entries):
            if one.id == entry.id and type(one) is type(entry):
                self.cursor = place
                return True
        return False

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self.post_message(self.Stood())

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if not self.entries:
            return self.paint([(f" {self.empty}", "dim")] if y == 0 else (), self.size.width)
        return super().render_line(y)

    def count(self) -> int:
        return len(self.entries)

    def row(self, index: int, width: int) -> Pieces:
        entry, codebook, counts = self.entries[index], self._codebook, self._counts
        assert codebook is not None
        assert counts is not None
        if isinstance(entry, Theme):
            name, gone = entry.name, entry.retired
            shown, lead, style = str(counts.themes.get(entry.id, 0)), " ", "strong "
            style += theme_style(codebook.theme_places[entry.id])
        else:
            name, gone = entry.name, codebook.is_retired(entry.id)
            shown = self._remarks.get(entry.id) or str(counts.codes.get(entry.id, 0) or "·")
            lead, style = " ◆ " if entry.id in self._selected else "   ", ""
        mark = "  retired" if gone else ""
        room = max(4, width - len(lead) - len(mark) - max(5, len(shown)) - 2)
        yield lead, "key" if lead.strip() else ""
        yield one_line(name, room).ljust(room), "dim" if gone else style
        yield mark, "dim"
        yield f" {shown:>5} ", "strong" if isinstance(entry, Theme) else "dim" if self._remarks else ""
