"""The clashes, one after the other: the answer, the rival codes, one key each."""

from typing import ClassVar

from textual.binding import BindingType

from coder.domain.coding import Work, choose
from coder.domain.counting import decide
from coder.domain.how_many import how_many
from coder.tui import codebook_keys
from coder.tui.growing import GrowingBench
from coder.tui.screens.serving import Serving
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.page import Page, marked
from coder.tui.widgets.painted import Pieces
from coder.tui.wrapping import wrapped
from coder.workflow.clashes import Clash, queue_of


class ClashScreen(Serving):
    """Serves the clashes of a queue."""

    BINDINGS: ClassVar[list[BindingType]] = codebook_keys.CLASHES
    SERVED = "clashes"

    def __init__(self, bench: GrowingBench, queue: list[Clash], keymap: dict[str, str]) -> None:
        super().__init__(bench, keymap)
        self._queue = queue

    def queued(self) -> int:
        return len(self._queue)

    def answer_here(self) -> int | None:
        return self._queue[self._place].answer.id if self._place < len(self._queue) else None

    def action_choose(self, number: int) -> None:
        """Count one of the rivals and go on."""
        if self._place >= len(self._queue):
            return
        clash = self._queue[self._place]
        if number > len(clash.rivals):
            return
        code, book = clash.rivals[number - 1].code, self._bench.all.codebook
        name = book.code_name(code)

        def chosen(work: Work) -> Work:
            return choose(work, clash.theme, code, book)

        if clash.answer.id in self._bench.standings:
            self._bench.decide(f"count {name}", chosen, answer=clash.answer.id)
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """Go to another clash."""
        self.query_one(Page).scroll_to(y=0, animate=False, immediate=True)
        super().action_step(by)

    def action_undo(self) -> None:
        """Take back the latest decision, and queue up anew."""
        self.run_worker(self._back(), group="undo", exclusive=False)

    async def _back(self) -> None:
        await self._bench.finished()
        said = await self._bench.go_back()
        self._queue = await self._bench.desk.do(queue_of)
        self._place, self._said = 0, said
        self.show()

    def _chosen(self, clash: Clash) -> int | None:
        """The code chosen for a clash, that is still on its way to the disk included."""
        if clash.answer.id not in self._bench.standings:
            return None
        book = self._bench.all.codebook
        for settled in decide(self._bench.ahead(clash.answer.id), book):
            if clash.theme == settled.theme and not settled.clash:
                return settled.code
        return None

    def show(self) -> None:
        total = len(self._queue)
        left = sum(self._chosen(clash) is None for clash in self._queue)
        here = f"clash {self._place + 1} of {total}" if self._place < total else how_many(total, "clash", "clashes")
        hints = " ↑ the clash before  u undo  ? keys  Esc back"
        if self._place < total:
            hints = " a digit counts that code  Space not now  u undo  ? keys  Esc back  Enter the answer"
        self.head(here, f"{left} left to choose", hints)
        view = self.query_one(Page)
        if self._place < total:
            view.show(self._lines(self._queue[self._place], max(20, view.size.width - 4)))
        else:
            view.show([(), [("  the end of the queue: Esc goes back", "dim")]])

    def _lines(self, clash: Clash, width: int) -> list[Pieces]:
        book, text = self._bench.all.codebook, clash.answer.text
        rivals = [coding.segment for rival in clash.rivals for coding in rival.codings]
        lines: list[Pieces] = [(), [(f"  {called(clash.answer)}", "strong")], ()]
        lines += [[("  ", ""), *marked(text, start, end, rivals)] for start, end in wrapped(text, 0, len(text), width)]
        theme = book.theme_by_id[clash.theme]
        style = theme_style(book.theme_places[theme.id])
        lines += [(), [("  ▲ ", "clash strong"), (one_line(theme.name, width), f"strong {style}")]]
        taken = self._chosen(clash)
        for number, rival in enumerate(clash.rivals, 1):
            name = book.code_name(rival.code)
            remarks = ["counted for now"] if number == 1 and taken is None else []
            remarks += ["chosen"] if rival.code == taken else ["was chosen before"] if rival.former else []
            lines.append(
                [("  ", ""), (f" {number} ", "key"), (f" {name}", "strong"), (f"   {', '.join(remarks)}", "dim")]
            )
            for coding in rival.codings:
                analyst = one_line(coding.analyst, width // 4)
                words = one_line(coding.segment.of(text), width - 9 - len(analyst))
                lines.append([(f"       “{words}”", ""), (f"  {analyst}", "dim")])
        return lines
