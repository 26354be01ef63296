"""Candidates for new codes: texts left to people that are strange together and have a term or a field in common.

A term is a word, or five letters in a row of a longer one, so that *aktiekurs* and *aktiemarknaden* meet. It weighs as
much as the strangeness of its texts, summed as independent evidence is (after S. A. Stouffer and others, 1949, The
American Soldier), and by how much of its use is new to the round. The texts of the weightiest terms that share no text
are the candidates. Beside them stand the fields of meaning that hardly anybody spoke of and several do now, more than
chance would have it: what has many words, as weather has, shows in no term. Where few candidates are found, fields that
have grown less surely come last.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from coder.domain.acceptance import Candidate
from coder.suggest.linear import Floats
from coder.suggest.new_fields import NewField, new_fields, words_of
from coder.suggest.novelty import Said, sample
from coder.text.language import analyser
from coder.text.tokens import lemmas, pieces

# How many texts are gone through.
_MOST = 5000
# The first candidates are said by three respondents or more; among the others are pairs as well.
_FIRST, _MOST_TOPICS = 5, 12
_FIRM, _FEWEST = 3, 2
# Below this, terms of texts on known topics weigh as much.
_LEAST = 1.5
# Fewer letters in a row stand in words that have nothing to do with each other.
_SHORTEST, _LETTERS = 3, 5
# A term that nobody has read is not infinitely new.
_ROOM = 0.5
_WORDS = 5
_EXAMPLES = 4
_RESPONDENTS = 5


def topics(
    left: Sequence[Said], p_values: Floats, read: Sequence[Said], looked_at: int, language: str, *, seed: int = 0
) -> list[tuple[Candidate, list[int]]]:
    """Candidates for new codes among texts left to people, the weightiest first, with their texts' places in `left`.

    `p_values` says of each text how likely one on a known topic is to seem as strange. `read` are texts that analysts
    have read, one or more: a candidate has words that mark it, which those hardly have. `looked_at` is how many
    respondents said what is left and what is not. No text is in two candidates, but for up to half of the texts of a
    field that has too few without; those with most of a candidate's words come first.
    """
    chosen = sample(range(len(left)), _MOST, seed)
    having: dict[str, list[int]] = defaultdict(list)
    for place in chosen:
        for term in _terms(left[place].text, language):
            having[term].append(place)
    counts = Counter(term for one in read for term in _terms(one.text, language))
    known = {term: (count + _ROOM) / len(read) for term, count in counts.items()}
    # Texts on known topics have 1 here on the average, before it is taken off.
    strange = -np.log(p_values) - 1.0
    weights = {}
    for term, places in having.items():
        respondents = len({left[place].group for place in places})
        if respondents >= _FEWEST:
            now = (len(places) + _ROOM) / len(chosen)
            new = now / (now + known.get(term, _ROOM / len(read)))
            weights[term] = float(strange[places].mean()) * respondents**0.5 * new
    weighty = sorted((term for term in weights if weights[term] >= _LEAST), key=lambda term: (-weights[term], term))
    found = _Found(left, language)

    def by_terms(fewest: int, most: int) -> None:
        for term in weighty:
            places = having[term]
            if len(found.candidates) < most and found.said_by(places) >= fewest and found.used.isdisjoint(places):
                found.add(places, _marks([left[place].text for place in places], term, known, language))

    def by_fields(fields: Sequence[NewField]) -> None:
        for name, places in fields:
            free = [place for place in places if place not in found.used]
            # Where too few are free, those of other candidates come along, up to as many.
            own = places if found.said_by(free) < _FIRM and 2 * len(free) >= len(places) else free
            if len(found.candidates) < _MOST_TOPICS and found.said_by(own) >= _FIRM:
                found.add(own, words_of(name, [left[place].text for place in own], language)[:_WORDS])

    by_terms(_FIRM, _FIRST)
    grown, perhaps = new_fields({place: left[place] for place in chosen}, strange, read, looked_at, language)
    by_fields(grown)
    by_terms(_FEWEST, _MOST_TOPICS)
    by_fields(perhaps)
    return found.candidates


class _Found:
    """Candidates as they are found, with the places of their texts; `used` are the places in any of them."""

    def __init__(self, left: Sequence[Said], language: str) -> None:
        self.left = left
        self.language = language
        self.candidates: list[tuple[Candidate, list[int]]] = []
        self.used: set[int] = set()

    def said_by(self, places: Sequence[int]) -> int:
        """How many respondents said the texts at some places."""
        return len({self.left[place].group for place in places})

    def add(self, places: Sequence[int], words: tuple[str, ...]) -> None:
        """Take the texts at some places as a candidate; without words that mark it there is none."""
        if words:
            self.used.update(places)
            self.candidates.append(_candidate(self.left, places, words, self.language))


def _terms(text: str, language: str) -> set[str]:
    """What texts may have in common: their words, and runs of letters in these and in their forms."""
    words = _words(text, language)
    spelt = " ".join([_content(text, language), *words])
    return words | {piece for piece in pieces(spelt, language) if len(piece.strip()) == _LETTERS}


def _words(text: str, language: str) -> set[str]:
    is_small = analyser(language).is_small
    words = lemmas(_content(text, language), language)
    return {word for word in words if len(word) >= _SHORTEST and not is_small(word)}


def _content(text: str, language: str) -> str:
    """A text without its small words."""
    is_small = analyser(language).is_small
    return " ".join(run for run in text.split() if not is_small(run.strip(".,;:!?()\"'”’")))


def _marks(texts: Sequence[str], term: str, known: Mapping[str, float], language: str) -> tuple[str, ...]:
    """Words that half of the texts share, or that have the term, and that what was read hardly has.

    The most telling come first. `known` is what share of what was read has each word.
    """
    counts = Counter(word for text in texts for word in _words(text, language))
    marks = {
        word: count / len(texts) - 5 * known.get(word, 0.0)
        for word, count in counts.items()
        if 2 * count >= min(len(texts), 4) or term in word
    }
    ordered = sorted((word for word, mark in marks.items() if mark > 0), key=lambda word: (-marks[word], word))
    return tuple(ordered[:_WORDS])


def _candidate(
    left: Sequence[Said], places: Sequence[int], words: tuple[str, ...], language: str
) -> tuple[Candidate, list[int]]:
    """A candidate of the texts at some places, and the places, the most typical first."""
    shared = {place: len(_words(left[place].text, language).intersection(words)) for place in places}
    ordered = sorted(places, key=lambda place: (-shared[place], place))
    typical = [left[place] for place in ordered]
    whom = tuple(dict.fromkeys(one.group for one in typical))
    return Candidate(words, _examples(typical), len(whom), whom[:_RESPONDENTS]), ordered


def _examples(typical: Sequence[Said]) -> tuple[str, ...]:
    """The first of some texts, one a respondent and none twice."""
    found: dict[str, str] = {}
    for one in typical:
        if one.group not in found.values():
            found.setdefault(one.text, one.group)
    return tuple(found)[:_EXAMPLES]
