"""YAML as plain texts, lists and mappings that know their line.

Nothing is interpreted: `No`, `1.10` and `2023-01-09` are the texts that stand there. Anchors and aliases are refused,
and so is deep nesting, for a small file can be made to unfold into an enormous one by either.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import one_line
from coder.domain.errors import CoderError
from coder.importers.decoding import read_utf8
from coder.importers.problems import nearest, shown, where

_LARGEST = 5_000_000
_DEEPEST = 30


@dataclass(slots=True)
class Node:
    """A text (`text`), a list (`items`) or a mapping (`pairs`); the other two are None."""

    path: Path
    line: int
    text: str | None = None
    items: list["Node"] | None = None
    pairs: dict[str, "Node"] | None = None
    _key: str | None = field(default=None, repr=False)

    def error(self, wrong: str, hint: str) -> CoderError:
        """The error that something is wrong at this place."""
        return CoderError(f"{where(self.path, self.line)}: {wrong}", hint)

    def mapping(self, what: str, known: tuple[str, ...]) -> dict[str, "Node"]:
        """The pairs of a mapping that may have only known keys."""
        if self.pairs is None:
            raise self.error(f"{what} must be a mapping, key: value", f"Known keys: {', '.join(known)}.")
        for key, value in self.pairs.items():
            if key not in known:
                raise value.error(
                    f"unknown key {shown(key)} in {what}", f"{nearest(key, known)}Known keys: {', '.join(known)}."
                )
        return self.pairs

    def entries(self, what: str) -> Iterator["Node"]:
        """The items of a list, none where nothing stands."""
        if self.items is None and self.text != "":
            raise self.error(f"{what} must be a list", "Begin each item with a dash.")
        yield from self.items or ()

    def string(self, what: str) -> str:
        """The text of a scalar."""
        if self.text is None:
            raise self.error(f"{what} must be text", "Put it between quotation marks if it holds a colon or brackets.")
        return self.text

    def put(self, node: "Node") -> None:
        """Add what comes next inside this list or mapping: in a mapping a key, then its value."""
        if self.items is not None:
            self.items.append(node)
        elif self.pairs is not None and self._key is None:
            self._key = one_line(node.string("a key"))
        elif self.pairs is not None and self._key is not None:
            if self._key in self.pairs:
                raise node.error(f"the key {shown(self._key)} stands there twice", "Take one away.")
            self.pairs[self._key] = node
            self._key = None


def read_tree(path: Path) -> Node:
    """The one document of a YAML file."""
    import yaml  # noqa: PLC0415 - heavy

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root = Node(path, 1, items=[])
    open_nodes = [root]
    try:
        for event in yaml.parse(read_utf8(path, _LARGEST), Loader=loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise CoderError(f"{where(path, line)}: anchors (&) and aliases (*) are not read", "Write it out.")
            if isinstance(event, yaml.CollectionEndEvent):
                open_nodes.pop()
            elif isinstance(event, yaml.ScalarEvent):
                nothing = event.implicit[0] and event.value in {"~", "null"}
                open_nodes[-1].put(Node(path, line, text="" if nothing else event.value))
            elif isinstance(event, yaml.CollectionStartEvent):
                mapping = isinstance(event, yaml.MappingStartEvent)
                node = Node(path, line, pairs={}) if mapping else Node(path, line, items=[])
                open_nodes[-1].put(node)
                open_nodes.append(node)
                if len(open_nodes) > _DEEPEST:
                    raise CoderError(f"{where(path, line)}: nested too deep", "Themes hold codes, and codes texts.")
    except yaml.YAMLError as error:
        raise _syntax(path, error) from error
    if not root.items:
        raise CoderError(f"{where(path)}: the file is empty", "Give a codebook: its key, question and themes.")
    if len(root.items) > 1:
        raise root.items[1].error("a second document begins", "A file holds one codebook.")
    return root.items[0]


def _syntax(path: Path, error: Exception) -> CoderError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return CoderError(
        f"{where(path, mark.line + 1 if mark else None)}: not valid YAML ({one_line(str(problem))})",
        "Indent with spaces, and put texts that hold a colon or begin with a special character in quotation marks.",
    )
