"""Whether autocode keeps its promise of precision: `python -m tests.benchmarks.precision`.

Two parts, on the screen and in `results/precision.md`. The bundled made-up round of 2024, coded by machine from the
hand codings of 2023 and set against what its writers meant; and draws from Swedish MASSIVE, scored on its dev file.
"""

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Origin, Work
from coder.domain.intervals import wilson
from coder.domain.suggestion import Evidence
from coder.suggest.calibration import calibration_error
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.gate import Marked, gate, left_out, trials
from coder.suggest.scoring import Scorer
from coder.workflow.autocode import AutocodeReport, autocode
from coder.workflow.codings import export_codings
from coder.workflow.demo import demo_project
from coder.workflow.machine import Terms
from coder.workflow.project import Project
from coder.workflow.suggesting import background
from tests.benchmarks.massive import codebook, draws, missing, read

RESULTS = Path(__file__).parent / "results"
TRUTH = Path(__file__).parents[1] / "data" / "af-2024-true-codings.csv"
PROMISE = 0.9
_DEALS = 10
_EXAMPLES = (5, 10, 20)
_CODES = 25
# Texts coded in the proportions in which they come: as many as with so many examples a code, and two numbers more.
_IN_PROPORTION = (125, 180, 250, 500, 1000)

Pair = tuple[str, str, str]


def main(arguments: list[str] | None = None) -> int:
    """Print both parts and write them down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    text = "\n".join(["# Promised and achieved precision", "", *_bundled(), "", *_massive(options.seeds)]) + "\n"
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "precision.md").write_text(text, encoding="utf-8")
    return 0


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
    truth = _truth()
    with tempfile.TemporaryDirectory() as folder, demo_project(Path(folder) / "af.db") as project:
        reports = [autocode(project, one.key, "2024", Terms(PROMISE)) for one in project.open_questions("2024")]
        given = _given(project)
    right = pairs = 0
    for report in reports:
        own = [pair for pair in given[report.question] if pair in truth[report.question]]
        yield _line(report, len(given[report.question]), len(own))
        right, pairs = right + len(own), pairs + len(given[report.question])
    low, high = wilson(right, pairs)
    yield f"| both | | | | {pairs} | {right} | {right / pairs:.3f} | {low:.3f}–{high:.3f} | |"
    yield from _other_deals()
    for report in reports:
        yield from _topics(report)


def _other_deals() -> Iterator[str]:
    """The same from other seeds, which deal the answers of 2023 to other folds."""
    yield ""
    yield f"The same from {_DEALS} seeds, each deals the answers to other folds; the table above is of the first."
    yield ""
    yield "| question | seeds that code | pairs, mean | precision, all pairs | least |"
    yield "|---|---|---|---|---|"
    truth = _truth()
    hits: dict[str, list[list[bool]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, demo_project(Path(folder) / "af.db") as project:
        for seed in range(_DEALS):
            for one in project.open_questions("2024"):
                autocode(project, one.key, "2024", Terms(PROMISE, seed=seed))
            for key, pairs in _given(project).items():
                hits[key].append([pair in truth[key] for pair in sorted(pairs)])
    for key, seeds in hits.items():
        every = [hit for own in seeds for hit in own]
        least = min(sum(own) / len(own) for own in seeds)
        told = f"{len(every) / _DEALS:.0f} | {sum(every) / len(every):.3f} | {least:.3f}"
        yield f"| {key} | {len(seeds)} of {_DEALS} | {told} |"


def _line(report: AutocodeReport, pairs: int, right: int) -> str:
    verdicts = Counter(one.verdict.value for one in report.gate.codes)
    low, high = wilson(right, pairs) if pairs else (0.0, 1.0)
    share = f"{right / pairs:.3f}" if pairs else "–"
    told = " / ".join(str(verdicts[name]) for name in ("automatic", "weak", "insufficient_evidence"))
    return (
        f"| {report.question} | {report.answers} | {report.coded} | {report.coded / report.answers:.2f} | {pairs} | "
        f"{right} | {share} | {low:.3f}–{high:.3f} | {told} |"
    )


def _topics(report: AutocodeReport) -> Iterator[str]:
    """The made-up new topics of a question, and which candidate's examples speak of each."""
    meant: dict[str, set[str]] = defaultdict(set)
    for row in _rows():
        if row["question"] == report.question and row["code"] and not row["theme"]:
            meant[row["code"]].add(row["snippet"])
    yield ""
    yield f"New topics of {report.question}, and how many of a candidate's examples speak of each:"
    yield ""
    for topic, snippets in meant.items():
        found = [
            (place, sum(any(_overlap(text, snippet) for snippet in snippets) for text in one.examples), one)
            for place, one in enumerate(report.candidates, 1)
        ]
        told = [
            f"candidate {place} ({', '.join(one.words)}): {count} of {len(one.examples)}"
            for place, count, one in found
            if count
        ]
        yield f"- {topic}, {len(snippets)} segments: {'; '.join(told) or 'not found'}"
    yield f"- {len(report.candidates)} candidates in all; {report.new} answers held back as new by themselves"


def _overlap(text: str, snippet: str) -> bool:
    return text.strip(" .") in snippet or snippet.strip(" .") in text


def _rows() -> list[dict[str, str]]:
    with TRUTH.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _truth() -> dict[str, set[Pair]]:
    found: dict[str, set[Pair]] = defaultdict(set)
    for row in _rows():
        if row["code"]:
            found[row["question"]].add((row["respondent"], row["theme"], row["code"]))
    return found


def _given(project: Project) -> dict[str, set[Pair]]:
    found: dict[str, set[Pair]] = defaultdict(set)
    for row in export_codings(project):
        if row.round == "2024" and row.origin is Origin.AUTO:
            found[row.question].add((row.respondent, row.theme, row.code))
    return found


@dataclass(frozen=True)
class _Outcome:
    taken: int
    right: int
    scored: int
    automatic: int
    error: float

    @property
    def below(self) -> bool:
        """Whether so few right is beyond chance, were the promise kept: below it with its own interval."""
        return self.taken > 0 and wilson(self.right, self.taken)[1] < PROMISE


def _massive(seeds: int) -> Iterator[str]:
    yield "## Swedish MASSIVE"
    yield ""
    yield (
        f"{_CODES} codes, {seeds} draws, precision {PROMISE:g} promised, scored on the dev file, whole texts. N texts "
        "a code; and texts in the proportions in which they come, as an analyst codes them. In draws with N texts a "
        "code the dev file holds other shares of the codes than what was coded, which the promise does not speak of. "
        "Beyond chance: the upper limit of the draw's own 95 percent interval lies under the promise. Each draw goes "
        "both ways: as autocode does it, which reads texts of the round beside the codings, and without those. "
        "Off: the mean distance between what scores promise and how often they are right, over all scored texts."
    )
    yield ""
    yield (
        "| coded texts | reads the round | draws that code | share coded | precision, all draws | least | draws under "
        "the promise | beyond chance | codes automatic | off |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    rows = [(f"{count} a code", count, True) for count in _EXAMPLES]
    rows += [(f"{count} in proportion", count, False) for count in _IN_PROPORTION]
    for name, count, balanced in rows:
        for reads in (True, False):
            outcomes = [_outcome(count, seed, balanced=balanced, reads=reads) for seed in range(seeds)]
            print(f"{name}, reads the round: {reads}", file=sys.stderr)
            yield _row(f"{name} | {'yes' if reads else 'no'}", outcomes)


def _row(name: str, outcomes: list[_Outcome]) -> str:
    coding = [one for one in outcomes if one.taken]
    taken, right = sum(one.taken for one in coding), sum(one.right for one in coding)
    shares = [one.right / one.taken for one in coding]
    under = sum(share < PROMISE for share in shares)
    return (
        f"| {name} | {len(coding)} of {len(outcomes)} | {taken / sum(one.scored for one in outcomes):.3f} | "
        + (f"{right / taken:.3f} | {min(shares):.3f} | " if coding else "– | – | ")
        + f"{under} | {sum(one.below for one in coding)} | "
        + f"{sum(one.automatic for one in outcomes) / len(outcomes):.1f} | "
        + f"{sum(one.error for one in outcomes) / len(outcomes):.3f} |"
    )


def _outcome(count: int, seed: int, *, balanced: bool, reads: bool) -> _Outcome:
    book = codebook(_CODES)
    ids = {code.name: code.id for code in book.codes}
    if balanced:
        evidence = next(one for one in draws(book, seed, 0, tune=False) if one.examples == count).evidence
    else:
        texts = [(text, ids[code]) for _, code, text in read("train") if code in ids]
        random.Random(seed).shuffle(texts)
        evidence = [Evidence(text, code, str(place)) for place, (text, code) in enumerate(texts[:count])]
    scored = [(text, ids[code]) for _, code, text in read("dev") if code in ids]
    waiting = [(Answer(place, Respondent(str(place)), text), Work()) for place, (text, _) in enumerate(scored)]
    suggester = CodebookSuggester().fit(book, evidence, background(waiting, seed) if reads else ())
    marked = [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in evidence]
    scorer = Scorer(fitted(suggester))
    tried = list(trials(marked, left_out(suggester, marked, seed)))
    found = gate(tried, suggester.codes_, Counter(item.code for item in evidence), PROMISE)
    best = [
        (one, code) for one, (_, code) in zip(scorer.best([text for text, _ in scored]), scored, strict=True) if one
    ]
    right = [one.code == code for one, code in best]
    hits = [hit for hit, (one, _) in zip(right, best, strict=True) if found.takes(one)]
    error = calibration_error(np.array([one.score for one, _ in best]), np.array(right))
    return _Outcome(len(hits), sum(hits), len(scored), len(found.thresholds), error)


if __name__ == "__main__":
    sys.exit(main())
