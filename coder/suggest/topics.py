"""Candidates for new codes: texts left to people that are strange together and alike among themselves.

Texts are joined into a tree by the likeness of their content words (average linkage, after R. R. Sokal and C. D.
Michener, 1958). Every branch is weighed by how strange its texts are, by how many respondents say it, and by how alike
they are; the weightiest branches that share no text are the candidates.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.preprocessing import normalize

from coder.domain.acceptance import Candidate
from coder.suggest.features import Features
from coder.suggest.linear import Floats
from coder.suggest.novelty import Said, sample
from coder.text.language import analyser
from coder.text.tokens import lemmas

# Texts that are set against each other: the table of their likenesses takes eight bytes a pair.
_MOST = 1500
# The first candidates are said by three respondents or more; among the others are pairs as well.
_FIRST, _MOST_TOPICS = 5, 8
_FIRM, _FEWEST = 3, 2
# No topic is this share of what is left.
_WIDEST = 0.3
# Below this, branches of texts on known topics weigh as much.
_LEAST = 0.7
_BY_SIZE = 0.7
_WORDS = 5
_EXAMPLES = 4
_RESPONDENTS = 5


@dataclass(frozen=True)
class _Branch:
    places: list[int]
    respondents: int
    weight: float


def topics(
    left: Sequence[Said], p_values: Floats, read: Sequence[str], language: str, seed: int = 0
) -> list[tuple[Candidate, list[int]]]:
    """Candidates for new codes among texts left to people, the weightiest first, with their texts' places in `left`.

    `p_values` says of each text how likely one on a known topic is to seem as strange. `read` are texts that analysts
    have read: a candidate has words that mark it, which those hardly have. No text is in two candidates.
    """
    chosen = sample(range(len(left)), _MOST, seed)
    if len(chosen) < _FIRM:
        return []
    some = [left[place] for place in chosen]
    # Texts on known topics have 1 here on the average, before it is taken off.
    strange = -np.log(p_values[chosen]) - 1.0
    alike = _likeness(some, read, language)
    branches = [one for one in _branches(some, strange, alike) if one.weight >= _LEAST]
    known = {word: count / len(read) for word, count in _counts(read, language).items()}
    found: list[tuple[Candidate, list[int]]] = []
    used: set[int] = set()
    for fewest, most in ((_FIRM, _FIRST), (_FEWEST, _MOST_TOPICS)):
        for one in sorted(branches, key=lambda one: (-one.weight, one.places)):
            if len(found) == most:
                break
            if one.respondents < fewest or not used.isdisjoint(one.places):
                continue
            if words := _marks([some[place].text for place in one.places], known, language):
                used.update(one.places)
                typical = [some[place] for place in _by_middle(one.places, alike)]
                whom = tuple(dict.fromkeys(said.group for said in typical))[:_RESPONDENTS]
                candidate = Candidate(words, _examples(typical), one.respondents, whom)
                found.append((candidate, [chosen[place] for place in one.places]))
    return found


def _likeness(left: Sequence[Said], read: Sequence[str], language: str) -> Floats:
    """How alike texts are in their content words, as cosines; what one respondent says is never alike."""
    own = [_content(one.text, language) for one in left]
    rows = normalize(Features(language).fit([*own, *(_content(text, language) for text in read)]).transform(own))
    alike = np.clip((rows @ rows.T).toarray(), 0.0, 1.0)
    groups = np.unique([one.group for one in left], return_inverse=True)[1]
    alike[groups[:, None] == groups[None, :]] = 0.0
    return np.asarray(alike)


def _content(text: str, language: str) -> str:
    is_small = analyser(language).is_small
    return " ".join(run for run in text.split() if not is_small(run.strip(".,;:!?()\"'”’")))


def _branches(left: Sequence[Said], strange: Floats, alike: Floats) -> list[_Branch]:
    """Every branch of the tree that may be a topic."""
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415 - wanted once a run
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    apart = 1.0 - alike
    np.fill_diagonal(apart, 0.0)
    widest = max(_FIRM, int(_WIDEST * len(left)))
    members: list[list[int]] = [[place] for place in range(len(left))]
    found = []
    for one, other, height, size in linkage(squareform(apart, checks=False), "average").tolist():
        joined = [*members[int(one)], *members[int(other)]] if size <= widest else []
        members.append(joined)
        respondents = len({left[place].group for place in joined})
        if respondents >= _FEWEST:
            weight = float(strange[joined].mean()) * respondents**_BY_SIZE * (1.0 - height)
            found.append(_Branch(joined, respondents, weight))
    return found


def _counts(texts: Sequence[str], language: str) -> Counter[str]:
    """In how many of the texts each word stands."""
    return Counter(word for text in texts for word in set(lemmas(text, language)))


def _marks(texts: Sequence[str], known: Mapping[str, float], language: str) -> tuple[str, ...]:
    """Content words that half of the texts share and that what was read hardly has, the most telling first.

    `known` is what share of what was read each word stands in.
    """
    is_small = analyser(language).is_small
    marks = {
        word: count / len(texts) - 5 * known.get(word, 0.0)
        for word, count in _counts(texts, language).items()
        if len(word) > 2 and 2 * count >= min(len(texts), 4) and not is_small(word)
    }
    ordered = sorted((word for word, mark in marks.items() if mark > 0), key=lambda word: (-marks[word], word))
    return tuple(ordered[:_WORDS])


def _by_middle(places: Sequence[int], alike: Floats) -> list[int]:
    """The places of a topic's texts, those in the middle of it first."""
    middle = alike[np.ix_(places, places)].sum(axis=1)
    return [places[at] for at in np.argsort(-middle, kind="stable").tolist()]


def _examples(typical: Sequence[Said]) -> tuple[str, ...]:
    """The first of some texts, one a respondent and none twice."""
    found: dict[str, str] = {}
    for one in typical:
        if one.group not in found.values():
            found.setdefault(one.text, one.group)
    return tuple(found)[:_EXAMPLES]
