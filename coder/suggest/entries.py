"""The codebook's own text as evidence: what is known of a code before anything is coded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coder.domain.codebook import BORDER, Code, Codebook

# How heavily each kind of text speaks for its code; a coding by an analyst is 1. Chosen on draws from the training part
# of MASSIVE's Swedish texts: a definition is many phrases, and each as an example of its own beats the definition as
# one long text, whose words drown each other.
_DEFINITION = 2.0
_EXAMPLE = 1.0
_PHRASE = 0.5
_NEIGHBOUR = 0.5
_WORD = 0.2

_PHRASE_BORDER = re.compile(r"[.:;,]\s")
_LONG_WORD = re.compile(r"\w{4,}")
# "Inte: färdiga avtal (Strukturer för samverkan); ..." says of the code in parentheses what it is.
_NEIGHBOUR_TEXT = re.compile(r"([^;()]+)\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Document:
    """A text that speaks for a code, as heavily as `weight` codings by analysts."""

    text: str
    code: int
    weight: float


def affirmed(definition: str) -> str:
    """What a definition says a code is, without what it says the code is not."""
    return definition.partition(BORDER)[0].strip()


def documents(codebook: Codebook) -> list[Document]:
    """Every text of the codebook that speaks for one of its codes, in published order."""
    found = [document for code in codebook.in_order() for document in _of_code(codebook, code)]
    return [document for document in found if any(sign.isalnum() for sign in document.text)]


def _of_code(codebook: Codebook, code: Code) -> Iterator[Document]:
    definition = affirmed(code.definition)
    whole = f"{codebook.theme_name(code.id)} {code.name} {definition}".replace("_", " ")
    yield Document(whole, code.id, _DEFINITION)
    for phrase in _PHRASE_BORDER.split(definition):
        yield Document(phrase, code.id, _PHRASE)
    for word in dict.fromkeys(_LONG_WORD.findall(definition)):
        yield Document(word, code.id, _WORD)
    for text in (*code.examples, *code.aliases):
        yield Document(text, code.id, _EXAMPLE)
    for text, neighbour in _neighbours(codebook, code):
        yield Document(text, neighbour, _NEIGHBOUR)


def _neighbours(codebook: Codebook, code: Code) -> Iterator[tuple[str, int]]:
    """What the borders of a code's definition say of the codes on their other side."""
    excluded = code.definition.partition(BORDER)[2]
    for text, named in _NEIGHBOUR_TEXT.findall(excluded):
        theme, _, name = named.rpartition(">")
        for other in codebook.codes:
            same = other.name.casefold() == name.strip().casefold()
            if same and other.id != code.id and theme.strip() in ("", codebook.theme_name(other.id)):
                yield text.strip(), other.id
