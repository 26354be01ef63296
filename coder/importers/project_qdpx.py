"""Projects in the REFI-QDA format, from whichever program they come: answers, codebooks and codings."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from sys import getsizeof

from coder.domain.answers import is_blank, one_line
from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow, QdaAnswer, QdaProject
from coder.domain.qda import ORIGIN, identifier
from coder.importers import qda_archive
from coder.importers.problems import where
from coder.importers.qda_check import References, require_whole
from coder.importers.qda_codes import read_tree
from coder.importers.qda_codings import Coded, Codes, read_codings
from coder.importers.qda_facts import read_questions, read_round, read_sets
from coder.importers.qda_left import Left, count_left, count_of_case, count_of_text
from coder.importers.qda_memory import Memory
from coder.importers.qda_people import People
from coder.importers.qda_positions import Counted, Text, place, way_counted
from coder.importers.qda_sources import Marked, Source, read_source
from coder.importers.qda_xml import Node, by_identifier, identifier_of, parse, require_new

_ROUND = "1"
_MEGABYTE = 1_000_000
# Bytes for each that is read of the description: this package's own take 1.9 with texts of 130 letters.
_MEMORY = 2  # 1.5 GB at the most
_NAMED = 200  # bytes, about, of a respondent's further name, beside its letters
_SOME = 500  # texts between two words of progress
_Texts = list[tuple[Source, QdaAnswer]]
Progress = Callable[[int, int], None]


def _unwatched(_done: int, _total: int) -> None:
    pass


def read_qdpx(
    path: Path,
    reading: Progress = _unwatched,
    placing: Progress = _unwatched,
    *,
    room: Callable[[int], int] = qda_archive.room_of,
) -> QdaProject:
    """The project in a file. What it holds beyond texts, codes and codings is counted in `left`.

    Nothing is unpacked, nothing outside the archive is read. Cases and texts are taken in as they come by, so that
    what they tell is held, and not the elements that tell it. `reading` is told how many megabytes of the description
    are read, `placing` for how many texts the codings have their places. `room` says how many bytes are read of the
    description in a file of so many; what is told of its texts and cases may take twice that in memory.

    Raises CoderError for what is damaged or no project, for identifiers that are none, stand twice or point to nothing,
    for passages that no text has, for texts that lie elsewhere, and for what would take more memory than any real
    project.
    """
    reader = _Reader(path, placing)
    return reader.project(_described(path, room, reader, reading))


def _described(path: Path, room: Callable[[int], int], reader: "_Reader", reading: Progress) -> Node:
    """The description without the cases and texts that the reader has taken in."""
    with qda_archive.opened(path, room) as archive:
        reader.memory.most = _MEMORY * archive.room
        size = archive.members[archive.description].file_size
        with closing(archive.pieces(archive.description, archive.room)) as pieces:
            root = parse(_told(pieces, size, reading), path, partial(reader.take, archive))
    if root.name != "Project":
        raise CoderError(f"{where(path)}: is no REFI-QDA project", "A codebook is taken in by coder codebook import.")
    return root


def _told(pieces: Iterable[bytes], size: int, reading: Progress) -> Iterator[bytes]:
    read = 0
    for piece in pieces:
        yield piece
        read += len(piece)
        reading(read // _MEGABYTE, size // _MEGABYTE)


@dataclass
class _Reader:
    path: Path
    placing: Progress
    left: Left = field(default_factory=Left)
    sources: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.memory = Memory(self.path)
        self.people = People(self.path, self.memory)
        self.references = References(self.path, self.memory)

    def take(self, archive: qda_archive.Archive, root: Node, wrapper: Node, entry: Node) -> bool:
        """Take in a case or a text that comes by; says whether it was one."""
        place = root.name, wrapper.name, entry.name
        if place == ("Project", "Cases", "Case"):
            self.references.of_case(entry)
            self.people.meet(entry)
            count_of_case(entry, self.left)
        elif place == ("Project", "Sources", "TextSource"):
            guid = identifier_of(entry, self.path)
            first = self.sources[guid].whole.line if guid in self.sources else None
            require_new(guid, entry.line, first, self.path)
            self.references.of_text(entry)
            self.sources[guid] = read_source(entry, archive, self.left, self.memory)
            count_of_text(entry, self.left, _own(root))
        else:
            return False
        return True

    def project(self, root: Node) -> QdaProject:
        """The whole project. `root` holds what was not taken in."""
        require_whole(root, self.references, self.people.cases, self.sources)
        name = one_line(root.attributes.get("name", "")) or self.path.stem
        key = "-".join(name.lower().split())
        sets = root.inside("Sets", "Set")
        users = {
            guid: one_line(node.attributes.get("name") or node.attributes.get("id") or "")
            for guid, node in by_identifier(root.inside("Users", "User"), self.path).items()
        }
        self.people.name_variables(root.inside("Variables", "Variable"))
        outermost = self._codes_without_cases(root)
        tree = read_tree(self.path, outermost, sets, key, self.references.lines["CodeRef"])
        texts = list(self._texts(key))
        books = tree.books or [Codebook(key, "sv", "")]
        asked, held = read_sets(self.path, sets, "question"), read_sets(self.path, sets, "round")
        answers = tuple(answer for _, answer in texts)
        questions = read_questions(asked, answers, books)
        rounds = dict.fromkeys([*held, *(answer.round for answer in answers)])
        known = {identifier("codebook set", book.key) for book in books}
        known |= {identifier("question set", one) for one in asked} | {identifier("round set", one) for one in held}
        count_left(root, self.path, self.left, _own(root), known)
        self.left.add(
            "text of several cases: the first counts", "texts of several cases: the first counts", self.people.several
        )
        codes = Codes(tree.places, users, frozenset(self.people.cases), _own(root))
        rows: list[CodingRow] = []
        for source, answer, selections in self._placed(texts, root):
            coded = Coded(answer, questions[answer.question].codebook, source.whole, selections)
            rows += read_codings(self.path, coded, codes, self.left)
        return QdaProject(
            name=name,
            rounds=tuple(read_round(one, held.get(one, {})) for one in rounds),
            questions=tuple(questions.values()),
            codebooks=tuple(books),
            answers=answers,
            codings=tuple(rows),
            left=(*tree.left, *self.left.lines()),
        )

    def _codes_without_cases(self, root: Node) -> tuple[Node, ...]:
        """The outermost codes. NVivo writes cases as codes too: what they are given to belongs to the case."""
        if not self.people.cases.keys().isdisjoint(self.references.lines["CodeRef"]):
            for guid, source in self.sources.items():
                for code in source.given():
                    if code in self.people.cases:
                        self.people.belongs(guid, code)
        top = Node(
            "Codes", {}, 0, children=[one for book in root.all("CodeBook") for one in book.inside("Codes", "Code")]
        )
        open_ = [top]
        while open_:
            parent = open_.pop()
            parent.children = [
                one
                for one in parent.children
                if one.name != "Code" or identifier_of(one, self.path) not in self.people.cases
            ]
            open_ += parent.all("Code")
        return tuple(top.children)

    def _texts(self, key: str) -> Iterator[tuple[Source, QdaAnswer]]:
        """The texts that are not empty, as answers. Lets go of them."""
        taken: set[tuple[str, str, str]] = set()
        numbers: dict[tuple[str, str, str, str], int] = {}
        for guid in list(self.sources):
            source = self.sources.pop(guid)
            if source.raw is None:
                continue
            if is_blank(source.text):
                self.left.add("empty text", "empty texts")
                continue
            name = one_line(source.whole.passage.quote)
            respondent, own = self.people.of(guid, name, source.values)
            round_key, question = own.get("round") or _ROUND, own.get("question") or key
            place = round_key, question, respondent.key, name or guid
            first, number = respondent.key, numbers.get(place, 1)
            while (round_key, question, respondent.key) in taken:
                # Several texts of one person to one question: each becomes a respondent, named with the text.
                respondent = replace(
                    respondent, key=f"{first} / {name or guid}" + (f" ({number})" if number > 1 else "")
                )
                number += 1
            if number > 1:
                self.memory.hold(_NAMED + getsizeof(respondent.key))
                numbers[place] = number
            taken.add((round_key, question, respondent.key))
            yield source, QdaAnswer(round_key, question, respondent, source.text)

    def _placed(
        self, texts: _Texts, root: Node
    ) -> Iterator[tuple[Source, QdaAnswer, list[tuple[Marked, Segment | None]]]]:
        """The selections of every text with their places in it. Lets go of the texts."""
        # ATLAS.ti packs texts with carriage returns and counts none of them.
        default = Counted(returns="atlas" not in root.attributes.get("origin", "").lower())
        total = len(texts)
        texts.reverse()
        every = ((Text(source.raw or ""), [one.passage for one in source.selections]) for source, _ in texts)
        way, quoting = way_counted(every, default)
        while texts:
            if len(texts) % _SOME == 0:
                self.placing(total - len(texts), total)
            source, answer = texts.pop()
            passages = [one.passage for one in source.selections]
            segments, astray = place(Text(source.raw or ""), passages, way, quoting)
            self.left.add(
                "passage reads otherwise than the file quotes it, and was taken by its position",
                "passages read otherwise than the file quotes them, and were taken by their positions",
                astray,
            )
            yield source, answer, list(zip(source.selections, segments, strict=True))
        self.placing(total, total)


def _own(root: Node) -> bool:
    """Whether the file is of this package's making."""
    return root.attributes.get("origin") == ORIGIN
