"""Draws from Swedish MASSIVE, coded as autocode codes: how precisely, and how much."""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Work
from coder.domain.intervals import wilson
from coder.domain.suggestion import Evidence
from coder.suggest.calibration import calibration_error
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.gate import Marked, gate, left_out, trials
from coder.suggest.scoring import Best, Scorer
from coder.workflow.suggesting import background
from tests.benchmarks.massive import codebook, draws, read

_CODES = 25
# (texts, whether so many a code): balanced, or in the proportions in which they come, as many and two numbers more.
_DRAWN = (*((count, True) for count in (5, 10, 20)), *((count, False) for count in (125, 180, 250, 500, 1000)))


@dataclass(frozen=True)
class _Drawn:
    """What an analyst coded, the suggester that learnt from it, and what fits each text to be scored, with its code."""

    evidence: list[Evidence]
    suggester: CodebookSuggester
    best: list[tuple[Best, int]]
    scored: int


@dataclass(frozen=True)
class _Outcome:
    taken: int
    right: int
    scored: int
    automatic: int
    error: float

    def below(self, promise: float) -> bool:
        """Whether so few right is beyond chance, were the promise kept: below it with its own interval."""
        return self.taken > 0 and wilson(self.right, self.taken)[1] < promise


def on_massive(seeds: int, promise: float) -> Iterator[str]:
    """The lines of the table."""
    yield "## Swedish MASSIVE"
    yield ""
    yield (
        f"{_CODES} codes, {seeds} draws, precision {promise:g} promised, scored on the dev file, whole texts. N texts "
        "a code; and texts in the proportions in which they come, as an analyst codes them. In draws with N texts a "
        "code the dev file holds other shares of the codes than what was coded, which the promise does not speak of. "
        "Beyond chance: the upper limit of the draw's own 95 percent interval lies under the promise. Each draw goes "
        "both ways: as autocode does it, which reads texts of the round beside the codings, and without those. "
        "Off: the mean distance between what scores promise and how often they are right, over all scored texts."
    )
    yield ""
    yield (
        "| coded texts | reads the round | draws that code | share coded | precision, all draws | least | draws under "
        "the promise | beyond chance | codes automatic | off |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for count, balanced in _DRAWN:
        name = _name(count, balanced=balanced)
        for reads in (True, False):
            print(f"{name}, reads the round: {reads}", file=sys.stderr)
            drawn = (_drawn(count, seed, balanced=balanced, reads=reads) for seed in range(seeds))
            outcomes = [_outcome(one, promise) for one in drawn]
            yield _row(f"{name} | {'yes' if reads else 'no'}", outcomes, promise)


def _name(count: int, *, balanced: bool) -> str:
    return f"{count} a code" if balanced else f"{count} in proportion"


def _row(name: str, outcomes: list[_Outcome], promise: float) -> str:
    coding = [one for one in outcomes if one.taken]
    taken, right = sum(one.taken for one in coding), sum(one.right for one in coding)
    shares = [one.right / one.taken for one in coding]
    under = sum(share < promise for share in shares)
    return (
        f"| {name} | {len(coding)} of {len(outcomes)} | {taken / sum(one.scored for one in outcomes):.3f} | "
        + (f"{right / taken:.3f} | {min(shares):.3f} | " if coding else "– | – | ")
        + f"{under} | {sum(one.below(promise) for one in coding)} | "
        + f"{sum(one.automatic for one in outcomes) / len(outcomes):.1f} | "
        + f"{sum(one.error for one in outcomes) / len(outcomes):.3f} |"
    )


def _drawn(count: int, seed: int, *, balanced: bool, reads: bool) -> _Drawn:
    book = codebook(_CODES)
    ids = {code.name: code.id for code in book.codes}
    if balanced:
        evidence = next(one for one in draws(book, seed, 0, tune=False) if one.examples == count).evidence
    else:
        texts = [(text, ids[code]) for _, code, text in read("train") if code in ids]
        random.Random(seed).shuffle(texts)
        evidence = [Evidence(text, code, str(place)) for place, (text, code) in enumerate(texts[:count])]
    scored = [(text, ids[code]) for _, code, text in read("dev") if code in ids]
    waiting = [(Answer(place, Respondent(str(place)), text), Work()) for place, (text, _) in enumerate(scored)]
    suggester = CodebookSuggester().fit(book, evidence, background(waiting, seed) if reads else ())
    found = Scorer(fitted(suggester)).best([text for text, _ in scored])
    best = [(one, code) for one, (_, code) in zip(found, scored, strict=True) if one]
    return _Drawn(evidence, suggester, best, len(scored))


def _outcome(drawn: _Drawn, promise: float) -> _Outcome:
    marked = [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in drawn.evidence]
    tried = list(trials(marked, left_out(drawn.suggester, marked)))
    examples = Counter(item.code for item in drawn.evidence)
    found = gate(tried, drawn.suggester.codes_, examples, promise)
    right = [one.code == code for one, code in drawn.best]
    hits = [hit for hit, (one, _) in zip(right, drawn.best, strict=True) if found.takes(one)]
    error = calibration_error(np.array([one.score for one, _ in drawn.best]), np.array(right))
    return _Outcome(len(hits), sum(hits), drawn.scored, len(found.thresholds), error)
