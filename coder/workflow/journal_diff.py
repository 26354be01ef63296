"""Two exports set side by side by the journal of their project: which decision moved whom, made by whom and when."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import one_line
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import decide
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.domain.export_diff import Decided, Moved, Name, counted_under, export_diff, with_decisions
from coder.domain.method import Stand
from coder.domain.printed import Printed, Published, disagreeing
from coder.domain.progress import without_rank
from coder.domain.tables import Unit
from coder.storage import codebooks, history, journal_past, streams, works
from coder.storage.database import Database
from coder.storage.journal import Event
from coder.workflow.codings import coding_rows
from coder.workflow.export_diff import Difference, base_moved, not_the_same, read, require_order, same_moment
from coder.workflow.project import Project

_NAMED = 5


def decisions_between(project: Project, before: Path, after: Path) -> Difference:
    """Every count that differs between two exports of a project, with the decision that moved each respondent.

    Each export is made again as of the last decision that it says its numbers hold. Raises CoderError for exports that
    don't say so, that are not of this project or don't show the same, and where the journal doesn't lead back.
    """
    old, new = (_published(file) for file in (before, after))
    first, second = (_stands(project, file, one) for file, one in ((before, old), (after, new)))
    both = [place for place in second if place in first]
    if not both:
        raise not_the_same(before, list(first), after, list(second))
    moved: list[Moved] = []
    notes: list[str] = []
    for place in both:
        require_order(before, first[place], after, second[place])
        past = _between(project, place, first[place].decision, second[place].decision)
        moved += past.moved
        for file, one, rows in ((before, old, past.before), (after, new, past.after)):
            notes += _checked(file, one.table, rows)
    alone = [place for place in {**first, **second} if place not in both]
    if alone:
        notes.append(f"only one of the files shows {', '.join('/'.join(place) for place in alone)}")
    return Difference(tuple(moved), base_moved(old.table, new.table), tuple(notes))


def _published(file: Path) -> Published:
    found = read(file)
    if not isinstance(found, Published):
        raise CoderError(
            f"{file} is an export of codings, which doesn't say which decisions it holds",
            "Leave --project out: two of them say themselves what moved.",
        )
    return found


def _stands(project: Project, file: Path, found: Published) -> dict[tuple[str, str], Stand]:
    """Up to which decision the numbers stand, by round and question as the project calls them."""
    if not found.stands and _closed(project, found.table):
        raise CoderError(
            f"{file} shows a closed question, whose numbers no decision moves",
            "Leave --project out; the two tables say themselves what differs.",
        )
    if not found.stands:
        raise CoderError(
            f"{file} doesn't say up to which decision its numbers stand",
            "Its method note does, where coder wrote it lately. That of a .csv or a figure lies beside it.",
        )
    there = {
        (one_line(one.key), one_line(asked.key)): (one.key, asked.key)
        for one in project.rounds()
        for asked in project.open_questions(one.key)
    }
    result = {}
    for stand in found.stands:
        place = there.get((stand.round, stand.question))
        if place is None:
            raise CoderError(
                f"{file} shows {stand.round}/{stand.question}, which is no open question of {project.path}",
                "Name the project that the export was written from.",
            )
        _require_decision(project, file, stand)
        result[place] = stand
    return result


def _closed(project: Project, table: Printed | None) -> bool:
    return table is not None and any(
        (one.key, asked.key) == (table.round, table.question) and not asked.codebook
        for one in project.rounds()
        for asked in project.questions(one.key)
    )


def _require_decision(project: Project, file: Path, stand: Stand) -> None:
    with project.file.reading() as db:
        last, _ = history.last_event(db)
        at = history.made_at(db, min(stand.decision, last))
    if stand.decision > last:
        raise CoderError(
            f"{file} holds decision {stand.decision}, and the journal of {project.path} ends with {last}",
            "It is an older copy of the project, or another one: name the one that the export was written from.",
        )
    if not same_moment(at, stand.at):
        raise CoderError(
            f"{file} holds decision {stand.decision} of {stand.at or '-'}; that of {project.path} is of {at or '-'}",
            "Name the project that the export was written from.",
        )


def _checked(file: Path, table: Printed | None, rows: Collection[CodingRow]) -> Iterator[str]:
    """What a file prints that the journal doesn't bear out."""
    if table is None:
        return
    if table.unit is Unit.UNITS:
        yield f"{file} counts the units that respondents cover; here the respondents are told"
        return
    wrong = disagreeing(table, counted_under(rows))
    for (theme, code), printed, counted in wrong[:_NAMED]:
        name = f"{theme}: {code}" if theme and code else code or theme
        yield f"{file} prints {printed} for {name}, and the decisions it says that it holds make {counted}"
    if len(wrong) > _NAMED:
        yield f"{file} prints {len(wrong) - _NAMED} more counts that its decisions don't make"


@dataclass(frozen=True, slots=True)
class _Between:
    """The codings of a question in a round at two moments, and what moved from one to the other."""

    before: list[CodingRow]
    after: list[CodingRow]
    moved: list[Moved]


def _between(project: Project, place: tuple[str, str], first: int, second: int) -> _Between:
    with journal_past.copied(project.file) as copy:
        for event in journal_past.newest_first(copy, second):
            journal_past.take_back(copy, event)
        key = codebooks.of_question(copy, place[1])
        assert key is not None
        after = _rows(copy, key, place)
        with journal_past.tried(copy):
            for event in journal_past.newest_first(copy, first, second):
                journal_past.take_back(copy, event)
            before = _rows(copy, key, place)
        moved = export_diff(before, after)
        search = _Search(copy, key, _sought(copy, place, moved))
        for event in journal_past.newest_first(copy, first, second):
            if not search.left:
                break
            journal_past.take_back(copy, event)
            search.went_back(event)
    return _Between(before, after, with_decisions(moved, search.found))


def _rows(copy: Database, key: str, place: tuple[str, str]) -> list[CodingRow]:
    """The rows of `coder codings export` as the copy stands, with the codebook of that key."""
    codebook = codebooks.load(copy, key)
    assert codebook is not None
    return [
        row
        for some in streams.every(copy, *place, by_respondent=True)
        for answer, work in some
        for row in coding_rows(*place, codebook, answer, work)
    ]


def _sought(copy: Database, place: tuple[str, str], moved: list[Moved]) -> dict[int, tuple[str, set[Name]]]:
    """By answer, its respondent and where they moved."""
    by_respondent: dict[str, set[Name]] = {}
    for one in moved:
        for move in one.moves:
            by_respondent.setdefault(move.respondent, set()).add((one.theme, one.code))
    return {
        answer.id: (answer.respondent.key, by_respondent[answer.respondent.key])
        for some in streams.every(copy, *place)
        for answer, _ in some
        if answer.respondent.key in by_respondent
    }


@dataclass
class _Search:
    """Going back from the later export, the first event met that changes where an answer counts is what left it so."""

    copy: Database
    key: str
    left: dict[int, tuple[str, set[Name]]]
    found: dict[tuple[str, Name], Decided] = field(default_factory=dict)
    codebook: Codebook = field(init=False)
    works: dict[int, Work] = field(init=False)
    counted: dict[int, set[Name]] = field(init=False)

    def __post_init__(self) -> None:
        self.number = codebooks.number_of(self.copy, self.key)
        self._read_codebook()
        self.works = works.of_answers(self.copy, self.left)
        self.counted = {answer: self._names(answer) for answer in self.left}

    def went_back(self, event: Event) -> None:
        """Look at the answers that an event may have moved, now that it has been taken back."""
        answers = event.answers & self.left.keys()
        self.works |= works.of_answers(self.copy, answers)
        if event.codebook == self.number:
            self._read_codebook()
            answers = frozenset(self.left)
        decided = Decided(event.id, event.at, event.analyst, plain(event.what), event.codebook is not None)
        for answer in answers:
            respondent, names = self.left[answer]
            then = self._names(answer)
            for name in names & (then ^ self.counted[answer]):
                self.found[respondent, name] = decided
                names.discard(name)
            self.counted[answer] = then
            if not names:
                del self.left[answer]

    def _read_codebook(self) -> None:
        found = codebooks.load(self.copy, self.key)
        assert found is not None
        self.codebook = found

    def _names(self, answer: int) -> set[Name]:
        book, names = self.codebook, set[Name]()
        for settled in decide(self.works[answer], book):
            theme, code = book.theme_name(settled.code), book.code_name(settled.code)
            names |= {(theme, code), (theme, "")} if theme else {("", code)}
        return names


def plain(what: str) -> str:
    """A decision's name without the place that its code had among the suggestions, undone or made again too."""
    for word in ("undo ", "redo "):
        if what.startswith(word):
            return word + without_rank(what.removeprefix(word))
    return without_rank(what)
