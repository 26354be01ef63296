"""Fields of meaning that hardly anybody spoke of before and several speak of now.

A topic that each says in words of its own, as weather is *regn* to one and *snöstorm* to another, shows in no word.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from coder.suggest.linear import Floats
from coder.suggest.novelty import Said
from coder.text.fields import fields, run_fields
from coder.text.tokens import lemmas

# A field that a larger share of respondents spoke of is not new.
_HARDLY = 0.02
# So often chance alone would make a field grow as much.
_CHANCE = 0.05
_FEWEST = 3


def new_fields(
    left: Mapping[int, Said], strange: Floats, read: Sequence[Said], looked_at: int, language: str
) -> list[tuple[str, list[int]]]:
    """New fields among texts left to people, the strangest first, with the places of their texts.

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
    found = {}
    for field, places in having.items():
        then, now = len(before[field]), len({left[place].group for place in places})
        if now >= _FEWEST and then <= _HARDLY * respondents:
            chance = hypergeom.sf(now - 1, looked_at + respondents, now + then, looked_at)
            if chance < _CHANCE and (mean := float(strange[places].mean())) > 0:
                found[field] = mean
    return [(field, having[field]) for field in sorted(found, key=lambda field: (-found[field], field))]


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
