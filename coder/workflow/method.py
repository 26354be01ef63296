"""How a table's numbers came about, gathered from the project."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from coder import __version__
from coder.domain.answers import Kind, swedish_order
from coder.domain.codebook import fingerprint
from coder.domain.coding import Origin
from coder.domain.counting import Decision
from coder.domain.memo import Kind as Subjects
from coder.domain.memo import Subject
from coder.domain.method import Made, MethodNote, RunNote
from coder.domain.tables import OptionTable, ThemeTable
from coder.storage import runs
from coder.workflow import behind, memos, report
from coder.workflow.one_pass import Passed
from coder.workflow.project import Project

PROGRAM = f"coder {__version__}"


def method_note(project: Project, question: str, round_key: str) -> MethodNote:
    """The method note of a question in a round, as of now by the project's clock."""
    if project.question(question, round_key).kind is Kind.CLOSED:
        return note_on(project, report.table(project, question, round_key))
    given = _Given()
    return _note(project, report.table(project, question, round_key, passing=given.over), given)


def made_now(project: Project) -> Made:
    """This moment by the project's clock, and this program."""
    return Made(project.clock(), PROGRAM)


def note_on(
    project: Project,
    table: ThemeTable | OptionTable,
    held: behind.Held | None = None,
) -> MethodNote:
    """The note on a table that was just made, of an open question from what it was made of."""
    given = _Given()
    for decision in held.decisions.values() if held is not None else ():
        given.add(decision)
    return _note(project, table, given)


@dataclass(slots=True)
class _Given:
    """Who gave the counted codings, and which batch runs did; 0 is a run that nobody knows."""

    analysts: Counter[str] = field(default_factory=Counter)
    runs: Counter[int] = field(default_factory=Counter)

    def add(self, decision: Decision) -> None:
        for settled in decision:
            self.analysts[settled.counted.analyst] += 1
            if settled.counted.run or settled.counted.origin is Origin.AUTO:
                self.runs[settled.counted.run or 0] += 1

    def over(self, answers: Iterator[Passed]) -> Iterator[Passed]:
        for one in answers:
            self.add(one.decision)
            yield one


def _note(project: Project, table: ThemeTable | OptionTable, given: _Given) -> MethodNote:
    made_at = project.clock()
    if isinstance(table, OptionTable):
        own, _ = _memos(project, table.question, table.round)
        return MethodNote(table.question, table.round, table.base, made_at, PROGRAM, memos=own)
    codebook = project.codebook(table.question)
    said, on_answers = _memos(project, table.question, table.round)
    return MethodNote(
        question=table.question,
        round=table.round,
        base=table.base,
        made_at=made_at,
        program=PROGRAM,
        codebook=codebook.key,
        fingerprint=fingerprint(codebook),
        analysts=tuple(sorted(given.analysts.items(), key=lambda pair: (-pair[1], swedish_order(pair[0])))),
        origins=table.origins,
        clashes=table.clashes,
        uncoded=table.uncoded,
        nothing_to_code=table.nothing_to_code,
        memos=said,
        answer_memos=on_answers,
        runs=_runs(project, given.runs),
    )


def method_notes(project: Project, *shown: tuple[str, str]) -> MethodNote:
    """One note on several (question, round) pairs, for what shows more than one."""
    first, *others = (method_note(project, question, round_key) for question, round_key in shown)
    return replace(first, also=tuple(others))


def _runs(project: Project, counted: Mapping[int, int]) -> tuple[RunNote, ...]:
    """The batch runs that counted codings came from, oldest first; those of no known run last."""
    found = []
    with project.file.reading() as db:
        for number in sorted(counted, key=lambda one: one or sys.maxsize):
            run = runs.read(db, number) if number else None
            if run is None:
                found.append(RunNote(number, counted[number]))
                continue
            found.append(
                RunNote(
                    number,
                    counted[number],
                    model=run.model,
                    fingerprint=run.fingerprint,
                    trained_on=run.trained_on,
                    precision=run.thresholds.get("precision"),
                    min_score=run.thresholds.get("min_score"),
                    at=run.at,
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
