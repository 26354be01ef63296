"""A made-up round that was read and one that nobody has read, as the look for what is new takes them."""

from collections.abc import Sequence

from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.gate import Marked, left_out
from coder.suggest.novelty import Said
from coder.suggest.scoring import Scorer
from tests.suggest.library import BOOK, TOPIC, evidence

MARKED = [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in evidence(0, 20)]
SUGGESTER = CodebookSuggester().fit(BOOK, evidence(0, 20))
SCORER = Scorer(fitted(SUGGESTER))


def said(texts: Sequence[str], groups: Sequence[str]) -> list[Said]:
    """Texts that the suggester has seen nothing of, the gate open to all."""
    return [Said(*one, taken=True) for one in zip(texts, groups, SCORER.best(texts), strict=True)]


def read() -> list[Said]:
    best = left_out(SUGGESTER, MARKED)
    return [Said(one.texts[0], one.group, own[0], taken=True) for one, own in zip(MARKED, best, strict=True)]


READ = read()
# Said again by others, as a second round does.
AGAIN = said([f"{one.text} tycker jag" for one in READ], [f"ny{place}" for place in range(len(READ))])
NEW = said(TOPIC, [f"el{place}" for place in range(len(TOPIC))])
LOOKED_AT = len(AGAIN) + len(NEW)
