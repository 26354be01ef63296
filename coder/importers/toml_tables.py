"""Values out of TOML tables, each checked, with the table's name in every error."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coder.domain.answers import one_line
from coder.domain.errors import CoderError
from coder.importers.problems import bare, nearest, shown, where


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file; `name` is how a user finds it."""

    path: Path
    name: str
    values: Mapping[str, object]

    def error(self, key: str, wrong: str, hint: str) -> CoderError:
        """The error that something about a key is wrong."""
        return CoderError(f"{where(self.path)}, {self.name}, {bare(key)}: {wrong}", hint)

    def know(self, known: Collection[str]) -> None:
        """Refuse keys that nobody reads."""
        for key in self.values:
            if key not in known:
                raise self.error(key, "unknown key", f"{nearest(key, known)}Known here: {', '.join(known)}.")

    def text(self, key: str, example: str = "…") -> str:
        """A text that must be there."""
        value = self.values.get(key)
        if value is None:
            raise self.error(key, "missing", f'Add {key} = "{example}".')
        return self._line(key, value, example)

    def text_or_number(self, key: str, example: str) -> str:
        """A text that must be there, and may be written as a whole number."""
        value = self.values.get(key)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(key, example)

    def optional(self, key: str) -> str:
        """A text that may be missing or empty."""
        value = self.values.get(key, "")
        return self._line(key, value, "…") if value != "" else ""

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """A list of different texts, empty where it is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, "must be a list of texts", f"Write {key} = {example}.")
        lines = [self._line(key, item, "…") for item in value]
        for place, line in enumerate(lines):
            if line in lines[:place]:
                raise self.error(key, f"{shown(line)} stands there twice", "Take one away.")
        return tuple(lines)

    def day(self, key: str) -> date | None:
        """A date, None where it is missing."""
        value = self.values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self.error(key, "is no date", f"Write {key} = 2023-01-09, without quotation marks or time.")

    def positive(self, key: str) -> int | None:
        """A whole number above 0, None where it is missing."""
        value = self.values.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return value
        raise self.error(key, "must be a whole number above 0", f"Write {key} = 290, or leave it out.")

    def table(self, key: str) -> "Table":
        """A table inside this one, empty where it is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, "must be a table", f"See the example of [{key}] in the documentation.")
        return Table(self.path, f"[{key}]", value)

    def _line(self, key: str, value: object, example: str) -> str:
        if not isinstance(value, str):
            raise self.error(key, "must be text", f'Write {key} = "{example}", with quotation marks.')
        line = one_line(value)
        if not line:
            raise self.error(key, "is empty", f'Write {key} = "{example}".')
        return line
