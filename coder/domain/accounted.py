"""Whom the numbers of a ledger count."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.answers import Kind, Question, Respondent
from coder.domain.ledger import reached
from coder.domain.non_response import People, Reach


class What(StrEnum):
    """What a number of a ledger counts.

    Of a round or one of its groups: those who were `ASKED`, the `INVITED` of them who answered anything and those of
    whom there was `NO_RESPONSE`; the rows of the answers file (`LISTED`), the `RESPONDENTS` among them, and the
    `SILENT` who are none; the `UNINVITED` who answered and were not asked. Of a question: whom it was `ROUTED` to, who
    of them `ANSWERED` or left it `BLANK`, who answered `AGAINST` the routing, and who never got it (`FILTERED`); of an
    open one also the `CODED` answers, divided in those `BY_HAND` that an analyst has touched and those `BY_MACHINE`
    alone, those with `NOTHING_TO_CODE` and the `UNCODED`.
    """

    ASKED = "asked"
    INVITED = "invited"
    NO_RESPONSE = "no_response"
    LISTED = "listed"
    RESPONDENTS = "respondents"
    SILENT = "silent"
    UNINVITED = "uninvited"
    ROUTED = "routed"
    ANSWERED = "answered"
    AGAINST = "against_routing"
    BLANK = "blank"
    FILTERED = "filtered"
    CODED = "coded"
    BY_HAND = "coded_by_hand"
    BY_MACHINE = "coded_by_machine"
    NOTHING_TO_CODE = "nothing_to_code"
    UNCODED = "uncoded"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a ledger: what it counts, and of which question or group."""

    what: What
    question: str = ""
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True)
class Accounted:
    """Whom a round's ledger counts: everybody by key, in alphabetical order, and the keys behind each number.

    `answers` is what each of them answered, by question: the text of an open answer, the option of a closed one.
    """

    people: Mapping[str, Respondent]
    behind: Mapping[Number, Collection[str]]
    answers: Mapping[str, Mapping[str, str]]


def behind_ledger(
    questions: Sequence[Question],
    respondents: Mapping[str, Respondent],
    *,
    answered: Mapping[str, Collection[str]],
    replies: Mapping[str, Mapping[str, str]],
    frame: Mapping[str, Respondent],
    nothing: Mapping[str, Collection[str]],
    uncoded: Mapping[str, Collection[str]],
    by_machine: Mapping[str, Collection[str]] | None = None,
) -> dict[Number, Collection[str]]:
    """The keys of those behind every number of a ledger that is made of the same; see `domain.ledger.ledger`.

    `nothing` and `uncoded` are, by open question, whose answers have nothing to code and whose nobody has coded. Of
    those who were asked there is nobody where only their number is known. `by_machine` are whose a machine alone has.
    """
    people, reach = reached(questions, respondents, answered, replies, frame)
    found: dict[Number, Collection[str]] = {Number(what): who for what, who in _of_round(people).items()}
    for asked in questions:
        found |= {
            Number(what, asked.key): who
            for what, who in _of_question(
                asked, people, reach[asked.key], nothing=nothing, uncoded=uncoded, by_machine=by_machine or {}
            ).items()
        }
    for name in dict.fromkeys(name for one in (*frame.values(), *respondents.values()) for name in one.attributes):
        found |= _of_groups(people, name)
    return found


def _of_round(people: People) -> dict[What, Collection[str]]:
    listed, frame = people.listed.keys(), people.frame.keys()
    return {
        What.LISTED: listed,
        What.RESPONDENTS: people.active,
        What.SILENT: listed - people.active,
        What.UNINVITED: people.uninvited,
        What.ASKED: frame,
        What.INVITED: people.active - people.uninvited,
        What.NO_RESPONSE: frame - people.active,
    }


def _of_question(
    asked: Question,
    people: People,
    reach: Reach,
    *,
    nothing: Mapping[str, Collection[str]],
    uncoded: Mapping[str, Collection[str]],
    by_machine: Mapping[str, Collection[str]],
) -> dict[What, Collection[str]]:
    got, gave = reach
    found: dict[What, Collection[str]] = {
        What.ROUTED: got,
        What.ANSWERED: gave & got,
        What.AGAINST: gave - got,
        What.BLANK: got - gave,
        What.FILTERED: people.active - got - gave,
    }
    if asked.kind is Kind.OPEN:
        left = {What.NOTHING_TO_CODE: nothing[asked.key], What.UNCODED: uncoded[asked.key]}
        coded, machine = gave - set().union(*left.values()), frozenset(by_machine.get(asked.key, ()))
        found |= {**left, What.CODED: coded, What.BY_HAND: coded - machine, What.BY_MACHINE: machine}
    return found


def _of_groups(people: People, attribute: str) -> dict[Number, Collection[str]]:
    """The numbers of the round once more, for everybody with one value of an attribute at a time."""
    value_of, found = people.values(attribute), defaultdict[Number, set[str]](set)
    for what, who in _of_round(people).items():
        for key in who:
            found[Number(what, attribute=attribute, value=value_of[key])].add(key)
    return dict(found)
