"""What must hold of a REFI-QDA project before anything of it is taken in.

What programs do differently is read as each means it. What no program writes, references to nothing and paths that
lead elsewhere, is refused: taken in by halves, the project would give other numbers than the one that was exported.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.importers.problems import shown, where
from coder.importers.qda_memory import Memory
from coder.importers.qda_xml import Node, identifier_of

_OTHERS = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")
_KINDS = {"CodeRef": "code", "SourceRef": "text", "VariableRef": "variable"}
_PATHS = ("path", "currentPath", "plainTextPath", "richTextPath")
_REFERENCE = 300  # bytes, about, of an identifier, and of a text's place among those that belong to cases
_AGAIN = "Export the project again from the program it comes from."


@dataclass
class References:
    """What cases and texts refer to: each identifier with the line on which it is referred to first."""

    path: Path
    memory: Memory
    lines: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in _KINDS})

    def of_case(self, case: Node) -> None:
        """Put down what a case refers to: the texts that it wrote, and variables."""
        for holder in (case, *case.all("VariableValue")):
            self._meet(holder, "SourceRef", "VariableRef")

    def of_text(self, source: Node) -> None:
        """Put down what a text refers to: codes and variables."""
        held = [source, *source.all("PlainTextSelection", "VariableValue")]
        for holder in held + [coding for one in held for coding in one.all("Coding")]:
            self._meet(holder, "CodeRef", "VariableRef")

    def _meet(self, holder: Node, *names: str) -> None:
        for one in holder.all(*names):
            met, guid = self.lines[one.name], identifier_of(one, self.path, "targetGUID")
            if guid not in met:
                self.memory.hold(_REFERENCE)
                met[guid] = one.line

    def require(self, codes: Container[str], texts: Container[str], variables: Container[str]) -> None:
        """Raise CoderError naming the first line that refers to nothing, where these are what there is."""
        known = {"CodeRef": codes, "SourceRef": texts, "VariableRef": variables}
        lost = [
            (n, name, guid) for name, met in self.lines.items() for guid, n in met.items() if guid not in known[name]
        ]
        if lost:
            line, name, guid = min(lost)
            said = f"refers to a {_KINDS[name]} {guid} that the file does not hold"
            raise CoderError(f"{where(self.path, line)}: {said}", _AGAIN)


def require_whole(root: Node, references: References, cases: Iterable[str], texts: Iterable[str]) -> None:
    """Raise CoderError naming the line of the first reference to nothing, or path that leads upwards.

    References are those that say what a text is coded with and whose it is: to codes, texts and variables. `cases` and
    `texts` are those that came by; `root` holds the rest.
    """
    path = references.path
    others = root.inside("Sources", *_OTHERS)
    for source in others:
        require_inside(source, path)
    references.require(
        # A case stands for its code in files of programs that write cases as codes.
        codes=_identifiers(_inside(book.all("Codes") for book in root.all("CodeBook")), path, "Code").union(cases),
        texts=_identifiers(others, path, *_OTHERS).union(texts),
        variables=_identifiers(root.inside("Variables", "Variable"), path, "Variable"),
    )


def require_inside(source: Node, path: Path) -> None:
    """Raise CoderError for a path that leads upwards, in a source or what stands in it."""
    for node in _inside([[source]]):
        for address in (node.attributes[name] for name in _PATHS if name in node.attributes):
            if ".." in unquote(address).replace("\\", "/").split("/"):
                raise CoderError(
                    f"{where(path, node.line)}: {shown(address)} leads out of the archive",
                    "Don't trust the file: ask whoever sent it.",
                )


def require_in_text(selection: Node, start: int, end: int, raw: str, path: Path) -> None:
    """Raise CoderError for a passage that lies in no text of that length, whatever its program counts.

    `raw` has its mark and carriage returns. A passage may be empty; where ends are meant to be included such a one ends
    before it begins.
    """
    if 0 <= start <= end + 1 and end <= len(raw):
        return
    longest = len(raw.encode("utf-16-le", "surrogatepass")) // 2
    if not (0 <= start <= end + 1 and end <= longest):
        said = f"a passage from {start} to {end} in a text of {how_many(longest, 'character')}"
        raise CoderError(f"{where(path, selection.line)}: {said}", _AGAIN)


def _identifiers(nodes: Iterable[Node], path: Path, *names: str) -> frozenset[str]:
    return frozenset(identifier_of(node, path) for node in nodes if node.name in names)


def _inside(nodes: Iterable[Iterable[Node]]) -> Iterator[Node]:
    """The nodes with all that stands in them."""
    for some in nodes:
        for node in some:
            yield node
            yield from _inside([node.children])
