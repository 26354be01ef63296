"""The counting rule: a respondent is counted at most once within a theme. Nobody else counts.

`decide` settles one answer; `Tally` adds settled answers up. The screen, the batch run, the check and every table
call these two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Origin, Work

RULE_ORDER = ("pinned", "most characters covered", "earliest segment")


class Status(StrEnum):
    """What the rule makes of a coding."""

    COUNTED = "counted"
    SET_ASIDE = "set_aside"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Settled:
    """One (answer, theme), settled: the coding that is counted and those set aside.

    `theme` is None for a code without a theme, which is settled by itself. `clash` says that several distinct codes
    stand there and no analyst has chosen; `counted` is then provisional.
    """

    theme: int | None
    counted: Coding
    set_aside: tuple[Coding, ...] = ()
    clash: bool = False


Decision = tuple[Settled, ...]


def decide(work: Work, codebook: Codebook) -> Decision:
    """Settle every theme of one answer. The order in which the codings were given makes no difference.

    Within (answer, theme) one distinct code is counted; of several the one an analyst has chosen. Failing a choice
    it is a clash, and what is counted provisionally goes by RULE_ORDER: a code that an analyst once chose in a theme
    it has since left (pinned), then the code that covers most characters, then the earliest, then published order.
    """
    groups: dict[tuple[int, int], list[Coding]] = defaultdict(list)
    for coding in work.codings:
        theme = codebook.theme_of[coding.code]
        groups[(0, theme) if theme is not None else (1, coding.code)].append(coding)
    themes = {theme.id: place for place, theme in enumerate(codebook.themes)}
    settled = [
        _settle(theme if not unthemed else None, codings, work.choices, codebook)
        for (unthemed, theme), codings in groups.items()
    ]
    return tuple(
        sorted(
            settled,
            key=lambda one: (len(themes) if one.theme is None else themes[one.theme], codebook.rank[one.counted.code]),
        )
    )


def _settle(theme: int | None, codings: list[Coding], choices: Mapping[int, int], codebook: Codebook) -> Settled:
    by_code: dict[int, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_code[coding.code].append(coding)
    chosen = choices.get(theme) if theme is not None else None
    clash = len(by_code) > 1 and chosen not in by_code
    if chosen not in by_code:
        pinned = {code for former, code in choices.items() if codebook.theme_of.get(code) != former}
        chosen = min(
            by_code,
            key=lambda code: (
                code not in pinned,
                -_covered(by_code[code]),
                min(coding.segment for coding in by_code[code]),
                codebook.rank[code],
            ),
        )
    counted = min(by_code[chosen], key=_clearest)
    aside = sorted((coding for coding in codings if coding is not counted), key=_clearest)
    return Settled(theme, counted, tuple(aside), clash)


def _covered(codings: list[Coding]) -> int:
    """How many characters the codings cover together, overlaps once."""
    total, reached = 0, 0
    for segment in sorted(coding.segment for coding in codings):
        total += max(0, segment.end - max(segment.start, reached))
        reached = max(reached, segment.end)
    return total


def _clearest(coding: Coding) -> tuple[int, int, int, str]:
    return -len(coding.segment), coding.segment.start, coding.code, coding.analyst


def statuses(decision: Decision) -> dict[tuple[int, object, str], Status]:
    """The status of every coding of a decided answer, by the coding's identity."""
    result: dict[tuple[int, object, str], Status] = {}
    for settled in decision:
        result[settled.counted.identity] = Status.PROVISIONAL if settled.clash else Status.COUNTED
        result.update({coding.identity: Status.SET_ASIDE for coding in settled.set_aside})
    return result


@dataclass(slots=True)
class Tally:
    """Decided answers added up: respondents by theme and by code, clashes, and origins of what is counted.

    An answer can be taken out again, so that a screen keeps its counts true by two small steps a decision.
    """

    themes: Counter[int] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    origins: Counter[Origin] = field(default_factory=Counter)
    clashes: int = 0

    def add(self, decision: Decision, times: int = 1) -> None:
        """Count one decided answer in, or out again with `times=-1`."""
        for settled in decision:
            if settled.theme is not None:
                self.themes[settled.theme] += times
            self.codes[settled.counted.code] += times
            self.origins[settled.counted.origin] += times
            self.clashes += times * settled.clash


def tally(decisions: Iterable[Decision]) -> Tally:
    """Add decided answers up, one decision an answer."""
    total = Tally()
    for decision in decisions:
        total.add(decision)
    return total


class State(StrEnum):
    """How far an answer has come."""

    UNTOUCHED = "untouched"
    AUTO = "auto"
    BEGUN = "begun"
    DONE = "done"
    CLASH = "clash"


def state(work: Work, decision: Decision) -> State:
    """How far an answer has come: a clash shows before all else, then done, begun, coded by machine, untouched."""
    if any(settled.clash for settled in decision):
        return State.CLASH
    if work.nothing or (work.done and work.codings):
        return State.DONE
    if work.by_hand:
        return State.BEGUN
    return State.AUTO if work.codings else State.UNTOUCHED
