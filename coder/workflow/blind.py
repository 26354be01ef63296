"""Which answers a person is to code blind: no machine may code them, and no screen show what one says of them."""

from coder.domain.audit import is_settled
from coder.domain.codebook import Codebook
from coder.domain.counting import decide
from coder.storage import audits, works
from coder.storage.database import Database


def unsettled(db: Database, codebook: Codebook, round_key: str, question: str) -> tuple[int, ...]:
    """The answers of the audit that measures which nobody has settled yet, in the order they are to be read."""
    audit = audits.latest(db, round_key, question)
    sample = audits.sample(db, audit.id) if audit is not None else []
    held = works.of_answers(db, sample)
    return tuple(one for one in sample if not is_settled(held[one], decide(held[one], codebook)))
