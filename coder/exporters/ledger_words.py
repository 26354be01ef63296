"""What a printed denominator ledger says in Swedish: heads, rows and notes."""

from coder.domain.ledger import GroupLedger, Ledger, Of, QuestionLedger, Rate
from coder.exporters import swedish, wording

NOTHING = "–"
OF = {Of.FRAME: "av tillfrågade", Of.RESPONDENTS: "av svarande", Of.ROUTED: "av dem frågan ställdes till"}

HEAD = ("Fråga", "Ställd till", "Svar", "Ej svar", "Ej ställd", "Svar %", "Kodade", "Inget", "Okodade")
GROUP_HEAD = ("Värde", "I filen", "Svarande", "Lägst svar %", "på frågan")


def title(made: Ledger) -> str:
    """The round."""
    return f"Svar och bortfall, omgång {wording.name(made.round)}"


def summary(made: Ledger) -> list[str]:
    """How many were asked, answered, and answered least and most, each share with its base."""
    lines = []
    if made.response is None:
        lines.append(f"Svarande: {made.respondents}. Hur många som tillfrågats är inte angivet, så svarsandel saknas.")
    else:
        lines.append(f"Tillfrågade: {made.asked}. Svarande: {made.respondents}. Svarsandel: {rate(made.response)}.")
    if made.listed > made.respondents:
        lines.append(f"I svarsfilen men utan ett enda svar: {made.listed - made.respondents}.")
    if made.asked is not None and made.respondents > made.asked:
        lines.append("Varning: fler svarande än tillfrågade. Kontrollera antalet i undersökningsfilen.")
    if made.item_response:
        low, high = made.item_response
        lines.append(
            f"Svar per fråga bland frågor som ställts till alla: lägst {rate(low.item_response)} "
            f"({wording.name(low.question)}), högst {rate(high.item_response)} ({wording.name(high.question)})."
        )
    return lines


def row(one: QuestionLedger) -> list[str]:
    """A question's row under HEAD."""
    coding = [NOTHING if number is None else str(number) for number in (one.coded, one.nothing_to_code, one.uncoded)]
    against = f" (+{one.against_routing})" if one.against_routing else ""
    return [
        wording.name(one.question),
        str(one.routed),
        f"{one.answered - one.against_routing}{against}",
        str(one.blank),
        str(one.filtered),
        share(one.item_response),
        *coding,
    ]


def groups(made: Ledger) -> list[tuple[str, list[list[str]]]]:
    """Attribute by attribute, its rows under GROUP_HEAD: where the non-response lies."""
    result: dict[str, list[list[str]]] = {}
    for group in made.groups:
        result.setdefault(group.attribute, []).append(_group(group, made))
    return list(result.items())


def notes(made: Ledger) -> list[str]:
    """How the columns hang together."""
    lines = [
        "Svar % är av dem som frågan ställdes till. Procent i tabeller och figurer är av dem som svarat på frågan."
    ]
    if any(one.routing for one in made.questions):
        lines.append("Ej ställd: svarande som ett tidigare svar leder förbi frågan.")
    if any(one.against_routing for one in made.questions):
        lines.append("(+n): svarade fast frågan inte skulle ha ställts till dem; de ingår i tabellens bas.")
    if any(one.nothing_to_code for one in made.questions):
        lines.append("Inget: svar utan något att koda; de ingår i basen.")
    if made.groups:
        lines.append("Bortfall efter grupp räknas på dem som står i svarsfilen.")
    return lines


def rate(one: Rate) -> str:
    """A share with its numbers and its base in words."""
    return f"{share(one)} ({one.count.count} {OF[one.of]} {one.count.base})"


def share(one: Rate) -> str:
    """A share in percent with one decimal, as response rates are printed."""
    return f"{swedish.number(one.count.percent, 1)} %" if one.count.base else NOTHING


def _group(group: GroupLedger, made: Ledger) -> list[str]:
    whole = [
        (count, one)
        for count, one in zip(group.answered, made.questions, strict=True)
        if count.base and not one.routing
    ]
    if not whole:
        return [wording.name(group.value), str(group.listed), str(group.respondents), NOTHING, NOTHING]
    count, one = min(whole, key=lambda pair: pair[0].percent)
    lowest = swedish.number(count.percent, 1)
    return [wording.name(group.value), str(group.listed), str(group.respondents), f"{lowest} %", one.question]
