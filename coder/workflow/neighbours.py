"""Suggested neighbours: codes whose segments read alike, for gathering codes in themes."""

from dataclasses import dataclass

from coder.domain.codebook import Codebook
from coder.workflow.project import Project
from coder.workflow.suggesting import evidence_in

_MOST = 40  # segments of a code that are read; more change its centroid little


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A code that reads like another one. `likeness` is in 0..1."""

    code: int
    likeness: float


def neighbours(project: Project, question: str, top: int = 5) -> dict[int, list[Neighbour]]:
    """For each code in use its nearest neighbours, nearest first: by the segments of both, their names and examples.

    Reads the project and then loads scikit-learn: not for the thread that draws the screen.
    """
    codebook = project.codebook(question)
    texts = _texts(project, codebook, question)
    from coder.suggest.neighbours import likeness  # noqa: PLC0415 - brings scikit-learn

    found: dict[int, list[Neighbour]] = {code: [] for code in texts}
    for one, other, alike in likeness(texts, codebook.language):
        for code, neighbour in ((one, other), (other, one)):
            if alike > 0 and len(found[code]) < top:
                found[code].append(Neighbour(neighbour, alike))
    return found


def _texts(project: Project, codebook: Codebook, question: str) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {code.id: [code.name, *code.examples] for code in codebook.active}
    with project.file.reading() as db:
        evidence = evidence_in(db, question)
    for item in evidence:
        own = texts.get(codebook.stands.get(item.code, 0))
        if own is not None and len(own) < _MOST:
            own.append(item.text)
    return texts
