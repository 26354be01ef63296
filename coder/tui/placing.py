"""Published order, changed a place at a time."""

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Move
from coder.domain.editing import Edit
from coder.domain.theme_edits import MoveTheme


def placed(book: Codebook, entry: Theme | Code, by: int) -> Edit | None:
    """The edit that moves an entry by so many places; None where it stands at the end already, or is no more."""
    if isinstance(entry, Theme):
        place = book.theme_places.get(entry.id, -1) + by
        return MoveTheme(entry.id, place) if 0 <= place < len(book.themes) else None
    code = book.code_by_id.get(entry.id)
    if code is None or code.merged_into is not None:
        return None  # undone or merged, while the key waited
    there = [one.id for one in book.codes_of(code.theme)]
    place = there.index(code.id) + by
    return Move((code.id,), code.theme, place) if 0 <= place < len(there) else None
