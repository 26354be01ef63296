"""The respondents behind a table's numbers."""

from dataclasses import dataclass
from functools import cached_property

from coder.domain.answers import Answer, Kind, Respondent, swedish_order
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import Decision, decide
from coder.domain.tables import Member, Membership, OptionTable, ThemeTable
from coder.storage import surveys, works
from coder.workflow import report
from coder.workflow.audit import AuditState, measured_in
from coder.workflow.project import Project


@dataclass(frozen=True)
class Held:
    """All that the numbers of an open question in a round are made of, read at one moment."""

    question: str
    round: str
    codebook: Codebook
    answers: list[Answer]
    works: dict[int, Work]
    measured: AuditState | None = None

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        """What the counting rule makes of every answer in the base that anybody or anything has touched."""
        base = {answer.id for answer in self.answers if not answer.blank}
        return {number: decide(work, self.codebook) for number, work in self.works.items() if number in base}

    def table(self) -> ThemeTable:
        """The theme table, with intervals where an audit gives them."""
        made = report.count(self.codebook, self.answers, self.works, question=self.question, round_key=self.round)
        return report.audited(made, self.measured)

    def membership(self) -> Membership:
        """Everybody who answered, in alphabetical order, with what the rule counts them under."""
        members = []
        for answer in self.answers:
            if not answer.blank:
                counted = {
                    settled.code: settled.counted.segment.of(answer.text)
                    for settled in self.decisions.get(answer.id, ())
                }
                one = answer.respondent
                members.append(Member(one.key, one.name, one.attributes, answer.text, counted, one.covers))
        return Membership(tuple(sorted(members, key=_alphabetical)))


def read(project: Project, question: str, round_key: str) -> Held:
    """What an open question's numbers in a round are made of."""
    project.question(question, round_key)
    codebook = project.codebook(question)
    with project.file.reading() as db:
        answers, held = surveys.answers(db, round_key, question), works.load(db, round_key, question)
        base = [answer.id for answer in answers if not answer.blank]
        measured = measured_in(db, codebook, base, held, question=question, round_key=round_key)
    return Held(question, round_key, codebook, answers, held, measured)


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
    places = {option.name: place for place, option in enumerate(table.options)}
    members = []
    for key, option in given.items():
        one = who.get(key, Respondent(key))
        counted = {places[option]: ""} if option in places else {}
        members.append(Member(one.key, one.name, one.attributes, counted=counted, covers=one.covers))
    return Membership(tuple(sorted(members, key=_alphabetical)))


def _alphabetical(member: Member) -> tuple[tuple[str, str], str]:
    return swedish_order(member.name or member.key), member.key
