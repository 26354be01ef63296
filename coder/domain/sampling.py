"""Drawing answers at random, and how many to draw."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from statistics import NormalDist

from coder.domain.agreement import Agreement
from coder.domain.finite_sample import LEVEL


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many answers were drawn from how many, for intervals of `level`, in 0..1; by whom, when and by which seed.

    `since` of the others a machine has decided otherwise since the drawing: the counts are of its later decision.
    `agreement` is how often it was right on the sample, None where that is not known.
    """

    drawn: int
    population: int
    level: float = LEVEL
    since: int = 0
    analyst: str = ""
    at: str = ""
    seed: str = ""
    agreement: Agreement | None = None


def draw(keys: Iterable[str], size: int, seed: str) -> list[str]:
    """A simple random sample without replacement, in random order: the first few of it are such a sample too.

    Every key is given a number by a hash of it with the seed, and the smallest numbers are drawn: the same keys and
    seed give the same sample, whatever the order they come in, on every machine.
    """
    numbered = ((sha256(f"{seed}\n{key}".encode()).digest(), key) for key in keys)
    return [key for _, key in heapq.nsmallest(size, numbered)]


def size_for(half_width: float, population: int, level: float = LEVEL) -> int:
    """How many to draw so that a share of the population is known to within `half_width`, in 0..1, at the worst.

    Cochran (1977), 4.4, for a share of one half and with the finite population correction; most shares come out closer.
    """
    if not 0 < half_width <= 1:
        raise ValueError("a half-width lies between 0 and 1")
    needed = (NormalDist().inv_cdf((1 + level) / 2) / (2 * half_width)) ** 2
    return min(population, max(1, ceil(needed / (1 + (needed - 1) / population)))) if population else 0
