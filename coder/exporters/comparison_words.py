"""What a printed comparison of two rounds says in Swedish: title, heads, cells and notes."""

from collections.abc import Iterator, Sequence

from coder.domain.comparability import Mark
from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison
from coder.domain.estimates import Design
from coder.domain.lineage import Fate
from coder.domain.tables import ThemeTable
from coder.exporters import links, swedish, wording
from coder.exporters.links import Linked, linked

MARKS = {
    Mark.CODEBOOK: "kodboken har ändrats sedan den första omgången kodades",
    Mark.WORDING: "frågan har fått en annan formulering",
    Mark.OPTIONS: "svarsalternativen är inte desamma",
    Mark.ROUTING: "frågan ställdes inte till samma grupp",
    Mark.UNCODED: "alla svar är ännu inte kodade",
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
    """The numbers of a row under `head`, all but the first cell; counts lead to whom they count."""
    change = wording.NOTHING if row.change is None else swedish.signed(row.change)
    result = [*_count(row, made.before, 0), *_count(row, made.after, 1), change]
    if not made.estimated:
        return result
    same = made.design is Design.PAIRED
    if row.estimate is None:
        return [*result, *([wording.NOTHING] * (4 if same else 3))]
    if same:
        result.append(swedish.signed(100 * row.estimate.change))
    low, high = (swedish.signed(100 * end) for end in row.estimate.interval)
    p, adjusted = (swedish.p_value(value) for value in (row.estimate.p, row.estimate.p_adjusted))
    return [*result, f"{low} till {high}", p, adjusted]


def name(row: ComparedRow) -> str:
    """What a row is about, with its marks."""
    told = [*(MARKS[mark] for mark in row.marks), *(FATES[fate] for fate in row.fates)]
    return wording.name(row.option or row.code or row.theme) + (f" ({', '.join(told)})" if told else "")


def notes(made: Comparison) -> list[str]:
    """What a reader must know before quoting the change."""
    lines = [f"Varning: {MARKS[mark]}." for mark in made.marks]
    if Mark.UNCODED in made.marks:
        left = _in_both(made, [one.uncoded for one in (made.before, made.after)], links.UNCODED)
        lines.append(Linked("Ännu ej kodade svar: ", *left, ". De ingår i basen men räknas inte under något tema."))
    lines.append("Andelar är av dem som svarat på frågan respektive gång. Ändring är i procentenheter.")
    if made.census and not made.estimated:
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


def _count(row: ComparedRow, one: Occasion, side: int) -> tuple[str, str]:
    count = (row.before, row.after)[side]
    if count is None:
        return wording.NOTHING, wording.NOTHING
    return linked(str(count.count), _target(row, one, side)), wording.percent(count)


def _target(row: ComparedRow, one: Occasion, side: int) -> str:
    """What a row is called as a target in the part of a page that a round has."""
    under, of = row.under[side], links.SIDES[side]
    if row.code or row.option:
        return "".join(links.code_anchor(number, of) for number in under)
    themes = one.table.themes if isinstance(one.table, ThemeTable) else ()
    # A code is in one theme, so its codes tell a theme from the others; one that has none counts nobody.
    return next((links.theme_anchor(theme.id, of) for theme in themes if {code.id for code in theme.codes} & under), "")
