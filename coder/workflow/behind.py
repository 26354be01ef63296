"""The respondents behind a table's numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from coder.domain.answers import Answer, Kind, Question, Respondent, swedish_order
from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Work
from coder.domain.counting import Decision
from coder.domain.tables import Member, Membership, OptionTable, ThemeTable
from coder.storage import surveys
from coder.storage.streams import NOBODY
from coder.workflow import report
from coder.workflow.audit import AuditState, latest_in
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.one_pass import Passed, passed
from coder.workflow.project import Project
from coder.workflow.provenance import stopped

_UNTOUCHED = Work()


@dataclass(frozen=True)
class Held:
    """All that the numbers of an open question in a round are made of, read at one moment.

    `works` is on the answers that anybody or anything has touched; `decisions` is what the counting rule makes of
    those in the base that carry codes, `latest` the latest audit, and `ahead` how many answers the machine's last run
    has not come to.
    """

    asked: Question
    round: str
    codebook: Codebook
    answers: list[Answer]
    works: dict[int, Work]
    decisions: dict[int, Decision] = field(default_factory=dict)
    latest: AuditState | None = None
    ahead: int = 0

    def table(self) -> ThemeTable:
        """The theme table, with intervals where an audit gives them."""
        every = (Passed(one, self.works.get(one.id, Work()), self.decisions.get(one.id, ())) for one in self.answers)
        made = report.count(self.codebook, every, asked=self.asked, round_key=self.round)
        return report.audited(made, self.latest, self.ahead)

    def membership(self) -> Membership:
        """Everybody who answered, in alphabetical order, with what the rule counts them under."""
        return in_order(
            member(Passed(one, self.works.get(one.id, _UNTOUCHED), self.decisions.get(one.id, ())))
            for one in self.answers
            if not one.blank
        )


def read(project: Project, question: str, round_key: str, progress: Progress = unwatched) -> Held:
    """What an open question's numbers in a round are made of."""
    asked = project.question(question, round_key)
    codebook = project.codebook(question)
    answers: list[Answer] = []
    held: dict[int, Work] = {}
    decisions: dict[int, Decision] = {}
    with project.file.reading() as db:
        who = surveys.held_respondents(db, round_key)
        for one in passed(db, codebook, question=question, round_key=round_key, who=who, progress=progress):
            answers.append(one.answer)
            if one.work != _UNTOUCHED:
                held[one.answer.id] = one.work
            if one.decision:
                decisions[one.answer.id] = one.decision
        base = [answer.id for answer in answers if not answer.blank]
        latest = latest_in(db, codebook, base, held, question=question, round_key=round_key)
        ahead, _ = stopped(project, question, round_key)
    return Held(asked, round_key, codebook, answers, held, decisions, latest, ahead)


def in_order(members: Iterable[Member]) -> Membership:
    """These respondents in alphabetical order."""
    return Membership(tuple(sorted(members, key=_alphabetical)))


def member(one: Passed, who: Mapping[str, Respondent] = NOBODY) -> Member:
    """Who gave an answer, as one of those behind its table's numbers; `who` says more of them than the answer does."""
    person, text = one.answer.respondent, one.answer.text
    person = who.get(person.key, person)
    return Member(
        person.key,
        person.name,
        person.attributes,
        text,
        {settled.code: settled.counted.segment.of(text) for settled in one.decision},
        person.covers,
        came=_came(tuple((settled.code, settled.counted.origin) for settled in one.decision)),
        provisional=_provisional(tuple(settled.code for settled in one.decision if settled.clash)),
        uncoded=one.work.uncoded,
        nothing=one.work.nothing,
    )


@lru_cache(maxsize=4096)
def _came(codings: tuple[tuple[int, Origin], ...]) -> Mapping[int, Origin]:
    """How each counted coding came about; many answers have the same, which is there once."""
    return dict(codings)


@lru_cache(maxsize=4096)
def _provisional(codes: tuple[int, ...]) -> frozenset[int]:
    return frozenset(codes)


def membership(project: Project, question: str, round_key: str) -> Membership:
    """Everybody in the base of a question in a round, in alphabetical order, with what they are counted under."""
    asked = project.question(question, round_key)
    if asked.kind is Kind.OPEN:
        return read(project, question, round_key).membership()
    made = report.table(project, question, round_key)
    assert isinstance(made, OptionTable)
    return of_options(project, made)


def of_options(project: Project, table: OptionTable) -> Membership:
    """Everybody who answered a closed question, with the place that their option has in the table."""
    with project.file.reading() as db:
        given = surveys.replies(db, table.round, table.question)
        who = surveys.held_respondents(db, table.round)
        routes = [(surveys.replies(db, table.round, other), option) for other, option in table.routing]
    places = {option.name: place for place, option in enumerate(table.options)}
    members = []
    chose: dict[str, dict[int, str]] = {option: {place: ""} for option, place in places.items()}
    for key, option in given.items():
        one = who.get(key, Respondent(key))
        counted = chose.get(option, {})
        uncalled = any(given_there.get(key) != wanted for given_there, wanted in routes)
        members.append(Member(one.key, one.name, one.attributes, counted=counted, covers=one.covers, uncalled=uncalled))
    return in_order(members)


def _alphabetical(member: Member) -> tuple[tuple[str, str], str]:
    return swedish_order(member.name or member.key), member.key
