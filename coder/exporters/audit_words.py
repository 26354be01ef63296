"""What a method note says in Swedish of the machine's errors: measured by an audit, about to be, or by nobody."""

from collections.abc import Iterator
from datetime import datetime

from coder.domain.agreement import Agreement
from coder.domain.coding import Origin
from coder.domain.intervals import LEVEL
from coder.domain.method import MethodNote
from coder.domain.sampling import Sampled
from coder.domain.tables import Unit, whole_percent
from coder.exporters import swedish, wording

# As the domain's audit and finite_sample say where they come from.
ESTIMATOR = (
    "two-phase difference estimator, post-stratified (Cochran 1977, 5A.9 and 12; Särndal, Swensson and Wretman 1992, "
    "ch. 6 and 9); equals tuned prediction-powered inference (Angelopoulos et al. 2023, Science 382, 669-674 and "
    "arXiv:2311.01453)"
)
INTERVAL = (
    "numbers that a two-sided score test with mid-P keeps, of samples without replacement from the two parts of a "
    "finite population (Miettinen and Nurminen 1985; Agresti and Min 2001; Lancaster 1961; Berry and Armitage 1995), "
    "averaged over how a number is shared by the parts (Meng 1994; Ericson 1969), with an end of the scale where all "
    "of the sample but one speaks for it (Brown, Cai and DasGupta 2001)"
)
_SOURCES = (
    "Skattningen är den tvåfasiga differensskattningen, efterstratifierad efter vad maskinen sagt (Cochran 1977, "
    "avsnitt 5A.9 och 12; Särndal, Swensson och Wretman 1992, kap. 6 och 9), vilket är prediction-powered inference "
    "anpassad till hur bra maskinen är (Angelopoulos m.fl. 2023, Science 382, s. 669–674, och arXiv:2311.01453). "
    "Intervallet är de antal som ett tvåsidigt poängtest med mid-P inte förkastar, för urval utan återläggning "
    "(Miettinen och Nurminen 1985; Agresti och Min 2001; Lancaster 1961; Berry och Armitage 1995; Meng 1994; Ericson "
    "1969; Brown, Cai och DasGupta 2001)."
)

_KEPT = {
    True: "hela intervallet ligger där eller över",
    False: "hela intervallet ligger under, så det höll inte",
    None: "urvalet räcker inte för att säga om det höll",
}


def lines(note: MethodNote) -> Iterator[str]:
    """What the note on an open question says of it; nothing where no machine has a part in the counts."""
    machine = note.origins.get(Origin.AUTO, 0)
    if note.sampled is not None:
        yield from _measured(note.sampled)
    elif note.waiting:
        yield (
            f"En granskning av maskinkodningen pågår: {note.waiting} lottade svar återstår att koda klart för "
            "hand. Maskinens koder för dem räknas inte under tiden, så antalen kan vara för låga, och hur ofta den har "
            "fel är inte mätt."
        )
    elif note.outside:
        yield wording.outside(note.outside)
    elif machine and note.unit is Unit.UNITS:
        yield "Hur ofta maskinen har fel mäts i antal svarande och inte i enheter: de här antalen har inga intervall."
    elif machine:
        yield f"Ingen har mätt hur ofta maskinen har fel: dess {machine} räknade kodningar räknas som om de vore rätt."


def _measured(one: Sampled) -> Iterator[str]:
    seed = f", med frö {wording.name(one.seed)}" if one.seed else ""
    drawn = f" {datetime.fromisoformat(one.at).astimezone():%Y-%m-%d}" if one.at else ""
    by = f" av {wording.name(one.analyst)}" if one.analyst else ""
    level = whole_percent(100 * one.level)
    yield (
        f"Granskning av maskinkodningen: {one.drawn} av de {one.population} svar som maskinen tagit ställning till "
        f"lottades{drawn}{by}{seed}, och kodades för hand utan att maskinens kod visades. Intervall som räknar in "
        f"maskinens fel ({level} %) är skattade ur dem. {_SOURCES}"
    )
    if one.agreement is not None:
        yield _agreement(one.agreement)


def _agreement(one: Agreement) -> str:
    """How often the machine was right on the sample, and whether that is what it promised."""
    missed = f"{one.missed} som de gav hade den inte gett"
    if one.share is None:
        return f"Maskinen hade inte gett de lottade svaren någon kod när urvalet drogs; {missed}."
    low, high = (whole_percent(100 * end) for end in one.interval)
    level = f"{whole_percent(100 * LEVEL)} % intervall enligt Clopper och Pearson 1934"
    promised = ""
    if one.promise is not None:
        least = swedish.number(100 * one.promise, 1).removesuffix(",0")
        promised = f" Enligt körningen skulle minst {least} % vara rätt: {_KEPT[one.kept]}."
    share = f"{whole_percent(100 * one.share)} % ({low}–{high} %, {level})"
    return (
        f"När urvalet drogs hade maskinen gett de lottade svaren {one.given} koder (par av svar och kod, före "
        f"räkneregeln). Av dem var {one.right} rätt enligt dem som kodade för hand, {share}; {missed}.{promised}"
    )
