"""What a printed table says in Swedish beside its numbers: title, base, column heads and footnotes."""

from coder.domain.answers import one_line
from coder.domain.coding import Origin
from coder.domain.counting import RULE_ORDER
from coder.domain.tables import Count, OptionTable, ThemeTable, whole_percent

Table = ThemeTable | OptionTable

UNTHEMED = "Koder utan tema"
EXAMPLES = "Exempel"
COUNT = "Antal"
PERCENT = "Andel"

RULE_WORDS = {
    "pinned": "kod som en kodare redan valt",
    "most characters covered": "kod som täcker flest tecken i svaret",
    "earliest segment": "kod som kommer först i svaret",
}

ORIGIN_WORDS = {
    Origin.HAND: "för hand",
    Origin.ACCEPTED: "antagna förslag",
    Origin.AUTO: "av maskinen",
}


def title(table: Table) -> str:
    """The question as it was put, or its key where nobody wrote the text down, and the round."""
    return f"{one_line(table.text) or name(table.question)} ({name(table.round)})"


def base(table: Table) -> str:
    """How many answered."""
    return f"Antal svarande: {table.base}"


def first_column(table: Table) -> str:
    """What the rows are."""
    return "Tema/Kod" if isinstance(table, ThemeTable) else "Alternativ"


def name(text: str) -> str:
    """A name as one clean line, never empty."""
    return one_line(text) or "(utan namn)"


def percent(count: Count) -> str:
    """A share in whole percent, halves up."""
    return f"{whole_percent(count.percent)} %"


def notes(table: Table) -> list[str]:
    """The footnotes: how the table counts, and what a reader must know before quoting it."""
    return _theme_notes(table) if isinstance(table, ThemeTable) else _option_notes(table)


def _theme_notes(table: ThemeTable) -> list[str]:
    lines = ["En svarande räknas högst en gång inom ett tema men kan räknas inom flera teman."]
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
    return lines


def _option_notes(table: OptionTable) -> list[str]:
    lines = []
    if table.routing:
        asked = " och ".join(f"{name(option)} på frågan {name(question)}" for question, option in table.routing)
        lines.append(f"Frågan ställdes till dem som svarat {asked}.")
        if table.against_routing:
            lines.append(f"Svarande som inte skulle ha fått frågan: {len(table.against_routing)}.")
    return lines
