"""XML from outside as plain nodes: no entities, no document types, and a limit to everything that can grow."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sys import getsizeof, intern

from coder.domain.answers import canonical
from coder.domain.errors import CoderError
from coder.importers.problems import shown, where

LARGEST = 60_000_000
# Bytes, about: what elements that are held may take, and what one and its attributes take beside their letters.
_HELD, _ELEMENT, _ATTRIBUTE = 225_000_000, 360, 40
_TOKEN = 4_000_000
_TEXT = 5_000_000  # letters: what is done with a text takes some times the memory of it
_DEEP = 40
_UNREAD = frozenset({"MemberCode", "MemberSource", "MemberNote"})  # as many as there are texts, again and again
_DAMAGED = "Export the file again from the program it comes from."
_IDENTIFIER = re.compile(r"\{?([0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})\}?")


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, attributes, text, children, and the line it begins on."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, *names: str) -> Iterator["Node"]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, name: str) -> "Node | None":
        """The first child of that name."""
        return next(self.all(name), None)

    def inside(self, wrapper: str, *names: str) -> tuple["Node", ...]:
        """The children of these names in the wrapper elements of that name."""
        return tuple(child for one in self.all(wrapper) for child in one.all(*names))

    def words(self, name: str) -> str:
        """The clean text of the first child of that name, empty without one."""
        child = self.first(name)
        return "" if child is None else canonical(child.text).strip()


# Is shown the outermost element, one in it, and an entry of that one, whole; says whether it is through with the entry.
Take = Callable[[Node, Node, Node], bool]


class _Builder:
    """What the parser tells, as nodes."""

    def __init__(self, path: Path, take: Take, most: int) -> None:
        self.path = path
        self.line = 1
        self.root: Node | None = None
        self._take, self._most = take, most
        self._open: list[Node] = []
        self._held = 0
        self._before: list[int] = []
        self._texts: list[list[str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._before.append(self._held)
        plain = {intern(key.rpartition("}")[2]): value for key, value in attributes.items()}
        node = Node(intern(tag.rpartition("}")[2]), plain, self.line)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._texts.append([])
        self._hold(_ELEMENT + _ATTRIBUTE * len(attributes) + sum(map(getsizeof, attributes.values())))

    def end(self, _tag: str) -> None:
        node, before = self._open.pop(), self._before.pop()
        pieces = self._texts.pop()
        if pieces:
            if sum(map(len, pieces)) > _TEXT:
                raise CoderError(
                    f"{where(self.path, node.line)}: a text of more than {_TEXT / 1e6:.0f} million letters",
                    "Take it out, or divide it, and export again.",
                )
            node.text = "".join(pieces)
            self._hold(getsizeof(node.text))
        taken = len(self._open) == 2 and self._take(self._open[0], self._open[1], node)
        if taken or (self._open and node.name in _UNREAD):
            self._open[-1].children.pop()
            self._held = before

    def data(self, text: str) -> None:
        # Between entries there are line breaks, as many as there are entries, and nothing to read.
        if len(self._open) > 2:
            self._texts[-1].append(text)
            self._hold(getsizeof(text))  # a text stands there in pieces first, and then in one

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held > self._most or len(self._open) > _DEEP:
            raise CoderError(
                f"{where(self.path, self.line)}: more, or deeper nested, elements than any real project has", _DAMAGED
            )

    def close(self) -> None:
        """The end of the document."""


def _keep(_root: Node, _wrapper: Node, _entry: Node) -> bool:
    return False


def parse(chunks: Iterable[bytes], path: Path, take: Take = _keep, most: int = _HELD) -> Node:
    """The outermost element of a document that comes in pieces, without the entries that `take` is through with.

    The members of sets, and words that stand outside of entries, are left out. Raises CoderError for what is not
    well-formed, for elements that take more than `most` bytes while they are held, and for document types and entities,
    which no program has use for here and which can blow up to any size or read other files.
    """
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - it brings its own copy of the parser
    from defusedxml.ElementTree import ParseError, XMLParser  # noqa: PLC0415

    builder = _Builder(path, take, most)
    parser = XMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    expat = parser.parser
    begin = builder.start

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.line = expat.CurrentLineNumber
        begin(tag, attributes)

    builder.start = start  # type: ignore[method-assign]  # only the parser knows the line
    read = 0
    try:
        for chunk in chunks:
            read += len(chunk)
            parser.feed(chunk)
            # What is behind the parser's place is one tag that it holds in memory until it ends.
            if read - expat.CurrentByteIndex > _TOKEN:
                raise CoderError(f"{where(path, builder.line)}: a tag of more than {_TOKEN / 1e6:.0f} MB", _DAMAGED)
        parser.close()
    except ParseError as error:
        raise CoderError(f"{where(path, error.position[0])}: the XML is damaged or cut off", _DAMAGED) from error
    except DefusedXmlException as error:
        raise CoderError(
            f"{where(path)}: holds a document type or entities, which exchanged files never need",
            "Don't trust the file: ask whoever sent it.",
        ) from error
    except (LookupError, ValueError) as error:
        raise CoderError(f"{where(path)}: the XML is in an unknown encoding", _DAMAGED) from error
    assert builder.root is not None
    return builder.root


def identifier_of(node: Node, path: Path, attribute: str = "guid") -> str:
    """The identifier in an attribute, in small letters and without braces; raises CoderError for what is none."""
    return as_identifier(node.attributes.get(attribute, ""), node.name, path, node.line)


def as_identifier(value: str, name: str, path: Path, line: int) -> str:
    """The same of a value that stood in an element of that name on that line."""
    match = _IDENTIFIER.fullmatch(value.strip())
    if match is None:
        raise CoderError(f"{where(path, line)}: {shown(value)} is no identifier of a {name}", _DAMAGED)
    return intern(match[1].lower())  # it stands in several places


def require_new(guid: str, line: int, first: int | None, path: Path) -> None:
    """Raise CoderError for an identifier that stands on the line `first` already, None where it does not."""
    if first is not None:
        raise CoderError(f"{where(path, line)}: the identifier {guid} stands on line {first} too", _DAMAGED)


def by_identifier(nodes: Iterable[Node], path: Path) -> dict[str, Node]:
    """The nodes by their identifiers; raises CoderError where two have the same."""
    result: dict[str, Node] = {}
    for node in nodes:
        guid = identifier_of(node, path)
        require_new(guid, node.line, result[guid].line if guid in result else None, path)
        result[guid] = node
    return result


def targets(node: Node, reference: str, path: Path) -> list[str]:
    """The identifiers that a node's references of that name point to."""
    return [identifier_of(one, path, "targetGUID") for one in node.all(reference)]
