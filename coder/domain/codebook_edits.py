"""Changes to the codes of a codebook, as values: each leads from one codebook to the next and says so in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coder.domain.answers import one_line
from coder.domain.codebook import Code, Codebook
from coder.domain.coding import Identity
from coder.domain.editing import (
    PROVISIONAL,
    Alteration,
    Edit,
    aliases_of,
    altered,
    arranged,
    cleaned,
    lines,
    living,
    named,
    prose,
    require_free,
    theme_in_use,
    under,
)
from coder.domain.errors import CoderError


@dataclass(frozen=True)
class AddCode(Edit):
    """A new code at the end of a theme, or without one."""

    name: str
    theme: int | None = None
    definition: str = ""
    examples: tuple[str, ...] = ()

    def apply(self, codebook: Codebook, new: int = PROVISIONAL) -> Codebook:
        """The codebook with the code in it."""
        name = cleaned(self.name, "code")
        if self.theme is not None:
            theme_in_use(codebook, self.theme)
        require_free(codebook, name, self.theme)
        code = Code(new, name, self.theme, prose(self.definition), lines(self.examples))
        return arranged(codebook, codes=(*codebook.codes, code))

    def words(self, codebook: Codebook) -> str:
        """As in *new code Telefonkö*."""
        return f"new code {one_line(self.name)}" + under(codebook, self.theme)


@dataclass(frozen=True)
class Rename(Alteration):
    """Another name for a code; the old one becomes an alias and still finds it."""

    code: int
    name: str

    def _edited(self, codebook: Codebook) -> Codebook:
        entry, name = living(codebook, self.code), cleaned(self.name, "code")
        if name == entry.name:
            return codebook
        require_free(codebook, name, entry.theme, but=entry.id)
        return altered(codebook, replace(entry, name=name, aliases=aliases_of(name, *entry.aliases, entry.name)))

    def words(self, codebook: Codebook) -> str:
        """As in *rename A to B*."""
        return f"rename {named(codebook, self.code)} to {one_line(self.name)}"


@dataclass(frozen=True)
class Define(Alteration):
    """Another definition of a code."""

    code: int
    definition: str

    def _edited(self, codebook: Codebook) -> Codebook:
        return altered(codebook, replace(living(codebook, self.code), definition=prose(self.definition)))

    def words(self, codebook: Codebook) -> str:
        """As in *define A*."""
        return f"define {named(codebook, self.code)}"


@dataclass(frozen=True)
class AddExample(Alteration):
    """One more example segment of a code."""

    code: int
    text: str

    def _edited(self, codebook: Codebook) -> Codebook:
        entry = living(codebook, self.code)
        if not lines((self.text,)):
            raise CoderError("an example without words", "Mark some words.")
        return altered(codebook, replace(entry, examples=lines((*entry.examples, self.text))))

    def words(self, codebook: Codebook) -> str:
        """As in *an example of A*."""
        return f"an example of {named(codebook, self.code)}"


@dataclass(frozen=True)
class Move(Alteration):
    """Codes to a theme, or out of all themes, to the place that one of its codes has there now (from 0), or last."""

    codes: tuple[int, ...]
    theme: int | None
    place: int | None = None

    def _edited(self, codebook: Codebook) -> Codebook:
        if self.theme is not None:
            theme_in_use(codebook, self.theme)
        moved = [replace(living(codebook, code), theme=self.theme) for code in dict.fromkeys(self.codes)]
        gone = {code.id for code in moved}
        rest = [code for code in codebook.codes if code.id not in gone]
        there = [code for code in rest if code.theme == self.theme and code.merged_into is None]
        place = len(rest)
        if self.place is not None and self.place < len(there):
            place = rest.index(there[max(0, self.place)])
        result = arranged(codebook, codes=(*rest[:place], *moved, *rest[place:]))
        for code in moved:
            require_free(result, code.name, self.theme, but=code.id)
        return result

    def words(self, codebook: Codebook) -> str:
        """As in *move A, B to the theme T*."""
        names = ", ".join(named(codebook, code) for code in self.codes)
        if self.place is not None and all(codebook.theme_of.get(code) == self.theme for code in self.codes):
            return f"move {names} to place {self.place + 1}{under(codebook, self.theme, 'in')}"
        return f"move {names}" + (under(codebook, self.theme) or " out of all themes")


@dataclass(frozen=True)
class Merge(Alteration):
    """Codes into another: what they were given to counts as that one, and their names find it."""

    codes: tuple[int, ...]
    into: int

    def _edited(self, codebook: Codebook) -> Codebook:
        target = living(codebook, self.into)
        if codebook.is_retired(target.id):
            raise CoderError(f"the code {target.name!r} is retired", "Restore it before others are merged into it.")
        absorbed = [living(codebook, code) for code in dict.fromkeys(self.codes)]
        if target in absorbed:
            raise CoderError(f"the code {target.name!r} can't be merged into itself", "Choose another code.")
        names = [name for code in absorbed for name in (code.name, *code.aliases)]
        examples = [text for code in absorbed for text in code.examples]
        target = replace(
            target,
            aliases=aliases_of(target.name, *target.aliases, *names),
            examples=lines((*target.examples, *examples)),
        )
        return altered(codebook, target, *(replace(code, merged_into=target.id) for code in absorbed))

    def words(self, codebook: Codebook) -> str:
        """As in *merge A into B*."""
        return f"merge {', '.join(named(codebook, code) for code in self.codes)} into {named(codebook, self.into)}"


@dataclass(frozen=True)
class Split(Edit):
    """A new code beside another of its theme, and the codings that are dealt to it.

    `given` names them: (answer, identity). Those not named stay with the code.
    """

    code: int
    name: str
    given: frozenset[tuple[int, Identity]] = field(default=frozenset())

    def apply(self, codebook: Codebook, new: int = PROVISIONAL) -> Codebook:
        """The codebook with the new code right after the one it was split from."""
        entry, name = living(codebook, self.code), cleaned(self.name, "code")
        if codebook.is_retired(entry.id):
            raise CoderError(f"the code {entry.name!r} is retired", "Restore it before it is split.")
        require_free(codebook, name, entry.theme)
        if any(codebook.stands.get(identity[0]) != entry.id for _, identity in self.given):
            raise CoderError(f"a coding that is not of the code {entry.name!r} can't be dealt from it", "Look again.")
        place = codebook.codes.index(entry) + 1
        code = Code(new, name, entry.theme, split_from=entry.id)
        return arranged(codebook, codes=(*codebook.codes[:place], code, *codebook.codes[place:]))

    def words(self, codebook: Codebook) -> str:
        """As in *split B from A: 12 segments*."""
        number = f"{len(self.given)} segment{'' if len(self.given) == 1 else 's'}"
        return f"split {one_line(self.name)} from {named(codebook, self.code)}: {number}"

    @property
    def dealt(self) -> Mapping[int, frozenset[Identity]]:
        """The codings that get the new code, by answer and identity."""
        found: dict[int, set[Identity]] = {}
        for answer, identity in self.given:
            found.setdefault(answer, set()).add(identity)
        return {answer: frozenset(identities) for answer, identities in found.items()}


@dataclass(frozen=True)
class Retire(Alteration):
    """A code that can't be given any more; what it was given to stays counted."""

    code: int

    def _edited(self, codebook: Codebook) -> Codebook:
        return altered(codebook, replace(living(codebook, self.code), retired=True))

    def words(self, codebook: Codebook) -> str:
        """As in *retire A*."""
        return f"retire {named(codebook, self.code)}"


@dataclass(frozen=True)
class Restore(Alteration):
    """A retired code that can be given again."""

    code: int

    def _edited(self, codebook: Codebook) -> Codebook:
        entry = living(codebook, self.code)
        if entry.theme is not None:
            theme_in_use(codebook, entry.theme)
        return altered(codebook, replace(entry, retired=False))

    def words(self, codebook: Codebook) -> str:
        """As in *restore A*."""
        return f"restore {named(codebook, self.code)}"
