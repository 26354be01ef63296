"""A stand-in for the adviser, that knows at once what it suggests."""

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.suggestion import Evidence, Similar, Suggestion


class StandIn:
    """Sentences as clauses; codes named in the text first, then the rest; unless `fitted` turned round, unscored."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.learnt: list[int] = []
        self.evidence: list[Evidence] = []
        self.because: tuple[str, ...] = ()
        self.stale, self.fitted = False, True
        self.refits: list[list[str]] = []
        self.pause = 0.0
        self.may_order = threading.Event()
        self.may_order.set()
        self.problem: Exception | None = None

    def clauses(self, text: str) -> tuple[Segment, ...]:
        return tuple(Segment(one.start(), one.end()) for one in re.finditer(r"[^\s.][^.\n]*\.?", text))

    def suggest(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        time.sleep(self.pause)
        found = []
        for text in texts:
            named = [code for code in self.codebook.active if code.name.casefold() in text.casefold()]
            rest = [code for code in self.codebook.active if code not in named]
            codes = [*named, *rest] if self.fitted else [*rest, *named]
            found.append([Suggestion(one.id, 0.5, self.because or (one.name,), self.fitted) for one in codes][:top])
        return found

    def best(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        return [[replace(one, because=()) for one in found] for found in self.suggest(texts, top)]

    def learn(self, evidence: Sequence[Evidence]) -> None:
        self.learnt.append(len(evidence))
        self.evidence = list(evidence)

    def follow(self, codebook: Codebook) -> None:
        self.codebook = codebook

    def similar(self, text: str, code: int, top: int = 5, *, but: str = "") -> list[Similar]:
        return [Similar(one, 0.5) for one in self.evidence if one.code == code and one.group != but][:top]

    def contradictions(self, text: str, code: int, *, but: str = "") -> list[Similar]:
        same = [one for one in self.evidence if one.text.casefold() == text.casefold() and one.group != but]
        return [Similar(one, 1.0) for one in same if one.code != code]

    def least_sure(self, texts: Sequence[str]) -> list[int]:
        self.may_order.wait(5)
        if self.problem is not None:
            raise self.problem
        return sorted(range(len(texts)), key=lambda place: -len(texts[place]))

    def refit(self, background: Sequence[str] | None = None) -> bool:
        self.stale, self.fitted = False, True
        self.refits.append(list(background or ()))
        return True
