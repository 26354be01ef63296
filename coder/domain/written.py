"""A codebook as it stands in a file: what it says, where, and what it leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError

# What a file need not say of an entry.
OPTIONAL = frozenset({"definition", "examples", "aliases"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry stands in a file. `silent` are the fields that the file leaves open there.

    `mark` is the identifier that the file gives the entry, empty where the format has none.
    """

    line: int
    silent: frozenset[str] = frozenset()
    mark: str = ""


@dataclass(frozen=True)
class Written:
    """The codebook in the file `source`; the ids of its entries are places from 1, which `themes` and `codes` go by.

    A field that is there and empty says that it is empty; one in `Spot.silent` says nothing.
    """

    codebook: Codebook
    source: str
    themes: Mapping[int, Spot] = field(default_factory=dict)
    codes: Mapping[int, Spot] = field(default_factory=dict)

    def wrong(self, spot: Spot, what: str, hint: str) -> CoderError:
        """The error that something is wrong with an entry."""
        return CoderError(f"{self.source}, line {spot.line}: {what}", hint)
