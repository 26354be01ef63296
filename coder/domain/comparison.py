"""Two rounds of one question side by side: shares, the change, how sure it is, and what makes it doubtful."""

from dataclasses import dataclass, replace

from coder.domain import intervals
from coder.domain.comparability import Mark, of_question
from coder.domain.compared_rows import ComparedRow, Occasion, compared_rows
from coder.domain.estimates import Design, independent, machine_limits, paired
from coder.domain.tables import Membership


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds of one question. `both` answered in both; `left` in the first only, `entered` in the second only.

    `census` says that everybody was asked in both rounds, so that nothing was left to a draw; then the estimates stand
    only where somebody asked for them. They never stand where a machine has a part in the counts: a test and an
    interval for chance take every coding as right. What its errors may do to a change is told by the row's `limits`,
    where every such round has a finished audit. `marks` are of the question as a whole.
    """

    before: Occasion
    after: Occasion
    design: Design
    census: bool
    estimated: bool
    level: float
    both: int
    entered: tuple[str, ...]
    left: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    marks: tuple[Mark, ...]

    @property
    def occasions(self) -> tuple[Occasion, Occasion]:
        """The two rounds, the first one first."""
        return self.before, self.after

    @property
    def measured(self) -> bool:
        """True where an audit gives any count its interval, and so the changes theirs."""
        return any(one.sampled is not None for one in self.occasions)

    @property
    def by_machine(self) -> bool:
        """True where a machine has a part in the counts of either round."""
        return any(one.machine for one in self.occasions)

    @property
    def known(self) -> bool:
        """True where both rounds are answered and coded, in part at least."""
        return not any(one.untouched or one.silent for one in self.occasions)

    @property
    def question(self) -> str:
        """The key of the question that is compared."""
        return self.after.question.key


def compare(
    before: Occasion,
    after: Occasion,
    *,
    design: Design | None = None,
    interval: bool | None = None,
    level: float = intervals.LEVEL,
) -> Comparison:
    """Set two rounds of one question side by side.

    Without a `design` it is paired where at least half of the smaller base answered both times. Without `interval` the
    estimates are left out of a census; True and False decide, but there are none where a machine has a part in the
    counts or a round is not answered or not coded at all. Themes are the same where they are one entry of the codebook,
    options where they have the same words.
    """
    for one in (before, after):
        one.behind.require_same(one.table)
    first, second = _who(before.behind), _who(after.behind)
    both = first & second
    if design is None:
        smaller = min(len(first), len(second))
        design = Design.PAIRED if smaller and 2 * len(both) >= smaller else Design.INDEPENDENT
    census = before.round.census and after.round.census
    sides = before, after
    exact = not any(one.machine or one.untouched or one.silent for one in sides)
    estimated = exact and (not census if interval is None else interval)
    rows = tuple(compared_rows(before, after, both))
    if not any(one.unmeasured for one in sides):
        rows = tuple(_limited(row) for row in rows)
    if estimated:
        rows = _adjusted(tuple(_estimated(row, design, len(both), level) for row in rows))
    doubts = (
        (Mark.UNCODED, any(one.uncoded for one in sides)),
        (Mark.UNFINISHED, any(one.ahead for one in sides)),
        (Mark.UNMEASURED, any(one.unmeasured for one in sides)),
    )
    doubtful = tuple(mark for mark, holds in doubts if holds)
    return Comparison(
        before=before,
        after=after,
        design=design,
        census=census,
        estimated=estimated,
        level=level,
        both=len(both),
        entered=tuple(sorted(second - first)),
        left=tuple(sorted(first - second)),
        rows=rows,
        marks=(*of_question(before.question, after.question, (before.codebook, after.codebook)), *doubtful),
    )


def _who(behind: Membership) -> frozenset[str]:
    return frozenset(member.key for member in behind.members)


def _limited(row: ComparedRow) -> ComparedRow:
    if row.before is None or row.after is None:
        return row
    return replace(row, limits=machine_limits(row.before, row.after))


def _estimated(row: ComparedRow, design: Design, both: int, level: float) -> ComparedRow:
    if row.before is None or row.after is None:
        return row
    if design is Design.PAIRED:
        if not both:
            return row
        neither = both - row.kept - row.lost - row.gained
        return replace(row, estimate=paired(row.kept, row.lost, row.gained, neither, level))
    return replace(row, estimate=independent(row.before, row.after, level))


def _adjusted(rows: tuple[ComparedRow, ...]) -> tuple[ComparedRow, ...]:
    """The rows with their p values adjusted: themes and options among themselves, codes among themselves."""
    result = list(rows)
    for is_code in (False, True):
        places = [place for place, row in enumerate(rows) if bool(row.code) is is_code and row.estimate]
        raw = [row.estimate.p for row in (rows[place] for place in places) if row.estimate]
        for place, p in zip(places, intervals.benjamini_hochberg(raw), strict=True):
            estimate = rows[place].estimate
            assert estimate is not None
            result[place] = replace(rows[place], estimate=replace(estimate, p_adjusted=p))
    return tuple(result)
