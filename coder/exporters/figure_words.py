"""What a figure says in words: title, base, source and labels, and all of it for those who can't see it."""

from coder.domain.answers import one_line
from coder.domain.figures import Figure, Shape
from coder.domain.tables import Count, whole_percent
from coder.exporters import wording

_LONGEST = 240  # characters of a title or a label; a picture has no room for more

_SHAPES = {
    Shape.BARS: "Liggande stapeldiagram",
    Shape.STACKED: "Liggande staplat stapeldiagram",
    Shape.CHANGE: "Liggande stapeldiagram med en stapel per omgång",
}


def title(figure: Figure) -> str:
    """The title as given, or a plain one."""
    return _short(wording.name(figure.title)) if one_line(figure.title) else "Svarens fördelning"


def share(count: Count | None) -> str:
    """The label at a bar: its share, or a dash where there is nothing to have a share of."""
    return wording.NOTHING if count is None else wording.percent(count).replace(" ", "\u00a0")


def base(figure: Figure) -> str:
    """Whom the percentages are of, and how much of the whole is shown."""
    if len(figure.bases) == 1:
        words = f"Andel i procent av de {figure.bases[0]} som besvarat frågan."
    elif figure.shape is Shape.CHANGE:
        per_round = ", ".join(f"{wording.name(one.name)}: {_first_base(one.counts)}" for one in figure.series)
        words = f"Andel i procent av dem som besvarat frågan ({per_round})."
    else:
        words = (
            f"Andel i procent av dem som besvarat respektive fråga ({min(figure.bases)}–{max(figure.bases)} svarande)."
        )
    if len(figure.labels) < figure.shown_of:
        kind = "teman" if figure.coded else "alternativ"
        words += f" De {len(figure.labels)} vanligaste av {figure.shown_of} {kind} visas."
    if figure.coded:
        words += " En svarande kan räknas inom flera teman."
    if figure.machine:
        words += f" Av {figure.codings} räknade kodningar är {figure.machine} gjorda av maskinen."
    if figure.clashes:
        words += f" Preliminärt räknade: {figure.clashes}."
    if any(figure.uncoded):
        words += f" Ännu ej kodade svar: {_by_round(figure)}."
    if figure.shape is Shape.STACKED and not _sums_to_100(figure):
        words += " Procenttalen är avrundade och summerar därför inte alltid till 100."
    return words


def _by_round(figure: Figure) -> str:
    if len(figure.uncoded) == 1:
        return str(figure.uncoded[0])
    numbers = zip(figure.rounds, figure.uncoded, strict=True)
    return ", ".join(f"{wording.name(one)}: {number}" for one, number in numbers)


def _sums_to_100(figure: Figure) -> bool:
    """True where the shares of every bar, as they are printed, sum to 100."""
    places = range(len(figure.labels))
    bars = ([one.counts[place] for one in figure.series] for place in places)
    return all(sum(whole_percent(count.percent) for count in bar if count) == 100 for bar in bars)


def source(figure: Figure) -> str:
    """Where the numbers come from."""
    if figure.source:
        return f"Källa: {_short(wording.name(figure.source))}"
    rounds = " och ".join(map(wording.name, figure.rounds))
    what = "kodade svar" if figure.coded else "svar"
    return f"Källa: {what} på enkäten, {'omgångarna' if len(figure.rounds) > 1 else 'omgång'} {rounds}."


def label(figure: Figure, place: int) -> str:
    """A bar's name; where the bars have bases of their own, with its base."""
    name = _short(wording.name(figure.labels[place]))
    if figure.shape is Shape.STACKED and len(figure.bases) > 1:
        # On one line with the word before it.
        return f"{name}\u00a0({_first_base(tuple(one.counts[place] for one in figure.series))})"
    return name


def series_name(figure: Figure, number: int) -> str:
    """What one kind of bar stands for: an option, or a round."""
    return _short(wording.name(figure.series[number].name))


def alt_text(figure: Figure) -> str:
    """All that the figure shows, in words, for who can't see it."""
    lines = []
    for place in range(len(figure.labels)):
        if figure.shape is Shape.BARS:
            count = figure.series[0].counts[place]
            lines.append(f"{label(figure, place)} {share(count)}" + (f" ({count.count})" if count else ""))
        else:
            parts = ", ".join(
                f"{series_name(figure, number)} {share(one.counts[place])}"
                for number, one in enumerate(figure.series)
                if one.counts[place] is not None
            )
            lines.append(f"{label(figure, place)}: {parts}")
    heading = title(figure)
    stop = "" if heading.endswith((".", "?", "!", "…")) else "."
    return f"{_SHAPES[figure.shape]}. {heading}{stop} {base(figure)} {'; '.join(lines)}. {source(figure)}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _first_base(counts: tuple[Count | None, ...]) -> int:
    return next((count.base for count in counts if count is not None), 0)
