"""Which entries of a project's codebook the entries of a file are, though either may have renamed or moved them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.qda import identifier
from coder.domain.written import Spot, Written

_Candidates = Callable[[int], Iterable[int]]


@dataclass(frozen=True)
class Match:
    """The project's id for each theme and code of a file, by their ids there; those that are new are not in it."""

    themes: dict[int, int] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)


def match(book: Codebook, file: Written) -> Match:
    """Find every entry of the file in the codebook.

    By the file's identifier; then by name, a code in its own theme; then by a former name that the file gives, or that
    the project remembers; then a theme by its codes, where the file has all of them in one place, and a code by a name,
    or a former name, that one code in use has in another theme. Each entry is found once. Raises CoderError where two
    rows mean one entry, one row two, or a row one that was merged or retired: no file brings those back.
    """
    found = Match()
    _themes(book, file, found.themes)
    _codes(book, file, found)
    return found


def _themes(book: Codebook, file: Written, found: dict[int, int]) -> None:
    written = file.codebook.theme_by_id
    used = [theme for theme in book.themes if not theme.retired]
    marks = _marks(
        (mark, theme.id)
        for names in (_now, _ever)
        for theme in used
        for name in names(theme)
        for mark in [identifier("theme", book.key, name)]
    )
    claims = _Claims(file, "theme", file.themes, {theme.id: theme.name for theme in book.themes}, found)
    claims.take(lambda one: marks.get(file.themes[one].mark, []))
    claims.take(lambda one: [theme.id for theme in book.themes if theme.name == written[one].name])
    claims.take(lambda one: [theme.id for theme in used if theme.name in written[one].aliases], sure=True)
    claims.take(lambda one: [theme.id for theme in used if written[one].name in theme.aliases])
    in_file = {one: {code.name for code in file.codebook.codes_of(one)} for one in written}
    in_use = {theme.id: {code.name for code in book.in_use.codes_of(theme.id)} for theme in used}
    claims.take(lambda one: [number for number, names in in_use.items() if names and names <= in_file[one]])
    for one, number in found.items():
        if book.theme_by_id[number].retired:
            raise file.wrong(
                file.themes[one],
                f"the theme {written[one].name!r} is retired",
                "Restore it in the workbench first, or give the theme in the file another name.",
            )


def _codes(book: Codebook, file: Written, found: Match) -> None:
    written = file.codebook.code_by_id
    living = [code for code in book.codes if code.merged_into is None]
    used = [code for code in living if not book.is_retired(code.id)]
    marks = _marks(
        (identifier("code", book.key, home, name), code.id)
        for names in (_now, _ever)
        for code in used
        for theme in [None if code.theme is None else book.theme_by_id[code.theme]]
        for home in ([""] if theme is None else names(theme))
        for name in names(code)
    )

    def here(code: Code, one: int) -> bool:
        theme = written[one].theme
        return code.theme is None if theme is None else code.theme == found.themes.get(theme, 0)

    claims = _Claims(file, "code", file.codes, {code.id: code.name for code in book.codes}, found.codes)
    claims.take(lambda one: marks.get(file.codes[one].mark, []))
    claims.take(lambda one: [code.id for code in living if here(code, one) and code.name == written[one].name])
    claims.take(
        lambda one: [code.id for code in used if here(code, one) and code.name in written[one].aliases], sure=True
    )
    claims.take(lambda one: [code.id for code in used if here(code, one) and written[one].name in code.aliases])
    claims.take(lambda one: [code.id for code in used if code.name == written[one].name])
    claims.take(lambda one: [code.id for code in used if code.name in written[one].aliases], sure=True)
    for one, spot in file.codes.items():
        name = written[one].name
        if one in found.codes and book.is_retired(found.codes[one]):
            raise file.wrong(
                spot,
                f"the code {name!r} is retired",
                "Put it in use with `coder codebook retire --back` first, or take the row out.",
            )
        merged = [code for code in book.codes if code.merged_into is not None and here(code, one)]
        gone = next((code for code in merged if code.name == name), None)
        if one not in found.codes and gone is not None:
            raise file.wrong(
                spot,
                f"the code {name!r} was merged into {book.code_name(gone.id)!r}",
                "Take the row out; `coder codebook restore` goes back to an earlier version.",
            )


@dataclass
class _Claims:
    """Entries of one kind being found, one way after the other; what is found once is found."""

    file: Written
    kind: str
    spots: Mapping[int, Spot]
    names: Mapping[int, str]
    found: dict[int, int]

    def take(self, candidates: _Candidates, *, sure: bool = False) -> None:
        """Find those that this way leads to one entry each, and no two to the same.

        Where a way is `sure` to mean an entry, one that leads to several and one that is meant twice are errors; any
        other is left to the next way.
        """
        held = frozenset(self.found.values())
        claims: dict[int, list[int]] = {}
        for one, spot in self.spots.items():
            there = [] if one in self.found else [number for number in candidates(one) if number not in held]
            if len(there) == 1:
                claims.setdefault(there[0], []).append(one)
            elif there and sure:
                names = " and ".join(repr(self.names[number]) for number in there)
                raise self.file.wrong(
                    spot,
                    f"former names mean {len(there)} {self.kind}s of the project: {names}",
                    "Merge them first, or leave one former name out." if self.kind == "code" else "Leave one out.",
                )
        for number, ones in claims.items():
            if len(ones) == 1:
                self.found[ones[0]] = number
            elif sure:
                first, second, *_ = (self.spots[one] for one in ones)
                raise self.file.wrong(
                    second,
                    f"the {self.kind} {self.names[number]!r} is a former name on line {first.line} too",
                    "Keep it in one place: a code can be split in the workbench.",
                )


def _now(entry: Theme | Code) -> tuple[str, ...]:
    return (entry.name,)


def _ever(entry: Theme | Code) -> tuple[str, ...]:
    return (entry.name, *entry.aliases)


def _marks(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The entry that each identifier stands for: the first that it may have been made of."""
    found: dict[str, list[int]] = {}
    for mark, number in pairs:
        found.setdefault(mark, [number])
    return found
