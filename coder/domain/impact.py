"""What a change of the codebook does to a table: counts before and after, and the clashes made and dissolved."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import Decision, Tally, decide, tally
from coder.domain.how_many import how_many


@dataclass(frozen=True, slots=True)
class Shift:
    """A theme's or a code's number of respondents, before and after."""

    id: int
    name: str
    before: int
    after: int

    def __str__(self) -> str:
        return f"{self.name} {self.before} -> {self.after}"


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes in one table. `themes` and `codes` hold those whose count changes, in published order.

    `changed` are the answers that are counted otherwise than before, one a respondent. `made` and `dissolved` are the
    clashes, as (answer, theme).
    """

    themes: tuple[Shift, ...] = ()
    codes: tuple[Shift, ...] = ()
    changed: tuple[int, ...] = ()
    made: tuple[tuple[int, int], ...] = ()
    dissolved: tuple[tuple[int, int], ...] = ()

    @property
    def respondents(self) -> int:
        """How many respondents are counted otherwise than before."""
        return len(self.changed)

    @property
    def summary(self) -> str:
        """All on one line: the themes whose count changes, the codes, and how many respondents and clashes."""
        return self.told()

    def told(self, most: int | None = None) -> str:
        """As `summary`, with that many themes and codes at most, and how many more there are."""
        rest = []
        if self.changed:
            rest.append(how_many(len(self.changed), "respondent changes", "respondents change"))
        if self.made:
            rest.append(how_many(len(self.made), "becomes a clash", "become clashes"))
        if self.dissolved:
            rest.append(how_many(len(self.dissolved), "clash is dissolved", "clashes are dissolved"))
        themes, codes = (_listed(shifts, most) for shifts in (self.themes, self.codes))
        if themes and codes:
            return "; ".join([themes, f"codes: {codes}", *([", ".join(rest)] if rest else [])])
        return ", ".join(part for part in (themes, codes, *rest) if part) or "no count changes"


def _listed(shifts: Sequence[Shift], most: int | None) -> str:
    shown = shifts if most is None or len(shifts) <= most else shifts[:most]
    more = [f"and {len(shifts) - len(shown)} more"] if len(shown) < len(shifts) else []
    return ", ".join([*map(str, shown), *more])


def impact(
    before: Codebook, after: Codebook, works: Mapping[int, Work], recoded: Mapping[int, Work] | None = None
) -> Impact:
    """What the change does to the table of the answers in `works`.

    `recoded` holds the work after the change where that changes too, as in a split; an answer that stands in it alone
    had none before.
    """
    decided = {answer: decide(work, before) for answer, work in works.items()}
    return foresee(before, after, works, recoded or {}, decided=decided, total=tally(decided.values()))[0]


def foresee(
    before: Codebook,
    after: Codebook,
    works: Mapping[int, Work],
    recoded: Mapping[int, Work],
    *,
    decided: Mapping[int, Decision],
    total: Tally,
) -> tuple[Impact, dict[int, Decision]]:
    """As `impact`, for answers that stand `decided` before the change and are added up in `total`.

    Only answers that the change touches are decided; how they are decided after it comes with the impact.
    """
    old, new = Tally(), Tally()
    anew: dict[int, Decision] = {}
    changed: list[int] = []
    clashes: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    for answer, work in _touched(before, after, works, recoded):
        first, second = decided.get(answer, ()), decide(work, after)
        anew[answer] = second
        old.add(first)
        new.add(second)
        for found, decision in zip(clashes, (first, second), strict=True):
            found.update((answer, one.theme) for one in decision if one.clash and one.theme is not None)
        if _counted(first) != _counted(second):
            changed.append(answer)
    themes = {theme.id: theme.name for theme in (*before.themes, *after.themes)}
    codes = dict.fromkeys(code.id for code in (*before.codes, *after.codes))

    def called(code: int) -> str:
        return (after if code in after.code_by_id else before).called(code)

    result = Impact(
        themes=tuple(_shifts(themes, themes.__getitem__, total.themes, old.themes, new.themes)),
        codes=tuple(_shifts(codes, called, total.codes, old.codes, new.codes)),
        changed=tuple(sorted(changed)),
        made=tuple(sorted(clashes[1] - clashes[0])),
        dissolved=tuple(sorted(clashes[0] - clashes[1])),
    )
    return result, anew


def touched(before: Codebook, after: Codebook) -> frozenset[int]:
    """The entries whose answers have to be decided anew: what they stand for, their theme or their order changes."""
    entries = {
        code
        for code in before.stands.keys() | after.stands.keys()
        if before.stands.get(code) != after.stands.get(code) or before.theme_of.get(code) != after.theme_of.get(code)
    }
    # The last resort of the rule is published order, so a new order within a theme can change a provisional count.
    for theme in before.theme_by_id.keys() & after.theme_by_id.keys():
        old = [code.id for code in before.codes_of(theme) if code.id not in entries]
        new = [code.id for code in after.codes_of(theme) if code.id not in entries]
        if old != new:
            entries.update(old, new)
    return frozenset(entries)


def reordered(before: Codebook, after: Codebook) -> bool:
    """True where themes, or codes that are not `touched`, stand in another order: decisions list them in it."""
    entries = touched(before, after)
    themes = [theme.id for theme in before.themes if theme.id in after.theme_by_id]
    codes = [code.id for code in before.in_order() if code.id not in entries]
    return themes != [theme.id for theme in after.themes if theme.id in before.theme_by_id] or codes != [
        code.id for code in after.in_order() if code.id not in entries
    ]


def touches(entries: frozenset[int], work: Work) -> bool:
    """True for work that carries one of the entries, or a choice for one."""
    return any(coding.code in entries for coding in work.codings) or not entries.isdisjoint(work.choices.values())


def _touched(
    before: Codebook, after: Codebook, works: Mapping[int, Work], recoded: Mapping[int, Work]
) -> Iterator[tuple[int, Work]]:
    """The answers to be decided anew, with their work after the change."""
    entries = touched(before, after)
    for answer, work in works.items():
        if answer not in recoded and touches(entries, work):
            yield answer, work
    yield from recoded.items()


def _counted(decision: Decision) -> set[tuple[int | None, int]]:
    return {(settled.theme, settled.code) for settled in decision}


def _shifts(
    numbers: Iterable[int],
    called: Callable[[int], str],
    total: Counter[int],
    old: Counter[int],
    new: Counter[int],
) -> Iterator[Shift]:
    for number in numbers:
        if old[number] != new[number]:
            yield Shift(number, called(number), total[number], total[number] - old[number] + new[number])
