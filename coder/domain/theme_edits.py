"""Changes to the themes of a codebook, and the way back to an earlier version of it."""

from dataclasses import dataclass, replace

from coder.domain.answers import one_line
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Move
from coder.domain.editing import PROVISIONAL, Alteration, Edit, aliases_of, arranged, cleaned, prose, theme_in_use
from coder.domain.errors import CoderError


@dataclass(frozen=True)
class AddTheme(Edit):
    """A new theme, last, and the codes that are gathered in it."""

    name: str
    codes: tuple[int, ...] = ()
    definition: str = ""

    def apply(self, codebook: Codebook, new: int = PROVISIONAL) -> Codebook:
        """The codebook with the theme in it."""
        name = cleaned(self.name, "theme")
        _require_free(codebook, name)
        theme = Theme(new, name, prose(self.definition))
        result = arranged(codebook, themes=(*codebook.themes, theme))
        return Move(self.codes, new).apply(result) if self.codes else result

    def words(self, codebook: Codebook) -> str:
        """As in *new theme T of A, B*."""
        names = ", ".join(codebook.code_by_id[code].name for code in self.codes if code in codebook.code_by_id)
        return f"new theme {one_line(self.name)}" + (f" of {names}" if names else "")


@dataclass(frozen=True)
class RenameTheme(Alteration):
    """Another name for a theme; the old one still finds its codes."""

    theme: int
    name: str

    def _edited(self, codebook: Codebook) -> Codebook:
        entry, name = _theme(codebook, self.theme), cleaned(self.name, "theme")
        if name == entry.name:
            return codebook
        _require_free(codebook, name, but=entry.id)
        return _altered(codebook, replace(entry, name=name, aliases=aliases_of(name, *entry.aliases, entry.name)))

    def words(self, codebook: Codebook) -> str:
        """As in *rename the theme T to U*."""
        return f"rename the theme {_name(codebook, self.theme)} to {one_line(self.name)}"


@dataclass(frozen=True)
class DefineTheme(Alteration):
    """Another definition of a theme."""

    theme: int
    definition: str

    def _edited(self, codebook: Codebook) -> Codebook:
        return _altered(codebook, replace(_theme(codebook, self.theme), definition=prose(self.definition)))

    def words(self, codebook: Codebook) -> str:
        """As in *define the theme T*."""
        return f"define the theme {_name(codebook, self.theme)}"


@dataclass(frozen=True)
class MoveTheme(Alteration):
    """A theme to another place in published order, from 0; beyond the last it is last."""

    theme: int
    place: int

    def _edited(self, codebook: Codebook) -> Codebook:
        entry = _theme(codebook, self.theme)
        rest = [theme for theme in codebook.themes if theme.id != entry.id]
        rest.insert(max(0, self.place), entry)
        return arranged(codebook, themes=tuple(rest))

    def words(self, codebook: Codebook) -> str:
        """As in *move the theme T to place 2*."""
        return f"move the theme {_name(codebook, self.theme)} to place {self.place + 1}"


@dataclass(frozen=True)
class RetireTheme(Alteration):
    """A theme whose codes can't be given any more; what they were given to stays counted."""

    theme: int

    def _edited(self, codebook: Codebook) -> Codebook:
        return _altered(codebook, replace(_theme(codebook, self.theme), retired=True))

    def words(self, codebook: Codebook) -> str:
        """As in *retire the theme T*."""
        return f"retire the theme {_name(codebook, self.theme)}"


@dataclass(frozen=True)
class RestoreTheme(Alteration):
    """A retired theme in use again, with its codes but those that were retired by themselves."""

    theme: int

    def _edited(self, codebook: Codebook) -> Codebook:
        return _altered(codebook, replace(_theme(codebook, self.theme), retired=False))

    def words(self, codebook: Codebook) -> str:
        """As in *restore the theme T*."""
        return f"restore the theme {_name(codebook, self.theme)}"


@dataclass(frozen=True)
class Return(Alteration):
    """The codebook as it was in an earlier version, `name`, as a new change.

    Entries that are newer stay, since nothing is deleted: one that was split from an entry of the version is merged
    back into it, and any other is retired.
    """

    to: Codebook
    name: str

    def _edited(self, codebook: Codebook) -> Codebook:
        if self.to.key != codebook.key:
            raise CoderError(f"{self.name} is a version of the codebook {self.to.key}", "Choose one of this codebook.")
        held = self.to.theme_by_id
        later = [replace(theme, retired=True) for theme in codebook.themes if theme.id not in held]
        taken = {(code.theme, code.name) for code in self.to.codes}
        codes = list(self.to.codes)
        for code in codebook.codes:
            if code.id not in self.to.code_by_id:
                codes.append(self._put_away(code, codebook, taken))
                taken.add((codes[-1].theme, codes[-1].name))
        return arranged(codebook, themes=(*self.to.themes, *later), codes=tuple(codes))

    def _put_away(self, code: Code, codebook: Codebook, taken: set[tuple[int | None, str]]) -> Code:
        """An entry that is newer than the version, as it stands beside the version's entries."""
        origin = code
        while origin.id not in self.to.code_by_id and origin.split_from in codebook.code_by_id:
            assert origin.split_from is not None
            origin = codebook.code_by_id[origin.split_from]
        name, again = code.name, 2
        while (code.theme, name) in taken:
            name, again = f"{code.name} ({again})", again + 1
        if origin.id in self.to.code_by_id:
            return replace(code, name=name, merged_into=origin.id)
        return replace(code, name=name, retired=code.merged_into is None)

    def words(self, codebook: Codebook) -> str:  # noqa: ARG002 - every edit is asked in the same way
        """As in *back to version 1a2b3c*."""
        return f"back to version {self.name}"


def _theme(codebook: Codebook, theme: int) -> Theme:
    entry = codebook.theme_by_id.get(theme)
    return entry if entry is not None else theme_in_use(codebook, theme)


def _require_free(codebook: Codebook, name: str, but: int | None = None) -> None:
    for theme in codebook.themes:
        if theme.name == name and theme.id != but:
            raise CoderError(
                f"there is a theme {name!r} already" + (", which is retired" if theme.retired else ""),
                "Restore it, or choose another name."
                if theme.retired
                else "Choose another name, or gather codes in it.",
            )


def _altered(codebook: Codebook, entry: Theme) -> Codebook:
    return arranged(codebook, themes=tuple(entry if theme.id == entry.id else theme for theme in codebook.themes))


def _name(codebook: Codebook, theme: int) -> str:
    return codebook.theme_by_id[theme].name if theme in codebook.theme_by_id else f"number {theme}"
