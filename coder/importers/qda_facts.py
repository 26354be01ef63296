"""What this package's own sets say in a REFI-QDA project: questions and rounds with what is known of them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from coder.domain.answers import Kind, Question, Round, one_line
from coder.domain.codebook import Codebook
from coder.domain.exchange import QdaAnswer
from coder.domain.qda import identifier, read_facts
from coder.importers.qda_xml import Node, identifier_of

Facts = dict[str, dict[str, str]]


def read_sets(path: Path, sets: Iterable[Node], kind: str) -> Facts:
    """What this package's own sets of that kind say, by their names."""
    result = {}
    for one in sets:
        name = one_line(one.attributes.get("name", ""))
        if identifier_of(one, path) == identifier(f"{kind} set", name):
            result[name] = read_facts(one.words("Description"))
    return result


def read_questions(facts: Facts, answers: Iterable[QdaAnswer], books: list[Codebook]) -> dict[str, Question]:
    """The questions of the sets and of the answers, by key. One that no codebook is named for has the first."""
    known = [book.key for book in books]
    result = {}
    for key in dict.fromkeys([*facts, *(answer.question for answer in answers)]):
        fact = facts.get(key, {})
        book = next((one for one in (fact.get("codebook", ""), key) if one in known), known[0])
        result[key] = Question(key, "", Kind.OPEN, one_line(fact.get("text", "")), book)
    return result


def read_round(key: str, fact: dict[str, str]) -> Round:
    """A round with what its set says of it."""
    return Round(
        key,
        opens=_date(fact.get("opens", "")),
        closes=_date(fact.get("closes", "")),
        frame=_number(fact.get("frame", "")),
        drawn_from=_number(fact.get("drawn_from", "")),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 12 and int(text) else None
