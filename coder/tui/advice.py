"""The thread that finds clauses and suggestions, and the cache that the screen reads them from.

It never touches the project. What is asked for last is found first; what nobody waits for any more is left.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.suggestion import Evidence, Suggestion
from coder.tui.advising import Advising
from coder.tui.errands import carry_out, in_words

__all__ = ["Advice", "Advising", "Counsel"]

T = TypeVar("T")

_LONGEST = 5_000  # characters of a segment that suggestions are made from
_KEPT = 400  # answers whose clauses and suggestions are kept
_IDLE = 1.0  # seconds without a key or a decision before all is learnt anew


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

    def __init__(
        self,
        adviser: Advising,
        tell: Callable[[Advice], object],
        background: Callable[[], Sequence[str]] = tuple,
        idle: float = _IDLE,
    ) -> None:
        self._adviser = adviser
        self._tell = tell
        self._background = background
        self._idle = idle
        self._stirred = 0.0  # when something was asked for last
        self._refits = 0
        self._refitted_at = -1
        self._refitting = False
        self._errands: deque[Callable[[], None]] = deque()
        self._news = threading.Condition()
        self._current: tuple[Answer, tuple[Segment, ...]] | None = None
        self._coming: tuple[Answer, ...] = ()
        self._evidence: Sequence[Evidence] | None = None
        self._codebook: Codebook | None = None
        self._clauses: dict[int, tuple[Segment, ...]] = {}
        self._suggested: dict[tuple[int, Segment], tuple[tuple[int, int], tuple[Suggestion, ...]]] = {}
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
            self._stirred = time.monotonic()
            self._news.notify()

    def learn(self, evidence: Sequence[Evidence], codebook: Codebook | None = None) -> None:
        """Have the adviser learn all codings so far; of several calls in a row only the last counts.

        With a codebook it takes that first, as it is now.
        """
        with self._news:
            self._asked += 1
            self._evidence, self._codebook = evidence, codebook or self._codebook
            self._stirred = time.monotonic()
            self._news.notify()

    def find(self, errand: Callable[[Advising], T]) -> "Future[T]":
        """Have something found out from the adviser, once the suggestions on the screen are."""
        found: Future[T] = Future()
        with self._news:
            self._errands.append(partial(carry_out, partial(errand, self._adviser), found))
            self._news.notify()
        return found

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

    def recent(self, answer: int, segment: Segment, but: int = 1) -> bool:
        """True where the suggestions for a segment know all that was to be learnt, or all `but` the last."""
        found = self._suggested.get((answer, segment))
        return found is not None and found[0][0] >= self._asked - but

    def _run(self) -> None:
        while True:
            with self._news:
                job = self._next()
                while job is None:
                    if self._closed:
                        return
                    self._news.wait(self._until_refit())
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
        unknown = [one for one in segments if (answer.id, one) not in self._suggested]
        if self._evidence is not None and not unknown:
            return self._learn
        wanted = unknown or self._older(answer, segments)
        if wanted:
            return partial(self._find_suggestions, answer, wanted)
        if self._errands:
            return partial(_nothing_new, self._errands.popleft())
        return self._next_coming() or self._next_refit()

    def _until_refit(self) -> float | None:
        """How many seconds from now all is to be learnt anew, None where there is no need."""
        if self._refitting or self._refitted_at == self._asked or self._current is None or not self._adviser.stale:
            return None
        return max(0.0, self._stirred + self._idle - time.monotonic())

    def _next_refit(self) -> Callable[[], list[Advice]] | None:
        if self._until_refit() != 0:
            return None
        # In a thread of its own: what is coded meanwhile finds its suggestions, and is learnt by the new ones too.
        self._refitting, self._refitted_at = True, self._asked
        return partial(_nothing_new, threading.Thread(target=self._refit, name="refit", daemon=True).start)

    def _refit(self) -> None:
        done = False
        with suppress(Exception):  # the suggestions there are stand; what is wrong shows when they are next asked for
            done = self._adviser.refit(self._background())
        with self._news:
            self._refitting = False
            self._refits += done
            self._news.notify()

    def _next_coming(self) -> Callable[[], list[Advice]] | None:
        for one in self._coming:
            if one.id not in self._clauses:
                return partial(self._find_clauses, one)
            if wanted := self._older(one, self._clauses[one.id][:8]):
                return partial(self._find_suggestions, one, wanted)
        return None

    def _older(self, answer: Answer, segments: tuple[Segment, ...]) -> list[Segment]:
        newest = self.version, self._refits
        return [one for one in segments if self._suggested.get((answer.id, one), ((-1, -1), ()))[0] < newest]

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
            found, error = (Segment(0, len(answer.text)),), in_words(problem)
        while len(self._clauses) >= _KEPT:
            self.forget([next(iter(self._clauses))])
        self._clauses[answer.id] = found
        return [Advice(answer.id, None, self.version, error)]

    def _find_suggestions(self, answer: Answer, segments: list[Segment]) -> list[Advice]:
        error, version, refits = "", self.version, self._refits
        texts = [answer.text[one.start : min(one.end, one.start + _LONGEST)] for one in segments]
        try:
            found = self._adviser.suggest(texts)
        except Exception as problem:  # noqa: BLE001, RUF100 - coding goes on without suggestions
            found, error = [[] for _ in segments], in_words(problem)
        for segment, suggestions in zip(segments, found, strict=True):
            self._suggested[answer.id, segment] = (version, refits), tuple(suggestions)
        return [Advice(answer.id, segment, version, error) for segment in segments]


def _nothing_new(job: Callable[[], object]) -> list[Advice]:
    job()
    return []
