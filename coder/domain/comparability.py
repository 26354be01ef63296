"""What makes two rounds of a question hard to compare: changes of its codebook, wording, options and routing."""

from enum import StrEnum

from coder.domain.answers import Question
from coder.domain.codebook import Codebook, fingerprint
from coder.domain.lineage import Line, lineage

# "theme" or "code", and the number of the codebook's entry.
Entry = tuple[str, int]


class Mark(StrEnum):
    """What may have changed a number though nothing has changed in what people think.

    `UNCODED` says that a round has answers which nobody has coded yet, so that its counts are too low, and `UNMEASURED`
    that some of its counted codings are a machine's and no finished audit says how right they are. `UNFINISHED` says
    that a machine's last run has not come to its end. The last three are of rows: an option that only one round had,
    and a theme or code that no longer means the same.
    """

    CODEBOOK = "codebook_changed"
    WORDING = "wording_changed"
    OPTIONS = "options_changed"
    ROUTING = "routing_changed"
    UNCODED = "uncoded"
    UNFINISHED = "machine_unfinished"
    UNMEASURED = "machine_unmeasured"
    NEW = "new_option"
    GONE = "option_gone"
    BREAK = "break"


def of_question(before: Question, after: Question, books: tuple[Codebook | None, Codebook | None]) -> tuple[Mark, ...]:
    """What has changed about the question itself; `books` is its codebook when each round was last coded."""
    signs = [fingerprint(book) if book else "" for book in books]
    differing = (
        (Mark.CODEBOOK, signs[0] != signs[1]),
        (Mark.WORDING, before.text != after.text),
        (Mark.OPTIONS, before.options != after.options),
        (Mark.ROUTING, before.asked_if != after.asked_if),
    )
    return tuple(mark for mark, differs in differing if differs)


def of_entries(then: Codebook, now: Codebook) -> dict[Entry, Line]:
    """What has become of each theme and code between two versions, the earlier one first, where anything has."""
    found = lineage(then, now)
    lines = {("theme", number): line for number, line in found.themes.items()}
    lines |= {("code", number): line for number, line in found.codes.items()}
    return {entry: line for entry, line in lines.items() if line.fates}
