"""Themes and codes of one question, in published order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

# What follows this word in a definition tells what a code is *not*; a bag of words cannot read a "not".
BORDER = "Inte:"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a codebook. Its identity is `id`, never its name: two themes may each have a code of one name."""

    id: int
    name: str
    theme: int | None = None
    definition: str = ""
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """Codes that neighbour each other; what a respondent is counted under at most once."""

    id: int
    name: str
    definition: str = ""


@dataclass(frozen=True)
class Codebook:
    """The themes and codes of one question, both in published order.

    The ids in a codebook read from a file are positions; the project gives them its own when it takes the
    codebook in.
    """

    key: str
    language: str
    question: str
    themes: tuple[Theme, ...] = ()
    codes: tuple[Code, ...] = field(default=())

    @cached_property
    def theme_by_id(self) -> dict[int, Theme]:
        """Every theme under its id."""
        return {theme.id: theme for theme in self.themes}

    @cached_property
    def code_by_id(self) -> dict[int, Code]:
        """Every code under its id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def theme_of(self) -> dict[int, int | None]:
        """The theme of every code, None for a code that has none yet."""
        return {code.id: code.theme for code in self.codes}

    @cached_property
    def rank(self) -> dict[int, int]:
        """Each code's place in published order: themes in order, then the codes without a theme."""
        return {code.id: place for place, code in enumerate(self.in_order())}

    def codes_of(self, theme: int | None) -> tuple[Code, ...]:
        """The codes of a theme, or those without one, in order."""
        return tuple(code for code in self.codes if code.theme == theme)

    def in_order(self) -> Iterator[Code]:
        """All codes, theme by theme, then those without a theme."""
        for theme in self.themes:
            yield from self.codes_of(theme.id)
        yield from self.codes_of(None)

    def theme_name(self, code: int) -> str:
        """The name of a code's theme, empty for a code without one."""
        theme = self.theme_of[code]
        return "" if theme is None else self.theme_by_id[theme].name

    def find(self, theme: str, code: str) -> Code | None:
        """The code of that name, or alias, in the theme of that name; an empty theme finds codes without one."""
        for exact in (True, False):
            for entry in self.codes:
                if self.theme_name(entry.id) != theme:
                    continue
                if entry.name == code if exact else code in entry.aliases:
                    return entry
        return None


def search(codebook: Codebook, query: str, recent: tuple[int, ...] = ()) -> list[Code]:
    """The codes that every word of `query` is found in, best first; an empty query gives the recent ones first.

    A match at the beginning of the name counts most, then at the beginning of a word in it, then in an alias, the
    theme, and the definition. å, ä and ö are letters of their own: `a` does not find `å`.
    """
    words = query.casefold().split()
    order = {code: place for place, code in enumerate(recent)}

    def key(code: Code) -> tuple[float, int, int]:
        worst = max((_distance(codebook, code, word) for word in words), default=0.0)
        return worst, order.get(code.id, len(order)), codebook.rank[code.id]

    keyed = [(key(code), code) for code in codebook.codes]
    return [code for place, code in sorted(keyed, key=lambda pair: pair[0]) if place[0] < _NOT_FOUND]


_NOT_FOUND = 9.0


def _distance(codebook: Codebook, code: Code, word: str) -> float:
    name = code.name.casefold()
    found = (
        name.startswith(word),
        _starts_a_word(name, word),
        any(_starts_a_word(alias.casefold(), word) for alias in code.aliases),
        _starts_a_word(codebook.theme_name(code.id).casefold(), word),
        word in name,
        _starts_a_word(code.definition.casefold(), word),
    )
    return float(found.index(True)) if True in found else _NOT_FOUND


def _starts_a_word(text: str, word: str) -> bool:
    place = text.find(word)
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum():
            return True
        place = text.find(word, place + 1)
    return False
