"""How a table's numbers came about, gathered from the project."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coder import __version__
from coder.domain.answers import swedish_order
from coder.domain.codebook import fingerprint
from coder.domain.coding import Origin
from coder.domain.counting import Decision
from coder.domain.memo import Kind as Subjects
from coder.domain.memo import Subject
from coder.domain.method import Made, MethodNote, RunNote
from coder.domain.tables import OptionTable, ThemeTable
from coder.storage import history, runs, works
from coder.workflow import memos, report
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.one_pass import Passed
from coder.workflow.project import Project

PROGRAM = f"coder {__version__}"


def noted(
    project: Project, question: str, round_key: str, progress: Progress = unwatched
) -> tuple[ThemeTable | OptionTable, MethodNote]:
    """The table of a question in a round and the note on it, of one moment: the answers are passed once for both."""
    given = Given()
    with project.file.reading():
        table = report.table(project, question, round_key, passing=given.over, progress=progress)
        return table, note_on(project, table, given)


def made_now(project: Project) -> Made:
    """This moment by the project's clock, and this program."""
    return Made(project.clock().astimezone(), PROGRAM)


@dataclass(slots=True)
class Given:
    """Who gave or accepted the counted codings, and which batch runs did; 0 is a run that nobody knows.

    `chosen` are the (answer, theme) pairs of several codes where an analyst has chosen that a machine's is counted.
    """

    analysts: Counter[str] = field(default_factory=Counter)
    runs: Counter[int] = field(default_factory=Counter)
    accepted: Counter[int] = field(default_factory=Counter)
    chosen: set[tuple[int, int]] = field(default_factory=set)

    def add(self, decisions: Mapping[int, Decision]) -> None:
        """Take down those of some answers, by the answers' ids."""
        for answer, decision in decisions.items():
            for settled in decision:
                one = settled.counted
                if one.origin is Origin.AUTO:
                    self.runs[one.run or 0] += 1
                    # What is no clash though several codes stand there, has been chosen.
                    if settled.theme is not None and len(settled.codes) > 1 and not settled.clash:
                        self.chosen.add((answer, settled.theme))
                    continue
                self.analysts[one.analyst] += 1
                if one.run:
                    self.accepted[one.run] += 1

    def over(self, answers: Iterator[Passed]) -> Iterator[Passed]:
        """Take them down as answers pass."""
        for one in answers:
            self.add({one.answer.id: one.decision})
            yield one


def note_on(project: Project, table: ThemeTable | OptionTable, given: Given) -> MethodNote:
    """The note on a table that was just made, inside the same transaction; of a closed question nobody has given."""
    made_at = project.clock().astimezone()
    if isinstance(table, OptionTable):
        own, _ = _memos(project, table.question, table.round)
        return MethodNote(table.question, table.round, table.base, made_at, PROGRAM, memos=own)
    codebook = project.codebook(table.question)
    said, on_answers = _memos(project, table.question, table.round)
    with project.file.reading() as db:
        decision, decided_at = history.last_event(db)
        coded = history.last_coded(db, table.round, table.question)
        then = history.codebook_as_of(db, codebook.key, coded) if coded else None
        choosers = works.choosers(db, table.round, table.question) if given.chosen else {}
    return MethodNote(
        question=table.question,
        round=table.round,
        base=table.base,
        made_at=made_at,
        program=PROGRAM,
        codebook=codebook.key,
        fingerprint=fingerprint(codebook),
        analysts=_by_number(given.analysts),
        choosers=_by_number(Counter(choosers[one] for one in given.chosen)),
        origins=table.origins,
        clashes=table.clashes,
        uncoded=table.uncoded,
        nothing_to_code=table.nothing_to_code,
        memos=said,
        answer_memos=on_answers,
        runs=_runs(project, given),
        coded_with=fingerprint(then) if then else "",
        sampled=None if table.sampled is None else replace(table.sampled, at=_local(table.sampled.at)),
        waiting=table.waiting,
        outside=len(table.outside),
        ahead=table.ahead,
        decision=decision,
        decided_at=_local(decided_at),
    )


def _by_number(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Analysts, those with most first."""
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], swedish_order(pair[0]))))


def together(notes: Sequence[MethodNote]) -> MethodNote:
    """One note of several, for what shows more than one question or round."""
    first, *others = notes
    return replace(first, also=tuple(others))


def _local(at: str) -> str:
    """A time that the journal has written, in the zone of this machine; empty where there is none."""
    return datetime.fromisoformat(at).astimezone().isoformat(timespec="milliseconds") if at else ""


def _runs(project: Project, given: Given) -> tuple[RunNote, ...]:
    """The batch runs that counted codings came from, oldest first; those of no known run last."""
    found = []
    with project.file.reading() as db:
        for number in sorted({*given.runs, *given.accepted}, key=lambda one: one or sys.maxsize):
            run = runs.read(db, number) if number else None
            if run is None:
                found.append(RunNote(number, given.runs[number], accepted=given.accepted[number]))
                continue
            found.append(
                RunNote(
                    number,
                    given.runs[number],
                    model=run.model,
                    fingerprint=run.fingerprint,
                    trained_on=run.trained_on,
                    precision=run.thresholds.get("precision"),
                    min_score=run.thresholds.get("min_score"),
                    at=_local(run.at),
                    accepted=given.accepted[number],
                )
            )
    return tuple(found)


def _memos(project: Project, question: str, round_key: str) -> tuple[tuple[str, ...], int]:
    """The memos that say how the question was coded, what each is about first; and how many its answers have there."""
    words = [memo.text for memo in memos.memos(project, subject=Subject())]
    on_answers = 0
    for memo in memos.memos(project, question=question):
        if memo.subject.kind in (Subjects.ANSWER, Subjects.SEGMENT):
            on_answers += memo.round == round_key
        else:
            about = question if memo.subject.kind is Subjects.QUESTION else memo.where
            words.append(f"{about}: {memo.text}")
    return tuple(words), on_answers
