"""Lying bars drawn in inches on one sheet: readable in print and in grey, every bar labelled with its share.

Imports matplotlib, and is itself imported only when a figure is drawn.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing

from coder.domain.errors import CoderError
from coder.domain.figures import Figure, Shape
from coder.domain.tables import Count
from coder.exporters import figure_words
from coder.exporters.canvas import MARGIN, WIDTH, Fill, Sheet

_LINE = 0.165
_BAR = 0.26
_GAP = 0.14
_QUIET = "#4a555c"
_SIZE, _SMALL, _LARGE = 9.0, 7.5, 11.0


_ONE = Fill("#1d5476", label="#ffffff")
_PARTS = (
    Fill("#173f5a", label="#ffffff"),
    Fill("#5d8fb0", label="#000000"),
    Fill("#ffffff", "////"),
    Fill("#c9d6df"),
    Fill("#8a8f94", "....", "#000000"),
    Fill("#ffffff"),
    Fill("#3d4246", label="#ffffff"),
    Fill("#e3e6e8", "xxxx"),
)
_ROUNDS = (Fill("#ffffff", "////"), Fill("#1d5476", label="#ffffff"), Fill("#b9c9d4"), Fill("#ffffff", "...."))


def settings() -> AbstractContextManager[None]:
    """What drawing and saving must happen within for equal figures to give equal files, whatever the user has set."""
    return mpl.rc_context(
        {
            **mpl.rcParamsDefault,
            "svg.fonttype": "path",
            "svg.hashsalt": "coder",
            "pdf.fonttype": 42,
            "hatch.linewidth": 0.5,
        }
    )


def draw(figure: Figure) -> Drawing:
    """The figure on a sheet as wide as a page's text and as high as it needs.

    Raises CoderError where there are more kinds of bars than can be told apart.
    """
    most = {Shape.BARS: 1, Shape.STACKED: len(_PARTS), Shape.CHANGE: len(_ROUNDS)}[figure.shape]
    if len(figure.series) > most:
        what = "rounds" if figure.shape is Shape.CHANGE else "options"
        raise CoderError(
            f"a figure has fills for {most} {what} that can be told apart in print, and here are {len(figure.series)}",
            f"Name fewer {what}, or draw them one by one.",
        )
    sheet = Sheet()
    sheet.lines(figure_words.title(figure), MARGIN, WIDTH - 2 * MARGIN, size=_LARGE, bold=True)
    sheet.top += 0.12
    _BODIES[figure.shape](sheet, figure)
    sheet.top += 0.1
    for words in (figure_words.base(figure), figure_words.source(figure)):
        sheet.lines(words, MARGIN, WIDTH - 2 * MARGIN, size=_SMALL, colour=_QUIET)
    return sheet.drawn()


def _bars(sheet: Sheet, figure: Figure) -> None:
    counts = figure.series[0].counts
    left, labels = _label_column(sheet, figure)
    room = WIDTH - MARGIN - left - max(sheet.width_of(figure_words.counted(count), _SIZE) for count in counts) - 0.06
    scale = room / _largest(counts)
    began = sheet.top
    for lines, count in zip(labels, counts, strict=True):
        middle = _label(sheet, lines, left, _BAR)
        _one_bar(sheet, count, (left, middle), scale=scale, thick=_BAR, size=_SIZE, fill=_ONE)
    sheet.line(left, began, sheet.top - _GAP)


def _stacked(sheet: Sheet, figure: Figure) -> None:
    _legend(sheet, figure, _PARTS)
    left, labels = _label_column(sheet, figure)
    full = WIDTH - MARGIN - left

    def fits(words: str, count: Count) -> bool:
        return sheet.width_of(words, _SMALL) + 0.06 <= full * count.percent / 100

    def number(count: Count) -> str:
        return figure_words.share(count).split("\u00a0")[0]

    # Where a share has no room but its number alone has, all stand as numbers.
    every = [count for one in figure.series for count in one.counts if count and count.count]
    bare = any(fits(number(count), count) and not fits(figure_words.share(count), count) for count in every)
    said = number if bare else figure_words.share
    for place, lines in enumerate(labels):
        middle = _label(sheet, lines, left, _BAR)
        x = left
        for one, fill in zip(figure.series, _PARTS, strict=False):
            count = one.counts[place]
            if not count or not count.count:
                continue
            width = full * count.percent / 100
            sheet.bar(x, middle - _BAR / 2, width, _BAR, fill)
            words = said(count)
            if fits(words, count):
                ground = fill.ground if fill.hatch else None
                sheet.text(words, x + width / 2, middle, size=_SMALL, colour=fill.label, align="center", ground=ground)
            x += width


def _change(sheet: Sheet, figure: Figure) -> None:
    _legend(sheet, figure, _ROUNDS)
    left, labels = _label_column(sheet, figure)
    counts = [count for one in figure.series for count in one.counts]
    room = WIDTH - MARGIN - left - max(sheet.width_of(figure_words.counted(count), _SMALL) for count in counts) - 0.06
    scale = room / _largest(counts)
    thin = _BAR * 0.7
    began = sheet.top
    for place, lines in enumerate(labels):
        height = thin * len(figure.series)
        middle = _label(sheet, lines, left, height)
        for number, one in enumerate(figure.series):
            y = middle - height / 2 + (number + 0.5) * thin
            fill = _ROUNDS[number]
            _one_bar(sheet, one.counts[place], (left, y), scale=scale, thick=thin, size=_SMALL, fill=fill)
    sheet.line(left, began, sheet.top - _GAP)


def _largest(counts: Sequence[Count | None]) -> float:
    """The share, or the upper limit of one, that takes all the room; in percent."""
    return max((max(count.percent, (count.percent_limits or (0, 0))[1]) for count in counts if count), default=0) or 1


def _one_bar(
    sheet: Sheet,
    count: Count | None,
    start: tuple[float, float],
    *,
    scale: float,
    thick: float,
    size: float,
    fill: Fill,
) -> None:
    """A bar from the middle of its left end, its whisker and, beyond both, its label; `scale` is inches a percent."""
    left, y = start
    end = left
    if count is not None and count.count:
        end += scale * count.percent
        sheet.bar(left, y - thick / 2, end - left, thick, fill)
    if count is not None and count.percent_limits is not None:
        low, high = (left + scale * limit for limit in count.percent_limits)
        sheet.whisker(low, high, y, cap=thick / 5, at=left + scale * 100 * count.likely / count.base)
        end = max(end, high)
    sheet.text(figure_words.counted(count), end + 0.06, y, size=size)


_BODIES = {Shape.BARS: _bars, Shape.STACKED: _stacked, Shape.CHANGE: _change}


def _legend(sheet: Sheet, figure: Figure, fills: tuple[Fill, ...]) -> None:
    """What each fill stands for, in the order of the bars, on as many lines as it takes."""
    x, box = MARGIN, 0.14
    sheet.top += 0.04
    for number in range(len(figure.series)):
        name = sheet.broken(figure_words.series_name(figure, number), WIDTH / 2, _SMALL)[0]
        width = box + 0.06 + sheet.width_of(name, _SMALL) + 0.2
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, sheet.top = MARGIN, sheet.top + _LINE * 1.2
        sheet.bar(x, sheet.top - box / 2, box, box, fills[number])
        sheet.text(name, x + box + 0.06, sheet.top, size=_SMALL)
        x += width
    sheet.top += _LINE * 1.3


def _label_column(sheet: Sheet, figure: Figure) -> tuple[float, list[list[str]]]:
    """Where the bars begin, and the names before them in lines; names take at most two fifths of the width."""
    names = [figure_words.label(figure, place) for place in range(len(figure.labels))]
    width = min(max(sheet.width_of(name, _SIZE) for name in names), WIDTH * 0.4)
    return MARGIN + width + 0.1, [sheet.broken(name, width + 0.01, _SIZE) for name in names]


def _label(sheet: Sheet, lines: list[str], left: float, bar: float) -> float:
    """A name to the left of its bar; returns the height of the bar's middle and moves the place below both."""
    height = max(bar, len(lines) * _LINE)
    middle = sheet.top + height / 2
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * _LINE
        sheet.text(line, left - 0.1, y, align="right")
    sheet.top += height + _GAP
    return middle
