"""How seldom an interval can cover the truth where a machine makes few mistakes, if it may not do so too seldom."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import hypergeom

from tests.benchmarks.coverage_grid import Population

_MOST = 9  # mistakes of a kind in a sample: what holds more counts as covered
_WAYS = 40  # to make the same true count of, from the fewest mistakes on


def reachable(one: Population, least: float = 93.0) -> float:
    """The least coverage of a population, in percent, by any rule that covers `least` wherever as many answers belong.

    The rule may go by how many of each kind of mistake a sample holds, but does not know how many the machine made of
    each, and its interval lies no lower for a missed answer more or an invented one fewer. Found by integer
    programming: which samples leave the truth below their interval, and which above it.
    """
    wrong, more = one.said - one.right, one.missed - (one.said - one.right)
    ways = range(max(0, -more), min(one.said, one.size - one.said - more, max(0, -more) + _WAYS) + 1)
    chances = np.array([_seen(one, way, way + more).ravel() for way in ways])
    places = np.arange(chances.shape[1]).reshape(_MOST + 1, _MOST + 1)
    lower = np.concatenate([places[:, :-1].ravel(), places[1:, :].ravel()])
    higher = np.concatenate([places[:, 1:].ravel(), places[:-1, :].ravel()])
    order = np.eye(places.size)[lower] - np.eye(places.size)[higher]
    none, every = np.zeros_like(order), np.eye(places.size)
    rules = np.block([[order, none], [none, -order], [every, every], [chances, chances]])
    limits = np.concatenate([np.zeros(2 * len(order)), np.ones(places.size), np.full(len(ways), 1 - least / 100)])
    own = chances[wrong - ways[0]]
    found = milp(
        -np.concatenate([own, own]),
        constraints=LinearConstraint(rules, -np.inf, limits),
        integrality=np.ones(2 * places.size),
        bounds=Bounds(0, 1),
        options={"time_limit": 60},
    )
    return float(100 * (1 + found.mip_dual_bound))


def _seen(one: Population, wrong: int, missed: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """How likely a sample holds so many invented, a row each, and so many missed, a column each."""
    numbers = np.arange(_MOST + 1)
    others = [hypergeom.pmf(numbers, one.size - wrong, missed, one.sample - seen) for seen in numbers]
    return np.asarray(hypergeom.pmf(numbers, one.size, wrong, one.sample)[:, None] * np.array(others))
