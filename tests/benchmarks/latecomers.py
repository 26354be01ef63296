"""How soon a code that came late is suggested: `python -m tests.benchmarks.latecomers`, into `results/latecomers.md`.

A codebook is coded with for a round; in the next one a code is made that has but a name, and a few texts are given it.
Then other texts on its topic are asked for, and texts on the old codes. Once as it is, and once as if the new code had
been there from the beginning and refused for all that was coded before.
"""

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from coder.domain.codebook import Code, Codebook
from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.workflow.demo import demo_project
from coder.workflow.suggesting import current, evidence_in, uncoded_in
from tests.benchmarks.massive import codebook, read
from tests.benchmarks.seeded import run
from tests.second_round import known_segments, new_topics

RESULTS = Path(__file__).parent / "results" / "latecomers.md"
# The method was made on draws 0 to 7.
_FIRST_SEED = 100
_CODES = 25
_FIRST_ROUND, _SCORED = 330, 300
# How many codings there are of the new code, and how many of all since it was made.
_SINCE = ((1, 1), (1, 20), (3, 3), (3, 40), (5, 5), (8, 80))
_GIVEN = (1, 2, 3, 5)
_NEW = 9_999


@dataclass
class _Places:
    """Where the new code stood for texts on its topic, and the right one for others: 1 is first."""

    own: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    thrust: list[int] = field(default_factory=list)

    def add(self, suggester: CodebookSuggester, own: Sequence[str], others: Sequence[tuple[str, int]]) -> None:
        """Rank the codes for texts on the new code's topic, and for texts on codes that were there."""
        new = suggester.place_[_NEW]
        self.own += [_place(row, new) for row in suggester.shares(own)]
        for row, (_, code) in zip(suggester.shares([text for text, _ in others]), others, strict=True):
            self.others.append(_place(row, suggester.place_[code]))
            self.thrust.append(_place(row, new))

    def cells(self) -> str:
        """Shares: own first and in the first three, others first and in the first three, new code wrongly in three."""
        own, others, thrust = (np.array(places) for places in (self.own, self.others, self.thrust))
        shares = (own <= 1, own <= 3, others <= 1, others <= 3, thrust <= 3)
        return " | ".join(f"{share.mean():.2f}" if at < 2 else f"{share.mean():.3f}" for at, share in enumerate(shares))


def main(arguments: list[str] | None = None) -> int:
    """Measure and write down."""
    return run(__doc__ or "", lambda seeds: [*_bundled(), "", *_massive(seeds)], RESULTS, arguments)


_HEAD = (
    "of its own texts: first | in the first three | of old codes' texts: right first | right in the first three | new "
    "code in the first three |"
)


def _bundled() -> Iterator[str]:
    yield "# Codes that came late"
    yield ""
    yield (
        "New topics of the made-up round of 2024, made codes of after the hand codings of 2023: so many of a topic's "
        "segments are given the code, drawn four times; its other segments, by others, are asked for."
    )
    yield ""
    yield f"| topic | given | counts earlier rounds against it | {_HEAD}"
    yield "|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder, demo_project(Path(folder) / "af.db") as project:
        for question in ("bra", "mindre_bra"):
            book = project.codebook(question)
            with project.file.reading() as db:
                evidence, uncoded = current(book, evidence_in(db, question)), uncoded_in(db, question)
            others = [(row["snippet"], _id(book, row["theme"], row["code"])) for row in known_segments(question)]
            for topic, rows in new_topics(question).items():
                for given in _GIVEN:
                    for late in (False, True):
                        places = _Places()
                        for seed in range(4):
                            drawn = random.Random(seed).sample(rows, len(rows))
                            whom = {row["respondent"] for row in drawn[:given]}
                            own = [row["snippet"] for row in drawn[given:] if row["respondent"] not in whom]
                            new = [
                                Evidence(row["snippet"], _NEW, row["respondent"], int(late)) for row in drawn[:given]
                            ]
                            places.add(_fitted(book, [*evidence, *new], uncoded), own, others)
                        yield f"| {topic} | {given} | {'no' if late else 'yes'} | {places.cells()} |"


def _massive(seeds: int) -> Iterator[str]:
    yield (
        f"Swedish MASSIVE, {seeds} draws: {_FIRST_ROUND} texts of {_CODES - 1} codes in proportion are coded in the "
        f"first round. Texts of the dev file are asked for, {_SCORED} of the old codes. None of the draws was used to "
        "make the method."
    )
    yield ""
    yield f"| given, of all coded since | counts earlier rounds against it | {_HEAD}"
    yield "|---|---|---|---|---|---|---|"
    book = codebook(_CODES)
    learnt, asked = (_texts(book, name) for name in ("train", "dev"))
    for given, since in _SINCE:
        found = {late: _Places() for late in (False, True)}
        for seed in range(_FIRST_SEED, _FIRST_SEED + seeds):
            chance = random.Random(seed)
            new = chance.choice(sorted({code for _, code in asked}))
            old = chance.sample([item for item in learnt if item[1] != new], _FIRST_ROUND + since - given + _SCORED)
            own = chance.sample([text for text, code in learnt if code == new], given + 12)
            uncoded = [text for text, _ in old[_FIRST_ROUND + since - given :]] + own[given:]
            others = chance.sample([item for item in asked if item[1] != new], _SCORED)
            rest = replace(book, codes=tuple(code for code in book.codes if code.id != new))
            for late, places in found.items():
                evidence = [
                    Evidence(text, code, f"r{place}", int(late and place >= _FIRST_ROUND))
                    for place, (text, code) in enumerate(
                        [*old[: _FIRST_ROUND + since - given], *((text, _NEW) for text in own[:given])]
                    )
                ]
                places.add(_fitted(rest, evidence, uncoded), [text for text, code in asked if code == new], others)
        for late, places in found.items():
            yield f"| {given} of {since} | {'no' if late else 'yes'} | {places.cells()} |"


def _fitted(book: Codebook, evidence: Sequence[Evidence], uncoded: Sequence[str]) -> CodebookSuggester:
    in_use = book.in_use
    new = Code(_NEW, "Ny kod", None)
    return CodebookSuggester().fit(replace(in_use, codes=(*in_use.codes, new)), evidence, uncoded)


def _place(row: np.ndarray[tuple[int], np.dtype[np.float64]], code: int) -> int:
    return int((row > row[code]).sum()) + 1


def _id(book: Codebook, theme: str, code: str) -> int:
    found = book.find(theme, code)
    assert found is not None
    return found.id


def _texts(book: Codebook, name: str) -> list[tuple[str, int]]:
    ids = {code.name: code.id for code in book.codes}
    return [(text, ids[code]) for _, code, text in read(name) if code in ids]


if __name__ == "__main__":
    sys.exit(main())
