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

RULE_ORDER = ("pinned", "highest score", "most characters covered", "earliest segment")


class Status(StrEnum):
    """What the rule makes of a coding."""

    COUNTED = "counted"
    SET_ASIDE = "set_aside"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Settled:
    """One (answer, theme), settled: the coding that is counted and those set aside.

    `theme` is None for a code without a theme, which is settled by itself. `clash` says that several distinct codes
    stand there and no analyst has chosen; `counted` is then provisional. `codes` are the distinct codes that stand
    there, the counted one first and the others in published order: what was merged is one code.
    """

    theme: int | None
    counted: Coding
    set_aside: tuple[Coding, ...] = ()
    clash: bool = False
    codes: tuple[int, ...] = ()

    @property
    def code(self) -> int:
        """The code that is counted; the coding may carry an entry that was merged into it."""
        return self.codes[0]


Decision = tuple[Settled, ...]


def decide(work: Work, codebook: Codebook) -> Decision:
    """Settle every theme of one answer. The order in which the codings were given makes no difference.

    Within (answer, theme) one distinct code is counted; of several the one an analyst has chosen. Entries that were
    merged are one code. Failing a choice it is a clash, and what is counted provisionally goes by RULE_ORDER: a code
    that an analyst once chose in a theme it has since left (pinned), then, where only a machine has coded there, the
    code it is surest of (highest score), then the code that covers most characters, then the earliest, then published
    order. Where an analyst has coded too, a machine's score says nothing.
    """
    stands, theme_of = codebook.stands, codebook.theme_of
    groups: dict[tuple[int, int], list[Coding]] = defaultdict(list)
    for coding in work.codings:
        theme = theme_of[coding.code]
        groups[(0, theme) if theme is not None else (1, stands[coding.code])].append(coding)
    settled = [
        _settle(theme if not unthemed else None, codings, work.choices, codebook)
        for (unthemed, theme), codings in groups.items()
    ]
    if len(settled) == 1:
        return (settled[0],)
    places, rank = codebook.theme_places, codebook.rank
    return tuple(
        sorted(settled, key=lambda one: (len(places) if one.theme is None else places[one.theme], rank[one.code]))
    )


def _settle(theme: int | None, codings: list[Coding], choices: Mapping[int, int], codebook: Codebook) -> Settled:
    stands = codebook.stands
    if len(codings) == 1:
        return Settled(theme, codings[0], (), False, (stands[codings[0].code],))
    by_code: dict[int, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_code[stands[coding.code]].append(coding)
    # A choice stands while its code stands in the theme, whatever joins it there; it was made for the theme.
    given = choices.get(theme) if theme is not None else None
    chosen = None if given is None else stands.get(given)
    clash = len(by_code) > 1 and chosen not in by_code
    if chosen not in by_code:
        scored = all(coding.origin is Origin.AUTO for coding in codings)
        pinned = {stands.get(code) for former, code in choices.items() if codebook.theme_of.get(code) != former}
        chosen = min(
            by_code,
            key=lambda code: (
                code not in pinned,
                -max(coding.score or 0.0 for coding in by_code[code]) if scored else 0.0,
                -_covered(by_code[code]),
                min(coding.segment for coding in by_code[code]),
                codebook.rank[code],
            ),
        )
    counted = min(by_code[chosen], key=_clearest)
    aside = sorted((coding for coding in codings if coding is not counted), key=_clearest)
    rivals = sorted((code for code in by_code if code != chosen), key=codebook.rank.__getitem__)
    return Settled(theme, counted, tuple(aside), clash, (chosen, *rivals))


def _covered(codings: list[Coding]) -> int:
    """How many characters the codings cover together, overlaps once."""
    total, reached = 0, 0
    for segment in sorted(coding.segment for coding in codings):
        total += max(0, segment.end - max(segment.start, reached))
        reached = max(reached, segment.end)
    return total


def _clearest(coding: Coding) -> tuple[bool, int, int, int, str]:
    """What a person has given comes before what the machine has, which it bears out."""
    by_machine = coding.origin is Origin.AUTO
    return by_machine, -len(coding.segment), coding.segment.start, coding.code, coding.analyst


def statuses(decision: Decision) -> dict[tuple[int, object, str], Status]:
    """The status of every coding of a decided answer, by the coding's identity."""
    result: dict[tuple[int, object, str], Status] = {}
    for settled in decision:
        result[settled.counted.identity] = Status.PROVISIONAL if settled.clash else Status.COUNTED
        result.update({coding.identity: Status.SET_ASIDE for coding in settled.set_aside})
    return result


@dataclass(slots=True)
class Tally:
    """Decided answers added up: respondents by theme and by code, clashes, and how each code's counted codings came.

    `unthemed` are the respondents with a code that has no theme, however many such codes they have. An answer can be
    taken out again, so that a screen keeps its counts true by two small steps a decision.
    """

    themes: Counter[int] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    came: Counter[tuple[int, Origin]] = field(default_factory=Counter)
    clashes: int = 0
    unthemed: int = 0

    @property
    def origins(self) -> Counter[Origin]:
        """The counted codings of all codes by origin."""
        total = Counter[Origin]()
        for (_, origin), times in self.came.items():
            total[origin] += times
        return total

    def add(self, decision: Decision, times: int = 1) -> None:
        """Count one decided answer in, or out again with `times=-1`."""
        for settled in decision:
            if settled.theme is not None:
                self.themes[settled.theme] += times
            self.codes[settled.code] += times
            self.came[settled.code, settled.counted.origin] += times
            self.clashes += times * settled.clash
        self.unthemed += times * any(settled.theme is None for settled in decision)


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
