"""What each run of non-space characters adds to an answer's features and scores, remembered between answers.

No feature reaches over white space, and features are plain counts times rarity: a text's row is the sum of its runs'
rows before it is brought to its length, and so are its scores. Only the length is not a sum, for an n-gram may stand
in several runs; it is taken from the summed row. Sums go in the order of the text, so that they are the same to the
last bit whatever was remembered before.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from scipy import sparse

from coder.suggest.features import KINDS, Features, Rows
from coder.suggest.fitted import Block
from coder.suggest.linear import Floats, Ints
from coder.text.language import LONGEST_RUN

_MOST_ROWS = 10_000


class Runs:
    """Numbers for the runs of texts: the same run has the same number until `forget`."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._seen: Ints = np.zeros(0, dtype=np.intp)

    def __len__(self) -> int:
        return len(self._number)

    def __contains__(self, run: object) -> bool:
        return run in self._number

    def numbers(self, texts: Sequence[str]) -> tuple[Rows, list[str]]:
        """How often each text has each run, in the text's order (texts x runs), and the runs that are new."""
        split = [text.split() for text in texts]
        every = list(chain.from_iterable(split))
        known = self._number
        found = list(map(known.get, every))
        new: list[str] = []
        if None in found:
            for place, number in enumerate(found):
                if number is None:
                    run = every[place][:LONGEST_RUN]
                    if run not in known:
                        known[run] = len(known)
                        new.append(run)
                    found[place] = known[run]
        columns = np.array(found, dtype=np.int32)
        self._seen = np.concatenate([self._seen, np.zeros(len(new), dtype=np.intp)])
        self._seen += np.bincount(columns, minlength=len(known))
        ends = np.zeros(len(texts) + 1, dtype=np.int32)
        np.cumsum([len(runs) for runs in split], out=ends[1:])
        counts = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), len(known)))
        return counts, new

    def forget(self, kept: int) -> Ints:
        """Keep the `kept` runs met most often of late; returns the numbers they had, in the order of the new ones."""
        stay = np.sort(np.argsort(-self._seen, kind="stable")[:kept])
        names = list(self._number)
        self._number = {names[old]: new for new, old in enumerate(stay.tolist())}
        self._seen = self._seen[stay] // 2  # what was common long ago makes room
        return stay


class BlockMemory:
    """One block's features of every remembered run, and what they add to every label before the row has its length."""

    def __init__(self, block: Block, weights: Floats, language: str) -> None:
        self.block = block
        self.weights = np.ascontiguousarray(weights)
        self.language = language
        self._column = {feature: column for column, feature in enumerate(block.features)}
        self._rows = _Growing(len(block.features))
        self._scores = np.zeros((0, weights.shape[1]))

    def learn(self, runs: Sequence[str]) -> None:
        """Remember runs, numbered on from those that are there."""
        analyse, column_of = KINDS[self.block.kind], self._column
        columns: list[int] = []
        times: list[float] = []
        lengths: list[int] = []
        for run in runs:
            counts: dict[int, float] = {}
            for feature in analyse(run, self.language):
                column = column_of.get(feature)
                if column is not None:
                    counts[column] = counts.get(column, 0.0) + 1.0
            columns += counts
            times += counts.values()
            lengths.append(len(counts))
        places = np.array(columns, dtype=np.int32)
        new = self._rows.append(places, np.array(times) * self.block.rarity[places], lengths)
        needed = self._rows.count
        if needed > len(self._scores):
            self._scores = np.resize(self._scores, (max(needed, 2 * len(self._scores)), self.weights.shape[1]))
        self._scores[needed - len(runs) : needed] = new @ self.weights

    def forget(self, stay: Ints) -> None:
        """Keep the runs of these numbers, in this order."""
        self._rows.keep(stay)
        self._scores = self._scores[stay]

    def scored(self, counts: Rows, *, with_rows: bool) -> tuple[Floats, Rows | None]:
        """What the block adds to every label for texts given by their runs, and where asked for the texts' rows."""
        rows = counts @ self._rows.matrix()
        filled = np.diff(rows.indptr) > 0
        squares = np.zeros(len(filled))
        if filled.any():
            squares[filled] = np.add.reduceat(rows.data**2, rows.indptr[:-1][filled])
        factor = np.divide(self.block.length, np.sqrt(squares), out=np.zeros(len(squares)), where=squares > 0)
        scores = np.asarray(counts @ self._scores[: self._rows.count])
        scores *= factor[:, None]
        if not with_rows:
            return scores, None
        rows.data *= np.repeat(factor, np.diff(rows.indptr))
        return scores, rows


class RememberedRows:
    """Makes the rows that `Features.transform` makes, from remembered runs. For use by one thread at a time.

    `shortest` leaves out the pieces of fewer characters, which most texts share: rows multiply several times as fast,
    and tell near as well. `most` is how many runs stay remembered between two calls.
    """

    def __init__(self, features: Features, shortest: int = 1, most: int = _MOST_ROWS) -> None:
        self.most = most
        self._runs = Runs()
        self._blocks = []
        for one in features.blocks_:
            names = one.counter.get_feature_names_out()
            kept = [place for place, name in enumerate(names) if one.kind != "pieces" or len(name) >= shortest]
            block = Block(one.kind, tuple(names[kept]), one.rarity[kept], one.weight)
            self._blocks.append(BlockMemory(block, np.zeros((len(kept), 0)), features.language))

    def transform(self, texts: Sequence[str]) -> Rows:
        """One row a text: (texts x features)."""
        counts, new = self._runs.numbers(texts)
        if new:
            for block in self._blocks:
                block.learn(new)
        found = sparse.hstack([block.scored(counts, with_rows=True)[1] for block in self._blocks], format="csr")
        if len(self._runs) > self.most:
            stay = self._runs.forget(self.most // 2)
            for block in self._blocks:
                block.forget(stay)
        return found


class _Growing:
    """A sparse matrix (runs x features) that rows are added to."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.count = 0
        self._columns = np.zeros(0, dtype=np.int32)
        self._values = np.zeros(0)
        self._ends = np.zeros(1, dtype=np.int32)
        self._made: Rows | None = None

    def append(self, columns: np.ndarray, values: Floats, lengths: Sequence[int]) -> Rows:
        """Add rows; returns them alone."""
        ends = np.cumsum([0, *lengths], dtype=np.int32)
        start = int(self._ends[self.count])
        self._columns = _room(self._columns, start + len(columns))
        self._values = _room(self._values, start + len(columns))
        self._columns[start : start + len(columns)] = columns
        self._values[start : start + len(columns)] = values
        self._ends = _room(self._ends, self.count + 1 + len(lengths))
        self._ends[self.count + 1 : self.count + 1 + len(lengths)] = start + ends[1:]
        self.count += len(lengths)
        self._made = None
        return sparse.csr_matrix((values, columns, ends), shape=(len(lengths), self.width))

    def matrix(self) -> Rows:
        """All rows; made anew when there are others."""
        if self._made is None:
            ends = self._ends[: self.count + 1]
            used = int(ends[-1])
            parts = (self._values[:used], self._columns[:used], ends)
            self._made = sparse.csr_matrix(parts, shape=(self.count, self.width))
        return self._made

    def keep(self, stay: Ints) -> None:
        kept = self.matrix()[stay]
        self._columns, self._values, self._ends = kept.indices, kept.data, kept.indptr
        self.count = len(stay)
        self._made = None


def _room(held: np.ndarray, needed: int) -> np.ndarray:
    """The array with room for `needed`, twice as long each time it grows."""
    return held if needed <= len(held) else np.resize(held, max(needed, 2 * len(held)))
