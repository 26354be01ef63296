"""Coded segments that lie near a text: for constant comparison, and to notice a contradiction."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy import sparse

from coder.domain.suggestion import Evidence, Similar
from coder.suggest.features import Features, Rows

# Two segments this much alike say the same thing in the same words.
NEAR_IDENTICAL = 0.85


class CodedSegments:
    """Segments with their codes, to be searched by likeness: of their words, whatever fields these belong to."""

    def __init__(self, features: Features) -> None:
        self.features = features

    def fit(self, evidence: Sequence[Evidence], rows: Rows) -> Self:
        """Take the segments and their feature rows."""
        self.evidence_ = list(evidence)
        self.rows_ = rows[:, : self.features.words]
        return self

    def add(self, item: Evidence, row: Rows) -> None:
        """Take one segment more."""
        self.evidence_.append(item)
        self.rows_ = sparse.vstack([self.rows_, row[:, : self.features.words]], format="csr")

    def remove(self, item: Evidence) -> None:
        """Take one segment out again, where it is there."""
        if item in self.evidence_:
            place = len(self.evidence_) - 1 - self.evidence_[::-1].index(item)
            del self.evidence_[place]
            self.rows_ = self.rows_[[other for other in range(self.rows_.shape[0]) if other != place]]

    def nearest(self, text: str, code: int | None = None, top: int = 5) -> list[Similar]:
        """The segments most like the text, best first, of one code or of any; segments without likeness left out."""
        if not self.evidence_:
            return []
        row = self.features.transform([text])[:, : self.features.words]
        full = 1.0 + self.features.lemma_weight**2
        likeness = np.clip(np.asarray((self.rows_ @ row.T).todense()).ravel() / full, 0.0, 1.0)
        found = [
            Similar(self.evidence_[place], float(likeness[place]))
            for place in np.argsort(-likeness, kind="stable")
            if likeness[place] > 0 and code in (None, self.evidence_[place].code)
        ]
        return found[:top]

    def contradictions(self, text: str, code: int, near: float = NEAR_IDENTICAL) -> list[Similar]:
        """Near-identical segments under other codes, where none of them has this code too."""
        alike = [found for found in self.nearest(text, top=len(self.evidence_)) if found.likeness >= near]
        agreeing = {found.evidence.text for found in alike if found.evidence.code == code}
        return [found for found in alike if found.evidence.code != code and found.evidence.text not in agreeing]
