"""A codebook in the making: entries are added as a file is read, and each is checked against those before it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import canonical, one_line
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.errors import CoderError
from coder.domain.written import OPTIONAL, Spot, Written
from coder.importers.problems import shown, where


@dataclass(slots=True)
class Draft:
    """Themes and codes in the order they were added; ids are positions from 1.

    `line` is where an entry stands, `said` which of its optional fields the file has, and `mark` its identifier there.
    """

    path: Path
    themes: list[Theme] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    theme_spots: dict[int, Spot] = field(default_factory=dict)
    code_spots: dict[int, Spot] = field(default_factory=dict)
    _theme_lines: dict[str, int] = field(default_factory=dict)
    _code_lines: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def add_theme(
        self,
        line: int,
        name: str,
        *,
        definition: str = "",
        aliases: tuple[str, ...] = (),
        said: Collection[str] = OPTIONAL,
        mark: str = "",
    ) -> int:
        """Add a theme and return its id."""
        clean = self._name(line, "theme", name)
        if clean in self._theme_lines:
            raise CoderError(
                f"{where(self.path, line)}: the theme {shown(clean)} stands on line {self._theme_lines[clean]} too",
                "Give every theme a name of its own.",
            )
        self._theme_lines[clean] = line
        self.themes.append(Theme(len(self.themes) + 1, clean, prose(definition), lines(aliases)))
        self.theme_spots[len(self.themes)] = Spot(line, OPTIONAL.difference(said), mark)
        return len(self.themes)

    def add_code(
        self,
        line: int,
        theme: int | None,
        name: str,
        *,
        definition: str = "",
        examples: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
        said: Collection[str] = OPTIONAL,
        mark: str = "",
    ) -> None:
        """Add a code to a theme, or to none."""
        clean = self._name(line, "code", name)
        earlier = self._code_lines.get((theme, clean))
        if earlier is not None:
            raise CoderError(
                f"{where(self.path, line)}: the code {shown(clean)} stands in the same theme on line {earlier} too",
                "A theme has each code once; another theme may have one of that name.",
            )
        self._code_lines[theme, clean] = line
        self.codes.append(
            Code(
                id=len(self.codes) + 1,
                name=clean,
                theme=theme,
                definition=prose(definition),
                examples=lines(examples),
                aliases=lines(aliases),
            )
        )
        self.code_spots[len(self.codes)] = Spot(line, OPTIONAL.difference(said), mark)

    def finish(self, key: str, language: str, question: str) -> Written:
        """The codebook of all that was added."""
        book = Codebook(
            key=one_line(key),
            language=one_line(language) or "sv",
            question=one_line(question),
            themes=tuple(self.themes),
            codes=tuple(self.codes),
        )
        return Written(book, one_line(self.path.name), self.theme_spots, self.code_spots)

    def _name(self, line: int, what: str, name: str) -> str:
        clean = one_line(name)
        if not clean:
            raise CoderError(f"{where(self.path, line)}: a {what} without a name", f"Give the {what} a name.")
        return clean


def prose(text: str) -> str:
    """A definition: clean, its line breaks kept."""
    return canonical(text).strip()


def lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Clean lines, without empty and repeated ones."""
    return tuple(dict.fromkeys(line for line in map(one_line, texts) if line))
