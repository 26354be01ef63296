"""Non-response: whom a share of answers is of, and which groups of those who were asked did not answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from coder.domain.answers import Question, Respondent, swedish_order
from coder.domain.tables import Count


class Of(StrEnum):
    """What a share is of: all who were asked, those who answered anything, or those whom the routing leads there."""

    FRAME = "frame"
    RESPONDENTS = "respondents"
    ROUTED = "routed"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that names its base."""

    count: Count
    of: Of


@dataclass(frozen=True, slots=True)
class GroupLedger:
    """The respondents with one value of one attribute.

    `listed` stand in the answers file, `respondents` of them have answered anything; `answered` is, question by
    question, how many of those who got it (see `QuestionLedger.item_response`). `asked` are those who were asked, with
    how many of them are respondents; None where nobody has said who was asked, or which of them have this attribute.
    """

    attribute: str
    value: str
    listed: int
    respondents: int
    answered: tuple[Count, ...]
    asked: Count | None = None

    @property
    def response(self) -> Rate | None:
        """The group's response rate: respondents of those who were asked; None where they are unknown."""
        return None if self.asked is None else Rate(self.asked, Of.FRAME)


# Who got a question, and who answered it.
Reach = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class People:
    """The rows of the answers file, who of them answered anything, and everybody who was asked."""

    listed: Mapping[str, Respondent]
    active: frozenset[str]
    frame: Mapping[str, Respondent]

    @cached_property
    def uninvited(self) -> frozenset[str]:
        """Who answered and is none of those who were asked; nobody where only their number is known."""
        return self.active - self.frame.keys() if self.frame else frozenset()

    def values(self, attribute: str) -> dict[str, str]:
        """Everybody's value of an attribute: as the frame has it, for those and that which it knows."""
        known = {key: one.attributes.get(attribute) for key, one in self.frame.items()}
        own = {key: one.attributes.get(attribute, "") for key, one in self.listed.items()}
        return {**own, **{key: own.get(key, "") if value is None else value for key, value in known.items()}}


def groups(questions: Sequence[Question], people: People, reach: Mapping[str, Reach]) -> list[GroupLedger]:
    """Attribute by attribute in the order they were imported, values in Swedish order."""
    everybody = (*people.frame.values(), *people.listed.values())
    names = list(dict.fromkeys(name for one in everybody for name in one.attributes))
    asked_of = {name for one in people.frame.values() for name in one.attributes}
    result = []
    for name in names:
        value_of = people.values(name)
        listed = Counter(value_of[key] for key in people.listed)
        there = Counter(value_of[key] for key in people.active)
        asked = Counter(value_of[key] for key in people.frame) if name in asked_of else None
        invited = Counter(value_of[key] for key in people.active - people.uninvited)
        reached = [Counter(value_of[key] for key in reach[one.key][0]) for one in questions]
        given = [Counter(value_of[key] for key in frozenset.intersection(*reach[one.key])) for one in questions]
        for value in sorted({*listed, *(asked or ())}, key=swedish_order):
            counts = tuple(Count(yes[value], of[value]) for yes, of in zip(given, reached, strict=True))
            whole = None if asked is None else Count(invited[value], asked[value])
            result.append(GroupLedger(name, value, listed[value], there[value], counts, whole))
    return result
