"""What became of a codebook's entries between two versions: differences in words, and a map for comparing rounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.codebook import Code, Codebook, Theme


class Fate(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    SPLIT = "split"
    MERGED = "merged"
    RENAMED = "renamed"
    MOVED = "moved"
    REDEFINED = "redefined"
    RETIRED = "retired"
    RESTORED = "restored"
    REMOVED = "removed"


# What makes a count mean something else than it did, so that recounting an earlier round does not mend it.
BREAKS = frozenset({Fate.ADDED, Fate.SPLIT, Fate.REDEFINED, Fate.RETIRED, Fate.RESTORED, Fate.REMOVED})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that happened to one theme or code. `id` is the entry's; `words` name it and what it became."""

    fate: Fate
    kind: str
    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One code or theme as it is now, and what it was then.

    `then` are the entries of the earlier version whose respondents it counts. `fates` are what happened to it or to
    them since. `broken` says that the two counts are not of the same thing: the series has a break there.
    """

    now: int
    then: tuple[int, ...]
    fates: tuple[Fate, ...]

    @property
    def broken(self) -> bool:
        """True where the series has a break."""
        return any(fate in BREAKS for fate in self.fates)


@dataclass(frozen=True, slots=True)
class Lineage:
    """How the codes and themes of now go back to those of an earlier version, by their ids of now."""

    codes: dict[int, Line]
    themes: dict[int, Line]


def lineage(then: Codebook, now: Codebook) -> Lineage:
    """The map from a codebook back to an earlier version of it."""
    fates: dict[int, list[Fate]] = {}
    for one in _code_differences(then, now):
        fates.setdefault(now.stands.get(one.id, one.id), []).append(one.fate)
        origin = now.code_by_id[one.id].split_from if one.fate is Fate.SPLIT else None
        if origin is not None:
            fates.setdefault(now.stands_for(origin), []).append(Fate.SPLIT)
    was = [code.id for code in then.in_order()]
    codes = {
        code.id: Line(
            code.id,
            tuple(old for old in was if now.stands.get(old) == code.id),
            tuple(dict.fromkeys(fates.get(code.id, ()))),
        )
        for code in now.in_order()
    }
    themes = {theme.id: _theme_line(theme, then, now, codes) for theme in now.themes}
    return Lineage(codes, themes)


def _theme_line(theme: Theme, then: Codebook, now: Codebook, codes: dict[int, Line]) -> Line:
    held = [codes[code.id] for code in now.codes_of(theme.id)]
    found = {then.theme_of[old] for line in held for old in line.then}
    fates = [fate for line in held for fate in line.fates if fate is not Fate.RENAMED]
    own = [one.fate for one in _theme_differences(then, now) if one.id == theme.id]
    # A split within one theme moves nothing across its border.
    roots = {_root(now, line.now) for line in held if Fate.SPLIT in line.fates}
    if all(_root(now, code) not in roots or now.theme_of[code] == theme.id for code in codes):
        fates = [fate for fate in fates if fate is not Fate.SPLIT]
    if any(home == theme.id and now.theme_of.get(old) != theme.id for old, home in then.theme_of.items()):
        fates.append(Fate.MOVED)  # a code has left: recounting takes its respondents out of the earlier round too
    # A theme that was made of codes of before is a gathering of them; recounting carries it back.
    own = [fate for fate in own if fate is not Fate.ADDED or not found]
    return Line(theme.id, tuple(old.id for old in then.themes if old.id in found), tuple(dict.fromkeys([*own, *fates])))


def _root(codebook: Codebook, code: int) -> int:
    """The code that an entry was split from, and that again."""
    origin = codebook.code_by_id[code].split_from
    while origin in codebook.code_by_id:
        assert origin is not None
        code, origin = origin, codebook.code_by_id[origin].split_from
    return code


def diff(before: Codebook, after: Codebook) -> list[Difference]:
    """What happened between two versions of a codebook: themes first, each in published order."""
    return [*_theme_differences(before, after), *_code_differences(before, after)]


def same_in_substance(one: str, other: str) -> bool:
    """True for definitions whose words are the same; case, punctuation and white space make no difference."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _theme_differences(before: Codebook, after: Codebook) -> Iterator[Difference]:
    for theme in after.themes:
        old = before.theme_by_id.get(theme.id)
        if old is None:
            yield Difference(Fate.ADDED, "theme", theme.id, theme.name)
            continue
        yield from _entry_differences("theme", old, theme, (old.name, theme.name))
    for theme in before.themes:
        if theme.id not in after.theme_by_id:
            yield Difference(Fate.REMOVED, "theme", theme.id, theme.name)
    kept = [theme.id for theme in before.themes if theme.id in after.theme_by_id]
    order = [theme.id for theme in after.themes if theme.id in before.theme_by_id]
    for number in _out_of_order(kept, order):
        name = after.theme_by_id[number].name
        yield Difference(Fate.MOVED, "theme", number, f"{name} to place {after.theme_places[number] + 1}")


def _code_differences(before: Codebook, after: Codebook) -> Iterator[Difference]:
    for code in sorted(after.codes, key=lambda one: after.rank[one.id]):
        old = before.code_by_id.get(code.id)
        if old is None:
            origin = after.code_by_id.get(code.split_from) if code.split_from is not None else None
            fate = Fate.ADDED if origin is None else Fate.SPLIT
            words = placed(after, code) if origin is None else f"{placed(after, code)} from {after.called(origin.id)}"
            yield Difference(fate, "code", code.id, words)
            if code.merged_into is not None:
                yield Difference(Fate.MERGED, "code", code.id, _merge(after, code))
            continue
        if old.merged_into != code.merged_into:
            if code.merged_into is not None:
                yield Difference(Fate.MERGED, "code", code.id, _merge(after, code))
            else:
                into = before.called(before.stands_for(code.id))
                yield Difference(Fate.RESTORED, "code", code.id, f"{after.called(code.id)} from {into}")
        if old.theme != code.theme:
            yield Difference(Fate.MOVED, "code", code.id, f"{placed(before, old)} to {_theme_of(after, code)}")
        yield from _entry_differences("code", old, code, (before.called(code.id), after.called(code.id)))
    for code in before.codes:
        if code.id not in after.code_by_id:
            yield Difference(Fate.REMOVED, "code", code.id, placed(before, code))
    for theme in (*after.theme_by_id, None):
        stayed = {code.id for code in after.codes_of(theme)} & {code.id for code in before.codes_of(theme)}
        kept = [code.id for code in before.codes_of(theme) if code.id in stayed]
        order = [code.id for code in after.codes_of(theme) if code.id in stayed]
        for number in _out_of_order(kept, order):
            code = after.code_by_id[number]
            yield Difference(Fate.MOVED, "code", number, f"{code.name} within {_theme_of(after, code)}")


def _entry_differences(
    kind: str, old: Theme | Code, new: Theme | Code, called: tuple[str, str]
) -> Iterator[Difference]:
    was, now = called
    if old.name != new.name:
        yield Difference(Fate.RENAMED, kind, new.id, f"{was} to {now}")
    if not same_in_substance(old.definition, new.definition):
        yield Difference(Fate.REDEFINED, kind, new.id, now)
    if old.retired != new.retired:
        yield Difference(Fate.RETIRED if new.retired else Fate.RESTORED, kind, new.id, now)


def _merge(after: Codebook, code: Code) -> str:
    return f"{after.called(code.id)} into {after.called(after.stands_for(code.id))}"


def _out_of_order(before: list[int], after: list[int]) -> list[int]:
    """The fewest entries that were moved to get from one order of the same entries to another, in the new order."""
    place = {number: index for index, number in enumerate(before)}
    best: list[list[int]] = []  # by last entry, the longest run that kept its order (quadratic; codebooks are short)
    for number in after:
        runs = [run for run in best if place[run[-1]] < place[number]]
        best.append([*_longest(runs), number])
    stayed = set(_longest(best))
    return [number for number in after if number not in stayed]


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []


def placed(codebook: Codebook, code: Code) -> str:
    """A code with its theme, as in *A (T)*."""
    return f"{code.name} ({_theme_of(codebook, code)})"


def _theme_of(codebook: Codebook, code: Code) -> str:
    return "no theme" if code.theme is None else codebook.theme_by_id[code.theme].name
