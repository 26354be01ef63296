"""The plain way to score texts: spaCy, TfidfVectorizer and LogisticRegression, with the features and weights of ours.

What a suggester has learnt is put into scikit-learn's own objects, so that decisions can be compared one by one. How it
is computed is spaCy's and scikit-learn's way throughout: every text is analysed whole, and nothing is remembered.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import spacy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from coder.suggest.fitted import Block, Fitted
from coder.suggest.linear import Floats, log_chances, softmax
from coder.text.fields import word_fields
from coder.text.words import words

_AT_ONCE = 2_000
_SIGNS = re.compile(r"[\W_]+")
_ONE_WORD = words("sv").one_word
_NAMES = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _ONE_WORD))})(?!\w)")


class Plain:
    """Scores of texts of one clause each, by scikit-learn: (texts x codes)."""

    def __init__(self, fitted: Fitted) -> None:
        self.fitted = fitted
        self.nlp = spacy.blank(fitted.language)
        self.nlp.add_pipe("coder_lemmas")
        names = [block.kind for block in fitted.blocks]
        self.features = FeatureUnion(
            [(block.kind, _vectoriser(block)) for block in fitted.blocks],
            transformer_weights={name: block.length for name, block in zip(names, fitted.blocks, strict=True)},
        )
        codes = len(fitted.codes)
        self.codes = _logistic(fitted, 0, codes)
        self.themes = _logistic(fitted, codes, len(fitted.intercepts)) if fitted.themed else None

    def shares(self, texts: Sequence[str]) -> Floats:
        """The score of every code for every text."""
        return np.vstack([self._shares(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)])

    def _shares(self, texts: Sequence[str]) -> Floats:
        rows = self.features.transform(list(self.nlp.pipe(texts)))
        ranked = log_chances(self.codes.decision_function(rows))
        if self.themes is not None:
            ranked += self.fitted.theme_weight * log_chances(self.themes.decision_function(rows))[:, self.fitted.themes]
        return softmax(self.fitted.sharpness * (ranked + self.fitted.prior))


def _vectoriser(block: Block) -> Any:
    vocabulary = {name: column for column, name in enumerate(block.features)}
    if block.kind == "lemmas":
        found = TfidfVectorizer(analyzer=_lemmas, vocabulary=vocabulary)
    elif block.kind == "fields":
        found = TfidfVectorizer(analyzer=_fields, vocabulary=vocabulary)
    else:
        found = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), preprocessor=_letters, vocabulary=vocabulary)
    found.idf_ = block.rarity
    return found


def _lemmas(doc: Any) -> list[str]:
    return [token.lemma_ for token in doc if any(sign.isalnum() for sign in token.text)]


def _fields(doc: Any) -> list[str]:
    found = []
    for run in doc.text.split():
        parts = _plain(run).split()
        together = ["".join(parts)] if len(parts) > 1 else []
        found += [field for word in parts + together for field in word_fields(word, doc.lang_)]
    return found


def _letters(doc: Any) -> str:
    return _plain(doc.text)


def _plain(text: str) -> str:
    """A text in lower case without signs, and the names that are written in many ways in their one form."""
    return _SIGNS.sub(" ", _NAMES.sub(lambda name: _ONE_WORD[name[0]], text.lower()))


def _logistic(fitted: Fitted, first: int, last: int) -> Any:
    model = LogisticRegression()
    model.coef_ = np.ascontiguousarray(fitted.weights[:, first:last].T)
    model.intercept_ = fitted.intercepts[first:last]
    model.classes_ = np.arange(last - first)
    return model
