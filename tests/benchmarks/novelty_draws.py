"""Draws from Swedish MASSIVE in which some topics are new: what was coded, and what comes in the next round."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from coder.domain.codebook import Codebook
from tests.benchmarks.massive import codebook, read

CODES = 25
# How many texts of each new topic come, and how many of the known ones, in a large round and in a small one.
TOPICS = (6, 9, 13, 20)
KNOWN, FEW_KNOWN = 450, 150
# In rounds much of which is new: texts coded of each known code, topics that are new, and texts that come.
CODED, NEW_TOPICS, COMES = 50, 4, 120


@dataclass(frozen=True)
class Draw:
    """What was coded, as (text, code); and what comes, as (text, code, how many come of a new topic or None)."""

    seed: int
    book: Codebook
    coded: list[tuple[str, int]]
    comes: list[tuple[str, int, int | None]]


def drawn(seed: int, count: int, *, balanced: bool, size: int = KNOWN) -> Draw:
    """A draw with `count` coded texts of each known code, or as many in all in the proportions they have.

    So many texts come of known codes as `size` says.
    """
    book, chance = codebook(CODES), random.Random(seed)
    ids = {code.name: code.id for code in book.codes}
    learnt, unread = (_shuffled(name, ids, chance) for name in ("train", "dev"))
    topics_ = chance.sample([code for code in unread if len(unread[code]) >= max(TOPICS)], len(TOPICS))
    known = [code.id for code in book.codes if code.id not in topics_]
    if balanced:
        coded = [(text, code) for code in known for text in learnt[code][:count]]
    else:
        every = [(text, code) for code in known for text in learnt[code]]
        coded = chance.sample(every, count * len(known))
    rest = [(text, code) for code in known for text in unread[code]]
    comes: list[tuple[str, int, int | None]] = [(text, code, None) for text, code in chance.sample(rest, size)]
    for code, new in zip(topics_, TOPICS, strict=True):
        comes += [(text, code, new) for text in unread[code][:new]]
    chance.shuffle(comes)
    book = replace(book, codes=tuple(code for code in book.codes if code.id in known))
    return Draw(seed, book, coded, comes)


def much_new(seed: int, codes: int, share: float) -> Draw:
    """A draw in which only so many codes are known, and a share of what comes is on topics that are not."""
    book, chance = codebook(CODES), random.Random(seed)
    ids = {code.name: code.id for code in book.codes}
    learnt, unread = (_shuffled(name, ids, chance) for name in ("train", "dev"))
    new, known = round(COMES * share / NEW_TOPICS), round(COMES * (1 - share) / codes)
    enough = [code for code in learnt if len(learnt[code]) >= CODED and len(unread[code]) >= max(new, known)]
    drawn_ = chance.sample(enough, NEW_TOPICS + codes)
    topics_, old = drawn_[:NEW_TOPICS], drawn_[NEW_TOPICS:]
    coded = [(text, code) for code in old for text in learnt[code][:CODED]]
    comes: list[tuple[str, int, int | None]] = [(text, code, None) for code in old for text in unread[code][:known]]
    comes += [(text, code, new) for code in topics_ for text in unread[code][:new]]
    chance.shuffle(comes)
    book = replace(book, codes=tuple(code for code in book.codes if code.id in old))
    return Draw(seed, book, coded, comes)


def _shuffled(name: str, ids: Mapping[str, int], chance: random.Random) -> dict[int, list[str]]:
    """The texts of a file by the ids of their codes, in a random order."""
    of_code: dict[int, list[str]] = defaultdict(list)
    for _, code, text in read(name):
        if code in ids:
            of_code[ids[code]].append(text)
    for texts in of_code.values():
        chance.shuffle(texts)
    return of_code
