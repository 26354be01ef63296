"""A figure for a plain terminal."""

from collections.abc import Iterator

from coder.domain.figures import Figure, Shape
from coder.domain.tables import Count
from coder.exporters import figure_words
from coder.exporters.bars import bar, bars
from coder.exporters.terminal import columns, fit, wrap

_NARROWEST = 40


def render(figure: Figure, width: int = 100) -> str:
    """The figure with title, base and source, in lines of at most `width` columns."""
    width = max(width, _NARROWEST)
    lines = [*wrap(figure_words.title(figure), width), ""]
    if figure.shape is Shape.BARS:
        labels = [figure_words.label(figure, place) for place in range(len(figure.labels))]
        counts = figure.series[0].counts
        told = zip(labels, counts, strict=True)
        lines += bars([(name, one.count if one else None, _share(one)) for name, one in told], width)
    else:
        lines += _groups(figure, width)
    lines += ["", *wrap(figure_words.base(figure), width), *wrap(figure_words.source(figure), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _groups(figure: Figure, width: int) -> Iterator[str]:
    """Every label with its bars below it, all on one scale: bases differ, so they go by share and not by count."""
    shares = [count.percent for one in figure.series for count in one.counts if count]
    largest = max(shares, default=0.0)
    names = [figure_words.series_name(figure, number) for number in range(len(figure.series))]
    name_width = min(max(map(columns, names)), width // 3)
    told = [[_share(count) for count in one.counts] for one in figure.series]
    widest = max(len(share) for series in told for share in series)
    bar_width = width - name_width - widest - 4
    for place in range(len(figure.labels)):
        yield from wrap(figure_words.label(figure, place), width)
        for name, one, series in zip(names, figure.series, told, strict=True):
            count: Count | None = one.counts[place]
            blocks = bar(count.percent, largest, bar_width) if count else ""
            yield f"  {fit(name, name_width)} {series[place]:>{widest}} {blocks}"


def _share(count: Count | None) -> str:
    """The share with plain spaces: a line of the terminal is broken by hand."""
    return figure_words.share(count).replace("\u00a0", " ")
