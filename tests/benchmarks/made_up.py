"""Made-up answers in any number, from Swedish MASSIVE: with new words to the end, as misspellings and names bring."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.massive import read

_SENTENCES = (1, 1, 1, 2, 2, 3)
# The share of words that are misspelt.
_MISSPELT = 0.03
_LETTERS = "abcdefghijklmnoprstuvyåäö"

SURVEY = """\
[round]
key = "1"
opens = 2026-01-09
closes = 2026-01-25
[respondent]
id = "id"
[[question]]
key = "q"
column = "svar"
kind = "open"
text = "Vad vill du att rösten ska göra?"
codebook = "{codebook}"
"""


def answers(count: int, seed: int = 0) -> Iterator[str]:
    """Made-up answers of one to three sentences."""
    chance = random.Random(seed)
    sentences = [text for name in ("train", "dev") for _, _, text in read(name)]
    for _ in range(count):
        chosen = (chance.choice(sentences) for _ in range(chance.choice(_SENTENCES)))
        yield " ".join(f"{_misspelt(text, chance).capitalize()}." for text in chosen)


def _misspelt(text: str, chance: random.Random) -> str:
    words = text.split()
    for place, word in enumerate(words):
        if chance.random() < _MISSPELT:
            at = chance.randrange(len(word))
            words[place] = word[:at] + chance.choice(_LETTERS) + word[at + chance.randrange(2) :]
    return " ".join(words)


def write_csv(path: Path, count: int, seed: int = 0) -> None:
    """A file of made-up answers, a respondent each, as `SURVEY` describes it."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("id", "svar"))
        rows.writerows((f"{place:07}", text) for place, text in enumerate(answers(count, seed)))
