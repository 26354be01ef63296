"""Figures as values: which shares stand in which bars. How they are drawn is the exporters' affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.coding import Origin
from coder.domain.errors import CoderError
from coder.domain.sampling import Sampled
from coder.domain.tables import Count, OptionTable, ThemeTable, by_count


class Shape(StrEnum):
    """How the bars stand: one a label, parts of a whole in one bar, or one a round beside each other."""

    BARS = "bars"
    STACKED = "stacked"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Series:
    """What one kind of bar shows, a count a label: an option, or a round. Bars alone have one series.

    None stands where the option was not offered, or the round is not coded at all: that is not the same as 0 %.
    """

    name: str
    counts: tuple[Count | None, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """How a round's counts came about: from so many counted `codings`, of which `machine` are the batch run's.

    `clashes` are counted provisionally and `uncoded` answers not coded yet, of `base`. `unthemed` are the respondents
    with codes that have no theme, which no bar shows. `waiting` answers are in an audit under way, with a machine's
    codings taken off them, and `outside` ones could not be drawn for one that is read; `ahead` are those that its last
    run has not come to. `sampled` is what the counts' intervals rest on, None where no finished audit measures them.
    """

    base: int
    codings: int = 0
    machine: int = 0
    clashes: int = 0
    uncoded: int = 0
    unthemed: int = 0
    waiting: int = 0
    outside: int = 0
    ahead: int = 0
    sampled: Sampled | None = None

    @property
    def untouched(self) -> bool:
        """True where nobody has coded any of the answers: then there is nothing to show."""
        return 0 < self.uncoded == self.base


@dataclass(frozen=True, slots=True)
class Figure:
    """Shares in percent to be drawn as lying bars, first label at the top.

    Every count carries its own base. `shown_of` is how many labels there were before the rarer were left out.
    `questions` and `rounds` are where the numbers come from; `source` replaces the line that says so. `coded` is how
    the counts of each round came about, empty for options. An empty `title` leaves it to the exporter.
    """

    shape: Shape
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    shown_of: int
    source: str = ""
    coded: tuple[Coded, ...] = ()

    @property
    def bases(self) -> tuple[int, ...]:
        """The bases of the counts, each once, in the order of labels and series."""
        rows = zip(*(series.counts for series in self.series), strict=True)
        return tuple(dict.fromkeys(count.base for row in rows for count in row if count is not None))


def theme_bars(table: ThemeTable, top: int | None = None) -> Figure:
    """The most common themes of a round, in percent of those who answered."""
    _require_answers(table)
    ordered = by_count(table)
    assert isinstance(ordered, ThemeTable)
    rows = ordered.themes[:top]
    return Figure(
        Shape.BARS,
        table.text or table.question,
        tuple(theme.name for theme in rows),
        (Series(table.round, tuple(_shares(table)[theme.id][1] for theme in rows)),),
        (table.question,),
        (table.round,),
        len(table.themes),
        coded=(_coded(table),),
    )


def option_bars(table: OptionTable, top: int | None = None) -> Figure:
    """The options of a closed question in the order they were offered, or the `top` most common of them."""
    _require_answers(table)
    ordered = by_count(table) if top else table
    assert isinstance(ordered, OptionTable)
    rows = ordered.options[:top]
    return Figure(
        Shape.BARS,
        table.text or table.question,
        tuple(option.name for option in rows),
        (Series(table.round, tuple(option.count for option in rows)),),
        (table.question,),
        (table.round,),
        len(table.options),
    )


def stacked(tables: Sequence[OptionTable]) -> Figure:
    """Several closed questions of one round, a bar each, parted by their options.

    Some may lack options that the others have. Raises CoderError where they are not on one scale: their bars could not
    be compared.
    """
    for table in tables:
        _require_answers(table)
    offered = [{option.name: option.count for option in table.options} for table in tables]
    scales: list[list[str]] = [list(one) for one in offered]
    names: list[str] = max(scales, key=len)
    if any(not set(one) <= set(names) for one in offered):
        raise CoderError(
            "the questions are not answered on one scale, so their shares can't stand in one figure",
            "Draw them one by one, or name questions with the same options.",
        )
    series = tuple(Series(name, tuple(one.get(name) for one in offered)) for name in names)
    return Figure(
        Shape.STACKED,
        "",
        tuple(table.text or table.question for table in tables),
        series,
        tuple(table.question for table in tables),
        tuple(dict.fromkeys(table.round for table in tables)),
        len(tables),
    )


def change(tables: Sequence[ThemeTable | OptionTable], top: int | None = None) -> Figure:
    """One question over rounds, oldest first: themes or options, each with its share in every round.

    Themes come with the most common of the latest round first, and are the same theme where they are the same entry of
    the codebook; a round that nobody has coded has no shares. Options stand as offered, and are the same where they
    have the same words.
    """
    for table in tables:
        _require_answers(table)
    coded = [table for table in tables if isinstance(table, OptionTable) or not _coded(table).untouched]
    latest = (coded or tables)[-1]
    if len({table.question for table in tables}) > 1 or len({table.round for table in tables}) < len(tables):
        raise CoderError(
            "change is shown of one question over different rounds", "Name one question and each round once."
        )
    ordered = by_count(latest) if isinstance(latest, ThemeTable) or top else latest
    names: dict[int | str, str] = {}
    for table in (ordered, *reversed(tables)):
        for key, (name, _) in _shares(table).items():
            names.setdefault(key, name)
    kept = list(names)[:top]
    shares = [_shares(table) for table in tables]
    series = tuple(
        Series(table.round, tuple(share[key][1] if key in share else None for key in kept))
        for table, share in zip(tables, shares, strict=True)
    )
    return Figure(
        Shape.CHANGE,
        latest.text or latest.question,
        tuple(names[key] for key in kept),
        series,
        (latest.question,),
        tuple(table.round for table in tables),
        len(names),
        coded=tuple(_coded(table) for table in tables if isinstance(table, ThemeTable)),
    )


def _coded(table: ThemeTable) -> Coded:
    return Coded(
        table.base,
        codings=sum(table.origins.values()),
        machine=table.origins.get(Origin.AUTO, 0),
        clashes=table.clashes,
        uncoded=table.uncoded,
        unthemed=table.with_unthemed,
        waiting=table.waiting,
        outside=len(table.outside),
        ahead=table.ahead,
        sampled=table.sampled,
    )


def _shares(table: ThemeTable | OptionTable) -> dict[int | str, tuple[str, Count | None]]:
    """Themes or options with their counts; none of a round that nobody has coded yet."""
    if isinstance(table, OptionTable):
        return {option.name: (option.name, option.count) for option in table.options}
    untouched = _coded(table).untouched
    return {theme.id: (theme.name, None if untouched else theme.count) for theme in table.themes}


def _require_answers(table: ThemeTable | OptionTable) -> None:
    rows = table.options if isinstance(table, OptionTable) else table.themes
    if not rows:
        kind = "options" if isinstance(table, OptionTable) else "themes"
        raise CoderError(f"the question {table.question} has no {kind} to draw", "Give it some, or draw another.")
    if not table.base:
        raise CoderError(
            f"nobody has answered {table.question} in round {table.round}, so there are no shares to draw",
            "Choose another question or round.",
        )
