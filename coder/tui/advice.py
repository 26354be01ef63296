"""The thread that finds clauses and suggestions, and the cache that the screen reads them from.

It never touches the project. What is asked for last is found first; what nobody waits for any more is left.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.suggestion import Evidence, Suggestion

_LONGEST = 5_000  # characters of a segment that suggestions are made from
_KEPT = 400  # answers whose clauses and suggestions are kept


class Advising(Protocol):
    """What knows clauses and suggestions for one codebook."""

    def clauses(self, text: str) -> tuple[Segment, ...]:
        """The segments a text is offered in."""
        ...

    def suggest(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first."""
        ...

    def learn(self, evidence: Sequence[Evidence]) -> None:
        """Take all codings so far as evidence."""
        ...

    def follow(self, codebook: Codebook) -> None:
        """Take the codebook as it is now."""
        ...


@dataclass(frozen=True, slots=True)
class Advice:
    """News from the thread: clauses (`segment` None) or suggestions for a segment of an answer.

    `version` says up to which call of `learn` the adviser knows; `error` says why there are none.
    """

    answer: int
    segment: Segment | None
    version: int
    error: str = ""


class Counsel:
    """An adviser with a thread of its own. `tell` is called on that thread with every piece of news."""

    def __init__(self, adviser: Advising, tell: Callable[[Advice], object]) -> None:
        self._adviser = adviser
        self._tell = tell
        self._news = threading.Condition()
        self._current: tuple[Answer, tuple[Segment, ...]] | None = None
        self._coming: tuple[Answer, ...] = ()
        self._evidence: Sequence[Evidence] | None = None
        self._codebook: Codebook | None = None
        self._clauses: dict[int, tuple[Segment, ...]] = {}
        self._suggested: dict[tuple[int, Segment], tuple[int, tuple[Suggestion, ...]]] = {}
        self._closed = False
        self.version = 0
        self._asked = 0
        # A daemon: leaving the workbench waits for no half-learnt model.
        self._thread = threading.Thread(target=self._run, name="counsel", daemon=True)

    def start(self) -> None:
        """Begin; called once the first screen is painted, since the libraries take a second to load."""
        self._thread.start()

    def close(self) -> None:
        """Stop after what is being done."""
        with self._news:
            self._closed = True
            self._news.notify()

    def read(self, answer: Answer, segments: tuple[Segment, ...], coming: Sequence[Answer] = ()) -> None:
        """Ask for an answer's clauses and for suggestions for these segments, then for the answers that come next."""
        with self._news:
            self._current = answer, segments
            self._coming = tuple(coming)
            self._news.notify()

    def learn(self, evidence: Sequence[Evidence], codebook: Codebook | None = None) -> None:
        """Have the adviser learn all codings so far; of several calls in a row only the last counts.

        With a codebook it takes that first, as it is now.
        """
        with self._news:
            self._asked += 1
            self._evidence, self._codebook = evidence, codebook or self._codebook
            self._news.notify()

    def forget(self, answers: Sequence[int]) -> None:
        """Forget what is known of answers whose text is another one now."""
        for answer in answers:
            self._clauses.pop(answer, None)
            for key in [key for key in tuple(self._suggested) if key[0] == answer]:
                self._suggested.pop(key, None)

    def clauses(self, answer: int) -> tuple[Segment, ...] | None:
        """An answer's clauses, None while they are not known."""
        return self._clauses.get(answer)

    def suggestions(self, answer: int, segment: Segment) -> tuple[Suggestion, ...] | None:
        """The suggestions for a segment, None while they are not known."""
        found = self._suggested.get((answer, segment))
        return None if found is None else found[1]

    def recent(self, answer: int, segment: Segment) -> bool:
        """True where the suggestions for a segment know all that was learnt, or all but the last."""
        found = self._suggested.get((answer, segment))
        return found is not None and found[0] >= self._asked - 1

    def _run(self) -> None:
        while True:
            with self._news:
                job = self._next()
                while job is None:
                    if self._closed:
                        return
                    self._news.wait()
                    job = self._next()
                if self._closed:
                    return
            for news in job():
                self._tell(news)

    def _next(self) -> Callable[[], list[Advice]] | None:
        """What is most wanted now; None where all is known."""
        if self._current is None:
            return None
        answer, segments = self._current
        if answer.id not in self._clauses:
            return partial(self._find_clauses, answer)
        unknown = self._older(answer, segments, 0)
        if self._evidence is not None and not unknown:
            return self._learn
        wanted = unknown or self._older(answer, segments, self.version)
        if wanted:
            return partial(self._find_suggestions, answer, wanted)
        return self._next_coming()

    def _next_coming(self) -> Callable[[], list[Advice]] | None:
        for one in self._coming:
            if one.id not in self._clauses:
                return partial(self._find_clauses, one)
            if wanted := self._older(one, self._clauses[one.id][:8], self.version):
                return partial(self._find_suggestions, one, wanted)
        return None

    def _older(self, answer: Answer, segments: tuple[Segment, ...], version: int) -> list[Segment]:
        return [one for one in segments if self._suggested.get((answer.id, one), (-1, ()))[0] < version]

    def _learn(self) -> list[Advice]:
        with self._news:
            evidence, self._evidence, asked = self._evidence, None, self._asked
            codebook, self._codebook = self._codebook, None
        if codebook is not None:
            self._adviser.follow(codebook)
        if evidence is not None:
            self._adviser.learn(evidence)
            self.version = asked
        return []

    def _find_clauses(self, answer: Answer) -> list[Advice]:
        error = ""
        try:
            found = self._adviser.clauses(answer.text)
        except Exception as problem:  # noqa: BLE001, RUF100 - an answer can be coded without clauses
            found, error = (Segment(0, len(answer.text)),), _said(problem)
        while len(self._clauses) >= _KEPT:
            self.forget([next(iter(self._clauses))])
        self._clauses[answer.id] = found
        return [Advice(answer.id, None, self.version, error)]

    def _find_suggestions(self, answer: Answer, segments: list[Segment]) -> list[Advice]:
        error, version = "", self.version
        texts = [answer.text[one.start : min(one.end, one.start + _LONGEST)] for one in segments]
        try:
            found = self._adviser.suggest(texts)
        except Exception as problem:  # noqa: BLE001, RUF100 - coding goes on without suggestions
            found, error = [[] for _ in segments], _said(problem)
        for segment, suggestions in zip(segments, found, strict=True):
            self._suggested[answer.id, segment] = version, tuple(suggestions)
        return [Advice(answer.id, segment, version, error) for segment in segments]


def _said(problem: Exception) -> str:
    return problem.message if isinstance(problem, CoderError) else f"{type(problem).__name__}: {problem}"
