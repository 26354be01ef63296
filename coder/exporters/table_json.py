"""A table as JSON: whole counts, unrounded percentages."""

import json
from dataclasses import asdict
from typing import Any, TextIO

from coder.domain.coding import Origin
from coder.domain.method import MethodNote
from coder.domain.sampling import Sampled
from coder.domain.tables import CodeRow, Count, OptionTable, ThemeTable, Unit
from coder.exporters import method_file


def to_json(table: ThemeTable | OptionTable) -> dict[str, Any]:
    """The table as values that JSON knows, themes and codes in published order."""
    return _themes(table) if isinstance(table, ThemeTable) else _options(table)


def write(table: ThemeTable | OptionTable, stream: TextIO, note: MethodNote | None = None) -> None:
    """Write the table as a JSON document, with the method note where there is one."""
    method = {} if note is None else {"method": method_file.to_json(note)}
    json.dump(to_json(table) | method, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _themes(table: ThemeTable) -> dict[str, Any]:
    unit = {} if table.unit is Unit.RESPONDENTS else {"unit": table.unit.value}
    return {
        "question": table.question,
        "round": table.round,
        "base": table.base,
        "uncoded": table.uncoded,
        "nothing_to_code": table.nothing_to_code,
        "clashes": table.clashes,
        "origins": {origin.value: table.origins.get(origin, 0) for origin in Origin},
        "themes": [
            {
                "theme": theme.name,
                "count": theme.count.count,
                "percent": theme.count.percent,
                **beside(theme.count),
                "codes": [_code(code) for code in theme.codes],
            }
            for theme in table.themes
        ],
        # Readers compare these rows whole: how they came about stands there only where a machine has coded.
        "unthemed": [
            {"code": code.name, "count": code.count.count, **beside(code.count, table.by_machine)}
            for code in table.unthemed
        ],
        **audit(table.sampled),
        **({"waiting_in_audit": table.waiting} if table.waiting else {}),
        **({"outside_audit": len(table.outside)} if table.outside else {}),
        **({"ahead_of_autocode": table.ahead} if table.ahead else {}),
        **unit,
    }


def _code(code: CodeRow) -> dict[str, Any]:
    return {
        "code": code.name,
        "count": code.count.count,
        "percent": code.count.percent,
        **beside(code.count),
        "examples": list(code.examples),
    }


def beside(count: Count, split: bool = True) -> dict[str, Any]:
    """The limits of a count and its share, where an audit gives them, and how it came about, where that is known.

    `estimate` is how many belong by the audit, which the limits are about.
    """
    found: dict[str, Any] = {}
    if count.low is not None and count.high is not None:
        found = {"low": count.low, "high": count.high}
        if count.percent_limits is not None:
            found |= {"percent_low": count.percent_limits[0], "percent_high": count.percent_limits[1]}
        found["estimate"] = count.estimate
    if split and count.origins is not None:
        found["origins"] = asdict(count.origins)
    return found


def audit(one: Sampled | None) -> dict[str, Any]:
    """What the limits rest on, where there are any."""
    if one is None:
        return {}
    return {"audit": {"drawn": one.drawn, "population": one.population, "level": one.level, "recoded": one.since}}


def _options(table: OptionTable) -> dict[str, Any]:
    """The options; a question with a routing also says whom it was for and how many others answered.

    Only their number: a table is made to be passed on, and the respondents' keys are not.
    """
    document: dict[str, Any] = {
        "question": table.question,
        "round": table.round,
        "base": table.base,
        "options": [
            {"option": option.name, "count": option.count.count, "percent": option.count.percent}
            for option in table.options
        ],
    }
    if table.unit is not Unit.RESPONDENTS:
        document["unit"] = table.unit.value
    if table.routing:
        document["routing"] = dict(table.routing)
        document["against_routing"] = len(table.against_routing)
    return document
