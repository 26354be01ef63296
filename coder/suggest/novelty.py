"""Texts unlike anything that analysts have coded before, however sure the suggester is of them.

A text on a new topic is seldom far from every coded one, for all answers to a question share its words. Three things
together show it: it fits the code that it would be given worse than what is coded under that code does; so do the texts
most like it among those that nobody has read; and it lies nearer to unread texts than to read ones. How strange texts
on known topics seem is known from what analysts have read, scored by suggesters that had not seen it, each half set
against the other. What sets a round as a whole apart is taken off, within bounds; it is read where its texts are least
strange, which are on known topics where half of the round is not; the bounds are for rounds hardly any of which is. The
p value of a text is conformal, after S.
Bates, E. Candès, L. Lei, Y. Romano and M. Sesia (2023), Testing for outliers with conformal p-values; how many of the
round are on known topics is estimated after J. Storey, J. Taylor and D. Siegmund (2004), Strong control, conservative
point estimation and simultaneous conservative consistency of false discovery rates.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self, TypeVar

import numpy as np
from scipy.special import bdtrc

from coder.suggest.calibration import folds
from coder.suggest.features import Features, Rows
from coder.suggest.linear import Floats, Ints
from coder.suggest.remembered import RememberedRows
from coder.suggest.scoring import Best

Item = TypeVar("Item")

# Fewer texts than this, read or unread, say nothing of what is new.
_FEWEST = 40
# How many of each a text is set against.
_MOST = 1000
_AT_ONCE = 500
# One text in twenty that is like all others is left to people without need; more where part of a round is new beyond
# chance, and as long as at least half of those left seem to be.
LEVEL = 0.05
_CHANCE = 0.01
_SEEM_NEW = 0.5
# Texts with a p value above this are taken for known ones.
_HIGH = 0.5
# A round is set beside what was read where a quarter of its texts are less strange.
_LEAST_STRANGE = 0.25
# Pieces of words of so many characters on make texts alike.
_SHORTEST = 4
# A code's own margins count as much as so many of all codes' together.
_BORROWED = 3
# What keeps a text that is like no other from being infinitely far, and from dividing by nothing.
_ROOM = 1e-4
_HARDLY = 1e-6


@dataclass(frozen=True, slots=True)
class Said:
    """A text, the respondent who said it, the code that fits it best, and whether the gate would give it that code.

    For a text that analysts have read, `best` is what a suggester says that has not seen the respondent. A blank text,
    which has none, is left out.
    """

    text: str
    group: str
    best: Best | None
    taken: bool = False


class _Among(NamedTuple):
    """Texts in numbers: their respondents, their rows, and by how much each fits its code worse than is usual."""

    groups: list[str]
    rows: Rows
    weak: Floats


class Novelty:
    """Tells texts that are unlike what analysts have read from those that are like it."""

    def __init__(self, language: str, seed: int = 0) -> None:
        self.language = language
        self.seed = seed

    def fit(self, read: Sequence[Said], unread: Sequence[Said]) -> Self:
        """Learn from texts that analysts have read and from texts that nobody has; too few of either tell nothing."""
        read, unread = self._in_order(read), self._in_order(unread)
        several = len({one.group for one in read}) > 1
        self.telling_ = several and min(len(read), len(unread)) >= _FEWEST
        if not self.telling_:
            return self
        self.usual_, self.usual_of_ = _usual(read)
        read, unread = sample(read, _MOST, self.seed), sample(unread, _MOST, self.seed)
        features = Features(self.language).fit([one.text for one in (*read, *unread)])
        self.rows_ = RememberedRows(features, _SHORTEST)
        self.read_ = self._among(read)
        found = self._by_halves(read)
        spread = found.std(axis=0)
        self.spread_ = np.where(spread > 0, spread, 1.0)
        self.unread_ = self._among(unread)
        self.shift_ = _set_apart(_strangeness(self.unread_, self.unread_, self.read_), found, self.spread_)
        taken = np.array([one.taken for one in read], dtype=np.bool_)
        strange = (found / self.spread_).sum(axis=1)
        self.chance_ = np.sort(strange)
        # A text that fits its code as well as the middle of what is coded is not looked at further.
        self.fits_ = float(np.median(self.read_.weak[taken])) if taken.any() else 0.0
        self.chance_taken_ = np.sort(np.where(self.read_.weak[taken] > self.fits_, strange[taken], -np.inf))
        self.level_ = level(self._p_values_taken([one for one in unread if one.taken]))
        return self

    def new(self, said: Sequence[Said]) -> list[bool]:
        """Which of the texts that the gate would give a code are unlike what was read; none where nothing tells."""
        if not self.telling_:
            return [False] * len(said)
        values = self._p_values_taken(said)
        return [one.taken and value <= self.level_ for one, value in zip(said, values.tolist(), strict=True)]

    def p_values(self, said: Sequence[Said]) -> Floats:
        """How likely a text like those read is to seem as strange as each of these; 1 where nothing can be told."""
        if not self.telling_:
            return np.ones(len(said))
        values = np.ones(len(said))
        known = [place for place, one in enumerate(said) if one.best is not None]
        values[known] = _p_values(self.strangeness([said[place] for place in known]), self.chance_)
        return values

    def strangeness(self, said: Sequence[Said]) -> Floats:
        """How unlike what was read each text is, in no unit, higher is stranger. For texts that are not blank."""
        found = [np.zeros(0)]
        for start in range(0, len(said), _AT_ONCE):
            parts = _strangeness(self._among(said[start : start + _AT_ONCE]), self.unread_, self.read_)
            found.append(((parts - self.shift_) / self.spread_).sum(axis=1))
        return np.concatenate(found)

    def _p_values_taken(self, said: Sequence[Said]) -> Floats:
        """How likely a read text that would be given its code is to seem as strange as each of these.

        1 for what fits its code well, and for what the gate leaves.
        """
        weak = self._weak(said) - self.shift_[0]
        values = np.ones(len(said))
        looked_at = [place for place, one in enumerate(said) if one.taken and weak[place] > self.fits_]
        values[looked_at] = _p_values(self.strangeness([said[place] for place in looked_at]), self.chance_taken_)
        return values

    def _in_order(self, said: Sequence[Said]) -> list[Said]:
        """Texts that are not blank, in an order that the seed gives: that in which they came says nothing."""

        def place(one: Said) -> tuple[bytes, str, str]:
            return hashlib.sha256(f"{self.seed}:{one.group}".encode()).digest(), one.group, one.text

        return sorted((one for one in said if one.best is not None), key=place)

    def _weak(self, said: Sequence[Said]) -> Floats:
        """By how much each text fits its code worse than is usual, in log odds."""
        return np.array(
            [0.0 if one.best is None else self._usual(one.best.code) - one.best.margin for one in said],
            dtype=np.float64,
        )

    def _usual(self, code: int) -> float:
        return self.usual_of_.get(code, self.usual_)

    def _among(self, said: Sequence[Said]) -> _Among:
        rows = self.rows_.transform([one.text for one in said])
        return _Among([one.group for one in said], rows, self._weak(said))

    def _by_halves(self, read: Sequence[Said]) -> Floats:
        """How strange texts that were read seem beside their own half, the other half being what was read."""
        first = folds([one.group for one in read], 2) == 0
        found = np.zeros((len(read), 3))
        for own in (first, ~first):
            among = self._among([read[place] for place in np.flatnonzero(own).tolist()])
            beside = self._among([read[place] for place in np.flatnonzero(~own).tolist()])
            found[own] = _strangeness(among, among, beside)
        return found


def sample(every: Sequence[Item], size: int, seed: int) -> list[Item]:
    """At most so many, in order; the same seed always draws the same."""
    if len(every) <= size:
        return list(every)
    drawn = random.Random(seed).sample(range(len(every)), size)  # noqa: S311 - no secret
    return [every[place] for place in sorted(drawn)]


def _usual(read: Sequence[Said]) -> tuple[float, dict[int, float]]:
    """The margin that texts usually have at the code that fits them best: of all codes, and of each."""
    margins: dict[int, list[float]] = {}
    for one in read:
        if one.best is not None:
            margins.setdefault(one.best.code, []).append(one.best.margin)
    usual = float(np.median([margin for own in margins.values() for margin in own]))
    return usual, {code: (sum(own) + _BORROWED * usual) / (len(own) + _BORROWED) for code, own in margins.items()}


def _set_apart(round_: Floats, read: Floats, spread: Floats) -> Floats:
    """What sets a round as a whole apart, as another way of asking does, and makes no single text of it new: (3,).

    The three together at most one standard deviation of the strangeness of read texts: a round that is further away
    is not only asked otherwise.
    """
    shift = np.quantile(round_, _LEAST_STRANGE, axis=0) - np.quantile(read, _LEAST_STRANGE, axis=0)
    far, usual = float((shift / spread).sum()), float((read / spread).sum(axis=1).std())
    return np.asarray(shift * (usual / far) if far > usual else shift)


def _strangeness(texts: _Among, unread: _Among, read: _Among) -> Floats:
    """What shows that texts are on a new topic, the more the higher: (texts x 3)."""
    among, beside = _alike(texts, unread), _alike(texts, read)
    likeness = among.data
    among.data, beside.data = likeness**3, beside.data**3
    closer = np.log(_mean(among)) - np.log(_mean(beside))
    among.data *= likeness
    near = np.asarray(among @ unread.weak) / (_sums(among) + _HARDLY)
    return np.stack([texts.weak, near, closer], axis=1)


def _alike(texts: _Among, others: _Among) -> Rows:
    """How like texts are to others, as cosines; what the same respondent said does not count."""
    found = (texts.rows @ others.rows.T).tocsr()
    number = {group: place for place, group in enumerate(others.groups)}
    theirs = np.array([number.get(group, -1) for group in texts.groups], dtype=np.intp)
    own = np.array([number[group] for group in others.groups], dtype=np.intp)
    found.data[np.repeat(theirs, np.diff(found.indptr)) == own[found.indices]] = 0.0
    return found


def _mean(alike: Rows) -> Floats:
    return np.asarray(_sums(alike) / max(1, alike.shape[1]) + _ROOM)


def _sums(alike: Rows) -> Floats:
    return np.asarray(alike @ np.ones(alike.shape[1]))


def _p_values(strange: Floats, chance: Floats) -> Floats:
    above: Ints = len(chance) - np.searchsorted(chance, strange, side="left")
    return np.asarray((1.0 + above) / (1.0 + len(chance)))


def level(values: Floats) -> float:
    """The p value up to which texts are left to people, from those of all texts that would be given a code."""
    ascending, count = np.sort(values), np.arange(1, len(values) + 1)
    known = min(float(len(values)), (1 + np.count_nonzero(values > _HIGH)) / (1 - _HIGH))
    # Of texts on known topics, as large a share lies up to any p value.
    new = 1 - known * ascending / count
    beyond_chance = bdtrc(count - 1, len(values), ascending) <= _CHANCE
    return float(max(LEVEL, *ascending[(new >= _SEEM_NEW) & beyond_chance & (ascending <= _HIGH)], 0.0))
