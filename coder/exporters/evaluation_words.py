"""What the picture of an evaluation says in Swedish, and all of it in words for those who can't see it."""

from coder.domain.evaluation import Evaluated, Figures
from coder.domain.tables import whole_percent
from coder.exporters import wording
from coder.exporters.swedish import number

CURVE = "Andel rätt efter antal kodningar"
RELIABILITY = "Håller poängen vad den lovar?"
CURVE_AXIS = "Antal kodningar"
SCORE_AXIS = "Poäng, procent"
UNKNOWN = "Poängen lovar ännu inget: det krävs fler kodningar för att säga hur säker den får vara."
# The lines of the learning curve, in the order of `shares`.
LINES = (
    "coder, rätt kod bland de tre första",
    "coder, rätt kod först",
    "scikit-learn utan inställningar, bland de tre första",
    "scikit-learn utan inställningar, först",
)
PERFECT = "Så ofta rätt som poängen säger"
FOUND = "Så ofta rätt var förslagen (antal)"


def title(made: Evaluated) -> str:
    """What is evaluated."""
    return f"Förslagens träffsäkerhet: {wording.name(made.codebook.question or made.question)}"


def base(made: Evaluated) -> str:
    """What the figures rest on."""
    found = made.found
    return (
        f"Korsvalidering på {found.codings} kodningar av {found.groups} svarande, i {found.folds} delar som inte har "
        f"någon svarande gemensam."
    )


def shares(ours: Figures, defaults: Figures) -> tuple[float, ...]:
    """A point of each line of the learning curve, in 0..1."""
    return ours.top3, ours.top1, defaults.top3, defaults.top1


def error(made: Evaluated) -> str:
    """How far the scores are from the truth."""
    found = made.found.ours.calibration_error
    return UNKNOWN if found is None else f"Kalibreringsfel: {number(100 * found, 1)} procentenheter."


def alt_text(made: Evaluated) -> str:
    """All that the picture shows."""
    points = []
    for point in made.found.curve:
        each = zip(LINES, shares(point.ours, point.defaults), strict=True)
        points.append(f"{point.codings} kodningar: " + ", ".join(f"{name} {percent(share)}" for name, share in each))
    bins = [
        f"poäng {percent(one.low)} till {percent(one.high)}: i medel {percent(one.score)}, rätt i {one.right} av "
        f"{one.count} ({percent(one.share)})"
        for one in made.found.reliability
    ]
    words = [f"{title(made).rstrip('.?!')}. {base(made)}", f"Linjediagram. {CURVE}. {'; '.join(points)}."]
    if bins:
        words.append(f"Punktdiagram. {RELIABILITY} {'; '.join(bins)}.")
    return " ".join([*words, error(made)])


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{whole_percent(100 * share)}\u00a0%"
