"""What a change would do to the table, those of other rounds too, and yes or no."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key

from coder.domain.editing import Edit
from coder.domain.errors import CoderError
from coder.domain.impact import Impact
from coder.tui.growing import GrowingBench
from coder.tui.screens.typed import TypedScreen
from coder.tui.signs import one_line
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped
from coder.workflow.revising import preview
from coder.workflow.session import Session


class ConsentScreen(TypedScreen[bool]):
    """Shows an edit and its impact; `y` makes it. Before the impact is shown no key agrees to it."""

    def __init__(self, bench: GrowingBench, edit: Edit) -> None:
        super().__init__()
        self._bench = bench
        self._edit = edit
        self._shown = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield TextLine(id="what")
            yield TextLine((" looking what it does…", "dim"), id="impact")
            yield TextLine(id="elsewhere")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        self.run_worker(self._look())

    async def _look(self) -> None:
        words = one_line(self._edit.words(self._bench.all.codebook))
        self._fill("#what", f"{words}?", "strong", 4)
        try:
            found, others = await self._bench.desk.do(
                lambda session: (session.preview(self._edit), _elsewhere(session, self._edit))
            )
        except CoderError as error:
            self._bench.view.fail(error)
            self.dismiss(None)
            return
        self._fill("#impact", one_line(found.told(4)), "", 7)
        self._fill("#elsewhere", "; ".join(others), "dim", 4)
        self.query_one("#hint", TextLine).show((" y ", "key"), (" yes  ", ""), (" n ", "key"), (" no ", ""))
        self._shown = True

    def _fill(self, name: str, text: str, style: str, most: int) -> None:
        lines = [text[start:end] for start, end in wrapped(text, 0, len(text), 70)][:most]
        field = self.query_one(name, TextLine)
        field.styles.height = len(lines) + bool(lines)
        field.show_lines(*(((f" {line}", style),) for line in lines))

    def typed(self, event: Key) -> bool:
        if event.key in {"ctrl+q", "ctrl+c"}:
            return False
        if event.key == "y" and self._shown:
            self.dismiss(True)
        elif event.key in {"n", "escape"}:
            self.dismiss(None)
        return True


def _elsewhere(session: Session, edit: Edit) -> list[str]:
    """What an edit does to the tables of other rounds, where it does anything; in words."""
    found = preview(session.project, session.question, edit, but=(session.round, session.question))
    return [
        f"{'round ' if asked == session.question else asked + ' in round '}{key}: {one_line(impact.told(3))}"
        for (key, asked), impact in found.items()
        if impact != Impact()
    ]
