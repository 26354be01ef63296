"""Reading after the machine: in which order, how much of it is worth while, and what a reader does with a coding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Identity, Origin, Work, take_back, take_back_each
from coder.domain.finite_sample import LEVEL

TOP = 5  # themes whose order shall be sure
_CONTESTED = 2.0  # what a change counts for in a theme whose order is not sure; 1 in the others


def accept(work: Work, coding: Coding, analyst: str) -> Work:
    """The work with a machine's coding taken over by the analyst; its score, place, run, flag and quote stay.

    Where the analyst has given the same already, that stays, as an example if the machine's was flagged as one.
    """
    return accept_each(work, [coding], analyst)


def accept_each(work: Work, codings: Iterable[Coding], analyst: str) -> Work:
    """The work with each of these codings of a machine taken over by the analyst, as `accept` does."""
    held = {coding.identity for coding in work.codings}
    theirs = [coding for coding in codings if coding.identity in held]
    taken = {one.identity: replace(one, analyst=analyst, origin=Origin.ACCEPTED) for one in theirs}
    after = _in_place_of(work, {identity: (one,) for identity, one in taken.items()})
    quotes: dict[Identity, Coding] = {}
    for one in theirs:
        if one.example:
            quotes.setdefault(taken[one.identity].identity, one)
    if not quotes:
        return after
    flagged = (
        replace(one, example=True, kept=quotes[one.identity].kept)
        if one.identity in quotes and not one.example
        else one
        for one in after.codings
    )
    return replace(after, codings=tuple(flagged))


def accept_all(work: Work, analyst: str) -> Work:
    """The work with every coding of a machine taken over by the analyst."""
    return accept_each(work, by_machine(work.codings), analyst)


def settle(work: Work, analyst: str) -> Work:
    """The work with every coding of a machine that stands taken over by the analyst, who is done with the answer."""
    return replace(accept_all(work, analyst), done=True)


def reject_all(work: Work, codebook: Codebook | None = None) -> Work:
    """The work without the codings of a machine."""
    return take_back_each(work, by_machine(work.codings), codebook)


def by_machine(codings: Iterable[Coding]) -> list[Coding]:
    """Those of the codings that a machine has given and nobody has accepted."""
    return [one for one in codings if one.origin is Origin.AUTO]


def correct(work: Work, coding: Coding, code: int, analyst: str, codebook: Codebook | None = None) -> Work:
    """The work with another code, by hand, in the place of a machine's coding; the same code again is accepted.

    A choice for the code that goes, goes with its last coding.
    """
    if code == coding.code:
        return accept(work, coding, analyst)
    by_hand = Coding(code, coding.segment, analyst, whole=coding.whole)
    return take_back(_in_place_of(work, {coding.identity: (coding, by_hand)}), coding, codebook)


def reject(work: Work, coding: Coding, codebook: Codebook | None = None) -> Work:
    """The work without a machine's coding."""
    return take_back(work, coding, codebook)


def _in_place_of(work: Work, instead: Mapping[Identity, Sequence[Coding]]) -> Work:
    """The work with other codings where those of these identities stood; what is there already comes not twice."""
    found: dict[Identity, Coding] = {}
    for coding in work.codings:
        for one in instead.get(coding.identity, (coding,)):
            found.setdefault(one.identity, one)
    return replace(work, codings=tuple(found.values()))


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that no person has settled: the themes it may belong to, each with its probability in 0..1.

    `left` says that the machine has coded nothing in it: then it is counted nowhere yet; else it is counted under the
    themes of `counted`. `alike` is the same for answers that say the same thing.
    """

    answer: int
    left: bool
    chances: Mapping[int, float]
    counted: frozenset[int] = frozenset()
    alike: int | None = None


def contested(known: Mapping[int, int], unread: Iterable[Unread], top: int = TOP, level: float = LEVEL) -> set[int]:
    """The themes of the top whose interval overlaps a neighbour's, as far as the probabilities hold: see `enough`."""
    mean, spread = _expected(known, unread)
    z = _normal(level)
    return {theme for pair in pairwise(_ranking(mean, top)) if not _apart(pair, mean, spread, z) for theme in pair}


def order(unread: Sequence[Unread], known: Mapping[int, int], top: int = TOP) -> list[int]:
    """In which order to read: what was left, then what was coded, and within each what may change the table most.

    What an answer may change is the sum, over its themes, of the probability that reading it moves the theme's count:
    of being added where it is not counted, and of being wrong where it is. A theme whose place among the first `top` is
    not sure counts double. Answers that say the same follow the first of them.
    """
    weight = dict.fromkeys(contested(known, unread, top), _CONTESTED)

    def change(one: Unread) -> float:
        themes = one.chances.keys() | one.counted
        return sum(
            weight.get(theme, 1.0) * abs((theme in one.counted) - one.chances.get(theme, 0.0))
            for theme in sorted(themes)
        )

    by_need = sorted(unread, key=lambda one: (not one.left, -change(one), one.answer))
    groups: dict[int, list[int]] = {}
    for one in by_need:
        # Those that are like nothing else are a group by themselves.
        groups.setdefault(-1 - one.answer if one.alike is None else one.alike, []).append(one.answer)
    return [answer for group in groups.values() for answer in group]


def enough(in_order: Sequence[Unread], known: Mapping[int, int], top: int = TOP, level: float = LEVEL) -> int:
    """How many answers to read, in this order, until the order of the `top` most common themes is sure.

    It is sure where no two themes that follow each other, down to the one after the last, have intervals that overlap.
    A theme's interval is its expected count, with the normal limits of what the unread answers leave open if each
    belongs to it with its probability, independently; what is read leaves nothing open. A tie among read answers is
    sure: it is a tie. It rests on the probabilities: whether they hold, only an audit can say.
    """
    mean, _ = _expected(known, in_order)
    ranking, z = _ranking(mean, top), _normal(level)
    spread = dict.fromkeys(ranking, 0.0)
    for place in range(len(in_order), 0, -1):
        moved = [(theme, chance) for theme, chance in in_order[place - 1].chances.items() if theme in spread]
        for theme, chance in moved:
            spread[theme] += chance * (1 - chance)
        if moved and not all(_apart(pair, mean, spread, z) for pair in pairwise(ranking)):
            return place
    return 0


def _expected(known: Mapping[int, int], unread: Iterable[Unread]) -> tuple[dict[int, float], dict[int, float]]:
    """Each theme's expected count, and the variance that the unread answers leave it."""
    mean: dict[int, float] = {theme: float(count) for theme, count in known.items()}
    spread: dict[int, float] = {}
    for one in unread:
        for theme, chance in one.chances.items():
            mean[theme] = mean.get(theme, 0.0) + chance
            spread[theme] = spread.get(theme, 0.0) + chance * (1 - chance)
    return mean, spread


def _ranking(mean: Mapping[int, float], top: int) -> list[int]:
    return sorted(mean, key=lambda theme: (-mean[theme], theme))[: top + 1]


def _normal(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _apart(pair: tuple[int, int], mean: Mapping[int, float], spread: Mapping[int, float], z: float) -> bool:
    first, second = pair
    left_open = z * (sqrt(spread.get(first, 0.0)) + sqrt(spread.get(second, 0.0)))
    return left_open == 0 or mean[first] - mean[second] > left_open
