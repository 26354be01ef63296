"""The denominator ledger: how many were asked, answered and coded, question by question, and what each share is of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.answers import Kind, Question, Respondent, Round
from coder.domain.non_response import GroupLedger, Of, People, Rate, Reach, groups
from coder.domain.tables import Count, OptionTable, ThemeTable


class Reason(StrEnum):
    """Why somebody who was asked stands outside a question's base."""

    NO_RESPONSE = "no_response"
    FILTERED = "filtered"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class QuestionLedger:
    """One question in one round, in numbers of respondents.

    `respondents` have answered anything at all. Of them `answered` gave this question an answer that is not blank: the
    base of its table, of whom `against_routing` were not meant to get it, and `uninvited` are none of those who were
    asked; `strangers` are all such respondents. `routed` are those the routing leads to, all respondents where there is
    none; `blank` got the question and left it, `filtered` never got it. `coded`, `nothing_to_code` and `uncoded` sum to
    `answered`, and are None for a closed question, as is `by_machine`: those of the coded that no analyst has touched.
    """

    question: str
    text: str
    kind: Kind
    routing: tuple[tuple[str, str], ...]
    asked: int | None
    respondents: int
    routed: int
    answered: int
    against_routing: int
    blank: int
    filtered: int
    coded: int | None = None
    nothing_to_code: int | None = None
    uncoded: int | None = None
    by_machine: int | None = None
    uninvited: int = 0
    strangers: int = 0

    @property
    def by_hand(self) -> int | None:
        """How many of the coded answers an analyst has touched; None for a closed question."""
        return None if self.coded is None else self.coded - (self.by_machine or 0)

    @property
    def response(self) -> Rate | None:
        """The share of all who were asked; None where the frame is unknown."""
        return None if self.asked is None else Rate(Count(self.answered - self.uninvited, self.asked), Of.FRAME)

    @property
    def item_response(self) -> Rate:
        """The share of the respondents, or of those whom the routing leads to the question."""
        if self.routing:
            return Rate(Count(self.answered - self.against_routing, self.routed), Of.ROUTED)
        return Rate(Count(self.answered, self.respondents), Of.RESPONDENTS)

    @property
    def excluded(self) -> dict[Reason, int]:
        """Who stands outside the base, by reason; together with the base they are all who were asked or answered."""
        absent = (
            {} if self.asked is None else {Reason.NO_RESPONSE: max(0, self.asked - self.respondents + self.strangers)}
        )
        return {**absent, Reason.FILTERED: self.filtered, Reason.BLANK: self.blank}


@dataclass(frozen=True, slots=True)
class Ledger:
    """One round: from how many were asked to each question's base.

    `asked` is the frame, None where nobody said. `listed` are the rows of the answers file: as many as `respondents`,
    unless those who never answered stand there too. `by_name` says that everybody who was asked is known by name, and
    not their number alone; `uninvited` are then the respondents who are none of them.
    """

    round: str
    asked: int | None
    listed: int
    respondents: int
    questions: tuple[QuestionLedger, ...]
    groups: tuple[GroupLedger, ...]
    by_name: bool = False
    uninvited: int = 0

    @property
    def response(self) -> Rate | None:
        """The response rate: respondents of all who were asked; None where the frame is unknown."""
        return None if self.asked is None else Rate(Count(self.respondents - self.uninvited, self.asked), Of.FRAME)

    @property
    def by_machine(self) -> bool:
        """True where a machine alone has coded some answer, so that the coded ones are to be divided."""
        return any(one.by_machine for one in self.questions)

    @property
    def item_response(self) -> tuple[QuestionLedger, QuestionLedger] | None:
        """The questions with the lowest and the highest share of answers, among those put to all; None for none."""
        whole = [one for one in self.questions if not one.routing]
        if not whole:
            return None
        return min(whole, key=lambda one: one.answered), max(whole, key=lambda one: one.answered)


def leads_to(question: Question, replies: Mapping[str, Mapping[str, str]], respondent: str) -> bool:
    """True where the routing leads a respondent to a question; `replies` is question, then respondent, to option."""
    return all(replies.get(other, {}).get(respondent) == option for other, option in question.asked_if)


def ledger(
    one: Round,
    questions: Sequence[Question],
    respondents: Mapping[str, Respondent],
    *,
    answered: Mapping[str, Collection[str]],
    replies: Mapping[str, Mapping[str, str]],
    tables: Mapping[str, ThemeTable | OptionTable],
    frame: Mapping[str, Respondent] | None = None,
    by_machine: Mapping[str, Collection[str]] | None = None,
) -> Ledger:
    """The ledger of a round.

    `respondents` are the rows of the answers file by key; `answered` holds the keys of those whose answer is not
    blank, by question; `replies` the closed answers; `tables` each question's table, whose base must be the same.
    `frame` is everybody who was asked, by key, and empty where only their number is known. `by_machine` are, by open
    question, whose answers are coded and touched by no analyst.
    """
    machine = {key: len(who) for key, who in (by_machine or {}).items()}
    people, reach = reached(questions, respondents, answered, replies, frame or {})
    return Ledger(
        round=one.key,
        asked=one.frame,
        listed=len(respondents),
        respondents=len(people.active),
        questions=tuple(
            _question(
                one,
                asked,
                tables[asked.key],
                people=people,
                reach=reach[asked.key],
                by_machine=machine.get(asked.key, 0),
            )
            for asked in questions
        ),
        groups=tuple(groups(questions, people, reach)),
        by_name=bool(frame),
        uninvited=len(people.uninvited),
    )


def reached(
    questions: Sequence[Question],
    respondents: Mapping[str, Respondent],
    answered: Mapping[str, Collection[str]],
    replies: Mapping[str, Mapping[str, str]],
    frame: Mapping[str, Respondent],
) -> tuple[People, dict[str, Reach]]:
    """Everybody whom a round's numbers are of, and by question who got it and who answered it; see `ledger`."""
    gave = {key: frozenset(who) for key, who in answered.items()}
    active = frozenset[str]().union(*gave.values())
    got = {
        asked.key: frozenset(key for key in active if leads_to(asked, replies, key)) if asked.asked_if else active
        for asked in questions
    }
    return People(respondents, active, frame), {asked.key: (got[asked.key], gave[asked.key]) for asked in questions}


def _question(
    one: Round, asked: Question, table: ThemeTable | OptionTable, *, people: People, reach: Reach, by_machine: int
) -> QuestionLedger:
    got, who = reach
    assert table.base == len(who), f"the table of {asked.key} has another base than the ledger"
    coded = nothing = uncoded = machine = None
    if isinstance(table, ThemeTable):
        nothing, uncoded, machine = table.nothing_to_code, table.uncoded, by_machine
        coded = table.base - nothing - uncoded
    return QuestionLedger(
        question=asked.key,
        text=table.text,
        kind=asked.kind,
        routing=asked.asked_if,
        asked=one.frame,
        respondents=len(people.active),
        routed=len(got),
        answered=len(who),
        against_routing=len(who - got),
        blank=len(got - who),
        filtered=len(people.active - got - who),
        coded=coded,
        nothing_to_code=nothing,
        uncoded=uncoded,
        by_machine=machine,
        uninvited=len(who & people.uninvited),
        strangers=len(people.uninvited),
    )
