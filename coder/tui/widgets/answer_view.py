"""The answer: its segments with their codes, the active one plain to see, and the caret in it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from textual.events import MouseDown, MouseMove, MouseUp, Resize
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from coder.domain.coding import Segment
from coder.tui.answer_rows import Label, Row, answer_rows, word_places
from coder.tui.reading import Reading
from coder.tui.signs import shortened
from coder.tui.widgets.painted import Painted, Pieces
from coder.tui.widgets.text_line import cut_to
from coder.tui.wrapping import fitting

_MARGIN = 2  # cells left of the text: the mark of the active segment


class AnswerView(Painted, can_focus=True):
    """One answer. A mouse drag draws a segment, a click makes the segment under it active."""

    class Drawn(Message):
        """A range of the answer was drawn with the mouse."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start = start
            self.end = end

    class Pointed(Message):
        """A place in the answer was clicked."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._reading: Reading | None = None
        self._labels: Mapping[int | None, Sequence[Label]] = {}
        self._rows: list[Row] = []
        self._laid: object = None
        self._pinned: Sequence[Sequence[tuple[str, str]]] = ()
        self._reasons: Sequence[Segment] = ()
        self._drag: tuple[int, int] | None = None

    def show(
        self,
        reading: Reading,
        labels: Mapping[int | None, Sequence[Label]],
        pinned: Sequence[Sequence[tuple[str, str]]] = (),
        because: Sequence[str] = (),
    ) -> None:
        """Show an answer as it is read, with a line for every code below its segment.

        The words `because` are underlined in the active segment.
        The pinned lines stand above it and do not scroll. They are painted here, since a widget of their own would
        have the whole screen laid out anew whenever a clash comes or goes.
        """
        other = self._reading is None or self._reading.answer.id != reading.answer.id
        self._reading, self._labels = reading, labels
        self._reasons = word_places(reading.answer.text, reading.segment, because)
        self._pinned = [*pinned[: max(0, self.size.height - 4)], ()] if pinned else ()
        if other:
            self._drag = None
            self.scroll_to(y=0, animate=False, immediate=True)
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number, width = y - len(self._pinned) + self.scroll_offset.y, self.size.width
        if y < len(self._pinned):
            return self.paint(cut_to(list(self._pinned[y]), width), width, "pinned" if self._pinned[y] else "")
        if self._reading is None or number >= len(self._rows):
            return self.paint((), width)
        row = self._rows[number]
        return self.paint(self._pieces(row, self._reading), width)

    def on_resize(self, _: Resize) -> None:
        self._lay_out()

    def on_mouse_down(self, event: MouseDown) -> None:
        place = self._offset_at(event.x, event.y)
        if place is not None:
            self._drag = place, place
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._drag is not None:
            place = self._offset_at(event.x, event.y, past=True)
            if place is not None and place != self._drag[1]:
                self._drag = self._drag[0], place
                self.refresh()

    def on_mouse_up(self, _: MouseUp) -> None:
        self.release_mouse()
        if self._drag is None:
            return
        start, end = sorted(self._drag)
        self._drag = None
        self.refresh()
        self.post_message(self.Drawn(start, end) if start < end else self.Pointed(start))

    def _lay_out(self) -> None:
        reading = self._reading
        if reading is None or not self.size.width:
            return
        self._rows = answer_rows(
            reading.answer.text,
            reading.segments,
            self._labels,
            caret=reading.caret,
            width=self.size.width - _MARGIN - 1,
        )
        size = Size(0, len(self._rows) + len(self._pinned))
        if size != self.virtual_size:
            self.virtual_size = size
        self._show_active(reading)
        self.refresh()

    def _show_active(self, reading: Reading) -> None:
        mine = [place for place, row in enumerate(self._rows) if row.number == reading.active]
        if not mine or reading.whole:
            return
        caret = [place for place in mine if self._rows[place].start <= reading.caret < self._rows[place].end]
        height, top = self.size.height - len(self._pinned), self.scroll_offset.y
        first, last = mine[0], mine[-1]
        if last - first >= height:
            first = last = caret[0] if caret else first
        if first < top or last >= top + height:
            y = first if first < top else last - height + 1
            self.scroll_to(y=max(0, y), animate=False, immediate=True)

    def _pieces(self, row: Row, reading: Reading) -> Pieces:
        mine = reading.whole or (row.number is not None and row.number == reading.active)
        yield ("▌ " if mine and row != Row() else "  "), "active"
        if row.label is not None:
            yield shortened(row.label.text, self.size.width - _MARGIN - 1), row.label.style
            return
        text = reading.answer.text
        marks = {row.start, row.end}
        drag = tuple(sorted(self._drag)) if self._drag else (0, 0)
        caret = (reading.caret, reading.caret + 1) if mine and reading.caret > reading.segment.start else (0, 0)
        reasons = self._reasons if mine else ()
        words = [edge for one in reasons for edge in (one.start, one.end)]
        for edge in (row.inner.start, row.inner.end, *drag, *caret, *words):
            if row.start < edge < row.end:
                marks.add(edge)
        places = sorted(marks)
        for start, end in pairwise(places):
            if drag[0] <= start < drag[1]:
                style = "drag"
            elif caret[0] <= start < caret[1]:
                style = "caret"
            elif mine:
                style = "strong" if reading.whole or row.inner.start <= start < row.inner.end else "dim"
            else:
                style = "" if row.inner.start <= start < row.inner.end or row.number is None else "dim"
            if any(one.start <= start < one.end for one in reasons):
                style += " because"
            yield text[start:end].replace("\n", " "), style

    def _offset_at(self, x: int, y: int, *, past: bool = False) -> int | None:
        """The offset of the text under a cell; with `past` the one after it."""
        number = y - len(self._pinned) + self.scroll_offset.y
        if self._reading is None or y < len(self._pinned) or not 0 <= number < len(self._rows):
            return None
        row = self._rows[number]
        if row.end <= row.start:
            return None
        text, cells = self._reading.answer.text, max(0, x - _MARGIN)
        if cells >= cell_len(text[row.start : row.end]):
            return row.end
        before = fitting(text, row.start, row.end, cells) if cells else 0
        return min(row.end, row.start + before + past)
