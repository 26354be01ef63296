"""What a printed denominator ledger says in Swedish: heads, rows and notes."""

from coder.domain.accounted import Number, What
from coder.domain.ledger import Ledger, QuestionLedger
from coder.domain.non_response import GroupLedger, Of, Rate
from coder.exporters import swedish, wording
from coder.exporters.links import Linked, linked, number_target

OF = {Of.FRAME: "av tillfrågade", Of.RESPONDENTS: "av svarande", Of.ROUTED: "av dem frågan ställdes till"}

WHAT = {
    What.ASKED: "Tillfrågade",
    What.INVITED: "Tillfrågade som svarat",
    What.NO_RESPONSE: "Ej svarat",
    What.LISTED: "I svarsfilen",
    What.RESPONDENTS: "Svarande",
    What.SILENT: "I svarsfilen men utan svar",
    What.UNINVITED: "Svarande som inte finns bland de tillfrågade",
    What.ROUTED: "Ställd till",
    What.ANSWERED: "Svar",
    What.AGAINST: wording.UNCALLED,
    What.BLANK: "Ej svar",
    What.FILTERED: "Ej ställd",
    What.CODED: "Kodade",
    What.BY_HAND: "Kodade av kodare, helt eller delvis",
    What.BY_MACHINE: "Kodade bara av maskinen",
    What.NOTHING_TO_CODE: wording.NOTHING_TO_CODE,
    What.UNCODED: wording.UNCODED,
}

BY_HAND, _, BY_MACHINE = wording.ORIGIN_HEADS
GROUP_HEAD = ("Värde", "I filen", "Svarande", "Lägst svar %", "på frågan")
ASKED_HEAD = ("Värde", "Tillfrågade", "Svarande", "Svarsandel", "Ej svarat", "Lägst svar %", "på frågan")


def title(made: Ledger) -> str:
    """The round."""
    return f"Svar och bortfall, omgång {wording.name(made.round)}"


def summary(made: Ledger) -> list[str]:
    """How many were asked, answered, and answered least and most, each share with its base."""
    lines: list[str] = []
    answered = _number(made.respondents, What.RESPONDENTS)
    if made.response is None:
        unknown = ". Hur många som tillfrågats är inte angivet, så svarsandel saknas."
        lines.append(Linked("Svarande: ", answered, unknown))
    else:
        # Where only the number of those who were asked is known, there is nobody to name.
        asked = _number(made.response.count.base, What.ASKED) if made.by_name else str(made.asked)
        share = rate(made.response, Number(What.INVITED), Number(What.ASKED) if made.by_name else None)
        lines.append(Linked("Tillfrågade: ", asked, ". Svarande: ", answered, ". Svarsandel: ", share, "."))
    if made.listed > made.respondents:
        silent = _number(made.listed - made.respondents, What.SILENT)
        lines.append(Linked("I svarsfilen men utan ett enda svar: ", silent, "."))
    if made.uninvited:
        lines.append(
            Linked(
                "Varning: ",
                _number(made.uninvited, What.UNINVITED),
                " svarande finns inte bland de tillfrågade. De räknas i tabellerna men inte i svarsandelarna.",
            )
        )
    elif made.asked is not None and made.respondents > made.asked:
        lines.append("Varning: fler svarande än tillfrågade. Kontrollera antalet i undersökningsfilen.")
    if made.item_response:
        low, high = made.item_response
        least, most = (
            rate(one.item_response, Number(What.ANSWERED, one.question), Number(What.RESPONDENTS))
            for one in (low, high)
        )
        lines.append(
            Linked(
                "Svar per fråga bland frågor som ställts till alla: lägst ",
                least,
                f" ({wording.name(low.question)}), högst ",
                most,
                f" ({wording.name(high.question)}).",
            )
        )
    return lines


def question(one: QuestionLedger, in_full: bool = False) -> str:
    """A question's key, or `in_full` what it asks where somebody wrote that down."""
    return wording.name((one.text if in_full else "") or one.question)


def head(made: Ledger) -> tuple[str, ...]:
    """What stands over the questions' rows; the coded answers are divided where a machine has coded some alone."""
    divided = (BY_HAND, BY_MACHINE) if made.by_machine else ()
    return ("Fråga", "Ställd till", "Svar", "Ej svar", "Ej ställd", "Svar %", "Kodade", *divided, "Inget", "Okodade")


def row(one: QuestionLedger, divided: bool, in_full: bool = False) -> list[str]:
    """A question's row under `head`, `divided` where that is; its numbers lead to whom they count."""

    def of(what: What, number: int | None) -> str:
        return wording.NOTHING if number is None else _number(number, what, one.question)

    answered = of(What.ANSWERED, one.answered - one.against_routing)
    if one.against_routing:
        answered = Linked(answered, " (+", of(What.AGAINST, one.against_routing), ")")
    return [
        question(one, in_full),
        of(What.ROUTED, one.routed) if one.routing else _number(one.routed, What.RESPONDENTS),
        answered,
        of(What.BLANK, one.blank),
        of(What.FILTERED, one.filtered),
        share(one.item_response),
        of(What.CODED, one.coded),
        *((of(What.BY_HAND, one.by_hand), of(What.BY_MACHINE, one.by_machine)) if divided else ()),
        of(What.NOTHING_TO_CODE, one.nothing_to_code),
        of(What.UNCODED, one.uncoded),
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
    if made.by_machine:
        lines.append(
            f"{BY_HAND} och {BY_MACHINE.lower()} delar upp Kodade: svar där en kodare har gett, antagit eller ändrat "
            "något, och svar som bara maskinen har kodat."
        )
    if any(one.nothing_to_code for one in made.questions):
        lines.append("Inget: svar utan något att koda; de ingår i basen.")
    if made.groups:
        lines.append(f"{_coverage(made)} Lägst svar % är av gruppens svarande som frågan ställdes till.")
    return lines


def rate(one: Rate, of: Number | None = None, base: Number | None = None) -> str:
    """A share with its numbers and its base in words; the numbers lead to whom they count where it is told."""
    count, whole = (
        linked(str(number), number_target(told)) if told is not None else str(number)
        for number, told in ((one.count.count, of), (one.count.base, base))
    )
    return Linked(share(one), " (", count, f" {OF[one.of]} ", whole, ")")


def _number(number: int, what: What, asked: str = "", group: GroupLedger | None = None) -> str:
    """A number that leads to whom it counts."""
    attribute, value = (group.attribute, group.value) if group is not None else ("", "")
    return linked(str(number), number_target(Number(what, asked, attribute, value)))


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

    def of(what: What, number: int) -> str:
        return _number(number, what, group=group)

    if group.asked is None:
        counts = [of(What.LISTED, group.listed), of(What.RESPONDENTS, group.respondents)]
        return [wording.name(group.value), *counts, *lowest]
    asked = group.asked
    return [
        wording.name(group.value),
        of(What.ASKED, asked.base),
        of(What.INVITED, asked.count),
        share(Rate(asked, Of.FRAME)),
        of(What.NO_RESPONSE, asked.base - asked.count),
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
