"""How often suggestions are right, measured on respondents that were left out, beside scikit-learn's defaults."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.evaluation import Bin, CodeFigures, CurvePoint, Evaluation, Figures
from coder.domain.suggestion import Evidence
from coder.suggest.baseline import default_shares
from coder.suggest.calibration import calibration_error, folds
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.linear import Floats, Ints

_FEWEST = 10
# The parts of the codings that the learning curve's points are learnt from, before all of them.
_CURVE = (0.125, 0.25, 0.5)
_CURVE_FOLDS = 10
_BINS = 10


def evaluate(
    codebook: Codebook,
    evidence: Sequence[Evidence],
    background: Sequence[str] = (),
    *,
    fold_count: int = 5,
    curve: bool = True,
    calibrate: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Evaluation:
    """Cross-validate by respondent. `background` are answers that nobody has coded, the same in every fold.

    As many folds as there are respondents leave each out by itself; the curve's earlier points are drawn from ten folds
    at most. Without `calibrate` it takes a fourth of the time and tells nothing of the scores. `progress` is told how
    many folds are through, of how many. Raises CoderError where there are fewer than ten codings or two respondents.
    """
    known = set(codebook.code_by_id)
    items = [item for item in evidence if item.code in known and any(sign.isalnum() for sign in item.text)]
    groups = len({item.group or str(place) for place, item in enumerate(items)})
    if len(items) < _FEWEST or groups < 2:
        raise CoderError(
            f"{len(items)} codings of {groups} respondents are too few to evaluate suggestions on",
            f"Code at least {_FEWEST} segments of several respondents by hand first.",
        )
    codes = [code.id for code in codebook.in_order()]
    target = np.array([codes.index(item.code) for item in items], dtype=np.intp)
    names = [item.group for item in items]
    run = _Run(codebook, codes, items, target, folds(names, fold_count), background)
    parts = replace(run, fold_of=folds(names, min(fold_count, _CURVE_FOLDS)))
    total = run.folds + (len(_CURVE) * parts.folds if curve else 0)
    through = 0

    def tell() -> None:
        nonlocal through
        through += 1
        progress(through, total)

    points = [_point(parts, part, tell) for part in _CURVE] if curve else []
    ours, defaults, sure = run.shares(1.0, calibrate=calibrate, tell=tell)
    found = figures(ours, target, promised=sure), figures(defaults, target, promised=True)
    return Evaluation(
        codings=len(items),
        groups=groups,
        folds=run.folds,
        ours=found[0],
        defaults=found[1],
        codes=per_code(codes, ours, target),
        curve=(*points, CurvePoint(run.learnt(1.0), *found)),
        reliability=reliability(ours, target) if sure else (),
    )


@dataclass(frozen=True)
class _Run:
    codebook: Codebook
    codes: list[int]
    items: list[Evidence]
    target: Ints
    fold_of: Ints
    background: Sequence[str]

    @property
    def folds(self) -> int:
        return int(self.fold_of.max()) + 1

    def training(self, fold: int, part: float) -> list[Evidence]:
        """The first part of a fold's training items, by whole respondents, spread evenly over the data."""
        items = [item for item, other in zip(self.items, self.fold_of, strict=True) if other != fold]
        names = list(dict.fromkeys(item.group or item.text for item in items))
        kept = set(names[:: round(1 / part)])
        return [item for item in items if (item.group or item.text) in kept]

    def learnt(self, part: float) -> int:
        """How many codings a fold learns from, on average."""
        return round(sum(len(self.training(fold, part)) for fold in range(self.folds)) / self.folds)

    def shares(self, part: float, *, calibrate: bool, tell: Callable[[], None]) -> tuple[Floats, Floats, bool]:
        """Our scores and the defaults' of every item, left out of the learning; and whether ours promise anything."""
        ours = np.zeros((len(self.items), len(self.codes)))
        defaults = np.zeros_like(ours)
        sure = True
        for fold in range(self.folds):
            held = np.flatnonzero(self.fold_of == fold)
            texts = [self.items[place].text for place in held]
            training = self.training(fold, part)
            suggester = CodebookSuggester(calibrate=calibrate).fit(self.codebook, training, self.background)
            ours[held] = suggester.shares(texts)
            defaults[held] = default_shares(self.codes, training, texts)
            sure = sure and suggester.known_
            tell()
        return ours, defaults, sure


def _point(run: _Run, part: float, tell: Callable[[], None]) -> CurvePoint:
    ours, defaults, _ = run.shares(part, calibrate=False, tell=tell)
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


def reliability(shares: Floats, target: Ints) -> tuple[Bin, ...]:
    """What the scores of the first suggestions promise beside how often they are right, in ten equal bins."""
    score, right = shares.max(axis=1), shares.argmax(axis=1) == target
    bins = np.minimum((score * _BINS).astype(np.intp), _BINS - 1)
    return tuple(
        Bin(one / _BINS, (one + 1) / _BINS, int(here.sum()), float(score[here].mean()), int(right[here].sum()))
        for one in range(_BINS)
        if (here := bins == one).any()
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
        support, suggested = int((target == place).sum()), int((first == place).sum())
        found.append(CodeFigures(code, support, precision, recall, confused, times, suggested))
    return tuple(found)
