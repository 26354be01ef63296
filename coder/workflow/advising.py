"""The adviser: clauses and suggestions for one question, following the codings and the codebook as they change.

The heavy libraries are imported when an adviser is first asked, never before: a screen can be up and a table printed
without them. An adviser never touches the database, so a thread of its own may have it.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.suggestion import Evidence, Similar, Suggestion

if TYPE_CHECKING:
    from coder.suggest.classifier import CodebookSuggester

_FEW = 8  # codings that are learnt or forgotten one by one; more are quicker learnt all together


def current(codebook: Codebook, evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence for the codes that can be suggested, under the codes that merged entries stand for now."""
    stands, active = codebook.stands, {code.id for code in codebook.active}
    now = (replace(item, code=stands[item.code]) for item in evidence if item.code in stands)
    return [item for item in now if item.code in active]


@dataclass
class Adviser:
    """Clauses and suggestions for the answers to one question.

    For use by one thread at a time, save that `refit`, `best` and `least_sure` may run in others meanwhile. A `quick`
    adviser calibrates nothing until `refit`: its first suggestions come four times sooner, and their scores are
    unknown. `background` are texts that nobody has coded, see `uncoded_parts`.
    """

    codebook: Codebook
    evidence: Sequence[Evidence] = ()
    background: Sequence[str] = ()
    quick: bool = field(default=False, kw_only=True)
    _suggester: CodebookSuggester | None = field(default=None, init=False, repr=False)
    _calibrated: CodebookSuggester | None = field(default=None, init=False, repr=False)
    _exact: bool = field(default=False, init=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    def clauses(self, text: str) -> tuple[Segment, ...]:
        """The segments a text is offered in before an analyst draws other ones."""
        from coder.text.clauses import clauses  # noqa: PLC0415 - brings spaCy

        return clauses(text, self.codebook.language)

    def suggest(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first."""
        with self._lock:
            return self._fitted().suggest(texts, top)

    def best(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """What `suggest` says, without the words that weighed: for many texts, some twenty times as fast."""
        from coder.suggest.fitted import fitted  # noqa: PLC0415 - brings scikit-learn
        from coder.suggest.scoring import Scorer  # noqa: PLC0415

        with self._lock:
            model = fitted(self._fitted())
        return Scorer(model).suggest(texts, top)

    def similar(self, text: str, code: int, top: int = 5, *, but: str = "") -> list[Similar]:
        """The segments with a code that are most like a text, best first: for constant comparison.

        `but` leaves one respondent's out: what is like an answer is not news where it is the answer itself.
        """
        with self._lock:
            suggester = self._fitted()
            found = suggester.similar(text, self.codebook.stands[code], len(self.evidence))
        return [one for one in found if not but or one.evidence.group != but][:top]

    def contradictions(self, text: str, code: int, *, but: str = "") -> list[Similar]:
        """Earlier segments that say the same in the same words, and have other codes than this one; most alike first.

        `but` leaves one respondent's out: an answer may carry several codes, and does not contradict itself.
        """
        with self._lock:
            found = self._fitted().contradictions(text, self.codebook.stands[code])
        return [one for one in found if not but or one.evidence.group != but]

    def least_sure(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts, the one to learn most from first."""
        from coder.suggest.fitted import fitted  # noqa: PLC0415 - brings scikit-learn
        from coder.suggest.order import least_sure  # noqa: PLC0415

        with self._lock:
            if not self.codebook.active:
                return list(range(len(texts)))
            suggester = self._fitted()
            model = fitted(suggester)
        return least_sure(model, suggester.features_, texts)

    def learn(self, evidence: Sequence[Evidence]) -> None:
        """Take all codings so far as evidence, before the next suggestion.

        Where few came or went since the last time, those are learnt or forgotten one by one; else all is learnt anew.
        """
        with self._lock:
            new, gone = _difference(self.evidence, evidence)
            self.evidence = list(evidence)
            self._catch_up(new, gone)

    def follow(self, codebook: Codebook) -> None:
        """Take the codebook as it is now, before the next suggestion."""
        with self._lock:
            if codebook != self.codebook:
                self.codebook = codebook
                self._suggester = self._calibrated = None
                self._exact = False

    @property
    def stale(self) -> bool:
        """True where `refit` would make better suggestions, or surer scores."""
        return not self._exact

    def refit(self, background: Sequence[str] | None = None) -> bool:
        """Learn all anew, exactly and calibrated: for idle time, in this thread or another one.

        What is coded meanwhile is learnt before the new suggester takes the old one's place. `background` replaces the
        uncoded texts. False where the codebook has become another one meanwhile: then the old suggester stands.
        """
        with self._lock:
            if background is not None:
                self.background = list(background)
            codebook, evidence, texts = self.codebook, self.evidence, self.background
        fitted = _fit(codebook, evidence, texts, calibrate=True)
        with self._lock:
            if codebook != self.codebook:
                return False
            self._suggester = self._calibrated = fitted
            self._exact = True
            self._catch_up(*_difference(evidence, self.evidence))
            return True

    def _catch_up(self, new: list[Evidence], gone: list[Evidence]) -> None:
        if not (new or gone) or self._suggester is None:
            return
        self._exact = False
        if len(new) + len(gone) > _FEW:
            self._suggester = None
            return
        for item in current(self.codebook, gone):
            self._suggester.forget(item)
        for item in current(self.codebook, new):
            self._suggester.update(item)

    def _fitted(self) -> CodebookSuggester:
        if self._suggester is None:
            fitted = _fit(self.codebook, self.evidence, self.background, calibrate=not self.quick)
            if self.quick and self._calibrated is not None and self._calibrated.known_:
                # A handful of codings more hardly moves a temperature; the next `refit` finds it anew.
                fitted.sharpness_, fitted.known_ = self._calibrated.sharpness_, True
            self._suggester, self._exact = fitted, not self.quick
        return self._suggester


def _fit(
    codebook: Codebook, evidence: Sequence[Evidence], background: Sequence[str], *, calibrate: bool
) -> CodebookSuggester:
    from coder.suggest.classifier import CodebookSuggester  # noqa: PLC0415 - brings scikit-learn

    suggester = CodebookSuggester(calibrate=calibrate)
    return suggester.fit(codebook.in_use, current(codebook, evidence), background)


def _difference(before: Sequence[Evidence], now: Sequence[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """What has come and what has gone."""
    old, new = Counter(before), Counter(now)
    return list((new - old).elements()), list((old - new).elements())
