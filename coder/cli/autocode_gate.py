"""What let a run's suggestions through, as JSON tells it: the same for a project's own answers and for files."""

from collections import Counter
from typing import Any

from coder.cli.autocode_words import why_shut
from coder.domain.acceptance import CodeGate, Gate
from coder.domain.codebook import Codebook


def told(gate: Gate, book: Codebook) -> dict[str, Any]:
    """The score and the precision asked for, why nothing was let through, and the verdict on each code."""
    return {
        "threshold": gate.pooled if gate.least is None else gate.least,
        "precision": gate.promise,
        "shut": why_shut(gate) if gate.shut else None,
        "verdicts": dict(Counter(one.verdict.value for one in gate.codes)),
        "codes": [
            {"theme": book.theme_name(one.code), "code": book.code_name(one.code), **_figures(one)}
            for one in gate.codes
        ],
    }


def _figures(one: CodeGate) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "threshold": one.threshold,
        "examples": one.examples,
        "tried": one.tried,
        "right": one.right,
        "at_least": one.at_least,
        "pooled": one.pooled,
    }
