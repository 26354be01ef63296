"""Whether autocode keeps its promise of precision: `python -m tests.benchmarks.precision`.

Two parts, on the screen and in `results/precision.md`. The bundled made-up round of 2024, coded by machine from the
hand codings of 2023 and set against what its writers meant; and draws from Swedish MASSIVE, scored on its dev file.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from coder.domain.coding import Origin
from coder.domain.exchange import CodingRow
from coder.domain.intervals import wilson
from coder.workflow.autocode import autocode
from coder.workflow.autocode_report import AutocodeReport
from coder.workflow.codings import export_codings
from coder.workflow.demo import demo_project
from coder.workflow.machine import Terms
from tests.benchmarks.precision_massive import on_massive
from tests.benchmarks.seeded import run
from tests.second_round import examples_on, forced, given_pairs, new_topics, true_pairs

RESULTS = Path(__file__).parent / "results" / "precision.md"
PROMISE = 0.9


def main(arguments: list[str] | None = None) -> int:
    """Print both parts and write them down."""
    return run(__doc__ or "", _report, RESULTS, arguments)


def _report(seeds: int) -> Iterator[str]:
    yield "# Promised and achieved precision"
    yield ""
    yield from _bundled()
    yield ""
    yield from on_massive(seeds, PROMISE)


def _bundled() -> Iterator[str]:
    yield "## The made-up round of 2024, from the hand codings of 2023"
    yield ""
    yield (
        f"Precision {PROMISE:g} promised. A hit: the answer was meant to carry that code, wherever in it; an (answer, "
        "code) pair counts once."
    )
    yield ""
    yield "| question | answers | coded | share | pairs | right | precision | 95 % | codes automatic / weak / too few |"
    yield "|---|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder, demo_project(Path(folder) / "af.db") as project:
        reports = [autocode(project, one.key, "2024", Terms(PROMISE)) for one in project.open_questions("2024")]
        given = [row for row in export_codings(project) if row.round == "2024" and row.origin is Origin.AUTO]
    right = pairs = 0
    for report in reports:
        every = given_pairs([row for row in given if row.question == report.question])
        own = every & true_pairs(report.question)
        yield _line(report, len(every), len(own))
        right, pairs = right + len(own), pairs + len(every)
    low, high = wilson(right, pairs)
    yield f"| both | | | | {pairs} | {right} | {right / pairs:.3f} | {low:.3f}–{high:.3f} | |"
    for report in reports:
        yield from _topics(report, given)
    yield ""
    yield (
        "Which fields of meaning fill the last places of the candidates was decided on draws from MASSIVE, but with it "
        "seen here that the field of insecurity grew more than chance would have it in seven of a hundred cases: what "
        "the rule is worth is to be judged by `novelty.md`, small round."
    )


def _line(report: AutocodeReport, pairs: int, right: int) -> str:
    verdicts = Counter(one.verdict.value for one in report.gate.codes)
    low, high = wilson(right, pairs) if pairs else (0.0, 1.0)
    share = f"{right / pairs:.3f}" if pairs else "–"
    told = " / ".join(str(verdicts[name]) for name in ("automatic", "weak", "insufficient_evidence"))
    return (
        f"| {report.question} | {report.answers} | {report.coded} | {report.coded / report.answers:.2f} | {pairs} | "
        f"{right} | {share} | {low:.3f}–{high:.3f} | {told} |"
    )


def _topics(report: AutocodeReport, given: Sequence[CodingRow]) -> Iterator[str]:
    """The made-up new topics of a question: how much was given a code, and which candidate's examples speak of each."""
    yield ""
    yield (
        f"New topics of {report.question}: how many segments there are of each, by how many respondents, how many of "
        "them were forced into an old code, and how many of a candidate's examples speak of it:"
    )
    yield ""
    for topic, rows in new_topics(report.question).items():
        told = [
            f"candidate {place} ({', '.join(one.words)}): {count} of {len(one.examples)}"
            for place, one in enumerate(report.candidates, 1)
            if (count := examples_on(rows, one.examples))
        ]
        respondents, taken = len({row["respondent"] for row in rows}), sum(forced(row, given) for row in rows)
        yield f"- {topic}, {len(rows)} by {respondents}, {taken} forced; {'; '.join(told) or 'not found'}"
    yield f"- {len(report.candidates)} candidates in all; {report.new} answers held back as new by themselves"


if __name__ == "__main__":
    sys.exit(main())
