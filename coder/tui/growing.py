"""Changes of the codebook at the workbench: one at a time, and every count and suggestion follows."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from coder.domain.codebook_edits import Restore
from coder.domain.coding import Coding, Origin, Work, give
from coder.domain.editing import Edit
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.impact import Impact
from coder.domain.progress import without_rank
from coder.tui.bench import Bench
from coder.tui.memoing import write
from coder.tui.overview import Outcome, candidates
from coder.tui.segments import ADVICE
from coder.workflow.memos import Draft
from coder.workflow.session import Moved, Session

_CODEBOOK = "codebook"  # what keys wait for while the codebook changes
_NEXT = "next segment"  # and until the segment that they are meant for is the active one


class GrowingBench(Bench):
    """A bench whose codebook grows. `on_change` is called whenever counts or codebook are others than before."""

    on_change: Callable[[], None] = staticmethod(lambda: None)

    async def reload(self, said: str = "", *, anew: bool = True) -> None:
        """Show the project as it is now."""
        await super().reload(said, anew=anew)
        self.on_change()

    def new_code(self, name: str) -> str | None:
        """Make a new code without a theme and give it to the active segment, as one step. A step of the line.

        Whoever calls has offered the codes that are called nearly so.
        """
        reading = self.reading
        if reading is None or not (reading.ready or reading.whole):
            return ADVICE
        answer, segment, whole, analyst = reading.answer.id, reading.segment, reading.whole, self.all.analyst

        def given(work: Work, code: int) -> Work:
            return give(work, Coding(code, segment, analyst, Origin.HAND, whole=whole))

        def job(session: Session) -> str:
            return session.code_anew(answer, name, given, place=self.place(), anyway=True).what

        async def made() -> None:
            try:
                what = await self._changed_by(job)
                if what and self.reading is not None and self.reading.answer.id == answer:
                    self.move(self.reading.after_code(self.ahead(answer)))
                if what:
                    self.view.say(f"{what}, without a theme yet")
            finally:
                self.line.release(_NEXT)

        self.line.hold(_CODEBOOK)
        self.line.hold(_NEXT)
        self._start(made())
        return None

    def restore(self, code: int) -> None:
        """Have a retired code in use again. A step of the line."""
        self.line.hold(_CODEBOOK)
        self._start(self._restored(Restore(code)))

    async def _restored(self, edit: Restore) -> None:
        await self._changed_by(lambda session: session.edit(edit).what)

    async def preview(self, edit: Edit) -> Impact:
        """What an edit would do to the table. Raises CoderError where it can't be made."""
        return await self.desk.do(lambda session: session.preview(edit))

    async def change(self, edit: Edit) -> str:
        """Make an edit; its words, or nothing where it could not be made, which is said."""
        self.line.hold(_CODEBOOK)
        return await self._changed_by(lambda session: session.edit(edit).what) or ""

    async def carry_out(self, job: Callable[[Session], str]) -> str:
        """Have a step made that is more than an edit; its words, or nothing where it could not be made, as is said."""
        self.line.hold(_CODEBOOK)
        return await self._changed_by(job) or ""

    def see_through(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done to its end, even where the screen that asked for it is left meanwhile."""
        self._start(work)

    async def look_for_candidates(self) -> None:
        """Read anew which candidates for new codes wait: decisions since may have settled some."""
        self.all = replace(self.all, candidates=await self.desk.do(candidates))
        self.view.show_counts(None)

    def keep_memos(self, drafts: Sequence[Draft], say: Callable[[str], None], failed: Callable[[], None]) -> None:
        """Write memos and say what was done. Where they can't be written that is said too, and `failed` is called."""

        async def kept() -> None:
            what = await self._changed_by(lambda session: write(session, drafts))
            failed() if what is None else say(what)

        self.line.hold(_CODEBOOK)
        self._start(kept())

    async def go_back(self, step: Callable[[Session], Moved] = Session.undo, said: str = "undone") -> str:
        """Undo, or redo, without going to the answer concerned; what was done in words, nothing where it was refused.

        Why it was refused is said.
        """
        self.line.hold(_CODEBOOK)
        what = await self._changed_by(lambda session: step(session).what)
        if what is None:
            return ""
        return f"{said}: {without_rank(what)}" if what else f"there is nothing to be {said}"

    async def _changed_by(self, job: Callable[[Session], Any]) -> str | None:
        try:
            what: str = await self.desk.do(job)
            await self.reload(anew=False)
        except CoderError as error:
            self.view.fail(error)
            if isinstance(error, ProjectChangedError):
                await self.reload()
            return None
        else:
            self.view.saved()
            return what
        finally:
            self.line.release(_CODEBOOK)

    async def _lost(self, answer: int, what: str, error: CoderError) -> None:
        await super()._lost(answer, what, error)
        self.on_change()

    def _take(self, came: Outcome, said: Callable[[], str] | None = None) -> None:
        super()._take(came, said)
        self.on_change()
