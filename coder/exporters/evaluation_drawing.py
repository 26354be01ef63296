"""The learning curve and the reliability of scores side by side, told apart by line and marker, never by colour.

Imports matplotlib, and is itself imported only when a figure is drawn.
"""

from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from coder.domain.evaluation import Evaluated
from coder.exporters import evaluation_words as words
from coder.exporters.canvas import MARGIN, WIDTH, Sheet

_QUIET = "#4a555c"
_SIZE, _SMALL, _LARGE = 9.0, 7.5, 11.0
_HIGH = 2.2
_LEFT = 0.42  # room for the numbers before an upright axis
_RIGHT = 0.3  # room for a count beside the last point
_GAP = 0.35
_LINE = 0.17
_STEP = 25  # percent between the marks of an axis

# Line, marker and whether the marker is hollow, in the order of `words.LINES`.
_STYLES = (("-", "s", False), ("-", "o", False), ("--", "s", True), ("--", "o", True))
_PERFECT = (":", "", False)
_FOUND = ("-", "D", False)


@dataclass(frozen=True)
class _Panel:
    """A square of axes on the sheet; values go from 0 to `most` across and from 0 to 1 upwards."""

    left: float
    top: float
    width: float
    most: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + self.width * x / self.most, self.top + _HIGH * (1 - y)


def draw(made: Evaluated) -> Drawing:
    """The picture on a sheet as wide as a page's text. Raises nothing: any evaluation can be drawn."""
    sheet = Sheet()
    sheet.lines(words.title(made), MARGIN, WIDTH - 2 * MARGIN, size=_LARGE, bold=True)
    sheet.top += 0.12
    wide = (WIDTH - 2 * MARGIN - _GAP) / 2
    top, heads = sheet.top, []
    for left, head in ((MARGIN, words.CURVE), (MARGIN + wide + _GAP, words.RELIABILITY)):
        sheet.top = top
        sheet.lines(head, left, wide, size=_SIZE)
        heads.append(sheet.top)
    top = max(heads) + 0.12
    most = max(point.codings for point in made.found.curve) or 1
    curve = _Panel(MARGIN + _LEFT, top, wide - _LEFT, most * 1.04)
    scores = _Panel(MARGIN + wide + _GAP + _LEFT, top, wide - _LEFT - _RIGHT, 1.0)
    _curve(sheet, made, curve)
    sheet.top = top
    _reliability(sheet, made, scores)
    sheet.top = top + _HIGH + 0.55
    known = bool(made.found.reliability)
    legend = [*zip(words.LINES, _STYLES, strict=True)]
    legend += [(words.FOUND, _FOUND), (words.PERFECT, _PERFECT)] if known else []
    for name, (style, marker, hollow) in legend:
        sheet.curve([(MARGIN + 0.05, sheet.top), (MARGIN + 0.4, sheet.top)], style=style, marker=marker, hollow=hollow)
        sheet.text(name, MARGIN + 0.52, sheet.top, size=_SMALL)
        sheet.top += _LINE
    sheet.top += 0.06
    for line in (words.base(made), words.error(made)):
        sheet.lines(line, MARGIN, WIDTH - 2 * MARGIN, size=_SMALL, colour=_QUIET)
    return sheet.drawn()


def _curve(sheet: Sheet, made: Evaluated, panel: _Panel) -> None:
    points = made.found.curve
    _axes(sheet, panel, words.CURVE_AXIS)
    taken = -1.0
    for point in points:
        x, y = panel.at(point.codings, 0)
        half = sheet.width_of(str(point.codings), _SMALL) / 2
        sheet.curve([(x, y), (x, y + 0.04)])
        if x - half > taken:  # marks of small numbers lie close
            sheet.text(str(point.codings), x, y + 0.12, size=_SMALL, align="center")
            taken = x + half + 0.05
    lines = zip(*(words.shares(point.ours, point.defaults) for point in points), strict=True)
    for line, (style, marker, hollow) in zip(lines, _STYLES, strict=True):
        places = [panel.at(point.codings, share) for point, share in zip(points, line, strict=True)]
        sheet.curve(places, style=style, marker=marker, hollow=hollow)


def _reliability(sheet: Sheet, made: Evaluated, panel: _Panel) -> None:
    if not made.found.reliability:
        sheet.lines(words.UNKNOWN, panel.left, panel.width, size=_SMALL, colour=_QUIET)
        return
    _axes(sheet, panel, words.SCORE_AXIS)
    for mark in range(0, 101, _STEP):
        x, y = panel.at(mark / 100, 0)
        sheet.curve([(x, y), (x, y + 0.04)])
        sheet.text(str(mark), x, y + 0.12, size=_SMALL, align="center")
    sheet.curve([panel.at(0, 0), panel.at(1, 1)], style=_PERFECT[0])
    places = [panel.at(one.score, one.share) for one in made.found.reliability]
    sheet.curve(places, style=_FOUND[0], marker=_FOUND[1])
    for one, (x, y) in zip(made.found.reliability, places, strict=True):
        sheet.text(str(one.count), x + 0.07, y + 0.1, size=_SMALL, ground="#ffffff")


def _axes(sheet: Sheet, panel: _Panel, name: str) -> None:
    bottom = panel.top + _HIGH
    sheet.line(panel.left, panel.top, bottom)
    sheet.curve([(panel.left, bottom), (panel.left + panel.width, bottom)])
    for mark in range(0, 101, _STEP):
        x, y = panel.at(0, mark / 100)
        sheet.curve([(x - 0.04, y), (x, y)])
        sheet.text(f"{mark} %".replace(" ", "\u00a0"), x - 0.07, y, size=_SMALL, align="right")
    sheet.text(name, panel.left + panel.width / 2, bottom + 0.3, size=_SMALL, align="center")
