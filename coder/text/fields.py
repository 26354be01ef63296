"""Fields of meaning: what a word is about, by a list of words, so that *regn* and *snöstorm* have something in common.

Content analysis has gone by such lists since P. J. Stone and others (1966), The General Inquirer. A language has a list
where a file `fields_<language>.txt` stands beside this module, which says how it is written; others have no fields.
"""

import hashlib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from coder.text.tokens import plain_words

_REMEMBERED = 6_000
# No entry that stands for the beginnings or ends of words is shorter.
_SHORTEST = 3


@cache
def lists_version() -> str:
    """Eight hexadecimal digits that change with any of the lists: other lists make other features of the same text."""
    listed = sorted(found.read_bytes() for found in files("coder.text").iterdir() if found.name.endswith(".txt"))
    return hashlib.sha256(b"".join(listed)).hexdigest()[:8]


class _Fields:
    """The fields of one language: of whole words, and of words by how they begin and end."""

    def __init__(self, listed: str) -> None:
        self.whole, self.begins, self.ends = (defaultdict[str, set[str]](set) for _ in range(3))
        field = ""
        for line in listed.splitlines():
            if line.startswith("["):
                field = line.strip("[]")
            elif not line.startswith("#"):
                for entry in line.split():
                    kind = self.begins if entry.endswith("*") else self.ends if entry.startswith("*") else self.whole
                    kind[entry.strip("*")].add(field)
        every = (found for kind in (self.whole, self.begins, self.ends) for found in kind.values())
        self.names = tuple(sorted(set[str]().union(*every)))

    def of(self, word: str) -> list[str]:
        found = set(self.whole.get(word, ()))
        for size in range(_SHORTEST, len(word) + 1):
            found.update(self.begins.get(word[:size], ()), self.ends.get(word[-size:], ()))
        return sorted(found)


def field_names(language: str) -> tuple[str, ...]:
    """All fields of a language in order; none where it has no list."""
    return _listed(language).names


def word_fields(word: str, language: str) -> list[str]:
    """The fields that a word in lower case, without signs, belongs to, in order."""
    return _listed(language).of(word)


def fields(text: str, language: str) -> list[str]:
    """The fields of the text's words as written, in order: one as often as words belong to it."""
    return [field for run in text.split() for field in run_fields(run, language)]


@lru_cache(maxsize=_REMEMBERED)
def run_fields(run: str, language: str) -> tuple[str, ...]:
    """The fields of the words in one run of non-space characters, and of the word that they make together."""
    words = plain_words(run, language)
    together = ["".join(words)] if len(words) > 1 else []
    return tuple(field for word in words + together for field in word_fields(word, language))


@cache
def _listed(language: str) -> _Fields:
    listed = files("coder.text") / f"fields_{language}.txt"
    return _Fields(listed.read_text(encoding="utf-8") if listed.is_file() else "")
