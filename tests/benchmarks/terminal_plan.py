"""What the driver of a session codes: the bundled hand codings, clause by clause."""

import csv
from collections import defaultdict

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook, search
from coder.domain.coding import Segment
from coder.workflow.demo import bundled

Given = tuple[Segment | None, str, str, bool]  # segment, theme, code, and whether it is counted


def analysts_codes(question: str, round_key: str) -> dict[str, list[Given]]:
    """The bundled hand codings of a question: by respondent, segments with theme, code and whether it is counted."""
    found: dict[str, list[Given]] = defaultdict(list)
    with (bundled("corpora") / f"af-{round_key}" / "codings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["question"] == question and row["code"]:
                segment = Segment(int(row["start"]), int(row["end"])) if row["start"] else None
                counted = row["status"] == "counted"
                found[row["respondent"]].append((segment, row["theme"], row["code"], counted))
    return found


def wanted(answer: Answer, parts: tuple[Segment, ...], given: list[Given]) -> list[int | None]:
    """For each clause the number of the analysts' coding that covers most of it, None for an uncoded clause."""
    chosen: list[int | None] = []
    for part in parts:
        covers = []
        for number, (segment, *_) in enumerate(given):
            whole = segment or Segment(0, len(answer.text))
            covers.append((min(part.end, whole.end) - max(part.start, whole.start), -number))
        best = max(covers, default=(0, 0))
        chosen.append(-best[1] if best[0] > len(part) / 2 else None)
    return chosen


def letters(codebook: Codebook, code: int) -> str:
    """The fewest letters of the code's name that find it first, as someone who knows the codebook types them."""
    name = codebook.code_by_id[code].name.casefold()
    for length in range(2, len(name) + 1):
        if search(codebook, name[:length])[0].id == code:
            return name[:length]
    return name
