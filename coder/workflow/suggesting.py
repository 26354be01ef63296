"""Suggestions for one question: learnt from the codebook and the codings so far.

The heavy libraries are imported when an adviser is first asked, never before: a screen can be up and a table printed
without them. An adviser never touches the database, so a thread of its own may have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Segment, Work
from coder.domain.suggestion import Evidence, Suggestion
from coder.storage import surveys, works
from coder.storage.database import Database
from coder.workflow.project import Project

if TYPE_CHECKING:
    from coder.suggest.classifier import CodebookSuggester

_FEW = 8  # new codings that are added one by one; more are quicker learnt all together


def evidence_of(answer: Answer, work: Work) -> list[Evidence]:
    """What a suggester may learn from an answer: its codings by analysts. What a machine coded teaches nothing."""
    return [
        Evidence(coding.segment.of(answer.text), coding.code, answer.respondent.key)
        for coding in work.codings
        if coding.origin is not Origin.AUTO
    ]


def evidence_in(db: Database, question: str, but: str = "") -> list[Evidence]:
    """All that analysts have coded of a question, over all rounds; `but` leaves one round out."""
    found = []
    for one in surveys.rounds(db):
        held = works.load(db, one.key, question) if one.key != but else {}
        if held:
            answers = surveys.answers(db, one.key, question)
            found += [item for answer in answers if answer.id in held for item in evidence_of(answer, held[answer.id])]
    return found


@dataclass
class Adviser:
    """Clauses and suggestions for the answers to one question. For use by one thread at a time."""

    codebook: Codebook
    evidence: Sequence[Evidence] = ()
    background: Sequence[str] = ()
    _suggester: CodebookSuggester | None = field(default=None, init=False, repr=False)

    def clauses(self, text: str) -> tuple[Segment, ...]:
        """The segments a text is offered in before an analyst draws other ones."""
        from coder.text.clauses import clauses  # noqa: PLC0415 - brings spaCy

        return clauses(text, self.codebook.language)

    def suggest(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first."""
        return self._fitted().suggest(texts, top)

    def learn(self, evidence: Sequence[Evidence]) -> None:
        """Take all codings so far as evidence, before the next suggestion.

        A few new ones are added to what is learnt; where some were taken back all is learnt anew.
        """
        before, now = Counter(self.evidence), Counter(evidence)
        new, gone = now - before, before - now
        self.evidence = evidence
        if gone or new.total() > _FEW:
            self._suggester = None
        elif self._suggester is not None:
            for item in self._current(new.elements()):
                self._suggester.update(item)

    def follow(self, codebook: Codebook) -> None:
        """Take the codebook as it is now, before the next suggestion."""
        if codebook != self.codebook:
            self.codebook = codebook
            self._suggester = None

    def _current(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        """The evidence for the codes that can be suggested, under the codes that merged entries stand for now."""
        stands, active = self.codebook.stands, {code.id for code in self.codebook.active}
        now = (replace(item, code=stands[item.code]) for item in evidence if item.code in stands)
        return [item for item in now if item.code in active]

    def _fitted(self) -> CodebookSuggester:
        if self._suggester is None:
            from coder.suggest.classifier import CodebookSuggester  # noqa: PLC0415 - brings scikit-learn

            evidence = self._current(self.evidence)
            self._suggester = CodebookSuggester().fit(self.codebook.in_use, evidence, self.background)
        return self._suggester


def adviser(project: Project, question: str, background: Sequence[str] = ()) -> Adviser:
    """An adviser that knows all that analysts have coded of a question."""
    codebook = project.codebook(question)
    with project.file.reading() as db:
        evidence = evidence_in(db, question)
    return Adviser(codebook, evidence, background)
