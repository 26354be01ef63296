"""The denominator ledger: how many were asked, answered and coded, question by question, and what each share is of."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.answers import Kind, Question, Respondent, Round, swedish_order
from coder.domain.tables import Count, OptionTable, ThemeTable


class Of(StrEnum):
    """What a share is of: all who were asked, those who answered anything, or those whom the routing leads there."""

    FRAME = "frame"
    RESPONDENTS = "respondents"
    ROUTED = "routed"


class Reason(StrEnum):
    """Why somebody who was asked stands outside a question's base."""

    NO_RESPONSE = "no_response"
    FILTERED = "filtered"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that names its base."""

    count: Count
    of: Of


@dataclass(frozen=True, slots=True)
class QuestionLedger:
    """One question in one round, in numbers of respondents.

    `respondents` have answered anything at all. Of them `answered` gave this question an answer that is not blank: the
    base of its table, of whom `against_routing` were not meant to get it. `routed` are those the routing leads to, all
    respondents where there is none; `blank` got the question and left it, `filtered` never got it. The last three are
    None for a closed question: `coded` + `nothing_to_code` + `uncoded` is `answered`.
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

    @property
    def response(self) -> Rate | None:
        """The share of all who were asked; None where the frame is unknown."""
        return None if self.asked is None else Rate(Count(self.answered, self.asked), Of.FRAME)

    @property
    def item_response(self) -> Rate:
        """The share of the respondents, or of those whom the routing leads to the question."""
        if self.routing:
            return Rate(Count(self.answered - self.against_routing, self.routed), Of.ROUTED)
        return Rate(Count(self.answered, self.respondents), Of.RESPONDENTS)

    @property
    def excluded(self) -> dict[Reason, int]:
        """Who was asked and stands outside the base, by reason; together with the base they are all who were asked."""
        absent = {} if self.asked is None else {Reason.NO_RESPONSE: max(0, self.asked - self.respondents)}
        return {**absent, Reason.FILTERED: self.filtered, Reason.BLANK: self.blank}


@dataclass(frozen=True, slots=True)
class GroupLedger:
    """The respondents with one value of one attribute.

    `listed` stand in the answers file, `respondents` of them have answered anything; `answered` is, question by
    question, how many of those who got it (see `QuestionLedger.item_response`).
    """

    attribute: str
    value: str
    listed: int
    respondents: int
    answered: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One round: from how many were asked to each question's base.

    `asked` is the frame, None where nobody said. `listed` are the rows of the answers file: as many as `respondents`,
    unless those who never answered stand there too.
    """

    round: str
    asked: int | None
    listed: int
    respondents: int
    questions: tuple[QuestionLedger, ...]
    groups: tuple[GroupLedger, ...]

    @property
    def response(self) -> Rate | None:
        """The response rate: respondents of all who were asked; None where the frame is unknown."""
        return None if self.asked is None else Rate(Count(self.respondents, self.asked), Of.FRAME)

    @property
    def item_response(self) -> tuple[QuestionLedger, QuestionLedger] | None:
        """The questions with the lowest and the highest share of answers, among those put to all; None for none."""
        whole = [one for one in self.questions if not one.routing]
        if not whole:
            return None
        return min(whole, key=lambda one: one.answered), max(whole, key=lambda one: one.answered)


# Who got a question, and who answered it.
_Reach = tuple[frozenset[str], frozenset[str]]


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
) -> Ledger:
    """The ledger of a round.

    `respondents` are the rows of the answers file by key; `answered` holds the keys of those whose answer is not
    blank, by question; `replies` the closed answers; `tables` each question's table, whose base must be the same.
    """
    gave = {key: frozenset(who) for key, who in answered.items()}
    active = frozenset[str]().union(*gave.values())
    got = {
        asked.key: frozenset(key for key in active if leads_to(asked, replies, key)) if asked.asked_if else active
        for asked in questions
    }
    return Ledger(
        round=one.key,
        asked=one.frame,
        listed=len(respondents),
        respondents=len(active),
        questions=tuple(
            _question(one, asked, tables[asked.key], active, (got[asked.key], gave[asked.key])) for asked in questions
        ),
        groups=tuple(_groups(questions, respondents, active, got, gave)),
    )


def _question(
    one: Round, asked: Question, table: ThemeTable | OptionTable, active: frozenset[str], reach: _Reach
) -> QuestionLedger:
    got, who = reach
    assert table.base == len(who), f"the table of {asked.key} has another base than the ledger"
    coded = nothing = uncoded = None
    if isinstance(table, ThemeTable):
        nothing, uncoded = table.nothing_to_code, table.uncoded
        coded = table.base - nothing - uncoded
    return QuestionLedger(
        question=asked.key,
        text=asked.text,
        kind=asked.kind,
        routing=asked.asked_if,
        asked=one.frame,
        respondents=len(active),
        routed=len(got),
        answered=len(who),
        against_routing=len(who - got),
        blank=len(got - who),
        filtered=len(active - got - who),
        coded=coded,
        nothing_to_code=nothing,
        uncoded=uncoded,
    )


def _groups(
    questions: Sequence[Question],
    respondents: Mapping[str, Respondent],
    active: frozenset[str],
    got: Mapping[str, frozenset[str]],
    gave: Mapping[str, frozenset[str]],
) -> list[GroupLedger]:
    """Attribute by attribute in the order they were imported, values in Swedish order."""
    names = list(dict.fromkeys(name for one in respondents.values() for name in one.attributes))
    result = []
    for name in names:
        value_of = {key: one.attributes.get(name, "") for key, one in respondents.items()}
        listed = Counter(value_of.values())
        there = Counter(value_of[key] for key in active)
        reached = [Counter(value_of[key] for key in got[asked.key]) for asked in questions]
        given = [Counter(value_of[key] for key in got[asked.key] & gave[asked.key]) for asked in questions]
        for value in sorted(listed, key=swedish_order):
            counts = tuple(Count(yes[value], of[value]) for yes, of in zip(given, reached, strict=True))
            result.append(GroupLedger(name, value, listed[value], there[value], counts))
    return result
