"""How many of a finite population belong, at least and at most, judged from samples of its two parts.

A number is in the interval where samples at least as far from it as the ones drawn are not too rare; `mid_p` says
how far and how rare, and why. Where all of the sample but one speaks for an end of the scale, the end is in: else a
thing that occurs once would be missed in as many samples as draw it. L. D. Brown, T. T. Cai and A. DasGupta (2001),
Interval estimation for a binomial proportion, Statistical Science 16, 101-133.

`tests/benchmarks/coverage.py` shows how often the truth is covered, and `tests/benchmarks/coverage_grid.py` what other
rules would do.
"""

from functools import lru_cache
from math import sqrt

from coder.domain.mid_p import Part, p_value

LEVEL = 0.95
_ROUNDING = 1e-9  # a number that just fits does so on every machine


@lru_cache(maxsize=4096)
def limits(one: Part, other: Part, level: float = LEVEL) -> tuple[int, int]:
    """How many belong of two parts together, at least and at most; both ends are in the interval."""
    one, other = sorted((one, other))  # whichever comes first, rounding is the same
    middle = round(one.expected(one.size / 2) + other.expected(other.size / 2))
    spread = round(sqrt(sum(part.doubt * part.guess * (part.size - part.guess) for part in (one, other))))

    def last(end: int) -> int:
        """The last number that fits on the way from the middle to an end of the scale, in steps and then by halves."""
        way = 1 if end > middle else -1
        near, far = 0, abs(end - middle) + 1
        place, step = 3 * spread // 2, max(1, spread // 2)
        while far - near > 1:
            if not near < place < far:
                place = (near + far) // 2
            if p_value(one, other, middle + way * place) > 1 - level - _ROUNDING:
                near, place = place, place + step
            else:
                far, place = place, place - step
        return middle + way * near

    least, most = one.belong + other.belong, one.most + other.most
    lost = one.drawn - one.marked + other.drawn - other.marked
    low = least if one.marked + other.marked <= 1 else last(least)
    return low, most if lost <= 1 else last(most)
