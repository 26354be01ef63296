"""Texts unlike anything coded before, and what may be new topics among them.

A text that no code fits is seldom far from every coded one: all answers to a question share its words. What shows a
new topic is that the nearest texts are other new ones. So a text is compared with its nearest among what analysts have
read and with its nearest among what nobody has, as many of each. How far the two differ by chance is known from what
analysts have read, halved and compared with itself: the p value of a text is conformal, after S. Bates, E. Candès,
L. Lei, Y. Romano and M. Sesia (2023), Testing for outliers with conformal p-values.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from sklearn.preprocessing import normalize

from coder.domain.acceptance import Candidate
from coder.suggest.calibration import folds
from coder.suggest.features import Features, Rows
from coder.suggest.linear import Floats
from coder.suggest.remembered import RememberedRows
from coder.text.tokens import lemmas

Item = TypeVar("Item")
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

_NEAREST = 5
# Fewer texts than this, read or unread, say nothing of what is new.
_FEWEST = 40
_MOST = 2000
_AT_ONCE = 500
# One text in ten that is like all others is left to people without need.
LEVEL = 0.1
# A topic needs so many respondents.
_FEWEST_IN_TOPIC = 4
_MOST_IN_TOPIC = 12
_MOST_TOPICS = 5
_WORDS = 5
_NEW_TOGETHER = 0.75
_ALIKE = 0.15
_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the respondent who said it."""

    text: str
    group: str


class Novelty:
    """Tells texts that are unlike what analysts have read from those that are like it."""

    def __init__(self, language: str, seed: int = 0) -> None:
        self.language = language
        self.seed = seed

    def fit(self, read: Sequence[Said], unread: Sequence[Said]) -> Self:
        """Learn from texts that analysts have read and from texts that nobody has; too few of either tell nothing."""
        size = min(len(read), len(unread), _MOST)
        self.telling_ = size >= _FEWEST
        if not self.telling_:
            return self
        self.read_, self.unread_ = self._sample(read, size), self._sample(unread, size)
        every = [*self.read_, *self.unread_]
        self.rows_ = RememberedRows(Features(self.language).fit([one.text for one in every]))
        self.read_rows_, self.unread_rows_ = self._rows(self.read_), self._rows(self.unread_)
        self.chance_ = np.sort(self._chance())
        return self

    def p_values(self, said: Sequence[Said]) -> Floats:
        """How likely a text like those read is to seem as new as each of these; 1 where nothing can be told."""
        if not self.telling_ or not said:
            return np.ones(len(said))
        newer = self._newer(said)
        above = len(self.chance_) - np.searchsorted(self.chance_, newer, side="left")
        return np.asarray((1.0 + above) / (1.0 + len(self.chance_)))

    def topics(self, said: Sequence[Said], doubts: Sequence[float]) -> list[Candidate]:
        """Groups of texts that lie nearer to each other than to anything read: candidates for new codes, newest first.

        `doubts` says in 0..1 how unsure the suggester is of each. Each text is in one group at most. A group is of
        several respondents and has words that mark it.
        """
        if not self.telling_ or len(said) < _FEWEST_IN_TOPIC:
            return []
        chosen = self._sample(range(len(said)), _MOST)
        said, doubt = [said[place] for place in chosen], np.array(doubts)[chosen]
        newer, near = self._newer(said), self._likeness(said)
        least = float(np.quantile(self.chance_, _NEW_TOGETHER))
        free = newer > 0
        found: list[Candidate] = []
        tried = np.zeros(len(said), dtype=np.bool_)
        while len(found) < _MOST_TOPICS:
            groups = [self._group(place, said, near, free) for place in np.flatnonzero(free & ~tried).tolist()]
            groups = [group for group in groups if group]
            if not groups:
                break
            best = max(groups, key=lambda group: (float((newer * doubt)[group].mean()) * len(group) ** 0.5, -group[0]))
            tried[best[0]] = True
            if newer[best].mean() >= least and (words := self._marks([said[place] for place in best])):
                found.append(Candidate(words, tuple(said[place].text for place in best[:_EXAMPLES]), len(best)))
                free[best] = False
        return found

    def _group(self, place: int, said: Sequence[Said], near: Floats, free: Flags) -> list[int]:
        """A text and those most like it in what is new about them, one a respondent; none where they are few."""
        members, groups = [place], {said[place].group}
        for other in np.argsort(-near[place], kind="stable")[: 3 * _MOST_IN_TOPIC].tolist():
            if len(members) == _MOST_IN_TOPIC or near[place, other] < _ALIKE:
                break
            if said[other].group not in groups and free[other]:
                members.append(other)
                groups.add(said[other].group)
        return members if len(members) >= _FEWEST_IN_TOPIC else []

    def _marks(self, members: Sequence[Said]) -> tuple[str, ...]:
        """Words that half of the texts share and that what was read hardly has, the most telling first."""
        counts: dict[str, int] = {}
        for one in members:
            for word in set(lemmas(one.text, self.language)):
                counts[word] = counts.get(word, 0) + 1
        told = {word: sum(word in own for own in self.read_words_) / len(self.read_words_) for word in counts}
        marks = {
            word: count / len(members) - 5 * told[word]
            for word, count in counts.items()
            if len(word) > 2 and 2 * count >= min(len(members), 4) and count >= 2
        }
        ordered = sorted((word for word, mark in marks.items() if mark > 0), key=lambda word: (-marks[word], word))
        return tuple(ordered[:_WORDS])

    def _sample(self, every: Sequence[Item], size: int) -> list[Item]:
        """At most so many, in order; the same seed always draws the same."""
        if len(every) <= size:
            return list(every)
        drawn = random.Random(self.seed).sample(range(len(every)), size)  # noqa: S311 - no secret
        return [every[place] for place in sorted(drawn)]

    def _rows(self, said: Sequence[Said]) -> Rows:
        return self.rows_.transform([one.text for one in said])

    def _chance(self) -> Floats:
        """How much newer texts that were read seem than they are: each half against the other."""
        self.read_words_ = [set(lemmas(one.text, self.language)) for one in self.read_]
        half = folds([one.group for one in self.read_], 2)
        groups = np.array([one.group for one in self.read_])
        found = np.zeros(len(half))
        for side in (0, 1):
            own, other = np.flatnonzero(half == side), np.flatnonzero(half != side)
            among = _nearest(self.read_rows_[own], groups[own], self.read_rows_[own], groups[own])
            beside = _nearest(self.read_rows_[own], groups[own], self.read_rows_[other], groups[other])
            found[own] = among - beside
        return found

    def _newer(self, said: Sequence[Said]) -> Floats:
        found = []
        for start in range(0, len(said), _AT_ONCE):
            part = said[start : start + _AT_ONCE]
            rows, groups = self._rows(part), np.array([one.group for one in part])
            sides = [
                _nearest(rows, groups, others, np.array([one.group for one in those]))
                for others, those in ((self.unread_rows_, self.unread_), (self.read_rows_, self.read_))
            ]
            found.append(sides[0] - sides[1])
        return np.concatenate(found)

    def _likeness(self, said: Sequence[Said]) -> Floats:
        """How alike texts are in features that are commoner among the unread: a cosine in 0..1."""
        fresh, stale = (
            np.asarray((rows > 0).sum(axis=0)).ravel() + 0.5 for rows in (self.unread_rows_, self.read_rows_)
        )
        rows = normalize(self._rows(said).multiply(np.maximum(np.log(fresh / stale), 0.0)).tocsr())
        return np.asarray((rows @ rows.T).todense())


def _nearest(
    rows: Rows,
    groups: np.ndarray[tuple[int], np.dtype[np.str_]],
    others: Rows,
    of: np.ndarray[tuple[int], np.dtype[np.str_]],
) -> Floats:
    """The mean likeness of each row to its nearest others, of other respondents."""
    near = np.asarray((rows @ others.T).todense())
    near[groups[:, None] == of[None, :]] = 0.0
    count = min(_NEAREST, near.shape[1])
    return np.asarray(np.partition(near, -count, axis=1)[:, -count:].mean(axis=1))
