"""What a printed denominator ledger says in Swedish: heads, rows and notes."""

from coder.domain.ledger import Ledger, QuestionLedger
from coder.domain.non_response import GroupLedger, Of, Rate
from coder.exporters import swedish, wording

OF = {Of.FRAME: "av tillfrågade", Of.RESPONDENTS: "av svarande", Of.ROUTED: "av dem frågan ställdes till"}

HEAD = ("Fråga", "Ställd till", "Svar", "Ej svar", "Ej ställd", "Svar %", "Kodade", "Inget", "Okodade")
GROUP_HEAD = ("Värde", "I filen", "Svarande", "Lägst svar %", "på frågan")
ASKED_HEAD = ("Värde", "Tillfrågade", "Svarande", "Svarsandel", "Ej svarat", "Lägst svar %", "på frågan")


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
    if made.uninvited:
        lines.append(
            f"Varning: {made.uninvited} svarande finns inte bland de tillfrågade. De räknas i tabellerna men inte i "
            "svarsandelarna."
        )
    elif made.asked is not None and made.respondents > made.asked:
        lines.append("Varning: fler svarande än tillfrågade. Kontrollera antalet i undersökningsfilen.")
    if made.item_response:
        low, high = made.item_response
        lines.append(
            f"Svar per fråga bland frågor som ställts till alla: lägst {rate(low.item_response)} "
            f"({wording.name(low.question)}), högst {rate(high.item_response)} ({wording.name(high.question)})."
        )
    return lines


def question(one: QuestionLedger, in_full: bool = False) -> str:
    """A question's key, or `in_full` what it asks where somebody wrote that down."""
    return wording.name((one.text if in_full else "") or one.question)


def row(one: QuestionLedger, in_full: bool = False) -> list[str]:
    """A question's row under HEAD."""
    coding = [
        wording.NOTHING if number is None else str(number) for number in (one.coded, one.nothing_to_code, one.uncoded)
    ]
    against = f" (+{one.against_routing})" if one.against_routing else ""
    return [
        question(one, in_full),
        str(one.routed),
        f"{one.answered - one.against_routing}{against}",
        str(one.blank),
        str(one.filtered),
        share(one.item_response),
        *coding,
    ]


def groups(made: Ledger, in_full: bool = False) -> list[tuple[str, tuple[str, ...], list[list[str]]]]:
    """Attribute by attribute, its head and its rows: where the non-response lies."""
    result: dict[str, list[GroupLedger]] = {}
    for group in made.groups:
        result.setdefault(group.attribute, []).append(group)
    return [
        (name, ASKED_HEAD if rows[0].asked else GROUP_HEAD, [_group(row, made, in_full) for row in rows])
        for name, rows in result.items()
    ]


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
        lines.append(f"{_coverage(made)} Lägst svar % är av gruppens svarande som frågan ställdes till.")
    return lines


def rate(one: Rate) -> str:
    """A share with its numbers and its base in words."""
    return f"{share(one)} ({one.count.count} {OF[one.of]} {one.count.base})"


def share(one: Rate) -> str:
    """A share in percent with one decimal, as response rates are printed."""
    return f"{swedish.number(one.count.percent, 1)} %" if one.count.base else wording.NOTHING


def _coverage(made: Ledger) -> str:
    """Whom the groups cover."""
    if made.by_name:
        return "Svarsandel efter grupp är av de tillfrågade i gruppen, också dem som inte svarat på något."
    if made.asked is not None and made.asked <= made.listed:
        return "Bortfall efter grupp räknas på dem som står i svarsfilen: alla tillfrågade står där."
    return (
        "Bortfall efter grupp räknas bara på dem som står i svarsfilen. Vilka som tillfrågats men inte står där är "
        "inte angivet, så hur de fördelar sig på grupper är okänt."
    )


def _group(group: GroupLedger, made: Ledger, in_full: bool) -> list[str]:
    lowest = _lowest(group, made, in_full)
    if group.asked is None:
        return [wording.name(group.value), str(group.listed), str(group.respondents), *lowest]
    asked = group.asked
    rate = share(Rate(asked, Of.FRAME))
    return [
        wording.name(group.value),
        *map(str, (asked.base, asked.count)),
        rate,
        str(asked.base - asked.count),
        *lowest,
    ]


def _lowest(group: GroupLedger, made: Ledger, in_full: bool) -> tuple[str, str]:
    """The lowest share of the group's respondents who answered a question put to all, and which question."""
    whole = [
        (count, one)
        for count, one in zip(group.answered, made.questions, strict=True)
        if count.base and not one.routing
    ]
    if not whole:
        return wording.NOTHING, wording.NOTHING
    count, one = min(whole, key=lambda pair: pair[0].percent)
    return f"{swedish.number(count.percent, 1)} %", question(one, in_full)
