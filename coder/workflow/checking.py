"""What stands between a project and its publication: damage, clashes, uncoded answers, data that contradict."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from coder.domain.answers import Kind, Question, canonical, swedish_order
from coder.domain.codebook import Codebook
from coder.domain.coding import require_segment
from coder.domain.errors import CoderError
from coder.domain.how_many import form
from coder.domain.tables import OptionTable, ThemeTable
from coder.storage import damage, surveys
from coder.workflow import report
from coder.workflow.frame import disagreements
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.one_pass import Passed, Passing, parts_of
from coder.workflow.project import Project
from coder.workflow.provenance import stopped


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to see to: its kind, the round and question it concerns, how many, and in words.

    `where` names the respondents, codes or files, and `todo` says what to do about them.
    """

    kind: str
    round: str
    question: str
    count: int
    words: str
    where: tuple[str, ...] = ()
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """One question in one round that was looked at: its table, and what was found."""

    table: ThemeTable | OptionTable
    findings: tuple[Finding, ...]


def check(project: Project, progress: Progress = unwatched) -> list[Finding]:
    """All findings of a project, in the order of its rounds and questions; empty where there are none."""
    found = broken(project)
    places = [(one.key, asked) for one in project.rounds() for asked in project.questions(one.key)]
    parts = parts_of(project, [(key, asked.key) for key, asked in places], progress)
    for key, asked in places:
        found += look(project, asked, key, progress=parts.part()).findings
    return found


def frame_notes(project: Project, keys: Iterable[str]) -> Iterator[Finding]:
    """Where the answers of these rounds and their frames contradict each other: to be told, and nothing wrong."""
    todo = "Correct frame.csv or the answers file, and import the answers again."
    with project.file.reading() as db:
        for key in keys:
            for words, whom in disagreements(db, key):
                yield Finding("frame", key, "", len(whom), words, tuple(whom), todo)


def broken(project: Project) -> list[Finding]:
    """What is damaged in the file itself."""
    todo = "Go back to a copy of the project from before the damage; publish nothing from this one."
    references, lines = damage.broken_references(project.file.db), damage.damage(project.file.db)
    found = [Finding("integrity", "", "", 1, words, todo=todo) for words in lines]
    if references:
        found.insert(0, Finding("integrity", "", "", references, "references that lead nowhere", todo=todo))
    return found


def look(
    project: Project,
    asked: Question,
    round_key: str,
    *,
    passing: Passing = iter,
    progress: Progress = unwatched,
) -> Looked:
    """Look at a question in a round, reading its answers once; `passing` is handed every open one on the way."""
    if asked.kind is Kind.CLOSED:
        table = report.table(project, asked.key, round_key)
        assert isinstance(table, OptionTable)
        return Looked(table, tuple(_against_routing(table)))
    watch = _Watch(project.codebook(asked.key))
    table = report.table(
        project, asked.key, round_key, passing=lambda answers: watch.over(passing(answers)), progress=progress
    )
    assert isinstance(table, ThemeTable)
    with project.file.reading() as db:
        watch.altered += [key for key, raw, text in surveys.raws(db, round_key, asked.key) if canonical(raw) != text]
        told = {*watch.altered, *watch.uncoded, *table.outside} | {key for key, _ in (*watch.outside, *watch.clashes)}
        names = surveys.called(db, round_key, told)
    halted = _halted(project, asked.key, round_key)
    return Looked(table, (*halted, *_of_answers(table, watch, names, project.typed_with(asked.key, round_key))))


@dataclass(slots=True)
class _Watch:
    """Notes down, as answers pass, whose are unfinished or damaged: keys, some with a name beside."""

    codebook: Codebook
    clashes: list[tuple[str, str]] = field(default_factory=list)
    uncoded: list[str] = field(default_factory=list)
    outside: list[tuple[str, str]] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    def over(self, answers: Iterator[Passed]) -> Iterator[Passed]:
        for one in answers:
            if not one.answer.blank:
                self._note(one)
            yield one

    def _note(self, one: Passed) -> None:
        key = one.answer.respondent.key
        if one.work.uncoded:
            self.uncoded.append(key)
        for coding in one.work.codings:
            try:
                require_segment(one.answer, coding.segment)
            except CoderError:
                self.outside.append((key, self.codebook.code_name(coding.code)))
        self.clashes += [(key, self.codebook.theme_name(each.code)) for each in one.decision if each.clash]


def _against_routing(table: OptionTable) -> Iterator[Finding]:
    if table.against_routing:
        words = "answered though the routing does not lead there"
        todo = (
            "They are counted, and the ledger lists them: correct the answers file and import it again, or say in the "
            "report how many they are."
        )
        number = len(table.against_routing)
        yield Finding("routing", table.round, table.question, number, words, table.against_routing, todo)


def _halted(project: Project, question: str, round_key: str) -> Iterator[Finding]:
    """A run of the machine that has not come to its end."""
    ahead, again = stopped(project, question, round_key)
    if ahead:
        words = (
            f"{form(ahead, 'answer was', 'answers were')} still ahead of the last run of autocode, which has stopped "
            "or is under way"
        )
        yield Finding("stopped", round_key, question, ahead, words, todo=f"`{again}` completes it.")


def _of_answers(table: ThemeTable, watch: _Watch, names: dict[str, str], scope: str) -> Iterator[Finding]:
    place = (table.round, table.question)
    code = f"`coder code {scope}`"
    if watch.altered:
        words = f"{form(len(watch.altered), 'answer', 'answers')} whose text is not what was imported"
        todo = "Somebody has changed the file with another program: go back to a copy."
        yield Finding("integrity", *place, len(watch.altered), words, _named(names, watch.altered), todo)
    if watch.outside:
        where = tuple(f"{_called(names, key)}: {what}" for key, what in watch.outside)
        words, todo = "codings outside their answer", f"{code}: take the coding off with x, give it again."
        yield Finding("integrity", *place, len(watch.outside), words, where, todo)
    if watch.clashes:
        told = sorted((swedish_order(_called(names, key)), theme, key) for key, theme in watch.clashes)
        where = tuple(f"{_called(names, key)}: {theme}" for _, theme, key in told)
        words = f"{form(table.clashes, 'clash is', 'clashes are')} counted provisionally until someone chooses"
        yield Finding("clash", *place, table.clashes, words, where, f"{code}: l goes through the clashes.")
    if watch.uncoded:
        words = f"{form(table.uncoded, 'answer has', 'answers have')} neither a code nor the mark nothing to code"
        todo = f"{code}: v shows those untouched, 0 marks nothing to code."
        yield Finding("uncoded", *place, table.uncoded, words, _named(names, watch.uncoded), todo)
    if table.waiting:
        wait = form(table.waiting, "answer waits", "answers wait")
        words = f"{wait} in an open audit to be coded blind, or have a clash; no machine's coding of them is counted"
        todo = f"`coder review {scope}` brings them; `coder audit {scope} --withdraw` gives the audit up."
        yield Finding("audit", *place, table.waiting, words, todo=todo)
    if table.outside:
        late = form(len(table.outside), "answer", "answers")
        words = f"{late} could not be drawn for the audit, and nobody is done with them: no count has its interval"
        todo = f"{code}: read them and be done with them, then every count has one."
        yield Finding("audit", *place, len(table.outside), words, _named(names, table.outside), todo)
    counted = [row for row in table.unthemed if row.count.count]
    if counted:
        words = "counted under codes that have no theme yet"
        where = tuple(f"{row.name}: {row.count.count}" for row in counted)
        todo = f"{code}: k gathers codes in themes. Until then the table gives them rows of their own."
        yield Finding("unthemed", *place, sum(row.count.count for row in counted), words, where, todo)


def _named(names: dict[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted((_called(names, key) for key in keys), key=swedish_order))


def _called(names: dict[str, str], key: str) -> str:
    """A respondent by name and key, as both are needed to find one."""
    name = names.get(key, "")
    return f"{name} ({key})" if name and name != key else key
