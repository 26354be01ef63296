"""What a method note says in Swedish: how the numbers came about, a sentence or two a line."""

from collections.abc import Sequence
from datetime import datetime, timezone

from coder.domain.coding import Origin
from coder.domain.method import Made, MethodNote, RunNote
from coder.domain.tables import Count, Unit
from coder.exporters import audit_words, links, wording
from coder.exporters.links import Linked, linked

_ON_ANSWERS = "Anteckningar om enskilda svar: {}. De finns i projektet och återges inte, då de kan röja vem som svarat."


def lines(note: MethodNote, parts: Sequence[str] = ()) -> list[str]:
    """The note; one on several questions or rounds says of each what holds for it, and what holds for all but once.

    `parts` are the parts of a page that these have, one each: numbers of respondents lead there.
    """
    every = note.every
    coded = [one for one in every if one.codebook]
    result = list(_rule(coded[0])) if coded else []
    for one, part in zip(every, parts or ("",) * len(every), strict=True):
        place = f"Frågan {wording.name(one.question)}, omgång {wording.name(one.round)}. " if len(every) > 1 else ""
        result += [Linked(place, line) if number == 0 else line for number, line in enumerate(_about(one, part))]
    memos = dict.fromkeys(memo for one in every for memo in one.memos)
    return [*result, *(f"Anteckning. {wording.name(memo)}" for memo in memos), made(note.made)]


def made(one: Made) -> str:
    """When an export was made, and with what."""
    return f"Framställd {_moment(one.at)} med {one.program}."


def _rule(note: MethodNote) -> tuple[str, str]:
    order = ", ".join(wording.RULE_WORDS[rule] for rule in note.rule_order)
    return (
        f"Räkneregel: {wording.RULE}",
        f"Där ett svar har flera koder inom samma tema räknas den kod som en kodare har valt. Har ingen valt räknas en "
        f"kod preliminärt, i denna ordning: {order}.",
    )


def _about(note: MethodNote, part: str = "") -> list[str]:
    """What holds for one question in one round."""

    def of(number: int, target: str) -> str:
        return linked(str(number), links.within(part, target))

    whom = "svarande som" if note.unit is Unit.RESPONDENTS else "enheter som omfattas av dem som"
    where = f" {whom} besvarat frågan i omgång {wording.name(note.round)}."
    base = Linked("Andelarna avser de ", of(note.base, links.EVERYBODY), where)
    if not note.codebook:
        return [base]
    total = sum(note.origins.values())
    shares = ", ".join(
        f"{wording.percent(Count(note.origins.get(origin, 0), total))} {words} ({note.origins.get(origin, 0)})"
        for origin, words in wording.ORIGIN_WORDS.items()
    )
    since = f" När svaren senast kodades gällde version {note.coded_with}."
    return [
        base,
        f"Kodbok: {wording.name(note.codebook)}, version {note.fingerprint}, som talen är räknade med."
        + (since if note.coded_with not in ("", note.fingerprint) else ""),
        _who(note),
        f"Räknade kodningar: {total}" + (f", varav {shares}." if total else "."),
        *map(_run, note.runs),
        *([wording.unfinished(note.ahead)] if note.ahead else []),
        *audit_words.lines(note),
        Linked(
            "Val som återstår: ",
            of(note.clashes, links.PROVISIONAL),
            ". Okodade svar: ",
            of(note.uncoded, links.UNCODED),
            ". Svar utan något att koda: ",
            of(note.nothing_to_code, links.NOTHING_TO_CODE),
            ".",
        ),
        *([_ON_ANSWERS.format(note.answer_memos)] if note.answer_memos else []),
        *([note.stand.line] if note.stand else []),
    ]


def _who(note: MethodNote) -> str:
    """Who made the counted codings; of the machine's, how many people decided that they are counted."""
    analysts, choosers = (
        ", ".join(f"{wording.name(analyst)} ({count})" for analyst, count in found)
        for found in (note.analysts, note.choosers)
    )
    who = f"Kodare, med antal räknade kodningar: {analysts or ('ingen' if choosers else 'ingen ännu')}."
    machine, chosen = note.origins.get(Origin.AUTO, 0), sum(count for _, count in note.choosers)
    if not machine:
        return who
    if not chosen:
        return f"{who} Maskinen har gjort {machine} som ingen kodare har granskat."
    return (
        f"{who} Maskinen har gjort {machine}: att {chosen} av dem räknas har en kodare valt, bland flera koder inom "
        f"samma tema ({choosers}), och {machine - chosen} har ingen kodare granskat."
    )


def _run(run: RunNote) -> str:
    """A batch run: which model, what it had learnt from, and what it was to keep to."""
    counted = f"{run.codings} {'räknad kodning' if run.codings == 1 else 'räknade kodningar'} av maskinen"
    if run.accepted:
        counted += f", och {run.accepted} som en kodare har antagit"
    if not run.model:
        return f"Maskinkodning utan uppgift om körning: {counted}."
    if run.precision is not None:
        kept = f"koder gavs där minst {100 * run.precision:.0f} % av förslagen väntades vara rätt"
    elif run.min_score is not None:
        kept = f"koder gavs från poäng {run.min_score:.2f}".replace(".", ",")
    else:
        kept = "utan tröskel"
    return (
        f"Maskinkodning, körning {run.number} den {_moment(datetime.fromisoformat(run.at))}: modell {run.model}, som "
        f"lärt av {_codings(run.trained_on)} med kodbokens version {run.fingerprint}; {kept}. {counted}."
    )


def _moment(at: datetime) -> str:
    """A date and time with how far its zone is from UTC, which is called the same on every machine."""
    away = at.utcoffset()
    return f"{at:%Y-%m-%d kl. %H.%M} ({'lokal tid' if away is None else timezone(away)})"


def _codings(number: int) -> str:
    return f"{number} {'kodning' if number == 1 else 'kodningar'}"
