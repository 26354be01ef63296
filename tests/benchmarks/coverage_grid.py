"""Why an audit's intervals have the rule they have: `python -m tests.benchmarks.coverage_grid [POPULATIONS]`.

Made-up populations, from small to large and from good machines to bad ones, none of them that of `coverage`. For each
the exact probability, over all samples, that the interval holds the truth: by the rule in use, and by others. Writes
results/coverage_grid.md beside this file.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import gammaln
from scipy.stats import betabinom

from coder.domain.finite_sample import limits
from coder.domain.mid_p import Part

_RESULTS = Path(__file__).parent / "results" / "coverage_grid.md"
_BINS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
_MACHINES = ((0.9, 0.95), (0.8, 0.85), (0.65, 0.75), (0.4, 0.35))  # recall and precision
_RARE = 3e-5  # samples less likely than that are left out
_MOST = 200  # answers that a machine missed: no sample of these populations holds more

Outcome = tuple[int, int, int]  # drawn of those the machine counted, right among them, missed among the others
Rule = Callable[["Population", Outcome], bool]


@dataclass(frozen=True)
class Population:
    """So many answers and so many drawn; the machine counted `said`, `right` of them rightly, and missed `missed`."""

    size: int
    sample: int
    said: int
    right: int
    missed: int

    @property
    def expected(self) -> float:
        """How many of the machine's mistakes a sample holds on average."""
        return (self.said - self.right + self.missed) * self.sample / self.size

    def outcomes(self) -> Iterator[tuple[Outcome, float]]:
        """What a sample can hold, each with its probability."""
        rest = self.size - self.said
        for of in range(max(0, self.sample - rest), min(self.said, self.sample) + 1):
            chance = _chances(self.size, self.sample, self.said, np.array([of]))
            right = chance * _chances(self.said, of, self.right, np.arange(of + 1))
            others = self.sample - of
            missed = _chances(rest, others, self.missed, np.arange(min(_MOST, others) + 1))
            for places in np.argwhere(np.outer(right, missed) > _RARE):
                one, other = (int(place) for place in places)
                yield (of, one, other), float(right[one] * missed[other])


def populations(number: int) -> list[Population]:
    """Made-up ones, always the same."""
    dice = np.random.default_rng(77)
    found: list[Population] = []
    while len(found) < number:
        size = int(dice.choice([150, 300, 600, 1200, 2500]))
        sample = min(300, int(size * dice.choice([0.08, 0.12, 0.2, 0.35])))
        true = max(1, round(size * float(np.exp(dice.uniform(np.log(0.006), np.log(0.15))))))
        recall, precision = _MACHINES[dice.integers(len(_MACHINES))]
        right = int(dice.binomial(true, recall))
        said = right + int(dice.binomial(max(1, round(right / precision)), 1 - precision))
        one = Population(size, sample, said, right, true - right)
        if said < size - true and one.expected < _BINS[-1]:
            found.append(one)
    return found


def ours(one: Population, outcome: Outcome) -> bool:
    """The rule in use."""
    of, right, missed = outcome
    yes = Part(one.said, of, right, right, of - right)
    no = Part(one.size - one.said, one.sample - of, missed, missed, one.sample - of - missed)
    low, high = limits(yes, no)
    return low <= one.right + one.missed <= high


def posterior(prior: float, inside: Callable[[Any, int], bool]) -> Rule:
    """A rule by the distribution of the sum under a prior: `inside` says of it, and of the true place in it."""

    def rule(one: Population, outcome: Outcome) -> bool:
        of, right, missed = outcome
        parts = ((one.said, of, right), (one.size - one.said, one.sample - of, missed))
        chances = [
            betabinom.pmf(np.arange(size - drawn + 1), size - drawn, marked + prior, drawn - marked + prior)
            if size > drawn
            else np.ones(1)
            for size, drawn, marked in parts
        ]
        place = one.right + one.missed - right - missed
        both = np.convolve(chances[0], chances[1])
        return 0 <= place < len(both) and inside(both, place)

    return rule


def whole_tails(chances: Any, place: int) -> bool:
    """Equal tails, each number in with all of its probability."""
    reached = np.cumsum(chances)
    return bool(reached[place] > 0.025 and (reached[place - 1] if place else 0.0) <= 0.975)


def half_tails(chances: Any, place: int) -> bool:
    """Equal tails by mid-P."""
    return bool(abs(np.cumsum(chances)[place] - chances[place] / 2 - 0.5) < 0.475)


def shortest(chances: Any, place: int) -> bool:
    """The shortest interval that holds 95 percent."""
    reached = np.concatenate([[0.0], np.cumsum(chances)])
    ends = np.searchsorted(reached, reached[:-1] + 0.95 - 1e-12)
    widths = np.where(ends < len(reached), ends - np.arange(len(chances)), len(reached))
    first = int(np.argmin(widths))
    return first <= place < first + int(widths[first])


def exact_test(one: Population, outcome: Outcome) -> bool:
    """The mid-P of an exact test, samples in order of likelihood ratio; what is unknown beside it at its likeliest."""
    of, right, missed = outcome
    return bool(_accepted(one.said, one.size - one.said, of, one.sample - of, one.right + one.missed)[right, missed])


@cache
def _accepted(said: int, rest: int, of: int, others: int, true: int) -> Any:
    right = np.arange(max(0, true - rest), min(said, true) + 1)
    seen, missed = np.arange(of + 1), np.arange(min(others, _MOST) + 1)
    logs = _logs(said, of, right, seen)[:, None, :] + _logs(rest, others, true - right, missed)[None, :, :]
    free = _logs(said, of, np.arange(said + 1), seen).max(axis=1)[:, None]
    free = free + _logs(rest, others, np.arange(rest + 1), missed).max(axis=1)[None, :]
    ratio = np.round(free - logs.max(axis=2), 9).ravel()
    order = np.argsort(ratio, kind="stable")
    reached = np.cumsum(np.exp(logs).reshape(len(ratio), -1)[order], axis=0)
    ranked = ratio[order]
    first, last = np.searchsorted(ranked, ranked), np.searchsorted(ranked, ranked, side="right") - 1
    below = np.where(first[:, None] > 0, reached[np.maximum(first - 1, 0)], 0.0)
    values = 1 - (below + reached[last]) / 2
    likeliest = logs.argmax(axis=2).ravel()[order]
    found = np.empty(len(ratio), dtype=bool)
    found[order] = values[np.arange(len(order)), likeliest] > 0.05
    return found.reshape(len(seen), len(missed))


def _chances(size: int, drawn: int, belong: int, seen: Any) -> Any:
    return np.exp(_logs(size, drawn, np.array([belong]), seen))[:, 0]


def _logs(size: int, drawn: int, belong: Any, seen: Any) -> Any:
    """The logarithm of the probability of seeing so many, a row each, where so many belong, a column each."""

    def choose(n: Any, k: Any) -> Any:
        inside = (k >= 0) & (k <= n)
        some = np.where(inside, k, 0)
        return np.where(inside, gammaln(n + 1) - gammaln(some + 1) - gammaln(n - some + 1), -np.inf)

    rows = seen[:, None]
    whole = gammaln(size + 1) - gammaln(drawn + 1) - gammaln(size - drawn + 1)
    return choose(belong[None, :], rows) + choose((size - belong)[None, :], drawn - rows) - whole


RULES: dict[str, Rule] = {
    "in use: score test, mid-P, averaged": ours,
    "Jeffreys's prior, mid-P tails": posterior(0.5, half_tails),
    "Jeffreys's prior, whole tails": posterior(0.5, whole_tails),
    "Jeffreys's prior, shortest": posterior(0.5, shortest),
    "prior of 1/3 (Kerman 2011), mid-P tails": posterior(1 / 3, half_tails),
    "exact test by likelihood ratio, mid-P": exact_test,
}


def main() -> int:
    """Go through the populations, print and write the table."""
    made = populations(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
    covered: dict[str, list[float]] = {name: [] for name in RULES}
    for one in made:
        outcomes = list(one.outcomes())
        whole = sum(chance for _, chance in outcomes)
        for name, rule in RULES.items():
            covered[name].append(100 * sum(chance for outcome, chance in outcomes if rule(one, outcome)) / whole)
    lines = [
        "# Which rule for the intervals of an audit?",
        "",
        f"The exact coverage of 95 percent intervals in {len(made)} made-up populations of 150 to 2,500 answers, by",
        "how many of the machine's mistakes a sample holds on average: its mean and its least, and in how many of the",
        "populations it lies below 93 and above 97 percent.",
        "",
        "| mistakes drawn | populations | rule | mean | least | below 93, % | above 97, % |",
        "|---|---|---|---|---|---|---|",
    ]
    for low, high in pairwise(_BINS):
        places = [place for place, one in enumerate(made) if low <= one.expected < high]
        for name, values in covered.items():
            some = np.array([values[place] for place in places])
            if len(some):
                lines.append(
                    f"| {low:g} to {high:g} | {len(some)} | {name} | {some.mean():.1f} | {some.min():.1f} "
                    f"| {100 * np.mean(some < 93):.0f} | {100 * np.mean(some > 97):.0f} |"
                )
    print("\n".join(lines))
    _RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
