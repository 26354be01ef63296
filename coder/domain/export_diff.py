"""Two exports of codings side by side: which counts moved, and by whose answers. It reads what was decided then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from coder.domain.counting import Status
from coder.domain.exchange import CodingRow


class Why(StrEnum):
    """How a respondent came under a theme or code, or left it, between two exports."""

    CODED = "coded"
    UNCODED = "uncoded"
    RECODED = "recoded"
    CHOICE = "choice_changed"
    CODEBOOK = "codebook_changed"
    NOTHING = "nothing_to_code"
    ABSENT = "question_not_exported"
    UNTOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Decided:
    """An entry of the journal: its number, when it was made, by whom, and what it was in words.

    `codebook` says that it changed the codebook.
    """

    number: int
    at: str
    analyst: str
    what: str
    codebook: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One respondent who entered a count or left it, and why; `instead` are the codes counted in the other export.

    `decision` is the one that left it so, None where no journal was asked.
    """

    respondent: str
    entered: bool
    why: Why
    instead: tuple[str, ...] = ()
    decision: Decided | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A theme (empty `code`), or a code, whose respondents are not the same in both exports."""

    round: str
    question: str
    theme: str
    code: str
    before: int
    after: int
    moves: tuple[Move, ...]


Name = tuple[str, str]  # theme, code: empty for a code without a theme, and for a theme itself
_Place = tuple[str, str, str]  # round, question, respondent


@dataclass(frozen=True, slots=True)
class _Export:
    """What an export says: by answer the codes counted and those set aside, which are marked, questions and codes."""

    counted: dict[_Place, set[Name]]
    aside: dict[_Place, set[Name]]
    nothing: set[_Place]
    questions: set[tuple[str, str]]
    names: set[Name]


def export_diff(before: Iterable[CodingRow], after: Iterable[CodingRow]) -> list[Moved]:
    """Every count that differs between two exports, themes with codes in the later one's order, and what moved it.

    A row that is counted or counted provisionally is one respondent under its code and under its theme. Rows without
    a status are not counted: an export carries what the rule made of every coding.
    """
    first, second = list(before), list(after)
    old, new = _read(first), _read(second)
    was, now = _members(old), _members(new)
    result = []
    for key in _order([*second, *first]):
        gone, come = was[key] - now[key], now[key] - was[key]
        if gone or come:
            moves = [*_moves(key, gone, old, new, entered=False), *_moves(key, come, new, old, entered=True)]
            result.append(Moved(*key, len(was[key]), len(now[key]), tuple(moves)))
    return result


def with_decisions(moved: Iterable[Moved], found: Mapping[tuple[str, Name], Decided]) -> list[Moved]:
    """The same moves, each with the decision found for its respondent and the theme or code that they moved in."""

    def decided(one: Moved, move: Move) -> Move:
        decision = found.get((move.respondent, (one.theme, one.code)))
        # Of a code that has another name the exports alone can't tell that it is the same.
        codebook = decision is not None and decision.codebook
        return replace(move, decision=decision, why=Why.CODEBOOK if codebook else move.why)

    return [replace(one, moves=tuple(decided(one, move) for move in one.moves)) for one in moved]


def counted_under(rows: Iterable[CodingRow]) -> dict[Name, set[str]]:
    """Who is counted under each theme and code of one question in one round."""
    return {(theme, code): who for (_, _, theme, code), who in _members(_read(list(rows))).items()}


def _order(rows: Iterable[CodingRow]) -> Iterator[tuple[str, str, str, str]]:
    """Every theme of every question and round as it first appears, each followed by its codes."""
    themes: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in rows:
        if not row.nothing:
            # A theme is counted itself; what has none is counted by code alone.
            codes = themes.setdefault((row.round, row.question, row.theme), {"": None} if row.theme else {})
            codes.setdefault(row.code)
    places = dict.fromkeys(place[:2] for place in themes)
    for place in places:
        for theme, codes in themes.items():
            if theme[:2] == place:
                yield from ((*theme, code) for code in codes)


def _read(rows: list[CodingRow]) -> _Export:
    export = _Export(defaultdict(set), defaultdict(set), set(), set(), set())
    for row in rows:
        place = (row.round, row.question, row.respondent)
        export.questions.add(place[:2])
        if row.nothing:
            export.nothing.add(place)
        if row.nothing or row.status is None:
            continue
        (export.aside if row.status is Status.SET_ASIDE else export.counted)[place].add((row.theme, row.code))
        export.names.add((row.theme, row.code))
    return export


def _members(export: _Export) -> dict[tuple[str, str, str, str], set[str]]:
    result: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for (round_key, question, respondent), names in export.counted.items():
        for theme, code in names:
            result[round_key, question, theme, code].add(respondent)
            if theme:
                result[round_key, question, theme, ""].add(respondent)
    return result


def _moves(
    key: tuple[str, str, str, str], who: set[str], there: _Export, elsewhere: _Export, *, entered: bool
) -> Iterator[Move]:
    """Why respondents are in a count of the export `there` and not in the same count `elsewhere`."""
    round_key, question, theme, code = key
    for respondent in sorted(who):
        place = (round_key, question, respondent)
        counted = elsewhere.counted.get(place, set())
        why = _why(place, (theme, code), there, elsewhere, entered=entered)
        instead = tuple(sorted(f"{one}: {other}" if one else other for one, other in counted - there.counted[place]))
        yield Move(respondent, entered, why, instead)


def _why(place: _Place, name: Name, there: _Export, elsewhere: _Export, *, entered: bool) -> Why:
    theme, code = name
    here, counted, aside = there.counted[place], elsewhere.counted.get(place, set()), elsewhere.aside.get(place, set())
    if place[:2] not in elsewhere.questions:
        return Why.ABSENT
    if place in elsewhere.nothing:
        return Why.NOTHING
    if code and name in aside:
        rivals = {one for one in counted if one[0] == theme}
        stand = here | there.aside.get(place, set())
        # What was counted instead has left the theme with its code: nobody chose anew.
        left = rivals and not rivals & stand and {one[1] for one in rivals} <= {one[1] for one in stand}
        return Why.CODEBOOK if left else Why.CHOICE
    mine = {one for one in here if one == name or (not code and one[0] == theme)}
    # The same code, but counted or set aside under another theme: nobody touched the answer.
    said = {one[1] for one in counted | aside}
    if mine and all(one not in elsewhere.names and one[1] in said for one in mine):
        return Why.CODEBOOK
    if counted - here:
        return Why.RECODED
    return Why.CODED if entered else Why.UNCODED
