"""A codebook in the making: entries are added as a file is read, and each is checked against those before it."""

from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import canonical, one_line
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.errors import CoderError
from coder.importers.problems import shown, where


@dataclass(slots=True)
class Draft:
    """Themes and codes in the order they were added; ids are positions from 1. `line` is where an entry stands."""

    path: Path
    themes: list[Theme] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    _theme_lines: dict[str, int] = field(default_factory=dict)
    _code_lines: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def add_theme(self, line: int, name: str, definition: str = "") -> int:
        """Add a theme and return its id."""
        clean = self._name(line, "theme", name)
        if clean in self._theme_lines:
            raise CoderError(
                f"{where(self.path, line)}: the theme {shown(clean)} stands on line {self._theme_lines[clean]} too",
                "Give every theme a name of its own.",
            )
        self._theme_lines[clean] = line
        self.themes.append(Theme(len(self.themes) + 1, clean, prose(definition)))
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

    def finish(self, key: str, language: str, question: str) -> Codebook:
        """The codebook of all that was added."""
        return Codebook(
            key=one_line(key),
            language=one_line(language) or "sv",
            question=one_line(question),
            themes=tuple(self.themes),
            codes=tuple(self.codes),
        )

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
