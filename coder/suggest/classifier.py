"""The suggester: what the codebook says and what analysts have coded, against a text."""

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import replace
from typing import Self

import numpy as np
from scipy import sparse

from coder.domain.codebook import Codebook
from coder.domain.suggestion import Evidence, Similar, Suggestion
from coder.suggest.background import Graph
from coder.suggest.calibration import FEWEST_CODINGS, FEWEST_GROUPS, folds, left_out_scores, sharpness
from coder.suggest.entries import documents
from coder.suggest.features import Features, Held
from coder.suggest.latecomers import latecomers
from coder.suggest.linear import Floats, Ints, softmax
from coder.suggest.ranker import SHARPNESS, Corpus, Ranker
from coder.suggest.reasons import reasons
from coder.suggest.similar import CodedSegments
from coder.text.clauses import clauses

# From this many uncoded clauses on, what near texts say is worth the second that it takes to find them.
_FEWEST_FOR_GRAPH = 1000
_MOST_FOR_GRAPH = 6000
# Single words of a definition are near too much.
_LEAST_IN_GRAPH = 0.5
_FOLDS = 5
# Up to so many codings, respondents are left out one by one. Of more, who is left out with whom matters little.
_FEW = 2000
# With the codebook's own text: all rows by all are a hundred megabytes.
_FEW_ROWS = 4000
# Characters of an answer that are read: five pages; longer ones are dumps of something else.
LONGEST_TEXT = 20_000


class CodebookSuggester:
    """Ranks the codes of one codebook for texts, segments or whole answers.

    With `calibrate`, `fit` also finds how sure the scores may be, from respondents that it leaves out, and takes some
    four times as long. Scores are `known` once that rests on enough codings; until then they rank, and promise nothing.
    """

    def __init__(self, lemma_weight: float = 0.5, strength: float = 10.0, *, calibrate: bool = True) -> None:
        self.lemma_weight = lemma_weight
        self.strength = strength
        self.calibrate = calibrate

    def fit(self, codebook: Codebook, evidence: Sequence[Evidence], background: Sequence[str] = ()) -> Self:
        """Learn from the codebook, from codings, and from whole answers that nobody has coded.

        Codings of codes outside the codebook are left out, as are blank texts.
        """
        self.codebook_ = codebook
        self.codes_ = [code.id for code in codebook.in_order()]
        self.place_ = {code: place for place, code in enumerate(self.codes_)}
        self.own_ = documents(codebook)
        coded = [replace(item, text=item.text[:LONGEST_TEXT]) for item in evidence if self._speaks(item)]
        uncoded = list(dict.fromkeys(part for text in background for part in self._clauses(text)))
        texts = [document.text for document in self.own_] + [item.text for item in coded]
        return self._take(coded, Features(codebook.language, self.lemma_weight).fit(texts + uncoded))

    def without(self, groups: Collection[str]) -> "CodebookSuggester":
        """The suggester that `fit` makes where all codings of these respondents are left out, as sharp as this one."""
        kept = [place for place, item in enumerate(self.coded_) if item.group not in groups]
        size, first = self.features_.blocks_[0].counts.shape[0], len(self.own_)
        texts = np.r_[:first, first + np.array(kept, dtype=np.intp), first + len(self.coded_) : size]
        other = copy(self)
        other.calibrate = False
        other._take([self.coded_[place] for place in kept], self.features_.only(texts))
        other.sharpness_ = self.sharpness_
        return other

    def _take(self, coded: Sequence[Evidence], features: Features) -> Self:
        """Learn from codings, with features of the codebook's own texts, of the codings' and of uncoded ones."""
        self.coded_, self.features_ = list(coded), features
        every = features.own_rows()
        rows = every[: len(self.own_) + len(coded)]
        spoken_for = [document.code for document in self.own_] + [item.code for item in coded]
        weights = np.array([document.weight for document in self.own_] + [1.0] * len(coded))
        corpus = Corpus(
            rows=rows,
            target=np.array([self.place_[code] for code in spoken_for], dtype=np.intp),
            weights=weights,
            coded=np.array([False] * len(self.own_) + [True] * len(coded), dtype=np.bool_),
            background=every[rows.shape[0] :],
            nodes=np.where(weights >= _LEAST_IN_GRAPH, np.cumsum(weights >= _LEAST_IN_GRAPH) - 1, -1),
        )
        self.segments_ = CodedSegments(features).fit(coded, rows[len(self.own_) :])
        self._learn(corpus, [item.group for item in coded])
        return self

    @property
    def few(self) -> bool:
        """Whether so little was learnt from that each respondent can be left out alone: see `left_out`."""
        return len(self.coded_) <= _FEW and len(self.own_) + len(self.coded_) <= _FEW_ROWS

    def _speaks(self, item: Evidence) -> bool:
        return item.code in self.place_ and any(sign.isalnum() for sign in item.text)

    def _clauses(self, text: str) -> list[str]:
        read = text[:LONGEST_TEXT]
        return [segment.of(read) for segment in clauses(read, self.codebook_.language)]

    def _learn(self, corpus: Corpus, groups: Sequence[str]) -> None:
        self.theme_of_ = _theme_numbers(self.codebook_)
        graph = self._graph(corpus)
        late = latecomers([item.round for item in self.coded_], corpus.target[corpus.coded], len(self.codes_))

        def ranker(part: Corpus) -> Ranker:
            return Ranker(self.theme_of_, self.strength).fit(part, graph, late)

        if not self.codes_:
            return
        self.ranker_ = ranker(corpus)
        self.sharpness_ = SHARPNESS
        self.known_ = False
        enough = len(groups) >= FEWEST_CODINGS and len(set(groups)) >= FEWEST_GROUPS
        if self.calibrate and enough and len(self.codes_) > 1:
            if self.few:
                names = [group or f"\0{place}" for place, group in enumerate(groups)]
                scores, _ = self._left_out([item.text for item in self.coded_], names, names)
            else:
                scores = left_out_scores(corpus, folds(groups, _FOLDS), ranker)
            self.sharpness_ = sharpness(scores, corpus.target[corpus.coded])
            self.known_ = True

    def _graph(self, corpus: Corpus) -> Graph | None:
        uncoded = corpus.background.shape[0]
        if uncoded < _FEWEST_FOR_GRAPH:
            return None
        step = -(-uncoded // _MOST_FOR_GRAPH)
        inside = corpus.rows[corpus.nodes >= 0]
        return Graph().fit(sparse.vstack([inside, corpus.background[::step]], format="csr"))

    def update(self, item: Evidence) -> None:
        """Learn one more coding at once: its code is learned anew, all else waits for the next `fit`."""
        if self._speaks(item):
            item = replace(item, text=item.text[:LONGEST_TEXT])
            row = self.features_.transform([item.text])
            self.ranker_.update(row, self.place_[item.code])
            self.segments_.add(item, row)

    def forget(self, item: Evidence) -> None:
        """Take one coding back at once, as an undo does; a coding that was never learned changes nothing."""
        if self._speaks(item):
            item = replace(item, text=item.text[:LONGEST_TEXT])
            self.ranker_.forget(self.place_[item.code], self.features_.transform([item.text]))
            self.segments_.remove(item)

    def suggest(self, texts: Sequence[str], top: int = 5) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first, ties by the codebook's order; none for a blank text."""
        if not self.codes_ or not texts:
            return [[] for _ in texts]
        shares = self.shares(texts)
        return [
            self._suggestions(text, row, top) if any(sign.isalnum() for sign in text) else []
            for text, row in zip(texts, shares, strict=True)
        ]

    def shares(self, texts: Sequence[str]) -> Floats:
        """The score of every code for every text, 1 in all for a text: (texts x codes in the codebook's order).

        A text of several clauses is scored as a whole and by its clauses: half of a score is the whole's, half the
        clearest clause's. So a code that one sentence of a long answer speaks for is not drowned by the others.
        """
        parts = self._several(texts)
        every = [*(text[:LONGEST_TEXT] for text in texts), *(part for found in parts for part in found)]
        scored = softmax(self.sharpness_ * self.ranker_.scores(self.features_.transform(every)))
        return halved(scored, [len(found) for found in parts])

    def left_out(self, texts: Sequence[str], groups: Sequence[str]) -> tuple[Floats, Floats]:
        """What `shares` would be of texts had nothing been learnt from their own respondents, who are `groups`.

        And the margins of the codes: (texts x codes) both. It is worked out and not learnt anew, in about the time that
        learning takes, where `few` were learnt from. For a suggester as `fit` made it, with no `update` since.
        """
        parts = self._several(texts)
        every = [*(text[:LONGEST_TEXT] for text in texts), *(part for found in parts for part in found)]
        speakers = [*groups, *(group for group, found in zip(groups, parts, strict=True) for _ in found)]
        scores, margins = self._left_out(every, speakers, [item.group for item in self.coded_])
        shares = halved(softmax(self.sharpness_ * scores), [len(found) for found in parts])
        return shares, margins[: len(texts)]

    def _left_out(self, texts: Sequence[str], speakers: Sequence[str], taught: Sequence[str]) -> tuple[Floats, Floats]:
        """Scores and margins of texts without what their speakers taught: `taught` names who said each coded text."""
        said: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in speakers}
        for place, name in enumerate(speakers):
            said[name][0].append(place)
        for place, name in enumerate(taught, len(self.own_)):
            if name in said:
                said[name][1].append(place)
        held = [Held(*(np.array(own, dtype=np.intp) for own in both)) for both in said.values() if both[1]]
        return self.ranker_.without(self.features_.without(texts, held), held)

    def _several(self, texts: Sequence[str]) -> list[list[str]]:
        """The clauses of each text that has several."""
        return [found if len(found := self._clauses(text)) > 1 else [] for text in texts]

    def _suggestions(self, text: str, shares: Floats, top: int) -> list[Suggestion]:
        best = [int(place) for place in np.argsort(-shares, kind="stable")[:top]]
        because = reasons(text[:LONGEST_TEXT], self.features_, [self.ranker_.word_weights(place) for place in best])
        return [
            Suggestion(self.codes_[place], float(min(shares[place], 1.0)), words, self.known_)
            for place, words in zip(best, because, strict=True)
        ]

    def similar(self, text: str, code: int | None = None, top: int = 5) -> list[Similar]:
        """The coded segments most like a text, of one code or of any."""
        return self.segments_.nearest(text, code, top)

    def contradictions(self, text: str, code: int) -> list[Similar]:
        """Earlier segments that say the same in the same words, and have other codes."""
        return self.segments_.contradictions(text, code)


def halved(scored: Floats, clause_counts: Sequence[int]) -> Floats:
    """Half of each text's scores and half of its clearest clause's: (texts x codes).

    `scored` has a row a text, then the texts' clauses in order; a text whose count is 0 has none there and stays as it
    is.
    """
    shares = scored[: len(clause_counts)].copy()
    at = len(clause_counts)
    for place, count in enumerate(clause_counts):
        if count:
            clearest = scored[at : at + count].max(axis=0)
            shares[place] = (shares[place] + clearest / clearest.sum()) / 2
            at += count
    return shares


def _theme_numbers(codebook: Codebook) -> Ints:
    """The theme of each code, numbered from 0; a code without a theme has one of its own."""
    keys = [("code", code.id) if code.theme is None else ("theme", code.theme) for code in codebook.in_order()]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.intp)
