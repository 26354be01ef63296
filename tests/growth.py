"""How the time that work takes grows with its size: a ratio within one run, whatever the machine."""

from collections.abc import Callable
from functools import partial
from time import process_time
from timeit import repeat

# Work that looks at everything once takes four times as long for four times as much, and at all pairs sixteen.
TIMES = 4
LINEAR = 9.0


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of three turns."""
    return min(repeat(work, timer=process_time, repeat=3, number=1))


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as long `TIMES` times the size takes."""
    return spent(partial(work, TIMES * size)) / spent(partial(work, size))
