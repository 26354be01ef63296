"""The first names of many."""

from dataclasses import dataclass, field

_NAMED = 10


@dataclass
class Named:
    """How many there are of a kind, and the names of the first of them: takes no more room for more."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, name: str) -> None:
        """Take one in."""
        self.count += 1
        if self.count <= _NAMED:
            self.first.append(name)

    def listed(self) -> str:
        """The first ones, and how many more there are."""
        left = self.count - len(self.first)
        return ", ".join(self.first) + (f" and {left} more" if left else "")
