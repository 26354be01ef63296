"""The denominator ledger as JSON, and as rows for programs: whole counts, unrounded percentages, named bases."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from coder.domain.ledger import Ledger, QuestionLedger
from coder.domain.method import Made
from coder.domain.non_response import GroupLedger, Rate
from coder.exporters import method_words
from coder.exporters.delimited import Cell, write_for_excel, write_raw

COLUMNS = ("round", "attribute", "value", "question", "what", "count", "percent", "base", "of")


def to_json(made: Ledger) -> dict[str, Any]:
    """One round as values that JSON knows; what nobody knows is null."""
    extremes = made.item_response
    return {
        "round": made.round,
        "asked": made.asked,
        "listed": made.listed,
        "respondents": made.respondents,
        "response_rate": _rate(made.response),
        "asked_by_name": made.by_name,
        "uninvited": made.uninvited,
        "item_response": {
            name: {"question": one.question, **(_rate(one.item_response) or {})}
            for name, one in zip(("lowest", "highest"), extremes or (), strict=bool(extremes))
        },
        "questions": [_question(one, made.by_machine) for one in made.questions],
        "groups": [_group(group, made) for group in made.groups],
    }


def render(ledgers: Iterable[Ledger], made: Made | None = None, notes: Sequence[str] = ()) -> str:
    """The rounds as a JSON document; with when and with what it was made, and what must be known to read it."""
    document: dict[str, Any] = {"rounds": [to_json(one) for one in ledgers]}
    if made is not None:
        text = [*notes, method_words.made(made)]
        document["method"] = {"made_at": made.at.isoformat(), "program": made.program, "text": text}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write_csv(ledgers: Iterable[Ledger], stream: TextIO, excel: bool = False) -> None:
    """Write a row a number: a count alone, or a share with its base and what the base is of."""
    rows = [COLUMNS, *(row for one in ledgers for row in _rows(one))]
    if excel:
        write_for_excel(rows, stream)
    else:
        write_raw(rows, stream)


def _question(one: QuestionLedger, divided: bool) -> dict[str, Any]:
    return {
        "question": one.question,
        "kind": one.kind.value,
        "routing": dict(one.routing),
        **_counts(one, divided),
        "excluded": {reason.value: number for reason, number in one.excluded.items()},
        "response_rate": _rate(one.response),
        "item_response_rate": _rate(one.item_response),
    }


def _counts(one: QuestionLedger, divided: bool) -> dict[str, int | None]:
    """The numbers of a question; the coded answers `divided` where a machine alone has coded some in the round."""
    by_whom = {"coded_by_hand": one.by_hand, "coded_by_machine": one.by_machine} if divided else {}
    return {
        "asked": one.asked,
        "respondents": one.respondents,
        "routed": one.routed,
        "answered": one.answered,
        "against_routing": one.against_routing,
        "blank": one.blank,
        "filtered": one.filtered,
        "coded": one.coded,
        **by_whom,
        "nothing_to_code": one.nothing_to_code,
        "uncoded": one.uncoded,
        "uninvited": one.uninvited,
    }


def _group(group: GroupLedger, made: Ledger) -> dict[str, Any]:
    answered = zip(made.questions, group.answered, strict=True)
    return {
        "attribute": group.attribute,
        "value": group.value,
        "listed": group.listed,
        "respondents": group.respondents,
        "asked": group.asked.base if group.asked else None,
        "response_rate": _rate(group.response),
        "answered": {
            one.question: _rate(Rate(count, one.item_response.of)) if count.base else None for one, count in answered
        },
    }


def _rate(one: Rate | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"count": one.count.count, "base": one.count.base, "percent": one.count.percent, "of": one.of.value}


def _rows(made: Ledger) -> Iterator[tuple[Cell, ...]]:
    whole = {
        "asked": made.asked,
        "listed": made.listed,
        "respondents": made.respondents,
        "uninvited": made.uninvited if made.by_name else None,
    }
    for what, number in whole.items():
        if number is not None:
            yield made.round, "", "", "", what, number, "", "", ""
    yield from _share((made.round, "", "", "", "response_rate"), made.response)
    for one in made.questions:
        for what, number in _counts(one, made.by_machine).items():
            if number is not None:
                yield made.round, "", "", one.question, what, number, "", "", ""
        yield from _share((made.round, "", "", one.question, "response_rate"), one.response)
        yield from _share((made.round, "", "", one.question, "item_response_rate"), one.item_response)
    for group in made.groups:
        for what, number in {"listed": group.listed, "respondents": group.respondents}.items():
            yield made.round, group.attribute, group.value, "", what, number, "", "", ""
        if group.asked is not None:
            yield made.round, group.attribute, group.value, "", "asked", group.asked.base, "", "", ""
        yield from _share((made.round, group.attribute, group.value, "", "response_rate"), group.response)
        for one, count in zip(made.questions, group.answered, strict=True):
            place = (made.round, group.attribute, group.value, one.question, "item_response_rate")
            yield from _share(place, Rate(count, one.item_response.of))


def _share(place: tuple[str, str, str, str, str], one: Rate | None) -> Iterator[tuple[Cell, ...]]:
    if one is not None and one.count.base:
        yield *place, one.count.count, one.count.percent, one.count.base, one.of.value
