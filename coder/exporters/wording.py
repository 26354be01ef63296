"""What a printed table says in Swedish beside its numbers: title, base, column heads and footnotes."""

import re

from coder.domain.answers import canonical, one_line
from coder.domain.coding import Origin
from coder.domain.counting import RULE_ORDER
from coder.domain.sampling import Sampled
from coder.domain.tables import Count, MethodNote, OptionTable, ThemeTable, Unit, whole_percent

Table = ThemeTable | OptionTable

UNTHEMED = "Koder utan tema"
EXAMPLES = "Exempel"
COUNT = "Antal"
LOW, HIGH = "Minst", "Högst"
PERCENT = "Andel"
METHOD = "Metod"
EXAMPLES_TITLE = "Exempel på kodning"
LANGUAGE = "sv-SE"

_RULE = "En svarande räknas högst en gång inom ett tema men kan räknas inom flera teman."
# No XML document can hold these two, and no reader misses them.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")

RULE_WORDS = {
    "pinned": "kod som en kodare redan valt",
    "highest score": "kod som maskinen är säkrast på, där bara den har kodat",
    "most characters covered": "kod som täcker flest tecken i svaret",
    "earliest segment": "kod som kommer först i svaret",
}

_COUNTED = {Unit.RESPONDENTS: "svarande", Unit.UNITS: "enheter som de svarande omfattar"}

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
    return f"Antal {_COUNTED[table.unit]}: {table.base}"


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
    """A share in whole percent, halves up."""
    return f"{whole_percent(count.percent)} %"


def interval(count: Count) -> str:
    """The limits of a count, as in (82–91); empty where no audit gives any."""
    return "" if count.low is None or count.high is None else f"({count.low}–{count.high})"


def number(count: Count) -> str:
    """A count with its interval, as in 87 (82–91)."""
    return f"{count.count} {interval(count)}".rstrip()


def notes(table: Table) -> list[str]:
    """The footnotes: how the table counts, and what a reader must know before quoting it."""
    return _theme_notes(table) if isinstance(table, ThemeTable) else _option_notes(table)


def _theme_notes(table: ThemeTable) -> list[str]:
    lines = [_RULE]
    if table.clashes:
        order = ", ".join(RULE_WORDS[rule] for rule in RULE_ORDER)
        lines.append(
            f"Preliminärt räknade: {table.clashes}. Där ett svar har flera koder inom samma tema och ingen har valt "
            f"mellan dem räknas en kod tills vidare, i denna ordning: {order}."
        )
    if table.uncoded:
        lines.append(f"Ännu ej kodade svar: {table.uncoded}.")
    if table.nothing_to_code:
        lines.append(f"Svar utan något att koda: {table.nothing_to_code}.")
    if any(table.origins.get(origin) for origin in (Origin.ACCEPTED, Origin.AUTO)):
        origins = ", ".join(f"{table.origins.get(origin, 0)} {words}" for origin, words in ORIGIN_WORDS.items())
        lines.append(f"Räknade kodningar: {origins}.")
    if table.sampled is not None:
        lines += _interval_notes(table, table.sampled)
    return lines


def _interval_notes(table: ThemeTable, sampled: Sampled) -> list[str]:
    lines = [
        f"Intervall ({whole_percent(100 * sampled.level)} %): minst och högst hur många svarande som hör dit när "
        f"maskinens fel räknas in. Det är skattat ur {sampled.drawn} av de {sampled.population} svar som maskinen "
        f"tagit ställning till; de lottades och kodades för hand utan att maskinens kod visades."
    ]
    counts = [theme.count for theme in table.themes]
    counts += [code.count for theme in table.themes for code in theme.codes]
    counts += [code.count for code in table.unthemed]
    if any(not one.low <= one.count <= one.high for one in counts if one.low is not None and one.high is not None):
        lines.append(
            "Där ett antal ligger utanför sitt intervall har maskinen räknat för många eller för få: "
            "lita på intervallet."
        )
    return lines


def _option_notes(table: OptionTable) -> list[str]:
    lines = []
    if table.routing:
        asked = " och ".join(f"{name(option)} på frågan {name(question)}" for question, option in table.routing)
        lines.append(f"Frågan ställdes till dem som svarat {asked}.")
        if table.against_routing:
            lines.append(f"Svarande som inte skulle ha fått frågan: {len(table.against_routing)}.")
    return lines


def method(note: MethodNote) -> list[str]:
    """How the numbers came about, a sentence or two a line."""
    whom = "svarande som" if note.unit is Unit.RESPONDENTS else "enheter som omfattas av dem som"
    base = f"Andelarna avser de {note.base} {whom} besvarat frågan i omgång {name(note.round)}."
    made = f"Framställd {note.made_at:%Y-%m-%d kl. %H.%M} ({note.made_at.tzname() or 'lokal tid'}) med {note.program}."
    if not note.codebook:
        return [base, made]
    order = ", ".join(RULE_WORDS[rule] for rule in note.rule_order)
    total = sum(note.origins.values())
    shares = ", ".join(
        f"{percent(Count(note.origins.get(origin, 0), total))} {words} ({note.origins.get(origin, 0)})"
        for origin, words in ORIGIN_WORDS.items()
    )
    analysts = ", ".join(f"{name(analyst)} ({count})" for analyst, count in note.analysts)
    return [
        f"Räkneregel: {_RULE} {base}",
        f"Där ett svar har flera koder inom samma tema räknas den kod som en kodare har valt. Har ingen valt räknas en "
        f"kod preliminärt, i denna ordning: {order}.",
        f"Kodbok: {name(note.codebook)}, version {note.fingerprint}.",
        f"Kodare, med antal räknade kodningar: {analysts or 'ingen ännu'}.",
        f"Räknade kodningar: {total}" + (f", varav {shares}." if total else "."),
        f"Val som återstår: {note.clashes}. Okodade svar: {note.uncoded}. "
        f"Svar utan något att koda: {note.nothing_to_code}.",
        *(f"Anteckning. {name(memo)}" for memo in note.memos),
        made,
    ]
