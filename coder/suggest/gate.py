"""The gate: from which score on each code may be given by the machine alone, by evidence on left-out respondents.

What is promised is about answers like those that analysts have finished: of the (answer, code) pairs that the machine
gives, at least the promised share are right. A pair is right where an analyst gave the code to the very place; what
analysts read and gave no code counts as wrong, so texts that no code fits are part of the promise.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.special import bdtr, betaincinv

from coder.domain.acceptance import FEWEST_EXAMPLES, CodeGate, Gate, Verdict
from coder.suggest.calibration import folds
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.linear import Ints
from coder.suggest.scoring import Best, Scorer, best_of

Progress = Callable[[int, int], None]

# How often a promise may be broken by an unlucky sample of hand codings.
RISK = 0.05
_FOLDS = 5
# Characters of answers up to which their respondents are left out one by one.
_MOST_TEXT = 500_000
# Where scores are tried from: as many trials as bear so many errors, each start with its share of the risk. One early
# error must not end it all, nor may it hang on one answer whether hundreds are coded or none.
_STARTS = ((0, RISK / 3), (2, RISK / 3), (7, RISK / 6), (15, RISK / 6))
# From so many trials on a code stands by itself: those that the second start asks for.
_ALONE = _STARTS[1]
_STEP = 1.05
# A code in the pool is given only where so many of its own trials reached the pool's score, and where they went no
# worse than in three of four codes that keep the promise: a new round may hold more of it than what was coded did.
_FEWEST_REACHED = 3
_DOUBTFUL = 0.25


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer that an analyst has finished: its texts, and the codes that the analyst gave to each of them.

    `group` is the respondent.
    """

    group: str
    texts: tuple[str, ...]
    codes: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A code that the machine would give an answer it has not learnt from, how surely, and whether that is right."""

    code: int
    score: float
    right: bool


def left_out(
    suggester: CodebookSuggester,
    answers: Sequence[Marked],
    seed: int = 0,
    progress: Progress = lambda _done, _total: None,
) -> list[list[Best | None]]:
    """For each answer, what fits each of its texts best by a suggester that has not seen the respondent.

    That is the suggester that the gate is for, but for what it learnt from the respondent. Where it learnt from many or
    texts are long, it is one that did not see a fifth of them, dealt the same for the same respondents and `seed`.
    `progress` is told how many steps are through, of how many.
    """
    if not suggester.codes_:
        return [[None for _ in answer.texts] for answer in answers]
    taught = {item.group for item in suggester.coded_}
    length = sum(len(text) for answer in answers if answer.group in taught for text in answer.texts)
    # So few respondents as there are folds are each left out alone by these as well.
    if suggester.few and len(taught) > _FOLDS and length <= _MOST_TEXT:
        return _one_by_one(suggester, answers, taught, progress)
    return _by_folds(suggester, answers, seed, progress)


def _one_by_one(
    suggester: CodebookSuggester, answers: Sequence[Marked], taught: Collection[str], progress: Progress
) -> list[list[Best | None]]:
    others = [text for answer in answers if answer.group not in taught for text in answer.texts]
    best_of_others = iter(Scorer(fitted(suggester)).best(others))
    progress(1, 2)
    theirs = [(text, answer.group) for answer in answers if answer.group in taught for text in answer.texts]
    texts, groups = [text for text, _ in theirs], [group for _, group in theirs]
    best = best_of(texts, suggester.codes_, *suggester.left_out(texts, groups), known=suggester.known_)
    progress(2, 2)
    return [[next(best if answer.group in taught else best_of_others) for _ in answer.texts] for answer in answers]


def _by_folds(
    suggester: CodebookSuggester, answers: Sequence[Marked], seed: int, progress: Progress
) -> list[list[Best | None]]:
    fold_of = _folds([answer.group for answer in answers], _FOLDS, seed)
    found: list[list[Best | None]] = [[] for _ in answers]
    for fold in range(_FOLDS):
        held = [place for place, answer in enumerate(answers) if fold_of[answer.group] == fold]
        if held:
            other = suggester.without({answers[place].group for place in held})
            best = iter(Scorer(fitted(other)).best([text for place in held for text in answers[place].texts]))
            for place in held:
                found[place] = [next(best) for _ in answers[place].texts]
        progress(fold + 1, _FOLDS)
    return found


def trials(answers: Sequence[Marked], best: Sequence[Sequence[Best | None]]) -> Iterator[Trial]:
    """One trial for each code and answer that it would be given to; `best` is what `left_out` found."""
    for answer, own in zip(answers, best, strict=True):
        surest: dict[int, tuple[float, bool]] = {}
        for marks, one in zip(answer.codes, own, strict=True):
            # The surest place speaks for the answer: a run joins no two codings of one code across the answer.
            if one is not None and one.score > surest.get(one.code, (-1.0, False))[0]:
                surest[one.code] = one.score, one.code in marks
        yield from (Trial(code, score, right) for code, (score, right) in surest.items())


def _folds(groups: Sequence[str], count: int, seed: int) -> dict[str, int]:
    """Folds by respondent, whatever the order in which answers came."""
    names = sorted(groups, key=lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).digest(), name))
    return dict(zip(names, folds(names, count).tolist(), strict=True))


def gate(found: Sequence[Trial], codes: Sequence[int], examples: Mapping[int, int], promise: float) -> Gate:
    """The gate for a promise: each score in it breaks the promise in at most RISK of the samples it may come from.

    `examples` says how many answers carry each code by hand. Too few of them, or of trials that were anything else than
    rightly given the code, judge nothing. A code with many trials has a score of its own, the others
    share one; which codes those are is settled by the number of trials, and not by how they went. RISK holds for each
    such score, the codes' own and the shared one, not for all of them at once; codes whose own trials speak against the
    shared score are taken out of it afterwards, which it does not count in.
    """
    # Where all was rightly given one code, nothing shows when that would be wrong.
    rightly = Counter(one.code for one in found if one.right)
    alike = {code for code in codes if len(found) - rightly[code] < min(rightly[code], FEWEST_EXAMPLES)}
    known = [code for code in codes if examples.get(code, 0) >= FEWEST_EXAMPLES and code not in alike]
    counted = Counter(one.code for one in found)
    alone = {code for code in known if counted[code] >= _fewest(promise, *_ALONE)}
    together = [one for one in found if one.code in known and one.code not in alone]
    shared = _least(together, promise)
    result = []
    for code in codes:
        own = [one for one in found if one.code == code]
        held = _least(own, promise) if code in alone else shared
        if code in known:
            result.append(_judged(code, own, held, examples[code], promise, alone=code in alone))
        else:
            right = sum(one.right for one in own)
            result.append(CodeGate(code, Verdict.INSUFFICIENT, None, examples.get(code, 0), len(own), right))
    pooled = shared[0] if shared and any(one.pooled for one in result) else None
    return Gate(promise=promise, codes=tuple(result), pooled=pooled, fewest=_fewest(promise, *_STARTS[0]))


def _judged(
    code: int, own: Sequence[Trial], held: tuple[float, float] | None, examples: int, promise: float, *, alone: bool
) -> CodeGate:
    reached = [one for one in own if held and one.score >= held[0]]
    right = sum(one.right for one in reached)
    weak = held is None or (
        not alone and (len(reached) < _FEWEST_REACHED or _contradicts(len(reached), right, promise))
    )
    if weak:
        return CodeGate(code, Verdict.WEAK, None, examples, len(own), sum(one.right for one in own))
    assert held is not None
    return CodeGate(code, Verdict.AUTOMATIC, held[0], examples, len(reached), right, not alone, held[1])


def _contradicts(tried: int, right: int, promise: float) -> bool:
    """Whether a code's own trials speak against the promise: the pool does not carry it."""
    return bool(bdtr(right, tried, promise) <= _DOUBTFUL)


def _fewest(promise: float, errors: int, risk: float) -> int:
    """How many trials can support a promise below 1, so many errors among them."""
    few, enough = errors, errors + 1
    while bdtr(errors, enough, 1.0 - promise) > risk:
        few, enough = enough, 2 * enough
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (middle, enough) if bdtr(errors, middle, 1.0 - promise) > risk else (few, middle)
    return enough


def _least(found: Sequence[Trial], promise: float) -> tuple[float, float] | None:
    """The least score down to which trials support a promise, and the lower bound of their precision there.

    Scores are tried from the strictest down and the first that fails ends it, which keeps the chance of a wrong yes
    under RISK however many are tried: fixed sequence testing, here from four starts that share the risk, as in
    A. N. Angelopoulos, S. Bates, E. J. Candès, M. I. Jordan and L. Lei (2021), Learn then Test: calibrating
    predictive algorithms to achieve risk control. Each test is exact, of a binomial share; the bound is that of
    C. J. Clopper and E. S. Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the
    binomial. Which scores are tried is settled by their ranks alone. Trials are taken as independent of each other.
    """
    ordered = sorted(found, key=lambda one: -one.score)
    scores = [one.score for one in ordered]
    errors = np.cumsum([not one.right for one in ordered])
    walked = ((_walked(scores, errors, _fewest(promise, *start), promise, start[1]), start[1]) for start in _STARTS)
    best, risk = max(walked)
    if not best:
        return None
    wrong = int(errors[best - 1])
    below = scores[best] if best < len(scores) else 0.0
    bound = float(betaincinv(best - wrong, wrong + 1, risk)) if best > wrong else 0.0
    # Half-way to the next one: what is computed another way to the sixth decimal is decided alike.
    return (scores[best - 1] + max(below, scores[best - 1] - 0.01)) / 2, bound


def _walked(scores: Sequence[float], errors: Ints, size: int, promise: float, risk: float) -> int:
    """How many of the surest trials support a promise, tried from `size` of them on; 0 for none."""
    best = 0
    while size <= len(scores):
        while size < len(scores) and scores[size] == scores[size - 1]:
            size += 1
        if bdtr(errors[size - 1], size, 1.0 - promise) > risk:
            break
        best = size
        size = max(size + 1, ceil(size * _STEP))
    return best
