"""Texts that a file changes on import: which of them may change, and what goes with the old ones."""

from collections.abc import Callable, Iterator, Sequence

from coder.domain.coding import Work
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.storage import audits, journal, works
from coder.storage.database import Database
from coder.storage.incoming import Held
from coder.workflow.named import Named

# Writes changes of rows as an event of the journal.
Journalled = Callable[[Sequence[journal.Change]], object]


class ChangedTexts:
    """The answers of a round whose texts a file changes: those that may, and those that may not."""

    def __init__(self, db: Database, round_key: str, journalled: Journalled) -> None:
        self._db, self._round, self._journalled = db, round_key, journalled
        self._coded, self._drawn = Named(), Named()
        self._by_machine = 0  # of the coded ones, how many only a machine has coded
        self._cut_anew = 0  # answers whose drawn segments went
        self._left = 0  # answers that an audit could have drawn, and did not

    def may_change(self, held: Held, name: str) -> bool:
        """True where nothing that is known of an answer points into its text; else it is taken note of, by name."""
        if not (held.touched or held.drawn):
            return True
        (self._coded if held.touched else self._drawn).add(name)
        self._by_machine += held.touched and not held.by_people
        return False

    def change(self, answers: Sequence[int]) -> None:
        """Have nothing left of what was decided about answers without a code, as their texts become other ones."""
        if not answers:
            return
        changes = works.replacements(self._db, dict.fromkeys(answers, Work()), "")
        if changes:
            self._journalled(changes)
        self._cut_anew += sum(bool(one.before and one.before["cuts"]) for one in changes if one.table == "work")
        journal.forget(self._db, answers)
        self._left += audits.leave(self._db, answers)

    def notes(self) -> Iterator[str]:
        """What a user should know of the texts that have changed."""
        if self._cut_anew:
            answers = how_many(self._cut_anew, "answer with another text", "answers with other texts")
            yield f"{answers} had segments drawn and no code: the segments went with the old text"
        if self._left:
            left = how_many(self._left, "answer has", "answers have")
            yield f"{left} another text now, or none, and left the audit"

    def require_untouched(self) -> None:
        """Raise CoderError where a text differs that somebody has worked on, or that an audit has drawn."""
        if self._coded.count:
            coded = how_many(self._coded.count, "answer that is coded", "answers that are coded")
            raise CoderError(
                f"the file changes the text of {coded}: {self._coded.listed()}",
                "Codings point into the text as it was. Nothing was imported; restore these texts in the file."
                + self._for_machines(),
            )
        if self._drawn.count:
            drawn = how_many(self._drawn.count, "answer")
            raise CoderError(
                f"the file changes the text of {drawn} in an audit's sample: {self._drawn.listed()}",
                "It is read as it was drawn. Nothing was imported; restore these texts in the file. Once `coder audit "
                "--withdraw` has given the audit up, those without codings can be changed.",
            )

    def _for_machines(self) -> str:
        """What to do where nothing but a machine's codings stand in the way; nothing where there are none."""
        if not self._by_machine:
            return ""
        which = "These" if self._by_machine == self._coded.count else f"{self._by_machine} of these"
        return (
            f" {which} only a machine has coded: x in the workbench takes its codes off one, `coder autocode -r "
            f"{self._round} --min-score 1` off all in the round; then import again, and autocode."
        )
