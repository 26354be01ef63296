"""The denominator ledger of a round, from what the project holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from coder.domain.accounted import Accounted, behind_ledger
from coder.domain.answers import Kind, Question, Respondent, Round, swedish_order
from coder.domain.errors import CoderError
from coder.domain.ledger import Ledger, ledger
from coder.domain.tables import OptionTable, ThemeTable
from coder.storage import frames, surveys
from coder.workflow import report
from coder.workflow.long_run import Parts, Progress, unwatched
from coder.workflow.one_pass import Passed, Passing, parts_of
from coder.workflow.project import Project


def round_ledgers(project: Project, keys: Sequence[str], progress: Progress = unwatched) -> list[Ledger]:
    """The ledgers of some rounds, of one moment; raises CoderError for a round that is not there."""
    with project.file.reading():
        return [_ledger(_Round.read(project, key, part)) for key, part in _parts(project, keys, progress)]


def accounts(
    project: Project, keys: Sequence[str], progress: Progress = unwatched
) -> tuple[list[Ledger], list[Accounted]]:
    """The ledgers of some rounds and whom each counts, with all that these answered; of one moment."""
    with project.file.reading():
        read = [_Round.read(project, key, part, whole=True) for key, part in _parts(project, keys, progress)]
    return [_ledger(one) for one in read], [_accounted(one) for one in read]


def _parts(project: Project, keys: Sequence[str], progress: Progress) -> Iterator[tuple[str, Parts]]:
    """The rounds, with one progress for all; raises CoderError where there are none."""
    if not keys:
        raise CoderError("the project has no rounds yet", "Take in a round's answers first: coder import.")
    places = [(project.round(key).key, asked.key) for key in keys for asked in project.questions(key)]
    parts = parts_of(project, places, progress)
    return ((key, parts) for key in keys)


@dataclass
class _Round:
    """A round as its ledger is made of it. `texts` are the open answers, where they are kept at all."""

    one: Round
    questions: list[Question]
    respondents: Mapping[str, Respondent] = field(default_factory=dict)
    frame: Mapping[str, Respondent] = field(default_factory=dict)
    tables: dict[str, ThemeTable | OptionTable] = field(default_factory=dict)
    replies: dict[str, Mapping[str, str]] = field(default_factory=dict)
    wrote: dict[str, list[str]] = field(default_factory=dict)
    nothing: dict[str, list[str]] = field(default_factory=dict)
    uncoded: dict[str, list[str]] = field(default_factory=dict)
    by_machine: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def answered(self) -> Mapping[str, Collection[str]]:
        """The keys of those who answered, by question."""
        return {**{key: given.keys() for key, given in self.replies.items()}, **self.wrote}

    @classmethod
    def read(cls, project: Project, key: str, parts: Parts, *, whole: bool = False) -> Self:
        """All of a round that its ledger is made of. Inside a transaction."""
        made = cls(project.round(key), project.questions(key))
        with project.file.reading() as db:
            made.respondents, made.frame = surveys.held_respondents(db, key), frames.load(db, key)
            for asked in made.questions:
                passing: Passing = iter
                if asked.kind is Kind.CLOSED:
                    made.replies[asked.key] = surveys.replies(db, key, asked.key)
                else:
                    passing = partial(made._note, asked.key, whole)
                made.tables[asked.key] = report.table(project, asked.key, key, passing=passing, progress=parts.part())
        return made

    def _note(self, question: str, whole: bool, answers: Iterator[Passed]) -> Iterator[Passed]:
        """Take down who answered an open question, as the answers pass."""
        kept = self.wrote, self.nothing, self.uncoded, self.by_machine
        wrote, nothing, uncoded, by_machine = (one.setdefault(question, []) for one in kept)
        texts = self.texts.setdefault(question, {})
        for each in answers:
            if not each.answer.blank:
                key = each.answer.respondent.key
                wrote.append(key)
                if whole:
                    texts[key] = each.answer.text
                if each.work.nothing:
                    nothing.append(key)
                elif each.work.uncoded:
                    uncoded.append(key)
                elif not each.work.by_hand:
                    by_machine.append(key)
            yield each


def _ledger(read: _Round) -> Ledger:
    return ledger(
        read.one,
        read.questions,
        read.respondents,
        answered=read.answered,
        replies=read.replies,
        tables=read.tables,
        frame=read.frame,
        by_machine=read.by_machine,
    )


def _accounted(read: _Round) -> Accounted:
    everybody = {**read.frame, **read.respondents}
    return Accounted(
        dict(sorted(everybody.items(), key=lambda pair: (swedish_order(pair[1].name or pair[0]), pair[0]))),
        behind_ledger(
            read.questions,
            read.respondents,
            answered=read.answered,
            replies=read.replies,
            frame=read.frame,
            nothing=read.nothing,
            uncoded=read.uncoded,
            by_machine=read.by_machine,
        ),
        {**read.replies, **read.texts},
    )
