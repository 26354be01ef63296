"""The analyst's own memo, on whatever it is about, with those of others to read beside it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Protocol

from textual.app import App
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coder.domain.errors import CoderError
from coder.domain.memo import Memo, memo_text
from coder.tui.growing import GrowingBench
from coder.tui.memoing import About
from coder.tui.screens.note import SAVES, Writing
from coder.tui.signs import MEMO, one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.text_line import TextLine
from coder.workflow.memos import Draft

_OTHERS = 3  # memos of others that are shown
_WIDTH = 70


class Place(Protocol):
    """A screen that memos are written on."""

    @property
    def bench(self) -> GrowingBench:
        """The bench it shows."""

    @property
    def app(self) -> App[Any]:
        """The app it is a screen of."""

    def say(self, text: str) -> None:
        """Say something quietly."""


class MemoScreen(Writing[list[Draft]]):
    """A field for a memo on one of a few things, and another text for each of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Writing.BINDINGS,
        Binding(
            "tab", "about(1)", "About the next", id="memo.about", tooltip="Write about something else", priority=True
        ),
        Binding("shift+tab", "about(-1)", "About the one before", id="memo.about-back", tooltip="Back", priority=True),
    ]

    def __init__(self, abouts: Sequence[About], first: int = 0, drafts: Sequence[Draft] = ()) -> None:
        left = {draft.subject: draft.text for draft in drafts}
        self._abouts = abouts
        self._place = first
        self._texts = [left.get(one.subject) or (one.mine.text if one.mine else "") for one in abouts]
        super().__init__(self._texts[first])
        self.HINT = f" {SAVES}{'  Tab another subject' if len(abouts) > 1 else ''}"

    def above(self) -> Iterator[Widget]:
        yield TextLine(id="about")
        yield TextLine(id="others")

    def on_mount(self) -> None:
        self._show()

    async def action_about(self, by: int) -> None:
        """Write about something else; what is written here waits."""
        await self.arrived()
        self._texts[self._place] = self.area.text
        self._go((self._place + by) % len(self._abouts))

    def finish(self) -> None:
        self._texts[self._place] = self.area.text
        drafts = []
        for place, (one, text) in enumerate(zip(self._abouts, self._texts, strict=True)):
            if text.strip() == (one.mine.text if one.mine else ""):
                continue
            try:
                drafts.append(Draft(one.subject, memo_text(text) if text.strip() else "", one.mine))
            except CoderError as error:
                self._go(place)
                self.query_one("#hint", TextLine).show((f" {error.message}; Ctrl+L closes without saving", "strong"))
                return
        self.dismiss(drafts)

    def _go(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.area.load_text(self._texts[place])
            self.area.move_cursor(self.area.document.end)
        self._show()

    def _show(self) -> None:
        here = self._abouts[self._place]
        lines: list[Pieces] = [[(f" Memo on {here.words}", "strong")]]
        tabs: list[tuple[str, str]] = []
        for place, one in enumerate(self._abouts if len(self._abouts) > 1 else ()):
            sign = f" {MEMO}" if one.others or self._texts[place].strip() else ""
            words = f" {one.short}{sign} "
            if sum(len(text) for text, _ in tabs) + len(words) > _WIDTH:
                lines.append(tabs)
                tabs = []
            tabs += [(" ", ""), (words, "key" if place == self._place else "dim")]
        lines += [tabs] if tabs else []
        self._fill("#about", lines)
        older = here.others[-_OTHERS:]
        self._fill("#others", [_read(memo) for memo in older])
        self.query_one("#hint", TextLine).show((self.HINT, "dim"))

    def _fill(self, name: str, lines: Sequence[Pieces]) -> None:
        field = self.query_one(name, TextLine)
        field.styles.height = len(lines)
        field.display = bool(lines)
        field.show_lines(*(tuple(line) for line in lines))


def open_memo(
    screen: Place, abouts: Callable[[], tuple[Sequence[About], int]], drafts: Sequence[Draft] = (), *, low: bool = False
) -> None:
    """Have a memo written on one of a few things, and keep it. What can't be kept is shown again: no words are lost."""
    found, first = abouts()

    def written(drafts: list[Draft] | None) -> None:
        if drafts:
            screen.bench.keep_memos(drafts, screen.say, lambda: open_memo(screen, abouts, drafts, low=low))

    window = MemoScreen(found, first, drafts)
    screen.app.push_screen(window.add_class("low") if low else window, written)


def _read(memo: Memo) -> Pieces:
    yield f" {one_line(memo.analyst)} {memo.at[:10]}: ", "dim"
    yield one_line(memo.text, 400), ""
