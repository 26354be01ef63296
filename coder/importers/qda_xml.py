"""XML from outside as plain nodes: no entities, no document types, and a limit to everything that can grow."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern

from coder.domain.answers import canonical
from coder.domain.errors import CoderError
from coder.importers.problems import shown, where

LARGEST = 60_000_000
_WEIGHT = 2_500_000  # an element weighs 4, an attribute 1: a project of 20,000 codings comes to a million
_TOKEN = 4_000_000
_DEEP = 40
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


class _Builder:
    """What the parser tells, as nodes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 1
        self.root: Node | None = None
        self._open: list[Node] = []
        self._weight = 0
        self._texts: list[list[str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._weight += 4 + len(attributes)
        if self._weight > _WEIGHT or len(self._open) >= _DEEP:
            raise CoderError(
                f"{where(self.path, self.line)}: more, or deeper nested, elements than any real project has", _DAMAGED
            )
        plain = {intern(key.rpartition("}")[2]): value for key, value in attributes.items()}
        node = Node(intern(tag.rpartition("}")[2]), plain, self.line)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._texts.append([])

    def end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def data(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def close(self) -> None:
        """The end of the document."""


def parse(chunks: Iterable[bytes], path: Path) -> Node:
    """The outermost element of a document that comes in pieces.

    Raises CoderError for what is not well-formed, and for document types and entities, which no program has use for
    here and which can blow up to any size or read other files.
    """
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - it brings its own copy of the parser
    from defusedxml.ElementTree import ParseError, XMLParser  # noqa: PLC0415

    builder = _Builder(path)
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
            if read > LARGEST:
                raise CoderError(f"{where(path)}: more than {LARGEST / 1e6:.0f} MB of XML", _DAMAGED)
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
    value = node.attributes.get(attribute, "")
    match = _IDENTIFIER.fullmatch(value.strip())
    if match is None:
        raise CoderError(f"{where(path, node.line)}: {shown(value)} is no identifier of a {node.name}", _DAMAGED)
    return match[1].lower()


def by_identifier(nodes: Iterable[Node], path: Path) -> dict[str, Node]:
    """The nodes by their identifiers; raises CoderError where two have the same."""
    result: dict[str, Node] = {}
    for node in nodes:
        guid = identifier_of(node, path)
        if guid in result:
            raise CoderError(
                f"{where(path, node.line)}: the identifier {guid} stands on line {result[guid].line} too", _DAMAGED
            )
        result[guid] = node
    return result


def targets(node: Node, reference: str, path: Path) -> list[str]:
    """The identifiers that a node's references of that name point to."""
    return [identifier_of(one, path, "targetGUID") for one in node.all(reference)]
