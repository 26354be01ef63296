"""What scikit-learn gives out of the box, to measure against: TfidfVectorizer and LogisticRegression, all defaults."""

import warnings
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from coder.domain.suggestion import Evidence
from coder.suggest.linear import Floats


def default_shares(codes: Sequence[int], evidence: Sequence[Evidence], texts: Sequence[str]) -> Floats:
    """The chance of each code for each text, 0 for a code without evidence: (texts x codes)."""
    shares: Floats = np.zeros((len(texts), len(codes)))
    seen = {item.code for item in evidence}
    if len(seen) == 1:
        shares[:, codes.index(seen.pop())] = 1.0
    elif seen:
        pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression())
        with warnings.catch_warnings():
            # One or two texts a code look like a regression to scikit-learn.
            warnings.filterwarnings("ignore", message="The number of unique classes")
            pipeline.fit([item.text for item in evidence], [item.code for item in evidence])
        shares[:, [codes.index(code) for code in pipeline.classes_]] = pipeline.predict_proba(texts)
    return shares
