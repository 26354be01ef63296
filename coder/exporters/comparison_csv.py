"""A comparison of two rounds as delimited text: a row a theme, code or option."""

from collections.abc import Iterator
from typing import TextIO

from coder.domain.compared_rows import ComparedRow
from coder.domain.comparison import Comparison
from coder.domain.estimates import TESTS
from coder.domain.tables import Count
from coder.exporters.delimited import Cell, write_for_excel, write_raw

COLUMNS = (
    "question",
    "theme",
    "code",
    "option",
    *(f"{name}_{side}" for side in ("before", "after") for name in ("round", "count", "percent", "base")),
    "change",
    "both",
    "kept",
    "lost",
    "gained",
    "test",
    "estimate",
    "interval_low",
    "interval_high",
    "p",
    "p_adjusted",
    "marks",
)
LIMITS = tuple(f"{end}_{of}" for of in ("before", "after", "change") for end in ("low", "high"))  # last, by an audit


def write(made: Comparison, stream: TextIO, excel: bool = False) -> None:
    """Write the comparison; `excel` chooses the dialect. The stream must be UTF-8 and leave line ends alone."""
    rows = [(*COLUMNS, *(LIMITS if made.measured else ())), *_rows(made)]
    if excel:
        write_for_excel(rows, stream)
    else:
        write_raw(rows, stream)


def _rows(made: Comparison) -> Iterator[tuple[Cell, ...]]:
    """Shares, changes and intervals in percent, unrounded; what does not hold for a row is an empty cell.

    The limits are of the two counts, and of the change.
    """
    for row in made.rows:
        yield (
            made.after.question.key,
            row.theme,
            row.code,
            row.option,
            made.before.round.key,
            *_count(row.before),
            made.after.round.key,
            *_count(row.after),
            "" if row.change is None else row.change,
            made.both,
            *((row.kept, row.lost, row.gained) if made.known else ("", "", "")),
            *_estimate(row, made),
            " ".join(mark.value for mark in (*made.marks, *row.marks, *row.fates)),
            *(_limits(row) if made.measured else ()),
        )


def _count(count: Count | None) -> tuple[Cell, ...]:
    return ("", "", "") if count is None else (count.count, count.percent, count.base)


def _limits(row: ComparedRow) -> tuple[Cell, ...]:
    counts = [limit for one in (row.before, row.after) for limit in ((one.low, one.high) if one else (None, None))]
    return tuple("" if limit is None else limit for limit in (*counts, *(row.limits or (None, None))))


def _estimate(row: ComparedRow, made: Comparison) -> tuple[Cell, ...]:
    sure = row.estimate
    if sure is None:
        return ("",) * 6
    low, high = sure.interval
    return TESTS[made.design], 100 * sure.change, 100 * low, 100 * high, sure.p, sure.p_adjusted
