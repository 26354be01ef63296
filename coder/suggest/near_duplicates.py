"""Texts that say the same in the same words, among any number of them."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np
from scipy import sparse

from coder.suggest.classifier import LONGEST_TEXT
from coder.suggest.features import Features, Rows
from coder.suggest.first_alike import MOST_FEATURES, first_alike, together
from coder.suggest.linear import Ints
from coder.suggest.remembered import Runs
from coder.suggest.similar import NEAR_IDENTICAL
from coder.text.clauses import clauses
from coder.text.language import analyser
from coder.text.tokens import run_pieces

_CHARACTERS = 1_000_000  # of texts that are read at once


def near_duplicates(texts: Sequence[str], language: str) -> list[tuple[int, ...]]:
    """The places of texts that say the same in the same words, in groups of two or more, in the texts' order.

    A text goes with the first text before it whose cosine with it, in the suggester's features of words, is
    `NEAR_IDENTICAL` or more; how rare a feature is, is learnt from the texts' own clauses. Texts that are the same to
    the letter go together.
    """
    if not texts:
        return []
    distinct = list(dict.fromkeys(texts))
    written = _Written(distinct, language)
    first = first_alike(written.rows, written.weights, NEAR_IDENTICAL * written.longest**2, written.longest)
    leader: dict[str, int] = {}
    for place, text in enumerate(distinct):
        leader[text] = place if first[place] == place else leader[distinct[first[place]]]
    groups: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        groups.setdefault(leader[text], []).append(place)
    return [tuple(group) for group in groups.values() if len(group) > 1]


class _Written:
    """The rows of words that `Features`, fitted to texts' distinct clauses, makes of the texts; the rarest come first.

    No feature reaches over white space. So a row is made of the features of a text's runs of other characters, and only
    those are kept: the rows of all texts would fill the memory.
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        read = (text[:LONGEST_TEXT] for text in texts)
        parts = list(dict.fromkeys(part.of(text) for text in read for part in clauses(text, language)))
        counts, runs = _counted([*texts, *parts])
        self._counts = counts[: len(texts)]
        of_runs, kinds = _analysed(runs, language)
        # The features of a text's distinct runs: it has no more.
        weights = np.add.reduceat(np.append(np.diff(of_runs.indptr)[counts.indices], 0), counts.indptr[:-1])
        weights[np.diff(counts.indptr) == 0] = 0
        self.weights = weights[: len(texts)]
        frequency = np.zeros(len(kinds), dtype=np.intp)
        of_parts = counts[len(texts) :]
        for some in together(weights[len(texts) :], MOST_FEATURES):
            frequency += np.bincount((of_parts[some] @ of_runs).indices, minlength=len(kinds))
        # As rare as in `Features`; what no clause has is unknown there.
        rarity = np.where(frequency > 0, np.log((1 + len(parts)) / (1 + frequency)) + 1.0, 0.0)
        order = np.argsort(frequency, kind="stable")
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order))
        ordered = (rarity[of_runs.indices], place[of_runs.indices], of_runs.indptr)
        self._runs, self._kinds = sparse.csr_matrix(ordered, shape=of_runs.shape), kinds[order]
        self._lengths = np.array([Features(language).lemma_weight, 1.0])
        self.longest = float(np.linalg.norm(self._lengths))

    def rows(self, places: Ints) -> Rows:
        """The rows of some texts: (places x features)."""
        # There and back sorts the features, and takes less time than sorting.
        found = (self._counts[places] @ self._runs).tocsc().tocsr()
        # A row has one length for its lemmas, and one for its pieces.
        part = 2 * np.repeat(np.arange(len(places)), np.diff(found.indptr)) + self._kinds[found.indices]
        squares = np.bincount(part, found.data**2, minlength=2 * len(places))
        found.data *= (np.tile(self._lengths, len(places)) / np.sqrt(np.where(squares > 0, squares, 1.0)))[part]
        return found


def _analysed(runs: Sequence[str], language: str) -> tuple[Rows, Ints]:
    """The features of each run, 1 as many times as it has one: (runs x features); and 1 for those that are pieces."""
    number = count()
    lemmas, pieces = defaultdict[str, int](number.__next__), defaultdict[str, int](number.__next__)
    run_lemmas = analyser(language).run_lemmas
    columns, ends = array("i"), array("i", [0])
    for run in runs:
        columns.extend(map(lemmas.__getitem__, run_lemmas(run)))
        columns.extend(map(pieces.__getitem__, run_pieces(run, language)))
        ends.append(len(columns))
    kinds = np.zeros(next(number), dtype=np.intp)
    kinds[list(pieces.values())] = 1
    found = (np.ones(len(columns)), np.asarray(columns), np.asarray(ends))
    return sparse.csr_matrix(found, shape=(len(runs), len(kinds))), kinds


def _counted(texts: Sequence[str]) -> tuple[Rows, list[str]]:
    """How often each text has each run: (texts x runs); and the runs."""
    runs = Runs()
    counts, names = [], list[str]()
    for some in together(np.array([len(text) for text in texts]), _CHARACTERS):
        found, new = runs.numbers(texts[some])
        counts.append(found)
        names += new
    for found in counts:
        found.resize(found.shape[0], len(names))
    every = sparse.vstack(counts, format="csr")
    every.sum_duplicates()
    return every, names
