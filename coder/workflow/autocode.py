"""The batch run: codes what no analyst has touched, where the machine is sure enough, and leaves the rest.

Answers go through in chunks, each one transaction: an interruption loses at most the chunk at hand, and the next run
goes over the same answers again. A run replaces only what an earlier run had coded.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from coder.domain.acceptance import MACHINE
from coder.domain.answers import Answer
from coder.domain.coding import Work
from coder.domain.errors import ProjectBusyError, ProjectChangedError
from coder.storage import audits, candidates, journal, runs, streams, surveys, touched, works
from coder.storage.database import Database
from coder.workflow.autocode_report import AutocodeReport
from coder.workflow.long_run import settled
from coder.workflow.machine import Decided, Machine, Terms, machine
from coder.workflow.project import Project
from coder.workflow.provenance import run_by
from coder.workflow.suggesting import LARGE, background, some_of

_CHUNK = 2_000
_PATIENCE = 10.0  # seconds to wait for another program that writes
_PAUSE = 0.1

Progress = Callable[[int, int], None]
T = TypeVar("T")


def autocode(
    project: Project,
    question: str,
    round_key: str,
    terms: Terms | None = None,
    *,
    dry_run: bool = False,
    at_once: int = _CHUNK,
    patience: float = _PATIENCE,
    learning: Progress = lambda _done, _total: None,
    progress: Progress = lambda _done, _total: None,
) -> AutocodeReport:
    """Code one question of a round. With `dry_run` nothing is written; else `at_once` answers in one transaction.

    `learning` is told how many steps are through, those of judging the machine and what is new in the round, and
    `progress` how many answers, each of how many. Raises CoderError where the codebook has no codes, ProjectBusyError
    where another program writes for longer than `patience` seconds, and ProjectChangedError where another run on the
    same question begins meanwhile.
    """
    terms = terms or Terms()
    project.question(question, round_key)
    if not dry_run:
        # Learning may take minutes: who can't be written to is told of it before.
        _patiently(lambda: _require_writable(project), patience)
    with project.file.reading() as db:
        total, ahead = streams.count(db, round_key, question), streams.base(db, round_key, question)
        blind = frozenset(audits.sampled(db, round_key, question))
        noted = touched.noted(db, round_key, question)
        some = some_of(db, round_key, question)
        latest = runs.latest(db, round_key, question)
        coded = runs.coded(db, round_key, question)
    steps = 0

    def learnt(done: int, of: int) -> None:
        nonlocal steps
        steps = of + 1
        learning(done, steps)

    unread = background(some, terms.seed, large=total > LARGE)
    made = machine(project, question, terms, unread, learnt)
    made.look_at([answer for answer, work in some if not work.by_hand and answer.id not in noted])
    report = AutocodeReport(round_key, question, made.codebook, terms, made.model, made.gate, dry_run)
    # An answer that is to be read blind has no part in them: that it does would tell what the machine makes of it.
    report.candidates = made.topics(but=blind)
    with project.file.reading() as db:
        report.called = surveys.called(db, round_key, {key for one in report.candidates for key in one.respondents})
    # Where there is nothing to judge by, nothing is coded, and only what an earlier run coded makes it a run.
    idle = terms.promise is not None and not made.gate.answers and latest is None
    batch = _Batch(
        *(project, made, report, blind, noted, patience),
        writes=not (dry_run or idle),
        earlier=None if latest is None else latest.id,
        counts=latest is not None or coded or bool(report.candidates),
    )
    after = through = 0
    learning(steps, steps)
    with settled():
        while True:
            with project.file.reading() as db:
                chunk = streams.chunk(db, round_key, question, at_once, after)
            if not chunk:
                break
            after = chunk[-1][0].id
            through += len(chunk)
            ahead -= sum(not answer.blank for answer, _ in chunk)
            batch.take(chunk, ahead=max(0, ahead))
            progress(through, total)
    return report


@dataclass
class _Batch:
    """One run on its way through a round.

    `earlier` is the question's latest run before it. Unless it `counts` from the start, for what an earlier run has
    left or for its candidates, it is none before it gives a code: what does nothing is not recorded.
    """

    project: Project
    machine: Machine
    report: AutocodeReport
    blind: frozenset[int]
    noted: frozenset[int]
    patience: float
    writes: bool
    earlier: int | None
    counts: bool

    def take(self, chunk: Sequence[tuple[Answer, Work]], ahead: int) -> None:
        """Code one chunk and, unless nothing is to be written, write it; so many answers are still `ahead` of it."""
        answers = [(answer, work) for answer, work in chunk if not answer.blank]
        apart = self.blind | self.noted
        free = [answer for answer, work in answers if not work.by_hand and answer.id not in apart]
        coded = self.machine.code(free, self.report.run)
        if self.writes:
            coded = _patiently(partial(self._write, coded, ahead), self.patience)
        report = self.report
        report.answers += len(answers)
        waiting = sum(answer.id in self.blind and not work.by_hand for answer, work in answers)
        report.in_audit += waiting
        report.by_hand += len(answers) - len(coded) - waiting
        report.left += waiting
        held = {answer.id: work for answer, work in answers}
        for one in coded:
            report.count(one, held[one.answer.id])

    def _write(self, coded: list[Decided], ahead: int) -> list[Decided]:
        """Write a chunk; returns what was written."""
        report, project = self.report, self.project
        with project.file.writing() as db:
            held = works.of_answers(db, [one.answer.id for one in coded])
            # An analyst may have been here while the machine was thinking.
            noted = touched.noted(db, report.round, report.question)
            free = [one for one in coded if not held[one.answer.id].by_hand and one.answer.id not in noted]
            if report.run is None and not self.counts and not any(one.work.codings for one in free):
                return free
            number = self._number(db)
            after = {one.answer.id: _of_run(one.work, number) for one in free}
            changes = works.replacements(db, after, MACHINE)
            if changes:
                what = f"autocode {report.round}/{report.question}, run {number}, model {report.model.id}"
                journal.record(db, changes, analyst=MACHINE, what=what, at=project.clock(), scope=None)
            runs.went_on(db, number, ahead)
        report.run = number
        return free

    def _number(self, db: Database) -> int:
        """This run's number, a new one where it has none. Raises where a later run has begun: it codes all anew."""
        report = self.report
        latest = runs.latest(db, report.round, report.question)
        if latest is not None and latest.id != (report.run or self.earlier):
            raise ProjectChangedError(
                f"another run of autocode, number {latest.id}, began on {report.question} in {report.round} meanwhile",
                "This one has stopped between two answers and leaves the rest to that one; or run it again afterwards.",
            )
        if report.run is not None:
            return report.run
        asked = {"round_key": report.round, "question": report.question}
        at = self.project.clock().isoformat(timespec="seconds")
        number = runs.begin(db, run_by(report.terms, report.gate, report.model, **asked, at=at))
        candidates.keep(db, number, report.candidates)
        return number


def _patiently(write: Callable[[], T], patience: float) -> T:
    """What a write gives, after waiting for another program that writes for no more than so many seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            return write()
        except ProjectBusyError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def _require_writable(project: Project) -> None:
    with project.file.writing():
        pass


def _of_run(work: Work, number: int) -> Work:
    if all(coding.run == number for coding in work.codings):
        return work
    return Work(tuple(replace(coding, run=number) for coding in work.codings))
