"""What a REFI-QDA file holds and this package has no place for: counted, to be told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.how_many import how_many
from coder.importers.qda_xml import Node, identifier_of

# Elements that are left, by name: one of them, several of them.
_KINDS = {
    "PictureSource": ("image", "images"),
    "PDFSource": ("PDF document", "PDF documents"),
    "AudioSource": ("sound recording", "sound recordings"),
    "VideoSource": ("film", "films"),
    "Note": ("memo", "memos"),
    "Link": ("link", "links"),
    "Graph": ("graph", "graphs"),
}


@dataclass
class Left:
    """Counts of what is left, in the order in which it was first met."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, one: str, several: str, times: int = 1) -> None:
        """Count something that is left; the words for one and for several of it."""
        if times:
            self.counts[one, several] += times

    def lines(self) -> Iterator[str]:
        """A line for each kind."""
        for (one, several), times in self.counts.items():
            yield how_many(times, one, several)


def count_left(root: Node, path: Path, left: Left, own: bool, known: set[str]) -> None:
    """Count what stands in a project beside its texts, codes and people. `known` are the sets that were understood."""
    beside = (
        *root.inside("Sources", "PictureSource", "PDFSource", "AudioSource", "VideoSource"),
        *root.inside("Notes", "Note"),
        *root.inside("Links", "Link"),
        *root.inside("Graphs", "Graph"),
    )
    for node in beside:
        left.add(*_KINDS[node.name])
    for one in root.inside("Sets", "Set"):
        left.add("set", "sets", identifier_of(one, path) not in known)
    if not own:
        colours = sum("color" in code.attributes for code in _codes(root))
        left.add("colour of a code", "colours of codes", colours)


def count_of_case(case: Node, left: Left) -> None:
    """Count what is not read of a case."""
    left.add("tie of a case to a code or passage", "ties of cases to codes or passages", _ties(case))
    left.add("description of a case", "descriptions of cases", bool(case.words("Description")))


def count_of_text(source: Node, left: Left, own: bool) -> None:
    """Count what is not read of a text. In a file of this package's `own` making the descriptions are understood."""
    left.add("formatted version of a text", "formatted versions of texts", "richTextPath" in source.attributes)
    if not own:
        described = [source, *source.all("PlainTextSelection")]
        left.add("comment on a text or passage", "comments on texts or passages", sum(map(_described, described)))


def _ties(case: Node) -> int:
    return sum(1 for _ in case.all("CodeRef", "SelectionRef"))


def _described(node: Node) -> bool:
    return bool(node.words("Description"))


def _codes(root: Node) -> Iterator[Node]:
    waiting = [code for book in root.all("CodeBook") for code in book.inside("Codes", "Code")]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += code.all("Code")
