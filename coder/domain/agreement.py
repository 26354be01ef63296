"""How often a machine was right over the whole of a blind sample, against what it had promised."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Work
from coder.domain.intervals import LEVEL, Interval, clopper_pearson


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the sampled answers the machine gave `given` pairs of an answer and a code, `right` of them as people did.

    Pairs stand before the rule, as a promise is about what is given and not about what is counted. `missed` people gave
    and the machine did not. `promise` is the share of right ones that its run was to keep to, in 0..1; None where it
    promised nothing, or where runs promised different things.
    """

    given: int
    right: int
    missed: int
    promise: float | None = None

    @property
    def share(self) -> float | None:
        """The share of right ones, in 0..1; None where the machine gave none."""
        return self.right / self.given if self.given else None

    @property
    def interval(self) -> Interval:
        """Between which limits the share lies (95 percent) of all that the machine gave: `intervals.clopper_pearson`.

        Pairs are taken as drawn one by one, and as few of many: that several are of one answer makes it somewhat
        narrow, and that much of the whole was drawn makes it wide.
        """
        return clopper_pearson(self.right, self.given, LEVEL)

    @property
    def kept(self) -> bool | None:
        """Whether the interval lies at or above the promise, or below it; None where it says neither.

        A machine that is right just as often as promised is said to be below it in 2.5 % of samples at most.
        """
        low, high = self.interval
        if self.promise is None or low < self.promise <= high:
            return None
        return low >= self.promise

    @property
    def figures(self) -> dict[str, float | None]:
        """All of it, named for programs; limits are None where the machine gave nothing."""
        low, high = self.interval if self.given else (None, None)
        return {
            "given": self.given,
            "right": self.right,
            "missed": self.missed,
            "share": self.share,
            "low": low,
            "high": high,
            "level": LEVEL,
            "promised": self.promise,
        }


def agreement(sample: Iterable[tuple[Work, Work]], codebook: Codebook, promise: float | None = None) -> Agreement:
    """Set the work on each sampled answer at the drawing beside what people have made of it.

    What a person had begun by then is neither given by the machine nor missed by it. Entries that were merged are one
    code.
    """
    stands = codebook.stands
    given = right = missed = 0
    for then, now in sample:
        begun, machine = (
            {stands[one.code] for one in then.codings if (one.origin is Origin.AUTO) is auto} for auto in (False, True)
        )
        people = {stands[one.code] for one in now.codings} - begun
        machine -= begun
        given += len(machine)
        right += len(machine & people)
        missed += len(people - machine)
    return Agreement(given, right, missed, promise)
