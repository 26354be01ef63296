"""What a text is to a classifier: its lemmas, and the character n-grams of its words."""

from functools import lru_cache

from coder.text.language import analyser
from coder.text.words import words

# A run has some dozens of n-grams: this many runs are some fifteen megabytes.
_REMEMBERED = 6_000
_SHORTEST, _LONGEST = 2, 5
# Beyond this a run of letters is no word.
_LONGEST_WORD = 60


def lemmas(text: str, language: str) -> list[str]:
    """The lemmas of the text's words in order, in lower case, signs left out."""
    return analyser(language).lemmas(text)


def pieces(text: str, language: str) -> list[str]:
    """The n-grams, of 2 to 5 characters, of the text's words with a space at either end.

    They make *samverkan* and *samverkansmöten* alike, as compounds and misspellings need. A name written in many ways
    is one word first.
    """
    return [piece for run in text.split() for piece in run_pieces(run, language)]


@lru_cache(maxsize=_REMEMBERED)
def run_pieces(run: str, language: str) -> tuple[str, ...]:
    """The n-grams of one run of non-space characters."""
    return tuple(piece for word in plain_words(run, language) for piece in _ngrams(f" {word} "))


def plain_words(run: str, language: str) -> list[str]:
    """The words of a run as written, lower-cased, names in their one form and signs as borders."""
    known = words(language).one_word
    if len(found := analyser(language).run_lemmas(run)) == 1 and found[0] in known.values():
        return list(found)
    lower = run[:_LONGEST_WORD].lower()
    if lower.isalnum():
        return [lower]
    return "".join(sign if sign.isalnum() else " " for sign in lower).split()


def _ngrams(padded: str) -> list[str]:
    return [
        padded[start : start + size]
        for size in range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    ]
