"""What the comparison of two rounds says on the screen: columns, the detail of a row, and what a reader must know."""

from collections.abc import Iterator

from coder.domain.comparability import Mark
from coder.domain.compared_rows import ComparedRow
from coder.domain.comparison import Comparison
from coder.domain.estimates import METHODS, TESTS, Design
from coder.domain.how_many import form, how_many
from coder.domain.tables import Count, whole_percent
from coder.tui.signs import ESTIMATED, one_line, shortened

LACKING = "–"
_NO_ROOM = 72  # columns; below it the interval stands in the row's detail alone

MARKS = {
    Mark.CODEBOOK: "the codebook has changed since the round that was coded first",
    Mark.WORDING: "the question was worded otherwise",
    Mark.OPTIONS: "the options are not the same",
    Mark.ROUTING: "the question was not put to the same group",
    Mark.UNCODED: "not coded yet: in the base, and counted under no theme",
    Mark.UNFINISHED: "the machine's last run has stopped or is under way",
    Mark.UNMEASURED: "counted codings are the machine's, and no finished audit says how right they are",
    Mark.NEW: "new option",
    Mark.GONE: "option gone",
    Mark.BREAK: "break in the series",
}


def share(count: Count | None, limited: bool = False) -> str:
    """A share as the table gives it, with its limits where that is wanted, or a dash for a round that lacks it."""
    if count is None:
        return LACKING
    limits = count.percent_limits if limited else None
    between = "" if limits is None else f" ({whole_percent(limits[0])}–{whole_percent(limits[1])})"
    return f"{whole_percent(count.percent)} %{between}"


def points(value: float | None) -> str:
    """Percentage points with one decimal and a sign, none for what rounds to zero."""
    if value is None:
        return LACKING
    text = f"{value:+.1f}".replace(".", ",").replace("-", "−")
    return text if text.strip("+−0,") else "0,0"


def chance(p: float) -> str:
    """A p value with three decimals."""
    return "<0,001" if p < 0.0005 else f"{p:.3f}".replace(".", ",")


def marks(row: ComparedRow) -> str:
    """What makes the row hard to compare, in words."""
    return ", ".join([*(MARKS[one] for one in row.marks), *(one.value for one in row.fates)])


def name_of(row: ComparedRow) -> str:
    """What a row is about."""
    return row.option or row.code or row.theme


def columns(made: Comparison, width: int) -> list[tuple[str, int]]:
    """The columns of numbers that there is room for, each with its head and cells."""
    rounds = [shortened(one_line(one.round.key), 7) for one in made.occasions]
    limited = [one.sampled is not None and width >= _NO_ROOM for one in made.occasions]
    found = [(key, 15 if wide else 8) for key, wide in zip(rounds, limited, strict=True)]
    found.append(("change", 24 if any(limited) else 9))
    if made.estimated and width >= _NO_ROOM:
        same = [("same", 8)] if made.design is Design.PAIRED else []
        found += [*same, (f"{100 * made.level:g} % interval", 17)]
    return [*found, ("p adj.", 8)] if made.estimated else found


def cells(made: Comparison, row: ComparedRow, width: int) -> list[str]:
    """A row's numbers under `columns`."""
    wide = width >= _NO_ROOM
    found = [share(row.before, wide), share(row.after, wide), points(row.change) + (_limits(row) if wide else "")]
    sure = row.estimate
    if made.estimated and width >= _NO_ROOM:
        same = [points(None if sure is None else 100 * sure.change)] if made.design is Design.PAIRED else []
        found += [*same, LACKING if sure is None else _interval(row)]
    return [*found, LACKING if sure is None else chance(sure.p_adjusted)] if made.estimated else found


def detail(made: Comparison, row: ComparedRow) -> Iterator[str]:
    """All that is known of a row, a line each: both counts, who changed, how sure it is with what makes it doubtful."""
    counts = [
        f"{LACKING if one is None else f'{one.count}{_between(one)} of {one.base}'} in {one_line(occasion.round.key)}"
        for one, occasion in zip((row.before, row.after), made.occasions, strict=True)
    ]
    yield f"{one_line(name_of(row))}: {', '.join(counts)}; {points(row.change)} points{_limits(row)}"
    first, second = (one_line(one.round.key) for one in made.occasions)
    if made.known:
        yield (
            f"Of {made.both} who answered both times: {row.kept} in both, {row.lost} only in {first}, "
            f"{row.gained} only in {second}"
        )
    outside = list(_outside(made, row))
    told = [f"outside its limits; the audit's estimate: {', '.join(outside)}"] if outside else []
    if row.estimate is not None:
        whose = f"{points(100 * row.estimate.change)} among them, " if made.design is Design.PAIRED else ""
        told.append(
            f"{whose}interval {_interval(row)}; p {chance(row.estimate.p)}, adjusted {chance(row.estimate.p_adjusted)}"
        )
    told += [marks(row)] if marks(row) else []
    yield "; ".join(told)


def notes(made: Comparison) -> Iterator[tuple[str, str]]:
    """What a reader must know before quoting a change, each with its style."""
    yield from ((f"▲ {warning}.", "clash") for warning in _warnings(made))
    yield from ((note, "dim") for note in _remarks(made))


def _warnings(made: Comparison) -> Iterator[str]:
    for one in made.occasions:
        if one.silent:
            yield f"In round {one.round.key} nobody answered the question: there are no shares and no change"
        if one.untouched:
            yield f"Round {one.round.key} is not coded: its counts and the change are not shown"
        if one.ahead:
            left = how_many(one.ahead, "answer was", "answers were")
            yield f"In {one.round.key} {MARKS[Mark.UNFINISHED]}: {left} still ahead of it"
        if one.outside:
            late = how_many(one.outside, "answer")
            yield f"In {one.round.key} no intervals yet: {late} to code that came too late for the sample"
        elif one.unmeasured:
            counted = f"{one.machine} of {sum(one.origins.values())}"
            yield f"In {one.round.key} {counted} {MARKS[Mark.UNMEASURED]}"
        if one.waiting:
            wait = how_many(one.waiting, "answer waits", "answers wait")
            yield f"In {one.round.key} {wait} in an audit, without the machine's codings: the counts may be too low"
    for mark in made.marks:
        if mark is Mark.UNCODED:
            unfinished = [one for one in made.occasions if one.uncoded and not one.untouched]
            left = " and ".join(f"{how_many(one.uncoded, 'answer')} in {one.round.key}" for one in unfinished)
            if left:
                yield f"{left} {form(sum(one.uncoded for one in unfinished), 'is', 'are')} {MARKS[mark]}"
        elif mark not in (Mark.UNFINISHED, Mark.UNMEASURED):
            yield f"{MARKS[mark][0].upper()}{MARKS[mark][1:]}"


def _remarks(made: Comparison) -> Iterator[str]:
    for one in made.occasions:
        if one.sampled is not None:
            counted = f"{one.machine} of {sum(one.origins.values())} counted codings in {one.round.key}"
            yield (
                f"{counted} are the machine's. Limits in brackets reckon with its errors (audit of {one.sampled.drawn} "
                f"of {one.sampled.population} answers; the change by Zou and Donner 2008): trust them."
            )
    if made.by_machine:
        yield "No test and no interval for chance: they take every coding as right, a machine's too."
    if made.by_machine or not made.known:
        return
    census = "Everybody was asked both times (a census)"
    if made.census and not made.estimated:
        yield f"{census}: no interval and no test, as nobody was drawn. i gives them all the same."
    elif not made.estimated:
        yield "No interval and no test. i gives them."
    if made.estimated:
        whom = f"the {made.both} who answered both times" if made.design is Design.PAIRED else "different respondents"
        chanced = " In a census they say what chance could give." if made.census else ""
        yield (
            f"Intervals ({METHODS[made.design]}) and {TESTS[made.design]} are of {whom}; p is adjusted for many "
            f"rows.{chanced}"
        )


def _between(count: Count) -> str:
    """The limits of a count, where an audit gives any."""
    return "" if count.low is None or count.high is None else f" ({count.low}–{count.high})"


def _outside(made: Comparison, row: ComparedRow) -> Iterator[str]:
    """What audits estimate instead of the counts, and the change, that lie outside their limits."""
    for one, occasion in zip((row.before, row.after), made.occasions, strict=True):
        if one is not None and one.beyond:
            yield f"{ESTIMATED}{int(one.likely + 0.5)} in {one_line(occasion.round.key)}"
    if row.beyond:
        yield f"{ESTIMATED}{points(row.likely)} points"


def _limits(row: ComparedRow) -> str:
    """The limits of a change, where audits give any."""
    return "" if row.limits is None else f" ({' to '.join(map(points, row.limits))})"


def _interval(row: ComparedRow) -> str:
    assert row.estimate is not None
    return " to ".join(points(100 * end) for end in row.estimate.interval)
