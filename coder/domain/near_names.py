"""Names that are nearly those of existing codes, so that a slip of the keyboard makes no second code."""

import re
import unicodedata

from coder.domain.answers import one_line
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.errors import CoderError

_LONGEST_NAME = 60


def alike(codebook: Codebook, name: str) -> list[Code]:
    """The codes in use that a new name may be meant for, likeliest first.

    Compared without case and punctuation. One letter may differ in names of four letters and more, two in those of
    nine and more. å, ä and ö are letters of their own, and so one letter from a and o.
    """
    wanted = _plain(name)
    found = []
    for code in codebook.active:
        nearest = min(_distance(wanted, _plain(one)) for one in (code.name, *code.aliases))
        if wanted and nearest <= _allowed(wanted):
            found.append((nearest, codebook.rank[code.id], code))
    return [code for _, _, code in sorted(found, key=lambda one: one[:2])]


def code_called(codebook: Codebook, words: str) -> Code:
    """The code that a user means by its name, a former name, or `theme: name`.

    Raises CoderError where there is none, naming those that are near, and where several have that name.
    """
    known = [(code, name) for code in codebook.in_order() for name in (code.name, *code.aliases)]
    full = [code for code, name in known if words == f"{codebook.theme_name(code.id)}: {name}"]
    found = {code.id: code for code in full or [code for code, name in known if words == name]}
    current = {number: code for number, code in found.items() if code.name == words} or found
    if len(current) == 1:
        return next(iter(current.values()))
    if current:
        names = ", ".join(f'"{codebook.theme_name(code.id)}: {code.name}"' for code in current.values())
        raise CoderError(f"{len(current)} codes are called {words!r}", f"Say which: {names}.")
    near = ", ".join(code.name for code in alike(codebook, words))
    raise CoderError(
        f"the codebook {codebook.key} has no code {words!r}",
        f"Is it {near}?" if near else "Give its name, or `theme: name`.",
    )


def theme_called(codebook: Codebook, words: str) -> Theme:
    """The theme that a user means by its name or a former name; raises CoderError where there is none."""
    for theme in sorted(codebook.themes, key=lambda one: one.name != words):
        if words in (theme.name, *theme.aliases):
            return theme
    names = ", ".join(theme.name for theme in codebook.themes)
    raise CoderError(f"the codebook {codebook.key} has no theme {words!r}", f"Themes there: {names}.")


def in_vivo(snippet: str) -> str:
    """A segment's own words as a name: one line, cut at a word where it is long."""
    line = one_line(snippet).strip(" .,;:!?–-•\"'")
    if len(line) <= _LONGEST_NAME:
        return line
    cut = line[: _LONGEST_NAME + 1].rpartition(" ")[0] or line[:_LONGEST_NAME]
    return f"{cut.rstrip(' .,;:')}…"


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold()))


def _allowed(name: str) -> int:
    return sum(len(name) >= length for length in (4, 9))


def _distance(one: str, other: str) -> int:
    """Letters put in, left out, exchanged, or swapped with their neighbour (optimal string alignment)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
