"""What a printed comparison of two rounds says in Swedish: title, heads, cells and notes."""

from collections.abc import Iterator, Sequence

from coder.domain.comparability import Mark
from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison
from coder.domain.estimates import Design
from coder.domain.intervals import Interval
from coder.domain.lineage import Fate
from coder.domain.tables import ThemeTable
from coder.exporters import links, swedish, wording
from coder.exporters.links import Linked, linked

MARKS = {
    Mark.CODEBOOK: "kodboken har ändrats mellan kodningen av den ena omgången och den andra",
    Mark.WORDING: "frågan har fått en annan formulering",
    Mark.OPTIONS: "svarsalternativen är inte desamma",
    Mark.ROUTING: "frågan ställdes inte till samma grupp",
    Mark.UNCODED: "alla svar är ännu inte kodade",
    Mark.UNFINISHED: "maskinens senaste körning är inte slutförd",
    Mark.UNMEASURED: "ingen granskning säger hur rätt maskinen har kodat",
    Mark.NEW: "nytt alternativ",
    Mark.GONE: "utgånget alternativ",
    Mark.BREAK: "brott i serien",
}

FATES = {
    Fate.ADDED: "tillkommen",
    Fate.SPLIT: "delad",
    Fate.MERGED: "sammanslagen",
    Fate.RENAMED: "nytt namn",
    Fate.MOVED: "flyttad",
    Fate.REDEFINED: "ny definition",
    Fate.RETIRED: "tagen ur bruk",
    Fate.RESTORED: "åter i bruk",
    Fate.REMOVED: "borttagen",
}

TESTS = {Design.PAIRED: "McNemars exakta test", Design.INDEPENDENT: "Fishers exakta test"}
CHANGE = "Ändring"
SAME = "Samma sv."
INTERVAL = "Intervall"


def title(made: Comparison) -> str:
    """The question as it was put last, or its key, and the two rounds."""
    text = wording.name(made.after.question.text or made.after.table.text or made.after.question.key)
    return f"{text} ({wording.name(made.before.round.key)} och {wording.name(made.after.round.key)})"


def bases(made: Comparison) -> str:
    """How many answered each time, and how many of them both times."""
    return Linked(
        "Antal svarande: ",
        *_in_both(made, [one.table.base for one in (made.before, made.after)], links.EVERYBODY),
        "; ",
        linked(str(made.both), links.BOTH),
        " svarade båda gångerna, ",
        linked(str(len(made.left)), links.LEFT),
        " bara första gången, ",
        linked(str(len(made.entered)), links.ENTERED),
        " bara andra gången.",
    )


def _in_both(made: Comparison, numbers: Sequence[int], target: str) -> Iterator[str]:
    """A number of each round, with the round."""
    for one, number, of in zip((made.before, made.after), numbers, links.SIDES, strict=True):
        yield " och " if of != links.SIDES[0] else ""
        yield linked(str(number), links.within(of, target))
        yield f" ({wording.name(one.round.key)})"


def head(made: Comparison) -> list[str]:
    """The heads of the columns."""
    first = "Alternativ" if any(row.option for row in made.rows) else "Tema/Kod"
    rounds = [wording.name(one.round.key) for one in (made.before, made.after)]
    estimates = [INTERVAL, "p", "p just."] if made.estimated else []
    if made.estimated and made.design is Design.PAIRED:
        estimates = [SAME, *estimates]
    return [first, *(cell for key in rounds for cell in (key, "Andel")), CHANGE, *estimates]


def cells(row: ComparedRow, made: Comparison) -> list[str]:
    """The numbers of a row under `head`, all but the first cell; counts lead to whom they count.

    Counts, shares and changes bear their limits where an audit gives any.
    """
    change = wording.NOTHING if row.change is None else swedish.signed(row.change)
    if row.limits is not None:
        change += f" ({interval(row.limits)})"
    result = [*_count(row, made.before, 0), *_count(row, made.after, 1), change]
    if not made.estimated:
        return result
    same = made.design is Design.PAIRED
    if row.estimate is None:
        return [*result, *([wording.NOTHING] * (4 if same else 3))]
    if same:
        result.append(swedish.signed(100 * row.estimate.change))
    low, high = row.estimate.interval
    p, adjusted = (swedish.p_value(value) for value in (row.estimate.p, row.estimate.p_adjusted))
    return [*result, interval((100 * low, 100 * high)), p, adjusted]


def interval(limits: Interval) -> str:
    """The limits of a change, in percentage points."""
    return " till ".join(map(swedish.signed, limits))


def name(row: ComparedRow) -> str:
    """What a row is about, with its marks."""
    return wording.name(subject(row)) + (f" ({', '.join(told(row))})" if told(row) else "")


def subject(row: ComparedRow) -> str:
    """What a row is about."""
    return row.option or row.code or row.theme


def _names(row: ComparedRow) -> list[str]:
    """What a row is about, with the theme of a code."""
    return [one for one in (row.theme, row.code, row.option) if one]


def told(row: ComparedRow) -> list[str]:
    """What makes the row hard to compare."""
    return [*(MARKS[mark] for mark in row.marks), *(FATES[fate] for fate in row.fates)]


def warnings(made: Comparison) -> list[str]:
    """What a reader must know before reading the first number."""
    lines: list[str] = []
    for one, of in zip(made.occasions, links.SIDES, strict=True):
        key, uncoded = wording.name(one.round.key), linked(str(one.uncoded), links.within(of, links.UNCODED))
        if one.silent:
            lines.append(f"Varning: i omgång {key} har ingen svarat på frågan; andelar och ändring finns därför inte.")
        elif one.untouched:
            words = f"Varning: omgång {key} är inte kodad; dess antal och ändringen visas inte. Ännu ej kodade svar: "
            lines.append(Linked(words, uncoded, "."))
        elif one.uncoded:
            counted = "intervallen räknar med det" if one.sampled else "antalen är därför för låga"
            words = f"Varning: {MARKS[Mark.UNCODED]} i omgång {key}; {counted}. Ännu ej kodade svar: "
            lines.append(Linked(words, uncoded, "."))
        if one.ahead:
            lines.append(wording.unfinished(one.ahead, one.round.key))
        if one.outside:
            lines.append(f"Varning: omgång {key}. {wording.outside(one.outside)}")
        elif one.unmeasured:
            total = sum(one.origins.values())
            blind = "och inget granskat urval säger hur många av dem som är rätt"
            lines.append(f"Varning: i omgång {key} är {one.machine} av {total} räknade kodningar maskinens, {blind}.")
        if one.waiting:
            lines.append(f"Varning: omgång {key}. {wording.waiting(one.waiting)}")
    told = (Mark.UNCODED, Mark.UNFINISHED, Mark.UNMEASURED)
    return [*lines, *(f"Varning: {MARKS[mark]}." for mark in made.marks if mark not in told)]


def notes(made: Comparison) -> list[str]:
    """What a reader must know before quoting the change."""
    lines = ["Andelar är av dem som svarat på frågan respektive gång. Ändring är i procentenheter."]
    if Mark.CODEBOOK in made.marks:
        coded = " och ".join(
            f"{one.fingerprint} när omgång {wording.name(one.round.key)} kodades" for one in made.occasions
        )
        lines.append(f"Kodbokens version var {coded}. Båda omgångarnas tal är räknade med kodboken som den är nu.")
    lines += _machine_notes(made)
    if made.census and not made.estimated and not made.by_machine:
        lines.append(
            "Alla tillfrågades båda gångerna (totalundersökning): inget intervall och inget test redovisas, eftersom "
            "ingen har valts ut slumpmässigt."
        )
    if not made.estimated:
        return lines
    level = swedish.number(100 * made.level)
    if made.design is Design.PAIRED:
        lines.append(
            Linked(
                f"{SAME}, intervall ({level} %) och p gäller ändringen bland de ",
                linked(str(made.both), links.BOTH),
                f" som svarade båda gångerna: Newcombe 1998 för parade andelar (metod 10) och {TESTS[made.design]}.",
            )
        )
    else:
        lines.append(
            f"Intervall ({level} %) och p gäller två oberoende grupper: Newcombe 1998 (metod 10) och "
            f"{TESTS[made.design]}."
        )
        if made.both:
            both = linked(str(made.both), links.BOTH)
            lines.append(Linked(both, " svarade båda gångerna men behandlas som om de vore olika."))
    lines.append(
        "p just. är justerat för att många rader prövas (Benjamini och Hochberg 1995), teman och koder var för sig."
    )
    if made.census:
        lines.append(
            "Alla tillfrågades båda gångerna: intervallen säger vad slumpen skulle kunna ge, inte urvalets fel."
        )
    return lines


def _machine_notes(made: Comparison) -> Iterator[str]:
    """What the machine's part in the counts does to them, and to the change."""
    for one, of in zip(made.occasions, (0, 1), strict=True):
        if one.sampled is None:
            continue
        counts = [(_names(row), count) for row in made.rows if (count := (row.before, row.after)[of]) is not None]
        first, *others = wording.interval_notes(one.sampled, counts)
        total = sum(one.origins.values())
        yield f"Omgång {wording.name(one.round.key)}: {one.machine} av {total} räknade kodningar är maskinens. {first}"
        yield from others
    if any(row.limits is not None for row in made.rows):
        yield (
            "Inom parentes efter ändringen står mellan vilka gränser den ligger när maskinens fel räknas in, ur "
            "omgångarnas skattningar och intervall (Zou och Donner 2008); en omgång utan maskinkodning är exakt."
        )
    beyond = [
        (_names(row), f"{swedish.signed(row.likely)} ({interval(row.limits)})")
        for row in made.rows
        if row.beyond and row.limits is not None and row.likely is not None
    ]
    if beyond:
        yield f"Där ändringen ligger utanför sina gränser: lita på gränserna. {wording.estimated(beyond)}"
    if made.by_machine:
        yield (
            "Inget test och inget intervall för slumpen redovisas: de räknar med att varje kodning är rätt, och det "
            "vet ingen om maskinens."
        )


def _count(row: ComparedRow, one: Occasion, side: int) -> tuple[str, str]:
    count = (row.before, row.after)[side]
    if count is None:
        return wording.NOTHING, wording.NOTHING
    return linked(wording.number(count), _target(row, one, side)), wording.share(count)


def _target(row: ComparedRow, one: Occasion, side: int) -> str:
    """What a row is called as a target in the part of a page that a round has."""
    under, of = row.under[side], links.SIDES[side]
    if row.code or row.option:
        return "".join(links.code_anchor(number, of) for number in under)
    themes = one.table.themes if isinstance(one.table, ThemeTable) else ()
    # A code is in one theme, so its codes tell a theme from the others; one that has none counts nobody.
    return next((links.theme_anchor(theme.id, of) for theme in themes if {code.id for code in theme.codes} & under), "")
