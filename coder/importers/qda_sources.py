"""The texts of a REFI-QDA project as they come by: what is read of each, without the elements that it came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from sys import getsizeof

from coder.domain.answers import canonical, is_blank
from coder.domain.errors import CoderError
from coder.importers.problems import shown, where
from coder.importers.qda_archive import Archive
from coder.importers.qda_check import require_in_text, require_inside
from coder.importers.qda_left import Left
from coder.importers.qda_memory import Memory
from coder.importers.qda_people import Values, read_values
from coder.importers.qda_positions import Passage
from coder.importers.qda_xml import Node, targets

_NOWHERE = Passage(0, 0)
# Bytes, about, beside the letters: of a text with the answer it becomes, a passage, and a code that is given.
_SOURCE, _MARKED, _GIVEN = 850, 310, 260


@dataclass(frozen=True, slots=True)
class Given:
    """A code that is given, by its identifier, and the users that may have given it, as the file writes them."""

    code: str
    users: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage of a text, or the text as a whole, and the codes it is given. Its name is the passage's quote."""

    guid: str
    passage: Passage
    description: str
    given: tuple[Given, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text: `raw` has its mark and carriage returns, and is None where it lies in a form that is not read."""

    raw: str | None
    text: str
    values: Values
    whole: Marked
    selections: tuple[Marked, ...]

    @property
    def size(self) -> int:
        """The memory that it takes, in bytes, about, without what other texts take with it."""
        marked = (self.whole, *self.selections)
        words = [word for one in marked for word in (one.guid, one.passage.quote, one.description)]
        # A text that is clean already is held once, any other as it came too: positions refer to that.
        words += [self.raw or "", "" if self.text is self.raw else self.text]
        given = sum(len(one.given) for one in marked)
        return _SOURCE + _MARKED * len(marked) + _GIVEN * given + sum(map(getsizeof, words))

    def given(self) -> Iterator[str]:
        """The codes given in it."""
        return (one.code for marked in (self.whole, *self.selections) for one in marked.given)


def read_source(node: Node, archive: Archive, left: Left, memory: Memory) -> Source:
    """What is read of a text and the passages with codes in it; the others are counted in `left`.

    Raises CoderError for a text that is not in the archive, and for passages that no text has.
    """
    path = archive.path
    require_inside(node, path)
    raw = _raw(node, archive, left)
    text = canonical(raw or "")
    marked = []
    for selection in node.all("PlainTextSelection"):
        if raw is None or is_blank(text):
            marked.append(_marked(selection, _NOWHERE, path, memory))
        elif selection.first("Coding") is None:
            left.add("passage without a code (an annotation)", "passages without a code (annotations)")
        else:
            start, end = (_position(selection, name, path) for name in ("startPosition", "endPosition"))
            require_in_text(selection, start, end, raw, path)
            passage = Passage(start, end, selection.attributes.get("name", ""))
            marked.append(_marked(selection, passage, path, memory))
    whole = _marked(node, Passage(0, 0, node.attributes.get("name", "")), path, memory)
    source = Source(raw, text, read_values(node, path, memory), whole, tuple(marked))
    memory.hold(source.size)
    return source


def _marked(holder: Node, passage: Passage, path: Path, memory: Memory) -> Marked:
    given: list[Given] = []
    for coding in holder.all("Coding"):
        said = (coding.attributes.get("creatingUser"), *map(holder.attributes.get, ("creatingUser", "modifyingUser")))
        users = tuple(memory.once(one) for one in said if one is not None)
        given += [Given(code, users, coding.line) for code in targets(coding, "CodeRef", path)]
    return Marked(holder.attributes.get("guid", ""), passage, holder.words("Description"), tuple(given), holder.line)


def _raw(node: Node, archive: Archive, left: Left) -> str | None:
    content = node.first("PlainTextContent")
    if content is not None:
        return content.text
    address = node.attributes.get("plainTextPath", "")
    if not address:
        left.add("text that is not there as plain text", "texts that are not there as plain text")
        return None
    return archive.text(archive.source(address, node.line))


def _position(selection: Node, name: str, path: Path) -> int:
    value = selection.attributes.get(name, "").strip()
    if not (value.isascii() and value.lstrip("-").isdigit() and len(value) <= 12):
        raise CoderError(f"{where(path, selection.line)}: {shown(value)} is no position", "Export the project again.")
    return int(value)
