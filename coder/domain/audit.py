"""What a blind sample of the machine's answers says of its counts: each with an interval that is right though it errs.

The answers that the machine decided on are split in two by what it said of a theme, and a person's reading of the
sampled ones says how many of each part belong there. That is the two-phase difference estimator, post-stratified:
W. G. Cochran (1977), Sampling techniques, 3rd ed., 5A.9 and 12; C.-E. Särndal, B. Swensson and J. Wretman (1992), Model
assisted survey sampling, ch. 6 and 9. It equals prediction-powered inference for a mean, tuned to how good the machine
is: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and T. Zrnic (2023), Prediction-powered inference, Science
382, 669-674; A. N. Angelopoulos, J. C. Duchi and T. Zrnic (2023), PPI++, arXiv:2311.01453, with lambda the difference
between the two parts' shares.

Their normal intervals collapse where few mistakes are drawn, or none; `finite_sample` has those that do not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from coder.domain.coding import Origin, Work
from coder.domain.counting import Decision
from coder.domain.finite_sample import LEVEL, limits
from coder.domain.mid_p import Part
from coder.domain.sampling import Sampled
from coder.domain.tables import CodeRow, Count, ThemeTable

Key = tuple[str, int]  # ("theme", id) or ("code", id)


def counted_under(decision: Decision) -> frozenset[Key]:
    """The themes and codes that an answer is counted under, by the rule."""
    codes = {("code", settled.code) for settled in decision}
    return frozenset(codes | {("theme", settled.theme) for settled in decision if settled.theme is not None})


def is_read(work: Work) -> bool:
    """True where a person is done with an answer, and nothing of a machine's is left in it; not where one has begun."""
    return (work.done or work.nothing) and not any(coding.origin is Origin.AUTO for coding in work.codings)


def is_settled(work: Work, decision: Decision) -> bool:
    """True where an answer is read and no clash is open in it: only then does one of the sample measure the machine."""
    return is_read(work) and not any(settled.clash for settled in decision)


@dataclass(frozen=True, slots=True)
class Examined:
    """An answer that the machine decided on: what it is counted under by the machine, and by people who have read it.

    What a person has begun, and is not done with, stands with what the machine said.

    `drawn` says that it was drawn for the audit; only then does it measure the machine. `people` is None for an answer
    that nobody has read.
    """

    machine: frozenset[Key]
    people: frozenset[Key] | None = None
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What an audit says of one theme or code: how many answers belong, in the whole base, and between which limits.

    Of the sampled answers the machine had counted `counted` there, `right` of them rightly, and had missed `missed`.
    """

    estimate: float
    low: int
    high: int
    counted: int
    right: int
    missed: int


def measure(
    answers: Iterable[Examined], exact: Mapping[Key, int], keys: Iterable[Key], level: float = LEVEL
) -> dict[Key, Measured]:
    """How many answers belong to each theme and code of `keys`, from all answers of the machine's population.

    `exact` counts the answers outside it, which people have read. Answers are gone through once.
    """
    said, drawn_said, right, belong_said, said_read = (Counter[Key]() for _ in range(5))
    drawn_belong, belong = Counter[Key](), Counter[Key]()
    size = drawn = read = 0
    for one in answers:
        size += 1
        said.update(one.machine)
        if one.people is None:
            continue
        read += 1
        said_read.update(one.machine)
        belong.update(one.people)
        both = one.machine & one.people
        belong_said.update(both)
        if one.drawn:
            drawn += 1
            drawn_said.update(one.machine)
            drawn_belong.update(one.people)
            right.update(both)
    result = {}
    for key in keys:
        yes = Part(said[key], drawn_said[key], right[key], belong_said[key], said_read[key] - belong_said[key])
        missed, found = drawn_belong[key] - right[key], belong[key] - belong_said[key]
        no = Part(size - said[key], drawn - drawn_said[key], missed, found, read - said_read[key] - found)
        # Where none of a part was drawn, the estimate takes the machine at its word; the interval does not.
        estimate = yes.expected(yes.size) + no.expected(0)
        low, high = limits(yes, no, level)
        there = exact.get(key, 0)
        result[key] = Measured(there + estimate, there + low, there + high, yes.drawn, yes.marked, missed)
    return result


def with_intervals(table: ThemeTable, measured: Mapping[Key, Measured], sampled: Sampled) -> ThemeTable:
    """The table with every count's interval beside it; the counts stay as they are.

    Those whom people have counted belong, though they may not be done with the answer: no limit lies below them.
    """

    def marked(key: Key, count: Count) -> Count:
        found = measured.get(key)
        if found is None:
            return count
        sure = 0 if count.origins is None else count.origins.hand + count.origins.accepted
        return replace(count, low=max(sure, found.low), high=max(sure, found.high), estimate=found.estimate)

    def rows(codes: tuple[CodeRow, ...]) -> tuple[CodeRow, ...]:
        return tuple(replace(code, count=marked(("code", code.id), code.count)) for code in codes)

    themes = tuple(
        replace(theme, count=marked(("theme", theme.id), theme.count), codes=rows(theme.codes))
        for theme in table.themes
    )
    return replace(table, themes=themes, unthemed=rows(table.unthemed), sampled=sampled)
