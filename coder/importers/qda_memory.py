"""The memory that the texts and cases of a REFI-QDA project may take, counted as they are taken in."""

from dataclasses import dataclass, field
from pathlib import Path
from sys import getsizeof

from coder.domain.errors import CoderError
from coder.importers.problems import where

LESS = "Export less of the project at a time; if it is no large one, don't trust the file."
_WORD = 150  # bytes, about, of a word's places in tables, beside its letters


@dataclass
class Memory:
    """What stays of a file until all of it is read, in bytes, about; `most` is how many are given to it.

    None are given before its size is known. A letter takes one, two or four bytes, as many as the widest in its text.
    """

    path: Path
    most: int = 0
    held: int = 0
    _words: dict[str, str] = field(default_factory=dict)

    def hold(self, size: int) -> None:
        """Count what stays. Raises CoderError when it is more than the file is given."""
        self.held += size
        if self.held > self.most:
            said = f"its texts and cases take more than the {self.most / 1e6:.0f} MB of memory that its size allows"
            raise CoderError(f"{where(self.path)}: {said}", LESS)

    def once(self, word: str) -> str:
        """A word that stands in many places, held and counted once."""
        if word not in self._words:
            self.hold(_WORD + getsizeof(word))
            self._words[word] = word
        return self._words[word]
