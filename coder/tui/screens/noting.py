"""The memos at the workbench: written on what is before one's eyes, and found again."""

from coder.domain.memo import Memo
from coder.tui.memoing import about_all, about_memo, about_reading
from coder.tui.screens.memo import open_memo
from coder.tui.screens.memos import MemosScreen
from coder.tui.screens.opening import Opening


class Noting(Opening):
    """A workbench with memos."""

    def action_memo(self) -> None:
        """Write a memo on what is before one's eyes."""
        if self.bench.reading is None:
            open_memo(self, lambda: (about_all(self.bench.all), 0))
        else:
            self._open_in_turn(self._memo_here)

    def _memo_here(self) -> None:
        reading, here, around = self.verbs.reading, self.verbs.codes_here(), self.verbs.codes_around()
        open_memo(self, lambda: about_reading(self.bench.all, reading, here, around), low=True)

    def action_memos(self) -> None:
        """Find a memo, and go where it was written."""

        def found(memo: Memo | None) -> None:
            if memo is None:
                return
            answer, segment = memo.subject.id, memo.subject.segment
            if (memo.question, memo.round) != (self.bench.all.question, self.bench.all.round) or answer is None:
                open_memo(self, lambda: ([about_memo(self.bench.all, memo)], 0))
                return
            self._in_turn(lambda: self.bench.go(answer, None if segment is None else 0))
            if segment is not None:
                self._in_turn(lambda: self.verbs.point(segment.start))

        self.app.push_screen(MemosScreen(self.bench.all.memos), found)
