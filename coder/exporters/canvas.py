"""A sheet in inches, filled downwards with text and bars, and drawn at the end.

Imports matplotlib, and is itself imported only when a figure is drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import Rectangle

WIDTH = 6.3  # inches: the text column of an A4 page
MARGIN = 0.15
INK = "#1b2328"
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"


@dataclass(frozen=True, slots=True)
class Fill:
    """How a bar is filled: ground, hatch and the colour of a label on it. Grounds differ in grey, too."""

    ground: str
    hatch: str = ""
    label: str = INK


@dataclass
class Sheet:
    """A sheet that is filled downwards: `top` is where the next thing goes. What is put on it is drawn at the end."""

    top: float = MARGIN
    _steps: list[Callable[[Axes], None]] = field(default_factory=list)
    _canvas: Any = field(default_factory=lambda: FigureCanvasAgg(Drawing(dpi=72)))

    def lines(
        self, text: str, left: float, width: float, *, size: float, bold: bool = False, colour: str = INK
    ) -> None:
        """Text broken into lines of at most `width`, and the place moved below it."""
        for line in self.broken(text, width, size, bold):
            self.text(line, left, self.top + _height(size) / 2, size=size, bold=bold, colour=colour)
            self.top += _height(size)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 9.0,
        bold: bool = False,
        colour: str = INK,
        align: str = "left",
        ground: str | None = None,
    ) -> None:
        """One line of text, its middle at the height `y`. A `ground` keeps a hatch from running through it."""
        shown = _drawable(text, bold)
        box = {"facecolor": ground, "edgecolor": "none", "pad": 0.8} if ground else None

        def step(axes: Axes) -> None:
            axes.text(
                x,
                y,
                shown,
                fontproperties=_font(size, bold),
                color=colour,
                ha=align,
                va="center_baseline",
                parse_math=False,
                bbox=box,
            )

        self._steps.append(step)

    def bar(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """A bar from its upper left corner; the thin edge shows where a white one ends."""
        patch = Rectangle(
            (x, y), width, height, facecolor=fill.ground, hatch=fill.hatch or None, edgecolor=INK, linewidth=0.6
        )

        def step(axes: Axes) -> None:
            axes.add_patch(patch)

        self._steps.append(step)

    def line(self, x: float, top: float, bottom: float) -> None:
        """The upright line that bars begin at."""

        def step(axes: Axes) -> None:
            axes.plot([x, x], [top, bottom], color=INK, linewidth=0.8)

        self._steps.append(step)

    def whisker(self, low: float, high: float, y: float, *, cap: float, at: float) -> None:
        """A lying line from `low` to `high` with caps at its ends and a diamond `at` a place on it.

        All of it is set off by white from whatever it lies on.
        """
        ends = [[low, high, float("nan"), low, low, float("nan"), high, high]]
        heights = [[y, y, float("nan"), y - cap, y + cap, float("nan"), y - cap, y + cap]]

        def step(axes: Axes) -> None:
            for colour, width in (("#ffffff", 3.0), (INK, 1.1)):
                axes.plot(ends[0], heights[0], color=colour, linewidth=width, solid_capstyle="projecting")
            axes.plot([at], [y], "D", color=INK, markersize=5.0, markeredgecolor="#ffffff", markeredgewidth=0.9)

        self._steps.append(step)

    def curve(
        self, points: Sequence[tuple[float, float]], *, style: str = "-", marker: str = "", hollow: bool = False
    ) -> None:
        """A line through points, with a marker at each. Style, marker and filling tell lines apart without a colour."""

        def step(axes: Axes) -> None:
            axes.plot(
                [x for x, _ in points],
                [y for _, y in points],
                color=INK,
                linestyle=style,
                linewidth=1.1,
                marker=marker,
                markersize=4.5,
                markerfacecolor="#ffffff" if hollow else INK,
            )

        self._steps.append(step)

    def width_of(self, text: str, size: float, bold: bool = False) -> float:
        """The width of a line of text in inches."""
        shown = _drawable(text, bold)
        width, _, _ = self._canvas.get_renderer().get_text_width_height_descent(shown, _font(size, bold), ismath=False)
        return float(width) / 72

    def broken(self, text: str, width: float, size: float, bold: bool = False) -> list[str]:
        """The text in lines of at most `width` inches, broken at spaces, and inside a word only where it must be."""
        lines = [""]
        for whole in text.split(" "):
            word = whole
            if self.width_of(f"{lines[-1]} {word}".strip(), size, bold) <= width:
                lines[-1] = f"{lines[-1]} {word}".strip()
                continue
            if lines[-1]:
                lines.append("")
            while self.width_of(word, size, bold) > width and len(word) > 1:
                end = self._longest(word, width, size, bold)
                lines[-1:] = [word[:end], ""]
                word = word[end:]
            lines[-1] = word
        return lines

    def _longest(self, word: str, width: float, size: float, bold: bool) -> int:
        """The length of the longest beginning that fits, and 1 where none does: found by halving, for long words."""
        fits, too_long = 1, len(word)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width_of(word[:middle], size, bold) <= width:
                fits = middle
            else:
                too_long = middle
        return fits

    def drawn(self) -> Drawing:
        """The sheet as it is, cut off below what stands on it."""
        height = self.top + MARGIN
        drawing = Drawing(figsize=(WIDTH, height))
        drawing.patch.set_facecolor("#ffffff")
        axes = drawing.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        for step in self._steps:
            step(axes)
        return drawing


def _height(size: float) -> float:
    return size / 72 * 1.35


def _font(size: float, bold: bool) -> FontProperties:
    """The face that comes with the library: the same on every machine."""
    return FontProperties(fname=_FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf", size=size)


def _drawable(text: str, bold: bool) -> str:
    """The text with a box for every character that the face lacks."""
    face = get_font(_FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf")
    return "".join(letter if face.get_char_index(ord(letter)) else "\u25a1" for letter in text)
