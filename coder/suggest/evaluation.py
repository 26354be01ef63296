"""How often suggestions are right, measured on respondents that were left out, beside scikit-learn's defaults."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.suggestion import Evidence
from coder.suggest.baseline import default_shares
from coder.suggest.calibration import calibration_error, folds
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.linear import Floats, Ints

_FEWEST = 10
_CURVE = (0.125, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in 0..1 of the codings whose code was the first suggestion, or among the first three or five.

    `macro_f1` is the mean F1 of the codes that were used; `calibration_error` the mean gap between score and truth,
    None where the scores promise nothing.
    """

    top1: float
    top3: float
    top5: float
    macro_f1: float
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """One code of an evaluation.

    `support` is how many codings it has, `precision` how often suggesting it first was right, `recall` how many of its
    codings had it first; `confused_with` is the code most often first in its place, and how often.
    """

    code: int
    support: int
    precision: float
    recall: float
    confused_with: int | None
    confused_times: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The figures after learning from about `codings` codings."""

    codings: int
    ours: Figures
    defaults: Figures


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A cross-validation: `codings` from `groups` respondents in `folds` folds that share none."""

    codings: int
    groups: int
    folds: int
    ours: Figures
    defaults: Figures
    codes: tuple[CodeFigures, ...]
    curve: tuple[CurvePoint, ...]


def evaluate(
    codebook: Codebook,
    evidence: Sequence[Evidence],
    background: Sequence[str] = (),
    *,
    fold_count: int = 5,
    curve: bool = True,
) -> Evaluation:
    """Cross-validate by respondent. `background` are answers that nobody has coded, the same in every fold.

    Raises CoderError where there are fewer than ten codings or two respondents.
    """
    known = set(codebook.code_by_id)
    items = [item for item in evidence if item.code in known and any(sign.isalnum() for sign in item.text)]
    groups = len({item.group or str(place) for place, item in enumerate(items)})
    if len(items) < _FEWEST or groups < 2:
        raise CoderError(
            f"{len(items)} codings of {groups} respondents are too few to evaluate suggestions on",
            f"Code at least {_FEWEST} segments of several respondents by hand first.",
        )
    fold_of = folds([item.group for item in items], fold_count)
    codes = [code.id for code in codebook.in_order()]
    target = np.array([codes.index(item.code) for item in items], dtype=np.intp)
    run = _Run(codebook, codes, items, target, fold_of, background)
    ours, defaults, sure = run.shares(1.0, calibrate=True)
    points = [_point(run, part) for part in _CURVE[:-1]] if curve else []
    whole = Evaluation(
        codings=len(items),
        groups=groups,
        folds=int(fold_of.max()) + 1,
        ours=figures(ours, target, promised=sure),
        defaults=figures(defaults, target, promised=True),
        codes=per_code(codes, ours, target),
        curve=tuple(points),
    )
    last = CurvePoint(run.learnt(1.0), whole.ours, whole.defaults)
    return Evaluation(
        whole.codings, whole.groups, whole.folds, whole.ours, whole.defaults, whole.codes, (*points, last)
    )


@dataclass(frozen=True)
class _Run:
    codebook: Codebook
    codes: list[int]
    items: list[Evidence]
    target: Ints
    fold_of: Ints
    background: Sequence[str]

    def training(self, fold: int, part: float) -> list[Evidence]:
        """The first part of a fold's training items, by whole respondents, spread evenly over the data."""
        items = [item for item, other in zip(self.items, self.fold_of, strict=True) if other != fold]
        names = list(dict.fromkeys(item.group or item.text for item in items))
        kept = set(names[:: round(1 / part)])
        return [item for item in items if (item.group or item.text) in kept]

    def learnt(self, part: float) -> int:
        """How many codings a fold learns from, on average."""
        every = range(int(self.fold_of.max()) + 1)
        return round(sum(len(self.training(fold, part)) for fold in every) / len(every))

    def shares(self, part: float, *, calibrate: bool) -> tuple[Floats, Floats, bool]:
        """Our scores and the defaults' of every item, left out of the learning; and whether ours promise anything."""
        ours = np.zeros((len(self.items), len(self.codes)))
        defaults = np.zeros_like(ours)
        sure = True
        for fold in range(int(self.fold_of.max()) + 1):
            held = np.flatnonzero(self.fold_of == fold)
            texts = [self.items[place].text for place in held]
            training = self.training(fold, part)
            suggester = CodebookSuggester(calibrate=calibrate).fit(self.codebook, training, self.background)
            ours[held] = suggester.shares(texts)
            defaults[held] = default_shares(self.codes, training, texts)
            sure = sure and suggester.known_
        return ours, defaults, sure


def _point(run: _Run, part: float) -> CurvePoint:
    ours, defaults, _ = run.shares(part, calibrate=False)
    return CurvePoint(run.learnt(part), figures(ours, run.target), figures(defaults, run.target))


def figures(shares: Floats, target: Ints, *, promised: bool = False) -> Figures:
    """The figures of scores (texts x codes) against the right codes."""
    order = np.argsort(-shares, axis=1, kind="stable")
    rank = np.argmax(order == target[:, None], axis=1)
    used = sorted(set(target.tolist()))
    scores = [_precision_recall(order[:, 0], target, code) for code in used]
    return Figures(
        top1=float((rank < 1).mean()),
        top3=float((rank < 3).mean()),
        top5=float((rank < 5).mean()),
        macro_f1=sum(2 * p * r / (p + r) if p + r else 0.0 for p, r in scores) / len(used),
        calibration_error=calibration_error(shares.max(axis=1), rank < 1) if promised else None,
    )


def _precision_recall(first: Ints, target: Ints, code: int) -> tuple[float, float]:
    right = int(((first == code) & (target == code)).sum())
    return right / max(1, int((first == code).sum())), right / max(1, int((target == code).sum()))


def per_code(codes: Sequence[int], shares: Floats, target: Ints) -> tuple[CodeFigures, ...]:
    """Figures of every code, in the codebook's order."""
    first = np.argsort(-shares, axis=1, kind="stable")[:, 0]
    found = []
    for place, code in enumerate(codes):
        precision, recall = _precision_recall(first, target, place)
        wrong = Counter(int(other) for other in first[(target == place) & (first != place)])
        other, times = wrong.most_common(1)[0] if wrong else (None, 0)
        confused = None if other is None else codes[other]
        found.append(CodeFigures(code, int((target == place).sum()), precision, recall, confused, times))
    return tuple(found)
