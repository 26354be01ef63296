"""Fields of meaning that hardly anybody spoke of before and several speak of now.

A topic that each says in words of its own, as weather is *regn* to one and *snöstorm* to another, shows in no word.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coder.suggest.linear import Floats
from coder.suggest.novelty import Said
from coder.text.fields import fields, run_fields
from coder.text.tokens import lemmas

# A field that a larger share of respondents spoke of is not new.
_HARDLY = 0.02
# So often chance alone would make a new field grow as much, and one that is perhaps new.
_CHANCE, _PERHAPS = 0.05, 0.2
_FEWEST = 3


class NewField(NamedTuple):
    """A field, and the places of the texts that speak of it."""

    name: str
    places: list[int]


def new_fields(
    left: Mapping[int, Said], strange: Floats, read: Sequence[Said], looked_at: int, language: str
) -> tuple[list[NewField], list[NewField]]:
    """Fields that are new among texts left to people, the strangest first, and those that perhaps are, likeliest first.

    `strange` is how strange each text is, by its place, and above 0 where it is stranger than texts on known topics are
    on the average: so are the texts of a new field together. `looked_at` respondents have spoken now, those of `left`
    among them. How far a field has grown is Fisher's exact test, of respondents and one-sided.
    """
    from scipy.stats import hypergeom  # noqa: PLC0415 - takes half a second

    having: dict[str, list[int]] = defaultdict(list)
    for place, one in left.items():
        for field in dict.fromkeys(fields(one.text, language)):
            having[field].append(place)
    before: dict[str, set[str]] = defaultdict(set)
    for one in read:
        for field in fields(one.text, language):
            before[field].add(one.group)
    respondents = len({one.group for one in read})
    new, perhaps = [], []
    for name, places in having.items():
        then, now = len(before[name]), len({left[place].group for place in places})
        if now >= _FEWEST and then <= _HARDLY * respondents and (mean := float(strange[places].mean())) > 0:
            chance = hypergeom.sf(now - 1, looked_at + respondents, now + then, looked_at)
            if chance < _CHANCE:
                new.append((-mean, name))
            elif chance < _PERHAPS:
                perhaps.append((chance, name))
    return [NewField(name, having[name]) for _, name in sorted(new)], [
        NewField(name, having[name]) for _, name in sorted(perhaps)
    ]


def words_of(field: str, texts: Sequence[str], language: str) -> tuple[str, ...]:
    """The words of a field that stand in texts, those of most texts first."""
    counts = Counter(
        word
        for text in texts
        for word in {
            lemma for run in text.split() if field in run_fields(run, language) for lemma in lemmas(run, language)
        }
    )
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))
