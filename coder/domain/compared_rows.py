"""The rows of two rounds set side by side: what each counts in the one and in the other, and who changed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from coder.domain import intervals
from coder.domain.answers import Question, Round
from coder.domain.codebook import Codebook, fingerprint
from coder.domain.coding import Origin
from coder.domain.comparability import Mark, of_entries
from coder.domain.estimates import Estimate, machine_change
from coder.domain.lineage import Fate, Line
from coder.domain.sampling import Sampled
from coder.domain.tables import Count, Membership, OptionTable, ThemeTable


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of the two rounds: the question as it was put, its codebook when its answers were last coded, its table.

    `behind` are the respondents of the table's base and what each is counted under. `coded` is the number of the
    journal's event that last decided about the answers.
    """

    round: Round
    question: Question
    table: ThemeTable | OptionTable
    behind: Membership
    codebook: Codebook | None = None
    coded: int = 0

    @property
    def fingerprint(self) -> str:
        """That of the codebook, empty for a closed question."""
        return fingerprint(self.codebook) if self.codebook else ""

    @property
    def uncoded(self) -> int:
        """How many answers nobody has coded yet; none to a closed question."""
        return self.table.uncoded if isinstance(self.table, ThemeTable) else 0

    @property
    def untouched(self) -> bool:
        """True where there are answers and nobody has coded any: then nothing is known of what they say."""
        return 0 < self.uncoded == self.table.base

    @property
    def silent(self) -> bool:
        """True where nobody answered the question: then there is nothing to have a share of."""
        return not self.table.base

    @property
    def origins(self) -> Mapping[Origin, int]:
        """How the counted codings came about; none of a closed question."""
        return self.table.origins if isinstance(self.table, ThemeTable) else {}

    @property
    def machine(self) -> int:
        """How many of the counted codings are a machine's, and accepted by nobody."""
        return self.origins.get(Origin.AUTO, 0)

    @property
    def waiting(self) -> int:
        """How many answers an audit under way has taken a machine's codings off."""
        return self.table.waiting if isinstance(self.table, ThemeTable) else 0

    @property
    def outside(self) -> int:
        """How many answers could not be drawn for an audit that is read, and keep it from giving intervals."""
        return len(self.table.outside) if isinstance(self.table, ThemeTable) else 0

    @property
    def ahead(self) -> int:
        """How many answers the machine's last run has not come to."""
        return self.table.ahead if isinstance(self.table, ThemeTable) else 0

    @property
    def sampled(self) -> Sampled | None:
        """What the intervals of its counts rest on, None where no finished audit measures them."""
        return self.table.sampled if isinstance(self.table, ThemeTable) else None

    @property
    def unmeasured(self) -> bool:
        """True where a machine has a part in the counts, and no finished audit says how right it is."""
        return bool(self.machine) and self.sampled is None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A theme (empty `code`), one of its codes, a code without a theme (empty `theme`), or an option (its `option`).

    A count is None in a round that did not have the option, that nobody answered or that nobody has coded yet. `limits`
    are those of the change, in percentage points, where an audit reckons with a machine's errors; None elsewhere.
    `lost` and `gained` are, of those in both bases, who was counted in the first round only and in the second only;
    `kept` in both. `fates` are what happened to the entry of the codebook between the codings of the two rounds; the
    mark *break* says that it no longer means the same.
    `under` is, round by round, what a member is counted under who is counted in this row: ids of codes, or the place of
    an option.
    """

    theme: str
    code: str
    option: str
    before: Count | None
    after: Count | None
    kept: int
    lost: int
    gained: int
    estimate: Estimate | None = None
    limits: intervals.Interval | None = None
    marks: tuple[Mark, ...] = ()
    fates: tuple[Fate, ...] = ()
    under: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())

    @property
    def change(self) -> float | None:
        """The change in percentage points between all who answered in the two rounds; None where one lacks it."""
        if self.before is None or self.after is None:
            return None
        return self.after.percent - self.before.percent

    @property
    def likely(self) -> float | None:
        """The change that the `limits` are about, by the audits; None where there are none."""
        if self.before is None or self.after is None or self.limits is None:
            return None
        return machine_change(self.before, self.after)

    @property
    def beyond(self) -> bool:
        """True where the change lies outside its limits."""
        return (
            self.change is not None
            and self.limits is not None
            and not (self.limits[0] <= self.change <= self.limits[1])
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """One round's half of a row: its count, and who is counted; `codes` is what a member may be counted under."""

    names: tuple[str, str, str]
    count: Count
    codes: frozenset[int]


def compared_rows(before: Occasion, after: Occasion, both: frozenset[str]) -> list[ComparedRow]:
    """A row for each theme, code or option that one of the rounds has; `both` answered in both of them."""
    lines = _lines(before, after)
    old, new = _parts(before.table), _parts(after.table)
    then, now = _by_code(before.behind, both), _by_code(after.behind, both)
    # The later round's order; what only the earlier one had comes last.
    keys = [*new, *(key for key in old if key not in new)]
    result = []
    for key in keys:
        one, other = old.get(key), new.get(key)
        under = tuple(each.codes if each else frozenset() for each in (one, other))
        yes, still = _counted(then, under[0]), _counted(now, under[1])
        part = other or one
        assert part is not None
        line = lines.get(key)
        result.append(
            ComparedRow(
                *part.names,
                before=one.count if one and not (before.untouched or before.silent) else None,
                after=other.count if other and not (after.untouched or after.silent) else None,
                kept=len(yes & still),
                lost=len(yes - still),
                gained=len(still - yes),
                marks=_marks(one is not None, other is not None, line),
                fates=line.fates if line else (),
                under=(under[0], under[1]),
            )
        )
    return result


# "theme", "code" or "option", and the entry's number or the option's words.
Row = tuple[str, int | str]


def _lines(before: Occasion, after: Occasion) -> dict[Row, Line]:
    """What became of the entries between the codings of the rounds, whichever of them was coded first."""
    then, now = sorted((before, after), key=lambda one: one.coded)
    if then.codebook is None or now.codebook is None:
        return {}
    return dict[Row, Line](of_entries(then.codebook, now.codebook).items())


def _marks(there_before: bool, there_after: bool, line: Line | None) -> tuple[Mark, ...]:
    if not (there_before and there_after):
        return (Mark.GONE if there_before else Mark.NEW,)
    return (Mark.BREAK,) if line is not None and line.broken else ()


def _parts(table: ThemeTable | OptionTable) -> dict[Row, _Part]:
    if isinstance(table, OptionTable):
        return {
            ("option", row.name): _Part(("", "", row.name), row.count, frozenset({place}))
            for place, row in enumerate(table.options)
        }
    result: dict[Row, _Part] = {}
    for theme in table.themes:
        codes = frozenset(code.id for code in theme.codes)
        result["theme", theme.id] = _Part((theme.name, "", ""), theme.count, codes)
        for code in theme.codes:
            result["code", code.id] = _Part((theme.name, code.name, ""), code.count, frozenset({code.id}))
    for code in table.unthemed:
        result["code", code.id] = _Part(("", code.name, ""), code.count, frozenset({code.id}))
    return result


def _by_code(behind: Membership, both: frozenset[str]) -> dict[int, set[str]]:
    """Who of those in both bases is counted under what."""
    found: dict[int, set[str]] = defaultdict(set)
    for member in behind.members:
        if member.key in both:
            for code in member.counted:
                found[code].add(member.key)
    return found


def _counted(by_code: Mapping[int, set[str]], codes: frozenset[int]) -> set[str]:
    return set[str]().union(*(by_code.get(code, ()) for code in codes))
