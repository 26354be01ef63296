"""Whether new topics are found as new: `python -m tests.benchmarks.novelty`, into `results/novelty.md`.

Draws from Swedish MASSIVE: four of 25 codes are kept out of the codebook and of what was coded, which is from the
training file, and some texts of each come among those of the others in the next round, from the dev file. Texts are
coded as a batch run codes them, at precision 0.9.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.gate import Marked, gate, left_out, trials
from coder.suggest.novelty import Novelty, Said
from coder.suggest.scoring import Best, Scorer
from coder.suggest.topics import topics
from tests.benchmarks.novelty_draws import CODED, CODES, COMES, FEW_KNOWN, KNOWN, TOPICS, Draw, drawn, much_new
from tests.benchmarks.seeded import run

RESULTS = Path(__file__).parent / "results" / "novelty.md"
# The method was made on draws of training texts only; nothing has been measured on these before.
_FIRST_SEED = 360
_PROMISE = 0.9
# A candidate speaks of a topic where so large a share of its texts do.
_CLEAN = 0.6
_ALARMS = (0.05, 0.1)
_FEW, _SHARES = (2, 3, 5, 10), (0.0, 0.5, 0.8)


def main(arguments: list[str] | None = None) -> int:
    """Measure and write down."""
    return run(__doc__ or "", _report, RESULTS, arguments)


def _report(seeds: int) -> Iterator[str]:
    ways = {f"{count} a code": (count, True, KNOWN) for count in (5, 10, 20)}
    ways |= {"420 in proportion": (20, False, KNOWN), "420, small round": (20, False, FEW_KNOWN)}
    found = {}
    for name, (count, balanced, known) in ways.items():
        print(name, file=sys.stderr, flush=True)
        draws = [drawn(seed, count, balanced=balanced, size=known) for seed in range(_FIRST_SEED, _FIRST_SEED + seeds)]
        found[name] = [_outcome(draw) for draw in draws]
    few = {}
    for codes, share in product(_FEW, _SHARES):
        print(name := f"{codes} codes, {share:.0%} new", file=sys.stderr, flush=True)
        draws = [much_new(seed, codes, share) for seed in range(_FIRST_SEED, _FIRST_SEED + seeds)]
        few[name] = [_outcome(draw) for draw in draws]
    yield "# New topics"
    yield ""
    yield (
        f"Swedish MASSIVE, {seeds} draws, {CODES - len(TOPICS)} codes known, from the training file; {KNOWN} texts "
        f"of these ({FEW_KNOWN} in the small round) and {', '.join(map(str, TOPICS[:-1]))} and {TOPICS[-1]} of four "
        "others come unread, from the dev file. The method was made on draws of training texts only."
    )
    yield ""
    yield "How texts on new topics are told from others, and the share of them told at a share of false alarms:"
    yield ""
    yield "| coded texts | AUROC | told at 5 % | told at 10 % |"
    yield "|---|---|---|---|"
    for name, outcomes in found.items():
        figures = [_mean(one.area for one in outcomes)]
        figures += [_mean(one.told_at[place] for one in outcomes) for place in (0, 1)]
        yield f"| {name} | {figures[0]:.3f} | {figures[1]:.2f} | {figures[2]:.2f} |"
    yield ""
    yield (
        "Of the texts that the gate lets through: texts on new topics, without and with the look for what is new, and "
        "texts on known topics that are left without need. And the precision, the new topics counted as wrong:"
    )
    yield ""
    yield from _held("coded texts", found)
    yield ""
    yield (
        f"The same with few codes, {CODED} coded texts of each: rounds of about {COMES} texts, none, half or four "
        "fifths of them on four topics that are new:"
    )
    yield ""
    yield from _held("known", few)
    yield ""
    yield (
        "Candidates for new codes. One speaks of a new topic where at least 60 percent of its texts do; a topic is "
        "found where one speaks of it. Purity is the share of such a candidate's texts that are on the topic, recall "
        "the share of the topic's texts, of those left to people, that the candidate that has most of them has. First "
        "the five first candidates, then all of them, a draw, with the standard error over draws:"
    )
    yield ""
    yield "| coded texts | found of 4, first five | candidates that speak of one | purity | recall | found, all |"
    yield "|---|---|---|---|---|---|"
    for name, outcomes in found.items():
        first = [len(_first(one)) for one in outcomes]
        spoken = [one for outcome in outcomes for one in outcome.spoken[:5]]
        every = [len({one.topic for one in outcome.spoken if one.topic}) for outcome in outcomes]
        yield (
            f"| {name} | {_mean(first):.2f} ± {_error(first):.2f} | {_mean(bool(one.topic) for one in spoken):.0%} "
            f"| {_mean(one.purity for one in spoken if one.topic):.0%} "
            f"| {_mean(share for one in outcomes for share in _first(one).values()):.0%} "
            f"| {_mean(every):.2f} ± {_error(every):.2f} |"
        )
    yield ""
    yield "The share of topics found, of each size, in the five first candidates:"
    yield ""
    yield "| coded texts | " + " | ".join(f"topic of {size}" for size in TOPICS) + " |"
    yield "|---|" + "---|" * len(TOPICS)
    for name, outcomes in found.items():
        by_size = [_mean(size in _first(one) for one in outcomes) for size in TOPICS]
        yield f"| {name} | " + " | ".join(f"{share:.2f}" for share in by_size) + " |"


def _held(heading: str, outcomes_of: Mapping[str, Sequence["_Outcome"]]) -> Iterator[str]:
    """A table of what the gate lets through and the look for what is new takes out again."""
    yield f"| {heading} | new, through the gate | new, coded | known, through it | left without need | precision |"
    yield "|---|---|---|---|---|---|"
    for name, outcomes in outcomes_of.items():
        new, forced, known, needless, before, after = (
            sum(getattr(one, part) for one in outcomes)
            for part in ("new", "forced", "known", "needless", "right_before", "right")
        )
        if not new + known:
            yield f"| {name} | 0 | 0 | 0 | – | – |"
            continue
        yield (
            f"| {name} | {new} | {forced} | {known} | {needless} ({needless / known:.0%}) | "
            f"{before / (new + known):.3f}, with the look {after / (forced + known - needless):.3f} |"
        )


def _mean(values: Iterator[float] | Sequence[float]) -> float:
    every = list(values)
    return float(np.mean(every)) if every else 0.0


def _error(values: Sequence[float]) -> float:
    """The standard error of a mean."""
    return float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


@dataclass(frozen=True)
class _Spoken:
    """What a candidate speaks of: the size of a topic, or 0; with the shares of its texts and of the topic's."""

    topic: int
    purity: float
    recall: float


@dataclass(frozen=True)
class _Outcome:
    """What one draw came to; `spoken` has each candidate."""

    area: float
    told_at: list[float]
    new: int
    forced: int
    known: int
    needless: int
    right_before: int
    right: int
    spoken: list[_Spoken]


def _outcome(draw: Draw) -> _Outcome:
    evidence = [Evidence(text, code, f"r{place}") for place, (text, code) in enumerate(draw.coded)]
    suggester = CodebookSuggester().fit(draw.book, evidence)
    marked = [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in evidence]
    best = left_out(suggester, marked)
    let = gate(list(trials(marked, best)), suggester.codes_, Counter(item.code for item in evidence), _PROMISE)

    def said(text: str, group: str, one: Best | None) -> Said:
        return Said(text, group, one, one is not None and let.takes(one))

    coded = [said(item.text, item.group, own[0]) for item, own in zip(evidence, best, strict=True)]
    texts = [text for text, *_ in draw.comes]
    found = Scorer(fitted(suggester)).best(texts)
    unread = [said(text, f"u{place}", one) for place, (text, one) in enumerate(zip(texts, found, strict=True))]
    novelty = Novelty("sv").fit(coded, unread)
    new = np.array([size is not None for *_, size in draw.comes])
    strange = novelty.strangeness(unread)
    values, held = novelty.p_values(unread), np.array(novelty.new(unread))
    taken = np.array([one.taken for one in unread])
    meant = [code for _, code, _ in draw.comes]
    right = np.array([one is not None and one.code == code for one, code in zip(found, meant, strict=True)])
    left = np.flatnonzero(held | ~taken)
    offered = topics([unread[at] for at in left], values[left], coded, len(unread), "sv")
    sizes = [draw.comes[at][2] for at in left]
    return _Outcome(
        area=float(roc_auc_score(new, strange)),
        told_at=[float((strange[new] > np.quantile(strange[~new], 1 - alarm)).mean()) for alarm in _ALARMS],
        new=int((taken & new).sum()),
        forced=int((taken & new & ~held).sum()),
        known=int((taken & ~new).sum()),
        needless=int((taken & ~new & held).sum()),
        right_before=int((taken & right).sum()),
        right=int((taken & right & ~held).sum()),
        spoken=[_spoken([sizes[at] for at in places], sizes) for _, places in offered],
    )


def _spoken(own: Sequence[int | None], left: Sequence[int | None]) -> _Spoken:
    """What a candidate with texts on these topics speaks of, among all that was left to people."""
    topic, count = (Counter(size for size in own if size).most_common(1) or [(0, 0)])[0]
    if count < _CLEAN * len(own):
        return _Spoken(0, 0.0, 0.0)
    return _Spoken(topic, count / len(own), count / left.count(topic))


def _first(outcome: _Outcome) -> dict[int, float]:
    """The topics that the five first candidates speak of, with the largest share of its texts that one has."""
    found: dict[int, float] = {}
    for one in outcome.spoken[:5]:
        if one.topic:
            found[one.topic] = max(one.recall, found.get(one.topic, 0.0))
    return found


if __name__ == "__main__":
    sys.exit(main())
