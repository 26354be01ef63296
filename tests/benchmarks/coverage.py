"""Whether the intervals of an audit hold: `python -m tests.benchmarks.coverage [DRAWS]`.

A made-up round of 2,000 answers, 200 of them coded by hand; a machine has decided on the others, and what is true of
all is known. The same round is audited over and over, each time with another random sample, and every time each
theme's and code's interval either covers the true count or does not. Once with a good machine and once with one that
is bad on purpose. Writes results/coverage.md beside this file.
"""

import random
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from coder.domain.audit import Examined, Key, counted_under, measure
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.counting import decide
from coder.domain.sampling import draw
from tests.benchmarks.coverage_grid import Population, ours
from tests.benchmarks.reachable import reachable

ANSWERS, BY_HAND, SAMPLE, DRAWS, AGAIN = 2000, 200, 200, 500, 2000
SHARES = (0.40, 0.25, 0.18, 0.12, 0.09, 0.07, 0.05, 0.04, 0.03, 0.02, 0.01, 0.005)  # of the answers, theme by theme
MACHINES = {"good": (0.85, 0.90), "bad on purpose": (0.40, 0.30)}  # recall and precision
_FEW = 30  # mistakes, of which a sample holds three or so
_RESULTS = Path(__file__).parent / "results" / "coverage.md"
_Z = statistics.NormalDist().inv_cdf(0.975)


def codebook() -> Codebook:
    """Themes of two codes each; the second code is a third as common as the first."""
    themes = tuple(Theme(n, f"tema {n}") for n in range(1, len(SHARES) + 1))
    codes = tuple(Code(2 * n + k, f"kod {n}{'ab'[k]}", n) for n in range(1, len(SHARES) + 1) for k in (0, 1))
    return Codebook("t", "sv", "Vad?", themes, codes)


@dataclass
class Round:
    """What is true of every answer, and what the machine said of those that nobody had coded."""

    book: Codebook
    truth: list[frozenset[Key]]
    machine: list[frozenset[Key]]

    @property
    def exact(self) -> Counter[Key]:
        """What the answers coded by hand count."""
        return Counter(key for keys in self.truth[:BY_HAND] for key in keys)

    def true_count(self, key: Key) -> int:
        """How many answers belong."""
        return sum(key in keys for keys in self.truth)


def made_up(recall: float, precision: float, seed: int = 1) -> Round:
    """A round; both the truth and the machine go through the counting rule, clashes and all."""
    dice, book = random.Random(seed), codebook()

    def coded(themes: Sequence[int], origin: Origin) -> frozenset[Key]:
        codings = []
        for place, theme in enumerate(themes):
            # One in five carries both codes of the theme: only one of them may count.
            both = dice.random() < 0.2
            for k in (0, 1) if both else (int(dice.random() < 0.25),):
                segment = Segment(20 * place + 9 * k, 20 * place + 9 * k + dice.randint(3, 8))
                codings.append(Coding(2 * theme + k, segment, "eva", origin))
        return counted_under(decide(Work(tuple(codings)), book))

    belongs = [[n for n, share in enumerate(SHARES, 1) if dice.random() < share] for _ in range(ANSWERS)]
    truth = [coded(themes, Origin.HAND) for themes in belongs]
    wrongly = [share * recall * (1 - precision) / precision / (1 - share) for share in SHARES]
    said = [
        [n for n in range(1, len(SHARES) + 1) if dice.random() < (recall if n in themes else wrongly[n - 1])]
        for themes in belongs[BY_HAND:]
    ]
    return Round(book, truth, [coded(themes, Origin.AUTO) for themes in said])


@dataclass
class Row:
    """What the draws gave for one theme or code: how often truth lay below or above the interval, and its widths."""

    name: str
    true: int
    machine: int
    population: Population
    below: int = 0
    above: int = 0
    widths: list[int] = field(default_factory=list)
    normal: int = 0

    @property
    def mistakes(self) -> int:
        """How many answers the machine invented or missed."""
        return self.population.said - self.population.right + self.population.missed

    def covered(self, draws: int) -> float:
        """How often the interval covered the truth, in percent."""
        return 100 * (draws - self.below - self.above) / draws


def simulated(one: Round, draws: int) -> dict[Key, Row]:
    """Audit the round many times, each time with the sample that another seed draws."""
    rows: dict[Key, Row] = {}
    entries = [*((("theme", theme.id), theme.name) for theme in one.book.themes)]
    entries += [(("code", code.id), code.name) for code in one.book.codes]
    open_truth, exact = one.truth[BY_HAND:], one.exact
    for key, name in entries:
        said = sum(key in keys for keys in one.machine)
        right = sum(key in m & t for m, t in zip(one.machine, open_truth, strict=True))
        missed = sum(key in keys for keys in open_truth) - right
        population = Population(len(open_truth), SAMPLE, said, right, missed)
        rows[key] = Row(name, one.true_count(key), exact[key] + said, population)
    numbers = [str(place) for place in range(len(one.machine))]
    for seed in range(draws):
        sampled = {int(key) for key in draw(numbers, SAMPLE, str(seed))}
        answers = [
            Examined(machine, open_truth[place] if place in sampled else None, place in sampled)
            for place, machine in enumerate(one.machine)
        ]
        found = measure(answers, exact, rows)
        sample = [answer for answer in answers if answer.drawn]
        for key, row in rows.items():
            row.below += row.true < found[key].low
            row.above += row.true > found[key].high
            row.widths.append(found[key].high - found[key].low)
            row.normal += _normal_covers(key, row, sample, len(answers))
    return rows


def exact(one: Population) -> float:
    """How often the interval covers the truth, in percent, over all samples there are."""
    outcomes = [(chance, ours(one, outcome)) for outcome, chance in one.outcomes()]
    return 100 * sum(chance for chance, covered in outcomes if covered) / sum(chance for chance, _ in outcomes)


def again(one: Population, draws: int = AGAIN) -> float:
    """How often the interval covers the truth, in percent, over many new samples."""
    dice, covered = random.Random(2), 0
    wrong, none = one.said - one.right, one.size - one.said - one.missed
    cells = [*[0] * one.right, *[1] * wrong, *[2] * one.missed, *[3] * none]
    for _ in range(draws):
        of = Counter(dice.sample(cells, one.sample))
        covered += ours(one, (of[0] + of[1], of[0], of[2]))
    return 100 * covered / draws


def _normal_covers(key: Key, row: Row, sample: list[Examined], size: int) -> bool:
    """Whether the textbook's interval covers: the mean difference, give or take its standard error."""
    errors = [(key in (one.people or ())) - (key in one.machine) for one in sample]
    middle = row.machine + size * statistics.fmean(errors)
    half = _Z * size * sqrt(statistics.variance(errors) / len(errors) * (1 - len(errors) / size))
    return abs(middle - row.true) <= half + 1e-9


def table(rows: Sequence[Row], draws: int) -> list[str]:
    """A line a row, and one for all."""
    lines = [
        "| | true | machine | invented / missed | covered, % | truth below / above, % | of all samples, % "
        "| reachable, % | mean width | normal interval, % |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        one, few = row.population, row.mistakes <= _FEW
        lines.append(
            f"| {row.name} | {row.true} | {row.machine} | {one.said - one.right} / {one.missed} "
            f"| {row.covered(draws):.1f} "
            f"| {100 * row.below / draws:.1f} / {100 * row.above / draws:.1f} "
            f"| {f'{exact(one):.1f}' if few else ''} | {f'{reachable(one):.1f}' if few else ''} "
            f"| {statistics.fmean(row.widths):.0f} | {100 * row.normal / draws:.1f} |"
        )
    every = statistics.fmean(row.covered(draws) for row in rows)
    normal = statistics.fmean(100 * row.normal / draws for row in rows)
    return [*lines, f"| **all** | | | | **{every:.1f}** | | | | | {normal:.1f} |"]


def main() -> int:
    """Simulate, print and write the tables."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    lines = [
        "# Do the intervals of an audit hold?",
        "",
        f"A made-up round of {ANSWERS} answers, {BY_HAND} coded by hand, audited {draws} times with {SAMPLE} of the",
        f"{ANSWERS - BY_HAND} that the machine decided on, each time drawn anew. 95 percent intervals of each theme's",
        f"and code's count in all {ANSWERS}, after the once-per-theme rule. By chance a row of {draws} draws lies",
        f"within {196 * sqrt(0.95 * 0.05 / draws):.1f} points of its coverage 19 times in 20. The last column is the",
        "textbook's normal interval of the difference estimator (prediction-powered inference without tuning) over the",
        "same samples.",
        "",
        f"Where the machine made few mistakes, up to {_FEW}, *of all samples* is how many of all the samples there are",
        "the interval covers, worked out and not drawn. There coverage moves in steps, as the samples with the same",
        "mistakes are covered or are not. *Reachable* is the least that any rule comes down to there that goes by how",
        "many of each kind of mistake a sample holds, does not know how many there are of each, and covers at least 93",
        "percent wherever as many answers belong; found by integer programming. The rule in use also goes by how many",
        "of the answers that the machine counted are in the sample, which makes the steps finer. What is above 97 even",
        "so says too little rather than too much.",
    ]
    for name, (recall, precision) in MACHINES.items():
        one = made_up(recall, precision)
        rows = simulated(one, draws)
        lines += [
            "",
            f"## A machine that is {name}: recall {recall:.2f}, precision {precision:.2f}",
            "",
            "### Themes",
            "",
        ]
        lines += table([row for (kind, _), row in rows.items() if kind == "theme"], draws)
        lines += ["", "### Codes", ""]
        lines += table([row for (kind, _), row in rows.items() if kind == "code"], draws)
        outside = [row for row in rows.values() if row.mistakes > _FEW and not 93 <= row.covered(draws) <= 97]
        found = ", ".join(f"{row.name} {again(row.population):.1f}" for row in outside)
        lines += ["", f"Other rows outside 93 to 97, looked at again over {AGAIN} new samples: {found or 'none'}."]
    print("\n".join(lines))
    _RESULTS.parent.mkdir(exist_ok=True)
    _RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
