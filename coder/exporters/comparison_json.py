"""A comparison of two rounds as JSON: whole counts; shares, changes and intervals in percent, unrounded."""

import json
from collections.abc import Mapping
from typing import Any

from coder.domain.coding import Origin
from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison
from coder.domain.estimates import CHANGE_METHOD, METHODS, TESTS
from coder.domain.tables import Count, OptionTable
from coder.exporters.table_json import audit, beside


def to_json(made: Comparison, respondents: bool = False) -> dict[str, Any]:
    """The comparison as values that JSON knows.

    Who entered and left is told by number: a comparison is made to be passed on, and the respondents' keys are not.
    With `respondents` they are listed too.
    """
    document: dict[str, Any] = {
        "question": made.after.question.key,
        "rounds": [_occasion(one) for one in (made.before, made.after)],
        "both": made.both,
        "entered": len(made.entered),
        "left": len(made.left),
        "design": made.design.value,
        "census": made.census,
        "level": made.level if made.estimated else None,
        "interval": METHODS[made.design] if made.estimated else None,
        "test": TESTS[made.design] if made.estimated else None,
        "adjusted": "Benjamini-Hochberg 1995" if made.estimated else None,
        "change_interval": CHANGE_METHOD if made.measured else None,
        "estimated_on": (made.both if made.design.value == "paired" else None) if made.estimated else None,
        "marks": [mark.value for mark in made.marks],
        "rows": [_row(row, made.known) for row in made.rows],
    }
    if respondents:
        document |= {"entered_respondents": list(made.entered), "left_respondents": list(made.left)}
    return document


def render(made: Comparison, respondents: bool = False, more: Mapping[str, Any] | None = None) -> str:
    """The comparison as a JSON document, with `more` keys at its end."""
    return json.dumps(to_json(made, respondents) | dict(more or {}), ensure_ascii=False, indent=2) + "\n"


def _occasion(one: Occasion) -> dict[str, Any]:
    """One of the rounds. Of an open question also how its counted codings came about, and what intervals rest on."""
    came = {origin.value: one.origins.get(origin, 0) for origin in Origin}
    coded = {
        "coded": not one.untouched,
        "origins": came,
        **({"ahead_of_autocode": one.ahead} if one.ahead else {}),
        "machine_unmeasured": one.unmeasured,
        **audit(one.sampled),
    }
    return {
        "round": one.round.key,
        "base": one.table.base,
        "uncoded": one.uncoded,
        **({} if isinstance(one.table, OptionTable) else coded),
        "frame": one.round.frame,
        "text": one.question.text,
        "codebook_when_coded": one.fingerprint or None,
    }


def _row(row: ComparedRow, known: bool) -> dict[str, Any]:
    what = {"option": row.option} if row.option else {"theme": row.theme, "code": row.code}
    sure = row.estimate
    return {
        **what,
        "before": _count(row.before),
        "after": _count(row.after),
        "change": row.change,
        "change_interval": list(row.limits) if row.limits else None,
        "change_estimate": row.likely,
        "kept": row.kept if known else None,
        "lost": row.lost if known else None,
        "gained": row.gained if known else None,
        "estimate": 100 * sure.change if sure else None,
        "interval": [100 * end for end in sure.interval] if sure else None,
        "p": sure.p if sure else None,
        "p_adjusted": sure.p_adjusted if sure else None,
        "marks": [mark.value for mark in row.marks],
        "fates": [fate.value for fate in row.fates],
    }


def _count(count: Count | None) -> dict[str, Any] | None:
    if count is None:
        return None
    return {"count": count.count, "percent": count.percent, "base": count.base, **beside(count, split=False)}
