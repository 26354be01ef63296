"""Themes and codes of one question, in published order."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property

# What follows this word in a definition tells what a code is *not*; a bag of words cannot read a "not".
BORDER = "Inte:"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a codebook. Its identity is `id`, never its name: two themes may each have a code of one name.

    Entries are never deleted. One that was merged names the entry that it stands for now; a retired one can't be given
    any more, while what it was given to stays counted. `split_from` is the entry whose segments it was dealt.
    """

    id: int
    name: str
    theme: int | None = None
    definition: str = ""
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    merged_into: int | None = None
    split_from: int | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """Codes that neighbour each other; what a respondent is counted under at most once.

    The codes of a retired theme can't be given any more.
    """

    id: int
    name: str
    definition: str = ""
    aliases: tuple[str, ...] = ()
    retired: bool = False


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
    def theme_places(self) -> dict[int, int]:
        """Each theme's place in published order, from 0."""
        return {theme.id: place for place, theme in enumerate(self.themes)}

    @cached_property
    def stands(self) -> dict[int, int]:
        """The code that every entry stands for now: itself, or what it was merged into, and that again."""
        merged = {code.id: code.merged_into for code in self.codes if code.merged_into is not None}
        result = {}
        for code in self.codes:
            now = code.id
            for _ in merged:  # no chain is longer than there are merges
                now = merged.get(now, now)
            result[code.id] = now
        return result

    def stands_for(self, code: int) -> int:
        """The code that an entry stands for now."""
        return self.stands[code]

    @cached_property
    def theme_of(self) -> dict[int, int | None]:
        """The theme that every entry is counted under, None for a code that has none yet."""
        return {code: self.code_by_id[now].theme for code, now in self.stands.items()}

    @cached_property
    def rank(self) -> dict[int, int]:
        """Each code's place in published order: themes in order, then the codes without a theme.

        A merged entry has the place of the code it stands for.
        """
        places = {code.id: place for place, code in enumerate(self.in_order())}
        return {code: places[now] for code, now in self.stands.items()}

    @cached_property
    def active(self) -> tuple[Code, ...]:
        """The codes that can be given, in published order: neither merged nor retired, nor of a retired theme."""
        return tuple(code for code in self.in_order() if not self.is_retired(code.id))

    @cached_property
    def in_use(self) -> "Codebook":
        """The codebook as it is used from now on: without what is merged or retired."""
        themes = tuple(theme for theme in self.themes if not theme.retired)
        return Codebook(self.key, self.language, self.question, themes, self.active)

    def is_retired(self, code: int) -> bool:
        """True for a code that can't be given any more, by itself or with its theme."""
        entry = self.code_by_id[self.stands[code]]
        return entry.retired or (entry.theme is not None and self.theme_by_id[entry.theme].retired)

    def codes_of(self, theme: int | None) -> tuple[Code, ...]:
        """The codes of a theme, or those without one, in order; merged entries are none of them."""
        return tuple(code for code in self.codes if code.theme == theme and code.merged_into is None)

    def in_order(self) -> Iterator[Code]:
        """All codes, theme by theme, then those without a theme."""
        for theme in self.themes:
            yield from self.codes_of(theme.id)
        yield from self.codes_of(None)

    def theme_name(self, code: int) -> str:
        """The name of the theme an entry is counted under, empty for a code without one."""
        theme = self.theme_of[code]
        return "" if theme is None else self.theme_by_id[theme].name

    def code_name(self, code: int) -> str:
        """The name of the code that an entry stands for now."""
        return self.code_by_id[self.stands[code]].name

    def called(self, code: int) -> str:
        """An entry's own name; with its theme, as in *A (T)*, where another entry has that name too."""
        entry = self.code_by_id[code]
        if entry.name not in self._shared:
            return entry.name
        return f"{entry.name} ({'no theme' if entry.theme is None else self.theme_by_id[entry.theme].name})"

    def find(self, theme: str, code: str) -> Code | None:
        """The code of that name, or alias, in the theme of that name; an empty theme finds codes without one.

        Failing that, what has become of an entry that once stood there under that name. A code in use comes before a
        retired one.
        """
        found: list[tuple[int, Code]] = []
        for entry in self.codes:
            if not self._stood_in(entry, theme) or code not in (entry.name, *entry.aliases):
                continue
            former = entry.merged_into is not None or theme != self.theme_name(entry.id)
            grade = 4 * former + 2 * self.is_retired(entry.id) + (entry.name != code)
            found.append((grade, self.code_by_id[self.stands[entry.id]]))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    @cached_property
    def _shared(self) -> frozenset[str]:
        """The names that several entries have."""
        return frozenset(name for name, number in Counter(code.name for code in self.codes).items() if number > 1)

    def _stood_in(self, entry: Code, theme: str) -> bool:
        if entry.theme is None:
            return not theme
        home = self.theme_by_id[entry.theme]
        return theme == home.name or theme in home.aliases


# What an entry is called in one project, and what only helps to find it or to see what it means.
_UNSIGNED = frozenset({"id", "theme", "examples", "aliases", "merged_into", "split_from"})


def fingerprint(codebook: Codebook) -> str:
    """Twelve hexadecimal digits that change when a count made with the codebook could come to mean something else.

    The first of a SHA-256 over names, order, definitions and state of themes and codes. Examples, aliases and the ids
    of a project leave it as it is.
    """

    def signed(entry: Theme | Code) -> dict[str, str]:
        return {one.name: str(getattr(entry, one.name)) for one in fields(entry) if one.name not in _UNSIGNED}

    themes = [[signed(theme), [signed(code) for code in codebook.codes_of(theme.id)]] for theme in codebook.themes]
    merged = sorted(
        (code.name, codebook.code_name(code.id), codebook.theme_name(code.id))
        for code in codebook.codes
        if code.merged_into is not None
    )
    content = json.dumps([themes, [signed(code) for code in codebook.codes_of(None)], merged], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def search(codebook: Codebook, query: str, recent: tuple[int, ...] = ()) -> list[Code]:
    """The codes that every word of `query` is found in, best first; an empty query gives the recent ones first.

    A match at the beginning of the name counts most, then at the beginning of a word in it, then in an alias, the
    theme, and the definition. å, ä and ö are letters of their own: `a` does not find `å`. Only codes in use are found.
    """
    words = query.casefold().split()
    order = {code: place for place, code in enumerate(recent)}

    def key(code: Code) -> tuple[float, int, int]:
        worst = max((_distance(codebook, code, word) for word in words), default=0.0)
        return worst, order.get(code.id, len(order)), codebook.rank[code.id]

    keyed = [(key(code), code) for code in codebook.active]
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
