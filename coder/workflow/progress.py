"""How coding goes, read from the journal: curves for an analyst who wonders whether to trust, and when to stop."""

from coder.domain import progress
from coder.domain.progress import Running, Saturation, rank_in
from coder.storage import decisions
from coder.workflow.project import Project


def first_right(
    project: Project, question: str, round_key: str | None = None, analyst: str | None = None
) -> tuple[Running, ...]:
    """How often the code given was the one suggested first, over the last fifty decisions, after each of them.

    Decisions that were undone, or made without suggestions on the screen, are none of them.
    """
    with project.file.reading() as db:
        names = decisions.names(db, question, round_key, analyst)
    return progress.running([rank for rank in map(rank_in, names) if rank is not None])


def saturation(project: Project, question: str, round_key: str | None = None) -> Saturation:
    """How many codes were known after each coded answer, in the order of coding; over all rounds where none is named.

    Of the codings by analysts that still stand, merged codes as the one they are now.
    """
    codebook = project.codebook(question)
    with project.file.reading() as db:
        found = decisions.given(db, question, round_key)
    imported = {one.answer for one in found if one.imported} - {one.answer for one in found if not one.imported}
    return progress.saturation(((one.answer, codebook.stands_for(one.code)) for one in found), len(imported))
