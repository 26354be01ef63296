"""Two rounds of one question set side by side, and the answers behind their numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coder.domain.answers import Kind, Question, Round, swedish_order
from coder.domain.coding import Segment
from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison, compare
from coder.domain.errors import ProjectChangedError, UsageError
from coder.domain.estimates import Design
from coder.domain.method import MethodNote
from coder.domain.tables import Member, Membership, OptionTable
from coder.storage import history, surveys
from coder.workflow import behind, method, report
from coder.workflow.long_run import Parts, Progress, unwatched
from coder.workflow.one_pass import Passed, parts_of, passed
from coder.workflow.project import Project


def comparison(
    project: Project,
    question: str,
    rounds: tuple[str, str],
    *,
    design: Design | None = None,
    interval: bool | None = None,
    progress: Progress = unwatched,
) -> Comparison:
    """The change of a question's shares from the first round to the second; see `domain.comparison.compare`."""
    return noted(project, question, rounds, design=design, interval=interval, progress=progress)[0]


def noted(
    project: Project,
    question: str,
    rounds: tuple[str, str],
    *,
    design: Design | None = None,
    interval: bool | None = None,
    whole: bool = False,
    progress: Progress = unwatched,
) -> tuple[Comparison, MethodNote]:
    """A comparison and the note on it, of one moment: each round's answers are passed once for both.

    With `whole` the members behind it have their names and answers and the words that were counted, not keys alone.
    """
    if rounds[0] == rounds[1]:
        raise UsageError(f"round {rounds[0]} can't be compared with itself", "Name two rounds.")
    with project.file.reading():
        asked = [(project.round(key), project.question(question, key)) for key in rounds]
        parts = parts_of(project, [(key, question) for key in rounds], progress)
        seen = [_occasion(project, one, put, parts.part(), whole=whole) for one, put in asked]
    (before, _), (after, _) = seen
    return compare(before, after, design=design, interval=interval), method.together([note for _, note in seen])


def rounds_before(project: Project, question: str, round_key: str) -> list[str]:
    """The earlier rounds that put the question, the nearest first."""
    put = [one.key for one in project.rounds() if any(asked.key == question for asked in project.questions(one.key))]
    return put[: put.index(round_key)][::-1] if round_key in put else []


def comparable(project: Project, round_key: str) -> list[Question]:
    """The questions of a round, open and closed, that an earlier round put too, in the order they were put."""
    rounds = [one.key for one in project.rounds()]
    earlier = {asked.key for key in rounds[: rounds.index(round_key)] for asked in project.questions(key)}
    return [asked for asked in project.questions(round_key) if asked.key in earlier]


@dataclass(frozen=True, slots=True)
class Behind:
    """One respondent behind a compared number: in which round, and where the words stand that were counted, if any."""

    round: str
    respondent: str
    name: str
    text: str
    counted: Segment | None = None

    @property
    def words(self) -> str:
        """The words that were counted; empty where none were."""
        return "" if self.counted is None else self.counted.of(self.text)


def behind_row(project: Project, made: Comparison, row: ComparedRow, progress: Progress = unwatched) -> list[Behind]:
    """The respondents behind a row's numbers, those of the first round first, each round's in alphabetical order.

    Raises ProjectChangedError where the project holds others by now than those whom the row counts.
    """
    sides = zip((made.before, made.after), row.under, (row.before, row.after), strict=True)
    there = [(occasion.round.key, under, count.count) for occasion, under, count in sides if count is not None]
    parts = _parts(project, made, progress)
    found: list[Behind] = []
    for key, under, count in there:
        here = _behind(project, made.question, key, parts.part(), under=under)
        if len(here) != count:
            raise ProjectChangedError(
                f"round {key} has changed since the comparison was made", "Go back and compare again."
            )
        found += here
    return found


def of_one_round(project: Project, made: Comparison, progress: Progress = unwatched) -> list[Behind]:
    """Those who answered in the first round only, and then those who answered in the second only."""
    parts = _parts(project, made, progress)
    found: list[Behind] = []
    for occasion, keys in ((made.before, frozenset(made.left)), (made.after, frozenset(made.entered))):
        key = occasion.round.key
        found += _behind(project, made.question, key, parts.part(), keys=keys)
    return found


def _parts(project: Project, made: Comparison, progress: Progress) -> Parts:
    return parts_of(project, [(one.round.key, made.question) for one in (made.before, made.after)], progress)


def _behind(
    project: Project,
    question: str,
    round_key: str,
    progress: Progress,
    *,
    under: frozenset[int] = frozenset(),
    keys: frozenset[str] = frozenset(),
) -> list[Behind]:
    """The respondents to a question in a round who are counted `under` one of these or have one of these keys.

    In alphabetical order.
    """
    asked, found = project.question(question, round_key), []
    if asked.kind is Kind.CLOSED:
        for one in behind.membership(project, question, round_key).members:
            if one.key in keys or not under.isdisjoint(one.counted):
                found.append(Behind(round_key, one.key, one.name, one.text))
        return found
    codebook = project.codebook(question)
    with project.file.reading() as db:
        for each in passed(db, codebook, question=question, round_key=round_key, progress=progress):
            key = each.answer.respondent.key
            counted = next((settled.counted.segment for settled in each.decision if settled.code in under), None)
            if not each.answer.blank and (counted is not None or key in keys):
                found.append(Behind(round_key, key, "", each.answer.text, counted))
        names = surveys.called(db, round_key, {one.respondent for one in found})
    named = [replace(one, name=names.get(one.respondent, "")) for one in found]
    return sorted(named, key=lambda one: (swedish_order(one.name or one.respondent), one.respondent))


def _occasion(
    project: Project, one: Round, asked: Question, progress: Progress, *, whole: bool
) -> tuple[Occasion, MethodNote]:
    """One round's half of a comparison, and the note on its numbers. Inside a transaction."""
    given = method.Given()
    if asked.kind is Kind.CLOSED:
        table = report.table(project, asked.key, one.key)
        assert isinstance(table, OptionTable)
        members = behind.of_options(project, table)
        return Occasion(one, asked, table, members), method.note_on(project, table, given)
    codebook = project.codebook(asked.key)
    found: list[Member] = []
    known: dict[tuple[int, ...], Mapping[int, str]] = {}

    def kept(answers: Iterator[Passed]) -> Iterator[Passed]:
        for each in given.over(answers):
            if not each.answer.blank:
                found.append(behind.member(each, who) if whole else bare(each))
            yield each

    def bare(each: Passed) -> Member:
        # Whom a number counts is all that is compared; what they wrote is read where somebody asks for it.
        codes = tuple(settled.code for settled in each.decision)
        return Member(each.answer.respondent.key, counted=known.setdefault(codes, dict.fromkeys(codes, "")))

    with project.file.reading() as db:
        who = surveys.held_respondents(db, one.key) if whole else {}
        table = report.table(project, asked.key, one.key, passing=kept, progress=progress)
        coded = history.last_coded(db, one.key, asked.key)
        then = history.codebook_as_of(db, codebook.key, coded)
    members = behind.in_order(found) if whole else Membership(tuple(found))
    return Occasion(one, asked, table, members, then, coded), method.note_on(project, table, given)
