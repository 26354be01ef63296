"""The codebook's own text as evidence: what is known of a code before anything is coded."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder.domain.codebook import BORDER, Codebook


@dataclass(frozen=True, slots=True)
class Document:
    """A text that speaks for a code, as heavily as `weight` analysts' codings."""

    text: str
    code: int
    weight: float


def affirmed(definition: str) -> str:
    """What a definition says a code is, without what it says the code is not."""
    return definition.partition(BORDER)[0].strip()


def documents(codebook: Codebook) -> Iterator[Document]:
    """Every text of the codebook that speaks for one of its codes, in published order."""
    for code in codebook.in_order():
        name = code.name.replace("_", " ")
        theme = codebook.theme_name(code.id).replace("_", " ")
        yield Document(f"{theme} {name} {affirmed(code.definition)}".strip(), code.id, 2.0)
        for text in (*code.examples, *code.aliases):
            yield Document(text, code.id, 1.0)
