"""What an edit of a codebook is, and the checks and rearrangements that edits share.

Nothing is deleted and no id is used twice. An edit that can't be made raises CoderError and says why.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from coder.domain.answers import canonical, one_line
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Identity
from coder.domain.errors import CoderError

# The id of a new entry until the project has given it one of its own; no entry of a project has it.
PROVISIONAL = 0


@dataclass(frozen=True)
class Edit(ABC):
    """A change to a codebook. `adds` says that it makes a new entry, which needs an id."""

    adds: ClassVar[bool] = True

    @abstractmethod
    def apply(self, codebook: Codebook, new: int = PROVISIONAL) -> Codebook:
        """The codebook after the edit; an entry that it makes gets the id `new`."""

    @abstractmethod
    def words(self, codebook: Codebook) -> str:
        """What the edit does to the codebook, in a few words."""

    @property
    def dealt(self) -> Mapping[int, frozenset[Identity]]:
        """The codings that get the new code, by answer and identity."""
        return {}


@dataclass(frozen=True)
class Alteration(Edit):
    """An edit of entries that are there; it makes no new one."""

    adds: ClassVar[bool] = False

    def apply(self, codebook: Codebook, new: int = PROVISIONAL) -> Codebook:
        """The codebook after the edit."""
        del new
        return self._edited(codebook)

    @abstractmethod
    def _edited(self, codebook: Codebook) -> Codebook:
        """What `apply` gives."""


def living(codebook: Codebook, code: int) -> Code:
    """The code of that id; raises CoderError where there is none, or where it was merged into another."""
    entry = codebook.code_by_id.get(code)
    if entry is None:
        raise CoderError(
            f"the codebook {codebook.key} has no code number {code}", "It may have been undone: look again."
        )
    if entry.merged_into is not None:
        raise CoderError(f"the code {entry.name!r} was merged into {codebook.code_name(code)!r}", "Change that one.")
    return entry


def theme_in_use(codebook: Codebook, theme: int) -> Theme:
    """The theme of that id; raises CoderError where there is none, or where it is retired."""
    entry = codebook.theme_by_id.get(theme)
    if entry is None:
        raise CoderError(
            f"the codebook {codebook.key} has no theme number {theme}", "It may have been undone: look again."
        )
    if entry.retired:
        raise CoderError(f"the theme {entry.name!r} is retired", "Restore it first, or choose another theme.")
    return entry


def require_free(codebook: Codebook, name: str, theme: int | None, but: int | None = None) -> None:
    """Raise CoderError where the theme has a code of that name, other than the code `but`."""
    for code in codebook.codes_of(theme):
        if code.name == name and code.id != but:
            where = f"the theme {codebook.theme_by_id[theme].name!r} has" if theme is not None else "there is"
            retired = codebook.is_retired(code.id)
            raise CoderError(
                f"{where} a code {name!r} already" + (", which is retired" if retired else ""),
                "Restore it, or choose another name." if retired else "Choose another name, or merge the two.",
            )


def cleaned(name: str, what: str) -> str:
    """A name as one clean line; raises CoderError for an empty one."""
    clean = one_line(name)
    if not clean:
        raise CoderError(f"a {what} without a name", f"Give the {what} a name.")
    return clean


def prose(text: str) -> str:
    """A definition: clean, its line breaks kept."""
    return canonical(text).strip()


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Clean lines, without empty and repeated ones."""
    return tuple(dict.fromkeys(line for line in map(one_line, texts) if line))


def aliases_of(name: str, *former: str) -> tuple[str, ...]:
    """Former names of an entry that is called `name` now, each once."""
    return tuple(one for one in dict.fromkeys(former) if one != name)


def altered(codebook: Codebook, *entries: Code) -> Codebook:
    """The codebook with these codes in place of those with their ids."""
    now = {code.id: code for code in entries}
    return arranged(codebook, codes=tuple(now.get(code.id, code) for code in codebook.codes))


def arranged(
    codebook: Codebook, *, themes: tuple[Theme, ...] | None = None, codes: tuple[Code, ...] | None = None
) -> Codebook:
    """The codebook with these themes and codes, codes laid out theme by theme; unchanged where nothing differs."""
    themes = codebook.themes if themes is None else themes
    places = {theme.id: place for place, theme in enumerate(themes)}
    laid_out = tuple(
        sorted(
            codebook.codes if codes is None else codes,
            key=lambda code: len(places) if code.theme is None else places[code.theme],
        )
    )
    result = replace(codebook, themes=themes, codes=laid_out)
    return codebook if result == codebook else result


def named(codebook: Codebook, code: int) -> str:
    """What a code is called, for words."""
    return codebook.called(code) if code in codebook.code_by_id else f"number {code}"


def under(codebook: Codebook, theme: int | None, how: str = "to") -> str:
    """The theme a code goes to, for words."""
    return f" {how} the theme {codebook.theme_by_id[theme].name}" if theme in codebook.theme_by_id else ""
