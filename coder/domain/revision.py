"""A codebook revised by a file: one edit that makes it what the file says, and leaves what the file does not say."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.editing import PROVISIONAL, Edit, aliases_of, arranged
from coder.domain.how_many import how_many
from coder.domain.lineage import Fate, diff, placed, same_in_substance
from coder.domain.matching import Match, match
from coder.domain.written import Spot, Written

_Entry = TypeVar("_Entry", Theme, Code)


@dataclass(frozen=True)
class TakeIn(Edit):
    """The codebook as a file has it: names, definitions, examples, former names, themes, order, and what is new.

    An entry is the one that `match` finds, so its codings stay with it. Its old name becomes a former name, and no
    former name goes. An entry that the file does not hold stays as it is, and so do the language and the wording of the
    question.
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
        """What is in use and not in the file, as in *code A (T)* and *former names of code A (T): B, C*; it stays."""
        found = match(codebook, self.file)
        themes = {number: one for one, number in found.themes.items()}
        codes = {number: one for one, number in found.codes.items()}
        absent: list[str] = []
        shorter: list[str] = []
        for theme in codebook.in_use.themes:
            name, one = f"theme {theme.name}", themes.get(theme.id, 0)
            if one:
                shorter += _forgotten(name, theme, self.file.codebook.theme_by_id[one], self.file.themes[one])
            else:
                absent.append(name)
        for code in codebook.active:
            name, one = f"code {placed(codebook, code)}", codes.get(code.id, 0)
            if one:
                shorter += _forgotten(name, code, self.file.codebook.code_by_id[one], self.file.codes[one])
            else:
                absent.append(name)
        return absent + shorter

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


def _forgotten(name: str, old: _Entry, new: _Entry, spot: Spot) -> Iterator[str]:
    gone = [] if "aliases" in spot.silent else [one for one in old.aliases if one not in (new.name, *new.aliases)]
    if gone:
        yield f"former names of {name}: {', '.join(gone)}"


def _lesser(old: _Entry, new: _Entry) -> Iterator[str]:
    yield from _gained("former name", old.aliases, new.aliases, but={old.name, new.name})
    if old.definition != new.definition and same_in_substance(old.definition, new.definition):
        yield "punctuation of its definition"


def _gained(what: str, old: Sequence[str], new: Sequence[str], but: Collection[str] = ()) -> Iterator[str]:
    more, less = len(set(new) - set(old) - set(but)), len(set(old) - set(new) - set(but))
    for number, how in ((more, "more"), (less, "fewer")):
        if number:
            yield f"{how_many(number, what)} {how}"
    if [one for one in old if one in new] != [one for one in new if one in old]:
        yield f"{what}s in another order"


def _revised(old: _Entry, new: _Entry, spot: Spot) -> _Entry:
    """An entry of the project with the name and definition that the file gives it, and with its former names too."""
    known: tuple[str, ...] = old.aliases if new.name == old.name else aliases_of(new.name, *old.aliases, old.name)
    more: tuple[str, ...] = tuple(one for one in aliases_of(new.name, *new.aliases) if one not in known)
    definition = old.definition if "definition" in spot.silent else new.definition
    return replace(old, name=new.name, definition=definition, aliases=(*known, *more))


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
