"""A codebook revised by a file: one edit that makes it what the file says, and leaves what the file does not say."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.editing import PROVISIONAL, Edit, aliases_of, arranged
from coder.domain.lineage import Fate, diff, placed, same_in_substance
from coder.domain.matching import Match, match
from coder.domain.written import Spot, Written

_Entry = TypeVar("_Entry", Theme, Code)


@dataclass(frozen=True)
class TakeIn(Edit):
    """The codebook as a file has it: names, definitions, examples, former names, themes, order, and what is new.

    An entry is the one that `match` finds, so its codings stay with it; its old name becomes a former name. One that
    the file does not hold stays as it is, and so do the language and the wording of the question.
    """

    file: Written

    def apply(self, codebook: Codebook, new: int = PROVISIONAL) -> Codebook:
        """The codebook after the file; the entries that it makes get the ids from `new` on."""
        found = match(codebook, self.file)
        # No entry of a project has a number below 1.
        numbers = count(new) if new > PROVISIONAL else count(PROVISIONAL, -1)
        for entries, ids in ((self.file.codebook.themes, found.themes), (self.file.codebook.codes, found.codes)):
            for entry in entries:
                if entry.id not in ids:
                    ids[entry.id] = next(numbers)
        themes = _in_order(codebook.themes, self._themes(codebook, found))
        codes = self._codes(codebook, found)
        laid_out: list[Code] = []
        for theme in [*(theme.id for theme in themes), None]:
            held = [code for code in codebook.codes if code.theme == theme]
            moved = [code for code in codes if code.theme == theme]
            gone = {code.id for code in codes} - {code.id for code in moved}
            laid_out += _in_order([code for code in held if code.id not in gone], moved)
        result = arranged(codebook, themes=tuple(themes), codes=tuple(laid_out))
        self._require_apart(result, found)
        return result

    def words(self, codebook: Codebook) -> str:
        """As in *take in kodbok.xlsx: 1 added, 2 redefined*."""
        after = self.apply(codebook)
        fates = Counter(one.fate for one in diff(codebook, after))
        parts = [f"{fates[fate]} {fate}" for fate in Fate if fates[fate]]
        lesser = len(amended(codebook, after))
        said = ", ".join([*parts, *([f"{lesser} amended"] if lesser else [])])
        return f"take in {self.file.source}" + (f": {said}" if said else "")

    def left_out(self, codebook: Codebook) -> list[str]:
        """The themes and codes in use that the file does not hold, as in *code A (T)*; they stay as they are."""
        found = match(codebook, self.file)
        themes, codes = frozenset(found.themes.values()), frozenset(found.codes.values())
        return [
            *(f"theme {one.name}" for one in codebook.themes if not one.retired and one.id not in themes),
            *(f"code {placed(codebook, one)}" for one in codebook.active if one.id not in codes),
        ]

    def _themes(self, codebook: Codebook, found: Match) -> list[Theme]:
        result = []
        for theme in self.file.codebook.themes:
            number = found.themes[theme.id]
            old = codebook.theme_by_id.get(number)
            result.append(
                replace(theme, id=number) if old is None else _revised(old, theme, self.file.themes[theme.id])
            )
        return result

    def _codes(self, codebook: Codebook, found: Match) -> list[Code]:
        result = []
        for code in self.file.codebook.codes:
            number, theme = found.codes[code.id], None if code.theme is None else found.themes[code.theme]
            old, spot = codebook.code_by_id.get(number), self.file.codes[code.id]
            if old is None:
                result.append(replace(code, id=number, theme=theme))
                continue
            examples = old.examples if "examples" in spot.silent else code.examples
            result.append(replace(_revised(old, code, spot), theme=theme, examples=examples))
        return result

    def _require_apart(self, codebook: Codebook, found: Match) -> None:
        """Raise CoderError where two entries in one place have one name: one of the file, and one it does not hold."""
        of_theme = {number: one for one, number in found.themes.items()}
        of_code = {number: one for one, number in found.codes.items()}
        twice = Counter(theme.name for theme in codebook.themes)
        for theme in codebook.themes:
            if twice[theme.name] > 1 and theme.id in of_theme:
                raise self.file.wrong(
                    self.file.themes[of_theme[theme.id]],
                    f"the project has another theme {theme.name!r}",
                    "Give it another name.",
                )
        places = Counter((code.theme, code.name) for code in codebook.codes if code.merged_into is None)
        for code in codebook.codes:
            if places[code.theme, code.name] > 1 and code.merged_into is None and code.id in of_code:
                raise self.file.wrong(
                    self.file.codes[of_code[code.id]],
                    f"the project has another code {code.name!r} in that theme",
                    "Give it another name, or put both in the file.",
                )


def amended(before: Codebook, after: Codebook) -> list[str]:
    """What changed without changing what a count means: examples, former names, the letters of a definition."""
    found = []
    for theme in after.themes:
        old = before.theme_by_id.get(theme.id, theme)
        found.append((f"theme: {theme.name}", [*_lesser(old, theme)]))
    for code in after.codes:
        was = before.code_by_id.get(code.id, code)
        found.append(
            (f"code: {placed(after, code)}", [*_lesser(was, code), *_gained("example", was.examples, code.examples)])
        )
    return [f"{name}: {', '.join(parts)}" for name, parts in found if parts]


def _lesser(old: _Entry, new: _Entry) -> Iterator[str]:
    yield from _gained("former name", old.aliases, new.aliases, but={old.name, new.name})
    if old.definition != new.definition and same_in_substance(old.definition, new.definition):
        yield "punctuation of its definition"


def _gained(what: str, old: Sequence[str], new: Sequence[str], but: Collection[str] = ()) -> Iterator[str]:
    more, less = len(set(new) - set(old) - set(but)), len(set(old) - set(new) - set(but))
    for number, how in ((more, "more"), (less, "fewer")):
        if number:
            yield f"{number} {what}{'' if number == 1 else 's'} {how}"
    if not more and not less and tuple(old) != tuple(one for one in new if one in old):
        yield f"{what}s in another order"


def _revised(old: _Entry, new: _Entry, spot: Spot) -> _Entry:
    """An entry of the project with the name, definition and former names that the file gives it."""
    aliases = old.aliases if "aliases" in spot.silent else new.aliases
    if new.name != old.name:
        aliases = aliases_of(new.name, *aliases, old.name)
    definition = old.definition if "definition" in spot.silent else new.definition
    return replace(old, name=new.name, definition=definition, aliases=aliases)


def _in_order(held: Iterable[_Entry], written: Sequence[_Entry]) -> list[_Entry]:
    """The entries of the file in its order, and after each the held ones that followed it and are not in the file."""
    result = list(written)
    there = {entry.id for entry in written}
    last: int | None = None
    for entry in held:
        if entry.id not in there:
            places = [one.id for one in result]
            result.insert(0 if last is None else places.index(last) + 1, entry)
        last = entry.id
    return result
