"""What a printed table says in Swedish beside its numbers: title, base, column heads and footnotes."""

import re
from collections.abc import Iterable, Sequence

from coder.domain.answers import canonical, one_line
from coder.domain.coding import Origin
from coder.domain.counting import RULE_ORDER
from coder.domain.sampling import Sampled
from coder.domain.tables import Count, OptionTable, ThemeTable, Unit, named_counts, whole_percent
from coder.exporters import links
from coder.exporters.links import Linked, linked

Table = ThemeTable | OptionTable

UNTHEMED = "Koder utan tema"
EXAMPLES = "Exempel"
COUNT = "Antal"
LOW, HIGH = "Minst", "Högst"
SHARE_LOW, SHARE_HIGH = "Andel minst", "Andel högst"
PERCENT = "Andel"
METHOD = "Metod"
EXAMPLES_TITLE = "Exempel på kodning"
LANGUAGE = "sv-SE"
NOTHING = "–"
UNCALLED = "Svarade fast frågan inte skulle ha ställts"
UNCODED = "Ännu ej kodat"
NOTHING_TO_CODE = "Inget att koda"
PROVISIONAL = "Preliminärt räknat"

RULE = "En svarande räknas högst en gång inom ett tema men kan räknas inom flera teman."
PROVISIONAL_LIMITS = (
    "Intervallen räknar likadant där svaret är kodat klart för hand, och kan ändras när någon har valt."
)
TRUST_INTERVAL = "har maskinen räknat för många eller för få: lita på intervallet."
# No XML document can hold these two, and no reader misses them.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")

RULE_WORDS = {
    "pinned": "kod som en kodare redan valt",
    "highest score": "kod som maskinen är säkrast på, där bara den har kodat",
    "most characters covered": "kod som täcker flest tecken i svaret",
    "earliest segment": "kod som kommer först i svaret",
}

_COUNTED = {Unit.RESPONDENTS: "svarande", Unit.UNITS: "enheter som de svarande omfattar"}

ORIGIN_HEADS = ("Hand", "Antagna", "Maskin")  # over columns, in the order of ORIGIN_WORDS
ORIGIN_WORDS = {
    Origin.HAND: "för hand",
    Origin.ACCEPTED: "antagna förslag",
    Origin.AUTO: "av maskinen",
}


def title(table: Table) -> str:
    """The question as it was put, or its key where nobody wrote the text down, and the round."""
    return f"{name(one_line(table.text) or table.question)} ({name(table.round)})"


def base(table: Table) -> str:
    """How many answered."""
    return Linked(f"Antal {_COUNTED[table.unit]}: ", linked(str(table.base), links.EVERYBODY))


def units(number: int) -> str:
    """How many units somebody covers."""
    return "1 enhet" if number == 1 else f"{number} enheter"


def first_column(table: Table) -> str:
    """What the rows are."""
    return "Tema/Kod" if isinstance(table, ThemeTable) else "Alternativ"


def name(text: str) -> str:
    """A name as one clean line, never empty."""
    return one_line(_NO_CHARACTER.sub("", text)) or "(utan namn)"


def quoted(text: str) -> str:
    """An example in quotation marks, on one line."""
    return f"”{one_line(_NO_CHARACTER.sub('', text))}”"


def block(text: str) -> str:
    """A text of any number of lines, freed of what no document can hold."""
    return _NO_CHARACTER.sub("", canonical(text))


def percent(count: Count) -> str:
    """A share in whole percent, halves up; a dash where nobody answered, as there is nothing to have a share of."""
    return f"{whole_percent(count.percent)} %" if count.base else NOTHING


def percent_interval(count: Count) -> str:
    """The limits of a share in whole percent, as in (17–29); empty where no audit gives any."""
    limits = count.percent_limits
    return "" if limits is None else f"({whole_percent(limits[0])}–{whole_percent(limits[1])})"


def share(count: Count) -> str:
    """A share with its interval, as in 16 % (17–29)."""
    return f"{percent(count)} {percent_interval(count)}".rstrip()


def interval(count: Count) -> str:
    """The limits of a count, as in (82–91); empty where no audit gives any."""
    return "" if count.low is None or count.high is None else f"({count.low}–{count.high})"


def number(count: Count) -> str:
    """A count with its interval, as in 87 (82–91)."""
    return f"{count.count} {interval(count)}".rstrip()


def origins(count: Count) -> tuple[str, ...]:
    """How a count came about, a number under each of ORIGIN_HEADS; empty where it is not known."""
    one = count.origins
    return ("",) * len(ORIGIN_HEADS) if one is None else (str(one.hand), str(one.accepted), str(one.auto))


def origin_heads(table: Table) -> tuple[str, ...]:
    """The heads over `origins`; none where no machine has coded, as there is nothing to split."""
    return ORIGIN_HEADS if isinstance(table, ThemeTable) and table.by_machine else ()


def told_by_origin(table: ThemeTable) -> bool:
    """True where it is told how the counted codings came about: where a machine had a part in any."""
    return any(table.origins.get(origin) for origin in (Origin.ACCEPTED, Origin.AUTO))


def notes(table: Table) -> list[str]:
    """The footnotes: how the table counts, and what a reader must know before quoting it."""
    own = _theme_notes(table) if isinstance(table, ThemeTable) else _option_notes(table)
    return own if table.base else ["Ingen har besvarat frågan, så andelar saknas.", *own]


def _theme_notes(table: ThemeTable) -> list[str]:
    lines = [RULE]
    if table.clashes:
        order = ", ".join(RULE_WORDS[rule] for rule in RULE_ORDER)
        limits = "" if table.sampled is None else f" {PROVISIONAL_LIMITS}"
        lines.append(
            Linked(
                "Preliminärt räknade: ",
                linked(str(table.clashes), links.PROVISIONAL),
                ". Där ett svar har flera koder inom samma tema och ingen har valt mellan dem räknas en kod tills "
                f"vidare, i denna ordning: {order}.{limits}",
            )
        )
    if table.uncoded:
        lines.append(Linked("Ännu ej kodade svar: ", linked(str(table.uncoded), links.UNCODED), "."))
    if table.ahead:
        lines.append(unfinished(table.ahead))
    if table.nothing_to_code:
        lines.append(
            Linked("Svar utan något att koda: ", linked(str(table.nothing_to_code), links.NOTHING_TO_CODE), ".")
        )
    if told_by_origin(table):
        came: list[str] = []
        for origin, words in ORIGIN_WORDS.items():
            number = linked(str(table.origins.get(origin, 0)), origin.value)
            came += [", " if came else "Räknade kodningar: ", number, f" {words}"]
        lines.append(Linked(*came, "."))
    if table.by_machine:
        lines.append(
            "Hand, antagna och maskin delar upp antalet: kodat för hand, antaget av en kodare sedan maskinen "
            "föreslagit det, och kodat av maskinen utan att en kodare antagit det."
        )
    if table.waiting:
        lines.append(waiting(table.waiting))
    if table.sampled is not None:
        lines += interval_notes(table.sampled, named_counts(table))
    elif table.outside:
        lines.append(f"Varning: {outside(len(table.outside))}")
    elif table.by_machine and not table.waiting:
        by_machine = table.origins.get(Origin.AUTO, 0)
        lines.append(
            f"Varning: inget granskat urval säger hur många av maskinens {by_machine} räknade kodningar som är rätt."
        )
    return lines


def unfinished(number: int, round_key: str = "") -> str:
    """The warning where the machine's last run has so many answers ahead of it, with the round where there are more."""
    where = f" på omgång {name(round_key)}" if round_key else ""
    return f"Varning: maskinens senaste körning{where} är inte slutförd. {number} svar återstod."


def waiting(number: int) -> str:
    """What an audit that is under way does to the counts."""
    return (
        f"{number} svar väntar på att kodas klart för hand i en granskning av maskinkodningen. Maskinens koder för dem "
        "räknas inte under tiden, så antalen kan vara för låga."
    )


def outside(number: int) -> str:
    """Why counts have no intervals though an audit's sample is coded."""
    return (
        f"{number} svar som inte kunde lottas för granskningen av maskinkodningen återstår att koda klart för hand. "
        "Urvalet är kodat, men antalen får intervall först när det är gjort."
    )


def recoded(number: int) -> str:
    """What it does to the intervals that a machine has coded answers otherwise since the sample was drawn."""
    return (
        f"Urvalet drogs ur en tidigare maskinkodning än den som antalen kommer från: {number} svar har "
        "kodats om sedan dess. Intervallen säger hur många svarande som hör dit oavsett vad maskinen räknar, och "
        "gäller ändå; hur bra den senare kodningen är säger de inte."
    )


def interval_notes(sampled: Sampled, counts: Iterable[tuple[Sequence[str], Count]]) -> list[str]:
    """What the intervals of these counts are, what they rest on, and whom to trust where a count lies outside its own.

    Those counts are named, each with its estimate. Shares have the same limits, of their base.
    """
    lines = [
        f"Intervall ({whole_percent(100 * sampled.level)} %): minst och högst hur många svarande som hör dit, och hur "
        f"stor andel, när maskinens fel räknas in. Det är skattat ur {sampled.drawn} av de {sampled.population} svar "
        f"som maskinen tagit ställning till; de lottades och kodades för hand utan att maskinens kod visades."
    ]
    if sampled.since:
        lines.append(recoded(sampled.since))
    beyond = [(names, f"{int(count.likely + 0.5)} {interval(count)}") for names, count in counts if count.beyond]
    if beyond:
        lines.append(f"Där ett antal ligger utanför sitt intervall {TRUST_INTERVAL} {estimated(beyond)}")
    return lines


def estimated(rows: Iterable[tuple[Sequence[str], str]]) -> str:
    """What an audit says of rows whose printed number lies outside its own limits, from their names and its numbers."""
    return "; ".join(f"{' · '.join(map(name, names))}: uppskattat {number}" for names, number in rows) + "."


def _option_notes(table: OptionTable) -> list[str]:
    lines = []
    if table.routing:
        texts = table.routing_texts or tuple(question for question, _ in table.routing)
        answers = zip((option for _, option in table.routing), texts, strict=True)
        asked = " och ".join(f"{name(option)} på frågan {quoted(text)}" for option, text in answers)
        lines.append(f"Frågan ställdes till dem som svarat {asked}.")
        if table.against_routing:
            against = linked(str(len(table.against_routing)), links.UNCALLED)
            lines.append(Linked("Svarande som ändå svarat på den, och ingår i basen: ", against, "."))
    return lines
