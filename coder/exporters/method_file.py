"""A method note beside a file that has no room for it, and as values for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from coder.domain.coding import Origin
from coder.domain.method import MethodNote, method_path
from coder.exporters import audit_words, method_words, wording
from coder.exporters.files import write_text_file


def write_beside(path: Path, lines: Sequence[str]) -> Path:
    """Write the lines of a note beside the file they are about. Returns where."""

    def write(stream: TextIO) -> None:
        stream.write("".join(f"{line}\n" for line in (f"{wording.METHOD}: {wording.name(path.name)}", "", *lines)))

    beside = method_path(path)
    write_text_file(beside, write)
    return beside


def to_json(note: MethodNote) -> dict[str, Any]:
    """The note as values that JSON knows, with all of it in words under `text`."""
    return {
        "made_at": note.made_at.isoformat(),
        "program": note.program,
        "questions": [_question(one) for one in note.every],
        "text": method_words.lines(note),
    }


def _question(note: MethodNote) -> dict[str, Any]:
    document: dict[str, Any] = {
        "question": note.question,
        "round": note.round,
        "base": note.base,
        "unit": note.unit.value,
    }
    if not note.codebook:
        return document | ({"memos": list(note.memos)} if note.memos else {})
    return document | {
        "rule_order": list(note.rule_order),
        "codebook": note.codebook,
        "codebook_version": note.fingerprint,
        "codebook_when_coded": note.coded_with or None,
        "analysts": [{"analyst": analyst, "codings": count} for analyst, count in note.analysts],
        "origins": {origin.value: note.origins.get(origin, 0) for origin in Origin},
        "runs": [asdict(run) for run in note.runs],
        "clashes": note.clashes,
        "uncoded": note.uncoded,
        "nothing_to_code": note.nothing_to_code,
        **({"ahead_of_autocode": note.ahead} if note.ahead else {}),
        **_audit(note),
        "memos": list(note.memos),
        "answer_memos": note.answer_memos,
        **({"decision": note.decision, "decided_at": note.decided_at} if note.stand else {}),
    }


def _audit(note: MethodNote) -> dict[str, Any]:
    """What the intervals rest on, or how many answers are still to be coded before there are any."""
    one = note.sampled
    if one is None:
        left = {"waiting_in_audit": note.waiting, "outside_audit": note.outside}
        return {name: number for name, number in left.items() if number}
    return {
        "audit": {
            "drawn": one.drawn,
            "population": one.population,
            "seed": one.seed,
            "drawn_at": one.at,
            "drawn_by": one.analyst,
            "level": one.level,
            "recoded": one.since,
            "estimator": audit_words.ESTIMATOR,
            "interval": audit_words.INTERVAL,
            "agreement": one.agreement.figures if one.agreement else None,
        }
    }
