"""An evaluation of suggestions as JSON. All shares are in 0..1, unrounded; counts are whole numbers.

The keys: `question`, `codebook`; `codings`, `respondents` and `folds` it rests on; `ours` and `defaults`, each `top1`,
`top3`, `top5`, `macro_f1`, `calibration_error` (null where the scores promise nothing); `learning_curve`, each point
`codings`, `ours`, `defaults`; `reliability`, the bins of first suggestions by score that are not empty, each `from`,
`to`, `count`, `mean_score`, `right`; `codes` in the codebook's order, each `theme`, `code`, `support`,
`suggested_first`, `right`, `precision`, `recall`, `f1`, `confused_with` (null, or `theme`, `code`, `times`) and
`weaknesses` out of `missed`, `suggested_wrongly`, `confused`, `too_few_codings`, `unused`. A precision of nothing
suggested, and a recall of nothing coded, are null.
"""

import json
from dataclasses import asdict
from typing import Any

from coder.domain.codebook import Codebook
from coder.domain.evaluation import CodeFigures, Evaluated, weaknesses


def to_json(made: Evaluated) -> dict[str, Any]:
    """The evaluation as values that JSON knows."""
    found = made.found
    return {
        "question": made.question,
        "codebook": made.codebook.key,
        "codings": found.codings,
        "respondents": found.groups,
        "folds": found.folds,
        "ours": asdict(found.ours),
        "defaults": asdict(found.defaults),
        "learning_curve": [
            {"codings": point.codings, "ours": asdict(point.ours), "defaults": asdict(point.defaults)}
            for point in found.curve
        ],
        "reliability": [
            {"from": one.low, "to": one.high, "count": one.count, "mean_score": one.score, "right": one.right}
            for one in found.reliability
        ],
        "codes": [_code(row, made.codebook) for row in found.codes],
    }


def render(made: Evaluated) -> str:
    """The evaluation as a JSON document."""
    return json.dumps(to_json(made), ensure_ascii=False, indent=2) + "\n"


def _code(row: CodeFigures, codebook: Codebook) -> dict[str, Any]:
    other = None
    if row.confused_with is not None:
        other = {**_named(row.confused_with, codebook), "times": row.confused_times}
    return {
        **_named(row.code, codebook),
        "support": row.support,
        "suggested_first": row.first,
        "right": row.right,
        "precision": row.precision if row.first else None,
        "recall": row.recall if row.support else None,
        "f1": row.f1 if row.support else None,
        "confused_with": other,
        "weaknesses": [weakness.value for weakness in weaknesses(row)],
    }


def _named(code: int, codebook: Codebook) -> dict[str, str]:
    return {"theme": codebook.theme_name(code), "code": codebook.code_name(code)}
