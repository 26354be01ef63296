"""What must hold of a REFI-QDA project before anything of it is taken in.

What programs do differently is read as each means it. What no program writes, references to nothing and paths that
lead elsewhere, is refused: taken in by halves, the project would give other numbers than the one that was exported.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.importers.problems import shown, where
from coder.importers.qda_xml import Node, identifier_of

_SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
_PATHS = ("path", "currentPath", "plainTextPath", "richTextPath")
_AGAIN = "Export the project again from the program it comes from."


def require_whole(root: Node, path: Path) -> None:
    """Raise CoderError naming the line of the first reference to nothing, or path that leads upwards.

    References are those that say what a text is coded with and whose it is: to codes, texts and variables.
    """
    codes = _identifiers(_inside(book.all("Codes") for book in root.all("CodeBook")), path, ("Code",))
    cases = _identifiers(root.inside("Cases", "Case"), path, ("Case",))
    sources = root.inside("Sources", *_SOURCES)
    texts, variables = _identifiers(sources, path, _SOURCES), root.inside("Variables", "Variable")
    known = {
        # A case stands for its code in files of programs that write cases as codes.
        "CodeRef": ("code", codes | cases),
        "SourceRef": ("text", texts),
        "VariableRef": ("variable", _identifiers(variables, path, ("Variable",))),
    }
    for case in root.inside("Cases", "Case"):
        for holder in (case, *case.all("VariableValue")):
            _require_held(holder, ("SourceRef", "VariableRef"), known, path)
    for source in sources:
        _require_inside(source, path)
        if source.name == "TextSource":
            held = [source, *source.all("PlainTextSelection", "VariableValue")]
            for holder in held + [coding for one in held for coding in one.all("Coding")]:
                _require_held(holder, ("CodeRef", "VariableRef"), known, path)


def require_in_text(selection: Node, start: int, end: int, raw: str, path: Path) -> None:
    """Raise CoderError for a passage that lies in no text of that length, whatever its program counts.

    `raw` has its mark and carriage returns. A passage may be empty; where ends are meant to be included such a one ends
    before it begins.
    """
    longest = len(raw.encode("utf-16-le", "surrogatepass")) // 2
    if not (0 <= start <= end + 1 and end <= longest):
        said = f"a passage from {start} to {end} in a text of {how_many(longest, 'character')}"
        raise CoderError(f"{where(path, selection.line)}: {said}", _AGAIN)


def _require_held(
    holder: Node, references: Iterable[str], known: dict[str, tuple[str, frozenset[str]]], path: Path
) -> None:
    for one in holder.all(*references):
        what, held = known[one.name]
        guid = identifier_of(one, path, "targetGUID")
        if guid not in held:
            raise CoderError(f"{where(path, one.line)}: refers to a {what} {guid} that the file does not hold", _AGAIN)


def _require_inside(source: Node, path: Path) -> None:
    for node in _inside([[source]]):
        for address in (node.attributes[name] for name in _PATHS if name in node.attributes):
            if ".." in unquote(address).replace("\\", "/").split("/"):
                raise CoderError(
                    f"{where(path, node.line)}: {shown(address)} leads out of the archive",
                    "Don't trust the file: ask whoever sent it.",
                )


def _identifiers(nodes: Iterable[Node], path: Path, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(identifier_of(node, path) for node in nodes if node.name in names)


def _inside(nodes: Iterable[Iterable[Node]]) -> Iterator[Node]:
    """The nodes with all that stands in them."""
    for some in nodes:
        for node in some:
            yield node
            yield from _inside([node.children])
