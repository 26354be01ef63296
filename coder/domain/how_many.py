"""Numbers with the word for what they count, in English: one answer, two answers."""


def form(number: int, one: str, several: str = "") -> str:
    """The word for that many: `one` for one of them, else `several`, which is `one` with an s where it is not given."""
    return one if number == 1 else several or f"{one}s"


def how_many(number: int, one: str, several: str = "") -> str:
    """The number and the word for that many."""
    return f"{number} {form(number, one, several)}"
