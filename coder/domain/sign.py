"""What in a text may tell who somebody is."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What gives somebody away. Those that begin with *perhaps* are guesses.

    A number is one where its date or its check digit is wrong, as in a typing error; a name is one where all that
    speaks for it is a capital letter inside a sentence, or a common name in small letters.
    """

    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    WEB = "web"
    ADDRESS = "address"
    PHONE = "phone"
    NAME = "name"
    PERHAPS_PERSONAL_NUMBER = "perhaps_personal_number"
    PERHAPS_NAME = "perhaps_name"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A sign at `[start, end)` of a text, in code points."""

    start: int
    end: int
    sign: Sign
    text: str
