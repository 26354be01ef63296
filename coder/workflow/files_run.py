"""A run on files, told beside the codings it wrote, and taken from there into the project that takes them in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.domain.answers import one_line
from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.storage.runs import Run
from coder.workflow.cluster_record import RECORD
from coder.workflow.machine import Machine
from coder.workflow.provenance import run_by

_LARGEST = 2**63 - 1  # whole number that the project holds
_UNITS = ("segment", "answer")


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside a codings file: the run that wrote it, its least scores by theme and code and not by id."""

    run: Run
    codes: tuple[tuple[str, str, float], ...]

    def of(self, codebook: Codebook) -> Run:
        """The run, with the least scores of the codes that the codebook still has."""
        found = [(codebook.find(theme, code), score) for theme, code, score in self.codes]
        codes = {str(code.id): score for code, score in found if code is not None}
        return replace(self.run, thresholds={**self.run.thresholds, "codes": codes})


def telling(machine: Machine) -> dict[str, Any]:
    """What the record of a run on files tells of its machine. Codes go by name: another project has other numbers."""
    book = machine.codebook
    run = run_by(machine.terms, machine.gate, machine.model, round_key="", question="", at="")
    codes = [
        {"theme": book.theme_name(code), "code": book.code_name(code), "score": score}
        for code, score in sorted(machine.gate.thresholds.items())
    ]
    return {
        "model": run.model,
        "codebook": run.codebook,
        "fingerprint": run.fingerprint,
        "trained_on": run.trained_on,
        "unit": run.unit,
        "seed": run.seed,
        "versions": run.versions,
        "thresholds": {**run.thresholds, "codes": codes},
    }


def told_beside(file: Path) -> tuple[Told | None, str]:
    """The run that wrote a codings file, by the record beside it; None where that can't be told, and why.

    Raises CoderError where that run was refused: its codings are not to be counted.
    """
    path = file.with_name(RECORD)
    try:
        record = json.loads(path.read_bytes())
        if refused := record.get("refused"):
            raise CoderError(
                f"the run that wrote {file.name} was refused: {one_line(str(refused))}",
                "Mend what it read and run it again; nothing has been taken in.",
            )
        written = {one["written"] for one in record["parts"] if f"{one['name']}{file.suffix}" == file.name}
        if not written:
            return None, f"{RECORD} beside the file tells of others"
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found not in written:
            return None, f"by {RECORD} beside it, the file is not as its run wrote it"
        return _told(record), ""
    except FileNotFoundError:
        return None, f"there is no {RECORD} beside the file"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, f"{RECORD} beside the file tells of no machine, or is damaged"


def _told(record: Mapping[str, Any]) -> Told:
    """The run that a record tells of. Raises ValueError, KeyError, TypeError or AttributeError where there is none."""
    made, let = record["machine"], record["machine"]["thresholds"]
    datetime.fromisoformat(record["at"])
    if made["unit"] not in _UNITS:
        raise ValueError(made["unit"])
    thresholds = {name: _share(let[name]) for name in ("precision", "min_score", "pooled")}
    codes = tuple((_text(one["theme"]), _text(one["code"]), _number(one["score"])) for one in let["codes"])
    run = Run(
        round=_name(record["round"]),
        question=_name(record["question"]),
        model=_name(made["model"]),
        codebook=_name(made["codebook"]),
        fingerprint=_name(made["fingerprint"]),
        trained_on=_whole(made["trained_on"], 0),
        unit=made["unit"],
        seed=_whole(made["seed"], -_LARGEST),
        thresholds=thresholds,
        versions={_text(name): _text(version) for name, version in made["versions"].items()},
        at=record["at"],
        files=_name(record["run"]),
    )
    return Told(run, codes)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return one_line(value)


def _name(value: object) -> str:
    text = _text(value)
    if not text:
        raise ValueError(value)
    return text


def _whole(value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST:
        raise ValueError(value)
    return value


def _share(value: object) -> float | None:
    return None if value is None else _number(value)


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)
