"""What a figure says in words: title, base, source and labels, and all of it for those who can't see it."""

from collections.abc import Iterator, Sequence

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
    """A bar's share with its interval where an audit gives one, or a dash where there is nothing to have a share of."""
    return wording.NOTHING if count is None else wording.share(count).replace(" ", "\u00a0")


def counted(count: Count | None) -> str:
    """The label at a bar: its share, and in brackets its count and the interval of the share."""
    if count is None:
        return wording.NOTHING
    limits = wording.percent_interval(count).strip("()")
    return f"{wording.percent(count)} ({count.count}{f'; {limits} %' if limits else ''})".replace(" ", "\u00a0")


def base(figure: Figure) -> str:
    """Whom the percentages are of, and how much of the whole is shown."""
    # A round that nobody has coded has a base, and no count.
    every = tuple(dict.fromkeys(one.base for one in figure.coded)) or figure.bases
    if len(every) == 1:
        words = f"Andel i procent av de {every[0]} som besvarat frågan."
    elif figure.shape is Shape.CHANGE:
        bases = [one.base for one in figure.coded] or [_first_base(one.counts) for one in figure.series]
        words = f"Andel i procent av dem som besvarat frågan ({_by_round(figure, bases)})."
    else:
        words = (
            f"Andel i procent av dem som besvarat respektive fråga ({min(figure.bases)}–{max(figure.bases)} svarande)."
        )
    if len(figure.labels) < figure.shown_of:
        kind = "teman" if figure.coded else "alternativ"
        words += f" De {len(figure.labels)} vanligaste av {figure.shown_of} {kind} visas."
    if figure.coded:
        words += " En svarande kan räknas inom flera teman."
    words += "".join(f" {sentence}" for sentence in _coding(figure))
    if figure.shape is Shape.STACKED and not _sums_to_100(figure):
        words += " Procenttalen är avrundade och summerar därför inte alltid till 100."
    return words


def _coding(figure: Figure) -> Iterator[str]:
    """How the counts came about, and what the intervals at the bars are."""
    every = figure.coded
    if any(one.machine for one in every):
        shares = [f"{one.machine} av {one.codings}" for one in every]
        yield f"Räknade kodningar som maskinen gjort: {_by_round(figure, shares)}."
    rounds_of = zip(figure.rounds, every, strict=False)
    blind = [key for key, one in rounds_of if one.machine and not (one.sampled or one.outside)]
    if blind:
        rounds = ", ".join(map(wording.name, blind))
        yield f"Varning: inget granskat urval säger hur många av maskinens som är rätt ({rounds})."
    for key, one in zip(figure.rounds, every, strict=False):
        if one.ahead:
            yield wording.unfinished(one.ahead, key if len(every) > 1 else "")
    yield from (f"Varning: {wording.waiting(one.waiting)}" for one in every if one.waiting)
    yield from (f"Varning: {wording.outside(one.outside)}" for one in every if one.outside)
    drawn = [one.sampled for one in every if one.sampled]
    if drawn:
        rests = " och ".join(f"{one.drawn} av {one.population} svar" for one in drawn)
        yield (
            f"Intervallen (strecken i en bild) visar mellan vilka gränser andelen ligger när maskinens fel räknas in "
            f"({whole_percent(100 * drawn[0].level)} %), och romben på ett streck den uppskattade andelen. De är "
            f"skattade ur {rests} som lottats och kodats för hand."
        )
        yield from (wording.recoded(one.since) for one in drawn if one.since)
    beyond = [
        ((label, one.name) if len(figure.series) > 1 else (label,), _likely(count))
        for place, label in enumerate(figure.labels)
        for one in figure.series
        if (count := one.counts[place]) is not None and count.beyond
    ]
    if beyond:
        yield f"Där en andel ligger utanför sitt intervall {wording.TRUST_INTERVAL} {wording.estimated(beyond)}"
    for words, numbers in (
        ("Preliminärt räknade: {}.", [one.clashes for one in every]),
        ("Ännu ej kodade svar: {}.", [one.uncoded for one in every]),
        ("Svarande med koder utan tema, som inte visas: {}.", [one.unthemed for one in every]),
    ):
        if any(numbers):
            yield words.format(_by_round(figure, numbers))


def _likely(count: Count) -> str:
    """The share that an audit says belong, with its interval."""
    return f"{whole_percent(100 * count.likely / count.base)} % {wording.percent_interval(count)}"


def _by_round(figure: Figure, numbers: Sequence[int | str]) -> str:
    if len(numbers) == 1:
        return str(numbers[0])
    return ", ".join(f"{wording.name(one)}: {number}" for one, number in zip(figure.rounds, numbers, strict=True))


def _sums_to_100(figure: Figure) -> bool:
    """True where the shares of every bar, as they are printed, sum to 100."""
    places = range(len(figure.labels))
    bars = ([one.counts[place] for one in figure.series] for place in places)
    return all(sum(whole_percent(count.percent) for count in bar if count) == 100 for bar in bars)


def source(figure: Figure) -> str:
    """Where the numbers come from."""
    if figure.source:
        given = wording.name(figure.source)
        return _short(given if given.casefold().startswith("källa:") else f"Källa: {given}")
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
            lines.append(f"{label(figure, place)} {counted(count)}")
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
