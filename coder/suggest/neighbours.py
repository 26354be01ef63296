"""Codes whose segments read alike: candidates for one theme, or for one code."""

from collections.abc import Mapping, Sequence

import numpy as np

from coder.suggest.features import Features


def likeness(texts: Mapping[int, Sequence[str]], language: str) -> list[tuple[int, int, float]]:
    """Every pair of codes with how alike their texts read, most alike first.

    The cosine, in 0..1, of the codes' centroids in the suggester's TF-IDF features, seen from the mean of all codes:
    what every code says makes no two of them alike. Codes without texts are in no pair.
    """
    codes = [code for code, own in texts.items() if own]
    if len(codes) < 2:
        return []
    features = Features(language)
    features.fit([text for code in codes for text in texts[code]])
    centroids = np.vstack([np.asarray(features.transform(texts[code]).mean(axis=0)) for code in codes])
    centroids -= centroids.mean(axis=0)
    lengths = np.linalg.norm(centroids, axis=1, keepdims=True)
    centroids /= np.where(lengths > 0, lengths, 1.0)
    cosines = np.clip(centroids @ centroids.T, 0.0, 1.0)
    pairs = [
        (codes[one], codes[other], float(cosines[one, other]))
        for one in range(len(codes))
        for other in range(one + 1, len(codes))
    ]
    return sorted(pairs, key=lambda pair: -pair[2])
