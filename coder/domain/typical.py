"""Which of a code's segments say what the others say, in few words: candidates for publication."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

_WORD = re.compile(r"\w+")
_SHORT = 140  # characters that a reader takes in at a glance; what is longer loses in proportion
_FEWEST = 3  # words; less than this says little by itself
_LONGEST = 300  # characters; nobody quotes more unshortened, and nineteen segments in twenty are shorter
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FORMULA = re.compile(r"\s*[=+@-]\S")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment that could be an example: whose it is, and what it says."""

    respondent: str
    text: str


def typicality(segments: Mapping[int, Sequence[str]]) -> dict[int, list[float]]:
    """How typical every segment is of its code, by code and in the order given; 0 and up, comparable within a code.

    A word speaks for a code as often as the code's other segments hold it, weighed by how rare it is over all codes
    (K. Spärck Jones 1972, A statistical interpretation of term specificity, Journal of Documentation 28, 11-21); the
    sum is divided by the root of the number of words, and shrinks with length beyond what reads at a glance.
    """
    words = {code: [frozenset(_WORD.findall(text.casefold())) for text in texts] for code, texts in segments.items()}
    everywhere = Counter(word for bags in words.values() for bag in bags for word in bag)
    total = sum(len(bags) for bags in words.values())
    result = {}
    for code, bags in words.items():
        here = Counter(word for bag in bags for word in bag)
        scores = []
        for bag, text in zip(bags, segments[code], strict=True):
            # Sorted, so that the same words always add up to the same number.
            shared = sum((here[word] - 1) * log(1 + total / everywhere[word]) for word in sorted(bag))
            share = shared / max(1, len(bags) - 1) / sqrt(len(bag) or 1)
            scores.append(share * min(1.0, _SHORT / max(1, len(text))) if len(bag) >= _FEWEST else 0.0)
        result[code] = scores
    return result


def is_quotable(text: str) -> bool:
    """Whether a segment can stand as an example as it is: two words at least, not too long, no formula."""
    return len(text) <= _LONGEST and len(_LETTERS.findall(text)) > 1 and not _FORMULA.match(text)


def propose(candidates: Mapping[int, Sequence[Candidate]], number: int, taken: frozenset[str]) -> dict[int, list[int]]:
    """Up to `number` candidates a code, as places in its list, most typical first; none that is not quotable.

    Nobody is quoted twice as long as others are left: not among the proposals, nor where they are `taken` already.
    Codes with the fewest candidates choose first.
    """
    scores = typicality({code: [one.text for one in given] for code, given in candidates.items()})
    quoted = set(taken)
    result: dict[int, list[int]] = {code: [] for code in candidates}
    for code in sorted(candidates, key=lambda one: (len(candidates[one]), one)):
        given = candidates[code]
        quotable = [place for place, one in enumerate(given) if is_quotable(one.text)]
        order = sorted(quotable, key=lambda place: (-scores[code][place], len(given[place].text), place))
        own: set[str] = set()
        for fresh in (True, False):
            for place in order:
                who = given[place].respondent
                if len(result[code]) < number and who not in own and (not fresh or who not in quoted):
                    result[code].append(place)
                    own.add(who)
        quoted |= own
    return result
