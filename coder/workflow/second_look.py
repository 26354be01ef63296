"""Segments that were coded before their code came to mean something else: to be read once more."""

from dataclasses import dataclass

from coder.domain.answers import Answer
from coder.domain.coding import Coding
from coder.domain.lineage import same_in_substance
from coder.storage import codebooks, journal, surveys, works
from coder.storage.database import Database
from coder.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Look:
    """A coding that is older than its code's definition, in its answer and round."""

    round: str
    answer: Answer
    coding: Coding


def second_look(project: Project, question: str, code: int) -> list[Look]:
    """The codings by analysts that a code had when its definition last changed in substance; none where it never did.

    One that an analyst has given since, or taken back, is none of them.
    """
    codebook = project.codebook(question)
    with project.file.reading() as db:
        changed = _redefined(db, codebook.key, code)
        if changed is None:
            return []
        since = {
            row["id"]
            for event in journal.after(db, changed)
            for one in event.changes
            if one.table == "coding" and (row := one.after) and (one.before or {}).get("code") != row["code"]
        }
        found = []
        for round_key, asked in codebooks.coded_with(db, codebook.key):
            held = works.load(db, round_key, asked)
            numbers = works.numbers(db, round_key, asked)
            for answer in surveys.answers(db, round_key, asked):
                found += [
                    Look(round_key, answer, coding)
                    for coding in (held[answer.id].codings if answer.id in held else ())
                    if codebook.stands_for(coding.code) == code and numbers[answer.id, coding.identity] not in since
                ]
    return found


def _redefined(db: Database, key: str, code: int) -> int | None:
    """The event that last changed a code's definition in substance."""
    states = codebooks.history(db, key)
    for (event, after), (_, before) in zip(reversed(states[1:]), reversed(states[:-1]), strict=True):
        old, new = before.code_by_id.get(code), after.code_by_id.get(code)
        if old and new and not same_in_substance(old.definition, new.definition):
            return None if event is None else event.id
    return None
