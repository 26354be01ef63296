"""Projects in the REFI-QDA format, from whichever program they come: answers, codebooks and codings."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from coder.domain.answers import Kind, Question, Round, is_blank, one_line
from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow, QdaAnswer, QdaProject
from coder.domain.qda import ORIGIN, identifier, read_facts
from coder.importers import qda_archive
from coder.importers.problems import shown, where
from coder.importers.qda_check import require_in_text, require_whole
from coder.importers.qda_codes import read_tree
from coder.importers.qda_codings import Coded, Codes, read_codings
from coder.importers.qda_left import Left, count_left
from coder.importers.qda_people import People, read_people
from coder.importers.qda_positions import Counted, Passage, Text, place, way_counted
from coder.importers.qda_xml import LARGEST, Node, by_identifier, identifier_of, parse, targets

_ROUND = "1"
_Facts = dict[str, dict[str, str]]


def read_qdpx(path: Path) -> QdaProject:
    """The project in a file. What it holds beyond texts, codes and codings is counted in `left`.

    Nothing is unpacked, nothing outside the archive is read. Raises CoderError for what is damaged or no project, for
    identifiers that are none, stand twice or point to nothing, for passages that no text has, for texts that lie
    elsewhere, and for what would take more memory than any real project.
    """
    with qda_archive.opened(path) as archive:
        with closing(archive.pieces(archive.description, LARGEST)) as pieces:
            root = parse(pieces, path)
        if root.name != "Project":
            raise CoderError(
                f"{where(path)}: is no REFI-QDA project", "A codebook is taken in by coder codebook import."
            )
        return _Reader(path, archive, root).read()


@dataclass
class _Source:
    """One text on its way in."""

    node: Node
    answer: QdaAnswer
    text: Text
    nodes: list[Node] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


@dataclass
class _Reader:
    path: Path
    archive: qda_archive.Archive
    root: Node
    left: Left = field(default_factory=Left)

    def read(self) -> QdaProject:
        """The whole project."""
        require_whole(self.root, self.path)
        name = one_line(self.root.attributes.get("name", "")) or self.path.stem
        key = "-".join(name.lower().split())
        own = self.root.attributes.get("origin") == ORIGIN
        sets = self.root.inside("Sets", "Set")
        users = {
            guid: one_line(node.attributes.get("name") or node.attributes.get("id") or "")
            for guid, node in by_identifier(self.root.inside("Users", "User"), self.path).items()
        }
        people = read_people(self.root, self.path)
        nodes = by_identifier(self.root.inside("Sources", "TextSource"), self.path)
        outermost = self._codes_without_cases(people, nodes)
        used = {guid for node in nodes.values() for guid in self._given(node)}
        tree = read_tree(self.path, outermost, sets, key, used)
        sources = list(self._sources(people, nodes, key))
        books = tree.books or [Codebook(key, "sv", "")]
        asked, held = self._facts("question"), self._facts("round")
        questions = _questions(asked, sources, books)
        rounds = dict.fromkeys([*held, *(source.answer.round for source in sources)])
        known = {identifier("codebook set", book.key) for book in books}
        known |= {identifier("question set", one) for one in asked} | {identifier("round set", one) for one in held}
        count_left(self.root, self.path, self.left, own, known)
        self.left.add(
            "text of several cases: the first counts", "texts of several cases: the first counts", people.several
        )
        codes = Codes(tree.places, users, frozenset(people.cases), own)
        rows: list[CodingRow] = []
        for one, selections in self._placed(sources):
            coded = Coded(one.answer, questions[one.answer.question].codebook, one.node, selections)
            rows += read_codings(self.path, coded, codes, self.left)
        return QdaProject(
            name=name,
            rounds=tuple(_round(one, held.get(one, {})) for one in rounds),
            questions=tuple(questions.values()),
            codebooks=tuple(books),
            answers=tuple(source.answer for source in sources),
            codings=tuple(rows),
            left=(*tree.left, *self.left.lines()),
        )

    def _codes_without_cases(self, people: People, nodes: dict[str, Node]) -> tuple[Node, ...]:
        """The outermost codes. NVivo writes cases as codes too: what they are given to belongs to the case."""
        for guid, node in nodes.items():
            for code in self._given(node):
                if code in people.cases:
                    people.belongs(guid, code)
        top = Node(
            "Codes", {}, 0, children=[one for book in self.root.all("CodeBook") for one in book.inside("Codes", "Code")]
        )
        open_ = [top]
        while open_:
            parent = open_.pop()
            parent.children = [
                one
                for one in parent.children
                if one.name != "Code" or identifier_of(one, self.path) not in people.cases
            ]
            open_ += parent.all("Code")
        return tuple(top.children)

    def _given(self, source: Node) -> Iterator[str]:
        """The codes given in a text."""
        for holder in (source, *source.all("PlainTextSelection")):
            for coding in holder.all("Coding"):
                yield from targets(coding, "CodeRef", self.path)

    def _sources(self, people: People, nodes: dict[str, Node], key: str) -> Iterator[_Source]:
        taken: set[tuple[str, str, str]] = set()
        for guid, node in nodes.items():
            raw = self._raw(node)
            if raw is None:
                continue
            text = Text(raw)
            if is_blank(text.canonical):
                self.left.add("empty text", "empty texts")
                continue
            respondent, own = people.of(guid, node)
            round_key, question = own.get("round") or _ROUND, own.get("question") or key
            first, number = respondent.key, 1
            while (round_key, question, respondent.key) in taken:
                # Several texts of one person to one question: each becomes a respondent, named with the text.
                name = one_line(node.attributes.get("name", "")) or guid
                respondent = replace(respondent, key=f"{first} / {name}" + (f" ({number})" if number > 1 else ""))
                number += 1
            taken.add((round_key, question, respondent.key))
            yield self._source(node, QdaAnswer(round_key, question, respondent, text.canonical), text)

    def _source(self, node: Node, answer: QdaAnswer, text: Text) -> _Source:
        source = _Source(node, answer, text)
        for selection in node.all("PlainTextSelection"):
            if selection.first("Coding") is None:
                self.left.add("passage without a code (an annotation)", "passages without a code (annotations)")
                continue
            start, end = (self._position(selection, name) for name in ("startPosition", "endPosition"))
            require_in_text(selection, start, end, text.raw, self.path)
            source.nodes.append(selection)
            source.passages.append(Passage(start, end, selection.attributes.get("name", "")))
        return source

    def _raw(self, node: Node) -> str | None:
        """The text of a source, with its mark and carriage returns; None where it lies in a form that is not read."""
        content = node.first("PlainTextContent")
        if content is not None:
            return content.text
        address = node.attributes.get("plainTextPath", "")
        if not address:
            self.left.add("text that is not there as plain text", "texts that are not there as plain text")
            return None
        return self.archive.text(self.archive.source(address, node.line))

    def _position(self, selection: Node, name: str) -> int:
        value = selection.attributes.get(name, "").strip()
        if not (value.isascii() and value.lstrip("-").isdigit() and len(value) <= 12):
            raise CoderError(
                f"{where(self.path, selection.line)}: {shown(value)} is no position", "Export the project again."
            )
        return int(value)

    def _placed(self, sources: list[_Source]) -> Iterator[tuple[_Source, list[tuple[Node, Segment | None]]]]:
        """The selections of every text with their places in it."""
        # ATLAS.ti packs texts with carriage returns and counts none of them.
        default = Counted(returns="atlas" not in self.root.attributes.get("origin", "").lower())
        way, quoting = way_counted(((one.text, one.passages) for one in sources), default)
        for source in sources:
            segments, astray = place(source.text, source.passages, way, quoting)
            self.left.add(
                "passage reads otherwise than the file quotes it, and was taken by its position",
                "passages read otherwise than the file quotes them, and were taken by their positions",
                astray,
            )
            yield source, list(zip(source.nodes, segments, strict=True))

    def _facts(self, kind: str) -> _Facts:
        """What this package's own sets of that kind say, by their names."""
        result = {}
        for one in self.root.inside("Sets", "Set"):
            name = one_line(one.attributes.get("name", ""))
            if identifier_of(one, self.path) == identifier(f"{kind} set", name):
                result[name] = read_facts(one.words("Description"))
        return result


def _questions(facts: _Facts, sources: list[_Source], books: list[Codebook]) -> dict[str, Question]:
    known = [book.key for book in books]
    result = {}
    for key in dict.fromkeys([*facts, *(source.answer.question for source in sources)]):
        fact = facts.get(key, {})
        book = next((one for one in (fact.get("codebook", ""), key) if one in known), known[0])
        result[key] = Question(key, "", Kind.OPEN, one_line(fact.get("text", "")), book)
    return result


def _round(key: str, fact: dict[str, str]) -> Round:
    return Round(
        key,
        opens=_date(fact.get("opens", "")),
        closes=_date(fact.get("closes", "")),
        frame=_number(fact.get("frame", "")),
        drawn_from=_number(fact.get("drawn_from", "")),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 12 and int(text) else None
