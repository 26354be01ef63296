"""The tree of codes in a REFI-QDA file as codebooks: themes and their codes, two levels out of any number."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import one_line
from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.domain.qda import identifier, read_description, read_facts
from coder.domain.written import OPTIONAL, Written
from coder.importers.codebook_draft import Draft
from coder.importers.problems import where
from coder.importers.qda_xml import Node, by_identifier, identifier_of

_NAME = 1_000  # it is repeated in the names of all that stands in it


@dataclass
class Tree:
    """The codebooks in a tree of codes, and where each code has gone: its codebook's key, its theme and its name.

    `left` says what the codebooks don't hold.
    """

    written: list[Written] = field(default_factory=list)
    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def books(self) -> list[Codebook]:
        """The codebooks alone."""
        return [one.codebook for one in self.written]


def read_tree(
    path: Path, codes: Collection[Node], sets: Collection[Node], key: str, used: Collection[str] | None = None
) -> Tree:
    """The codebooks in the outermost codes.

    A code with codes inside it is a theme; one that can be given itself as well is a code of that theme too. Codes
    further in are named with what they stand in: `Telefon / Växel`. Codes that differ in nothing but where they stood
    get a number. Without sets of this package's own, all of it is one codebook named `key`. `used` are the codes given
    to something, None where the file does not say.
    """
    by_identifier(_every(codes), path)
    facts = {
        name: read_facts(one.words("Description"))
        for one in sets
        if (name := one_line(one.attributes.get("name", "")))
        and identifier_of(one, path) == identifier("codebook set", name)
    }
    branches: dict[str, list[Node]] = {}
    for node in codes:
        name = one_line(node.attributes.get("name", ""))
        own = name in facts and identifier_of(node, path) == identifier("codebook", name)
        if own:
            branches[name] = list(node.all("Code"))
        else:
            branches.setdefault(next(iter(facts)) if len(facts) == 1 else key, []).append(node)
    tree = Tree()
    for name, nodes in branches.items():
        fact = facts.get(name, {})
        reader = _Reader(Draft(path), tree, name, used)
        for node in nodes:
            reader.read(node)
        reader.finish(fact.get("language", ""), fact.get("question", ""))
    return tree


@dataclass
class _Reader:
    """One codebook on its way out of the tree."""

    draft: Draft
    tree: Tree
    key: str
    used: Collection[str] | None
    taken: set[tuple[int | None, str]] = field(default_factory=set)
    renamed: int = 0
    levels: int = 0

    def read(self, node: Node) -> None:
        """Take an outermost code in: as a theme, or as a code that has none."""
        inner = list(node.all("Code"))
        if not inner and self._can_be_given(node):
            self._add(None, _name(node), node)
            return
        definition, _, aliases = read_description(node.words("Description"))
        # 0 is the place of themes among the names that are taken: their own numbers begin at 1.
        theme = self.draft.add_theme(
            node.line,
            self._free(0, _name(node)),
            definition=definition,
            aliases=aliases,
            said=_said(node),
            mark=identifier_of(node, self.draft.path),
        )
        if inner and self._can_be_given(node):
            self._add(theme, _name(node), node)
        for child in inner:
            self._descend(theme, "", child)

    def finish(self, language: str, question: str) -> None:
        """Hand the codebook over."""
        self.tree.written.append(self.draft.finish(self.key, language, question))
        if self.renamed:
            entries = how_many(self.renamed, "code or theme", "codes or themes")
            self.tree.left.append(f"{entries} of a name that is taken in its place: given numbers")
        if self.levels:
            self.tree.left.append(
                f"{how_many(self.levels, 'level')} between a theme and its codes: kept in the codes' names"
            )

    def _descend(self, theme: int, before: str, node: Node) -> None:
        name = f"{before} / {_name(node)}" if before else _name(node)
        inner = list(node.all("Code"))
        if not inner or self._can_be_given(node):
            self._add(theme, name, node)
        self.levels += bool(inner)
        for child in inner:
            self._descend(theme, name, child)

    def _add(self, theme: int | None, name: str, node: Node) -> None:
        if len(name) > _NAME:
            said = f"a code's name, with the names of those that it stands in, is of more than {_NAME:,} letters"
            raise CoderError(f"{where(self.draft.path, node.line)}: {said}", "Shorten the names, and export again.")
        definition, examples, aliases = read_description(node.words("Description"))
        free = self._free(theme, name)
        guid = identifier_of(node, self.draft.path)
        self.draft.add_code(
            node.line,
            theme,
            free,
            definition=definition,
            examples=examples,
            aliases=aliases,
            said=_said(node),
            mark=guid,
        )
        home = "" if theme is None else self.draft.themes[theme - 1].name
        self.tree.places[guid] = self.key, home, self.draft.codes[-1].name

    def _can_be_given(self, node: Node) -> bool:
        """Whether a code with others inside is more than a heading; where the file shows use, use decides."""
        if self.used is not None and node.first("Code"):
            return identifier_of(node, self.draft.path) in self.used
        codable = node.attributes.get("isCodable", "true").strip() not in ("false", "0")
        return codable or (self.used is not None and identifier_of(node, self.draft.path) in self.used)

    def _free(self, place: int | None, name: str) -> str:
        free, number = name, 1
        # A codebook alone is a file somebody can mend, and the draft says on which line.
        while self.used is not None and (place, free) in self.taken:
            number += 1
            free = f"{name} ({number})"
        self.renamed += free != name
        self.taken.add((place, free))
        return free


def _said(node: Node) -> frozenset[str]:
    """A description says everything or, where there is none, nothing."""
    return OPTIONAL if node.first("Description") else frozenset()


def _name(node: Node) -> str:
    return one_line(node.attributes.get("name", ""))


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.all("Code"))
