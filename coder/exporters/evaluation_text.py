"""An evaluation of suggestions for a plain terminal."""

from collections.abc import Iterator

from coder.domain.answers import one_line
from coder.domain.codebook import Codebook
from coder.domain.evaluation import FEWEST, CodeFigures, Evaluated, Figures, Weakness, weaknesses
from coder.domain.how_many import how_many
from coder.domain.tables import whole_percent
from coder.exporters.terminal import columns, fit, wrap
from coder.exporters.text_grid import grid

_NONE = "–"
_HEAD = ("", "first", "first 3", "first 5", "macro-F1", "calibration error")
_CODE_HEAD = ("Code", "codings", "found", "right when first", "F1")
_LONGEST = 48  # columns of a code's name inside a sentence


def render(made: Evaluated, width: int = 100) -> str:
    """The figures, the learning curve, every code, and in words which definitions need work."""
    found = made.found
    lines = wrap(
        f"Suggestions for {one_line(made.question)}: {how_many(found.codings, 'coding')} of "
        f"{how_many(found.groups, 'respondent')}, cross-validated in {found.folds} folds that share no "
        "respondent. How often the code given was suggested:",
        width,
    )
    rows = [("coder", *_figures(found.ours)), ("scikit-learn's defaults", *_figures(found.defaults))]
    lines += ["", *grid(_HEAD, rows, width), ""]
    lines += wrap(_calibration(made), width)
    lines += [
        "",
        *wrap("Learning curve: how often the first one and three were right after so many codings", width),
        "",
    ]
    curve = [
        (str(one.codings), *map(_percent, (one.ours.top1, one.ours.top3, one.defaults.top1, one.defaults.top3)))
        for one in found.curve
    ]
    lines += [*grid(("codings", "first", "first 3", "defaults: first", "first 3"), curve, width), ""]
    lines += [*_codes(made, width), "", "Definitions that need work", ""]
    lines += [line for words in _words(made) for line in _item(words, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _figures(one: Figures) -> tuple[str, ...]:
    error = _NONE if one.calibration_error is None else f"{one.calibration_error:.2f}"
    return (*map(_percent, (one.top1, one.top3, one.top5, one.macro_f1)), error)


def _percent(share: float) -> str:
    return f"{whole_percent(100 * share)} %"


def _calibration(made: Evaluated) -> str:
    error = made.found.ours.calibration_error
    if error is None:
        return "The scores promise nothing yet: too few codings to say how sure they may be."
    return f"What scores promise and how often they are right lie {whole_percent(100 * error)} points apart on average."


def _codes(made: Evaluated, width: int) -> Iterator[str]:
    rows = []
    for row in made.found.codes:
        found = _percent(row.recall) if row.support else _NONE
        right = _percent(row.precision) if row.first else _NONE
        f1 = f"{row.f1:.2f}" if row.support else _NONE
        rows.append((_name(row.code, made.codebook), str(row.support), found, right, f1))
        if row.confused_with is not None:
            other = _name(row.confused_with, made.codebook)
            rows.append((f"  taken for {other}: {row.confused_times}", "", "", "", ""))
    yield from grid(_CODE_HEAD, rows, width)


def _name(code: int, codebook: Codebook) -> str:
    theme = one_line(codebook.theme_name(code))
    return one_line(codebook.code_name(code)) + (f" · {theme}" if theme else "")


def _words(made: Evaluated) -> Iterator[str]:
    """A sentence or two for every code that needs work, the worst first; then those that nothing can be said of."""
    found = {row.code: weaknesses(row) for row in made.found.codes}
    weak = [row for row in made.found.codes if {*found[row.code]} & {*_SAID}]
    for row in sorted(weak, key=lambda one: one.f1):
        yield " ".join([f"{_name(row.code, made.codebook)}:", *(_SAID[one](row, made) for one in found[row.code])])
    if not weak:
        yield "None stands out."
    few = [_short(row, made) for row in made.found.codes if Weakness.FEW in found[row.code]]
    if few:
        yield f"With fewer than {FEWEST} codings, too few to judge ({len(few)}): {', '.join(few)}."
    unused = [_short(row, made) for row in made.found.codes if Weakness.UNUSED in found[row.code]]
    if unused:
        yield f"Never given ({len(unused)}): {', '.join(unused)}."


def _missed(row: CodeFigures, _: Evaluated) -> str:
    return (
        f"found in {row.right} of its {how_many(row.support, 'coding')}; say more of what it holds, or give examples."
    )


def _wrongly(row: CodeFigures, _: Evaluated) -> str:
    return (
        f"right in {row.right} of the {how_many(row.first, 'time')} it was suggested first; say what it does not hold."
    )


def _confused(row: CodeFigures, made: Evaluated) -> str:
    assert row.confused_with is not None
    other = _name(row.confused_with, made.codebook)
    return f"taken for {other} {how_many(row.confused_times, 'time')} of {row.support}; say what tells the two apart."


_SAID = {Weakness.MISSED: _missed, Weakness.WRONGLY: _wrongly, Weakness.CONFUSED: _confused}


def _short(row: CodeFigures, made: Evaluated) -> str:
    name = _name(row.code, made.codebook)
    return name if columns(name) <= _LONGEST else fit(name, _LONGEST)


def _item(words: str, width: int) -> Iterator[str]:
    first, *rest = wrap(words, max(20, width - 2))
    yield f"- {first}"
    yield from (f"  {line}" for line in rest)
