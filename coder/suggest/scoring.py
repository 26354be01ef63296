"""Scores for many texts: the same as the suggester's, with what each run of characters adds to them remembered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from coder.domain.suggestion import Suggestion
from coder.suggest.background import Graph
from coder.suggest.classifier import LONGEST_TEXT, halved
from coder.suggest.fitted import Fitted
from coder.suggest.linear import Floats, log_chances, softmax
from coder.suggest.remembered import BlockMemory, Runs
from coder.text.clauses import clauses, surely_one

# Bytes that remembered runs may take, and about what one takes beside its scores.
_MEMORY = 96_000_000
_A_RUN = 900
# Characters scored at once: what bounds the memory of one step, whatever the texts are.
_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Best(Suggestion):
    """The code that fits a text best, and how far inside the code's border the text lies.

    The margin is that of the code's own yes or no, in log odds. Scores share 1 between the codes, so that a text that
    none of them fits has a high score too where one fits it less badly than the others; its margin is low.
    """

    margin: float = 0.0


class Scorer:
    """Ranks codes for texts as the suggester does that it was taken from, some ten times as fast, and without reasons.

    `memory` bounds, in bytes, what is remembered between texts; when it is full, what was met least often is forgotten.
    For use by one thread at a time.
    """

    def __init__(self, fitted: Fitted, memory: int = _MEMORY) -> None:
        self.fitted = fitted
        self.codes = fitted.codes
        self._runs = Runs()
        ends = np.cumsum([len(block.features) for block in fitted.blocks])
        self._blocks = [
            BlockMemory(block, weights, fitted.language)
            for block, weights in zip(fitted.blocks, np.split(fitted.weights, ends[:-1]), strict=True)
        ]
        self.most = max(1, memory // (_A_RUN + 8 * len(self._blocks) * fitted.weights.shape[1]))
        self._graph: Graph | None = None
        if fitted.near is not None:
            self._graph = Graph()
            self._graph.rows_ = fitted.near.rows

    @property
    def remembered(self) -> int:
        """How many runs are remembered; `most` is how many stay between two calls."""
        return len(self._runs)

    def remembers(self, run: str) -> bool:
        """Whether a run of non-space characters is remembered."""
        return run in self._runs

    def best(self, texts: Sequence[str]) -> list[Best | None]:
        """The first suggestion for each text, ties by the codebook's order; None for a blank text."""
        if not self.codes:
            return [None] * len(texts)
        known = self.fitted.known
        return [one for part in _parts(texts) for one in best_of(part, self.codes, *self._shares(part), known=known)]

    def suggest(self, texts: Sequence[str], top: int = 5) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first, ties by the codebook's order; none for a blank text."""
        shares = self.shares(texts)
        places = np.argsort(-shares, axis=1, kind="stable")[:, :top]
        scores = np.minimum(np.take_along_axis(shares, places, axis=1), 1.0)
        return [
            [Suggestion(self.codes[place], score, (), self.fitted.known) for place, score in zip(*own, strict=True)]
            if any(map(str.isalnum, text))
            else []
            for text, own in zip(texts, zip(places.tolist(), scores.tolist(), strict=True), strict=True)
        ]

    def shares(self, texts: Sequence[str]) -> Floats:
        """The score of every code for every text, 1 in all for a text: (texts x codes in the codebook's order)."""
        if not texts or not self.codes:
            return np.zeros((len(texts), len(self.codes)))
        return np.vstack([self._shares(part)[0] for part in _parts(texts)])

    def _shares(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Scores, and the margins of the codes: each (texts x codes)."""
        read = [text[:LONGEST_TEXT] for text in texts]
        parts = [self._clauses(text) for text in read]
        scored, margins = self._scored([*read, *(part for found in parts for part in found)])
        if len(scored) > len(texts):
            return halved(scored, [len(found) for found in parts]), margins[: len(texts)]
        return scored, margins

    def _clauses(self, text: str) -> Sequence[str]:
        """The clauses of a text that has several, of any other text none."""
        language = self.fitted.language
        if surely_one(text, language):
            return ()
        found = clauses(text, language)
        return [segment.of(text) for segment in found] if len(found) > 1 else ()

    def _scored(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        fitted = self.fitted
        counts, new = self._runs.numbers(texts)
        if new:
            for block in self._blocks:
                block.learn(new)
        found = [block.scored(counts, with_rows=self._graph is not None) for block in self._blocks]
        margins = fitted.intercepts + sum(scores for scores, _ in found)
        if len(self._runs) > self.most:
            stay = self._runs.forget(self.most // 2)
            for block in self._blocks:
                block.forget(stay)
        ranked = log_chances(margins[:, : len(self.codes)])
        if fitted.themed:
            ranked += fitted.theme_weight * log_chances(margins[:, len(self.codes) :])[:, fitted.themes]
        ranked += fitted.prior
        if self._graph is not None and fitted.near is not None:
            rows = sparse.hstack([rows for _, rows in found], format="csr")
            ranked += fitted.near.weight * self._graph.log_chances(rows, fitted.near.shares)
        return softmax(fitted.sharpness * ranked), margins[:, : len(self.codes)]


def best_of(
    texts: Sequence[str], codes: Sequence[int], shares: Floats, margins: Floats, *, known: bool
) -> Iterator[Best | None]:
    """The code that fits each text best by its scores and margins, each (texts x codes); None for a blank text."""
    rows, places = np.arange(len(texts)), shares.argmax(axis=1)
    scores = np.minimum(shares[rows, places], 1.0)
    found = zip(texts, places.tolist(), scores.tolist(), margins[rows, places].tolist(), strict=True)
    for text, place, score, margin in found:
        yield Best(codes[place], score, (), known, margin) if any(map(str.isalnum, text)) else None


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in order, so many at once as have a bounded number of characters together."""
    start = size = 0
    for place, text in enumerate(texts):
        if size >= _AT_ONCE:
            yield texts[start:place]
            start, size = place, 0
        size += min(len(text), LONGEST_TEXT)
    yield texts[start:]
