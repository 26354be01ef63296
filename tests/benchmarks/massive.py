"""Swedish MASSIVE as draws: so many coded texts a code, some uncoded ones, and others to score."""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.suggestion import Evidence

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
EXAMPLES = (1, 3, 5, 10, 20)
_THEMES = 10
_FEWEST_TEXTS = 40


@dataclass(frozen=True)
class Draw:
    """Texts to learn from, texts without a code, and (text, code) pairs to score."""

    examples: int
    evidence: list[Evidence]
    background: list[str]
    scored: list[tuple[str, int]]


def missing() -> bool:
    """True where the data is not there."""
    return not (DATA / "massive_sv_train.csv").exists()


def read(name: str) -> list[tuple[str, str, str]]:
    """(theme, code, text) of every line of `massive_sv_<name>.csv`."""
    with (DATA / f"massive_sv_{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [(line["theme"], line["code"], line["text"]) for line in csv.DictReader(lines)]


def codebook(codes: int) -> Codebook:
    """The codebook cut to `codes` codes; 60 is all of it.

    For fewer, the ten themes with most codes are taken, and from them in turn the code with most texts left.
    """
    data = yaml.safe_load((DATA / "massive_sv_codebook.yaml").read_text(encoding="utf-8"))
    chosen = _chosen(codes)
    themes: list[Theme] = []
    entries: list[Code] = []
    for theme in data["themes"]:
        own = [code for code in theme["codes"] if code["name"] in chosen]
        if own:
            themes.append(Theme(len(themes) + 1, theme["name"]))
        for code in own:
            entries.append(Code(len(entries) + 1, code["name"], len(themes), code["definition"]))
    return Codebook(data["codebook"], data["language"], data["question"], tuple(themes), tuple(entries))


def _chosen(codes: int) -> set[str]:
    counted = Counter((theme, code) for theme, code, _ in read("train"))
    if codes >= len(counted):
        return {code for _, code in counted}
    of_theme: dict[str, list[str]] = defaultdict(list)
    for (theme, code), texts in counted.most_common():
        if texts >= _FEWEST_TEXTS:
            of_theme[theme].append(code)
    themes = sorted(of_theme, key=lambda theme: -len(of_theme[theme]))[:_THEMES]
    rounds = max(len(of_theme[theme]) for theme in themes)
    in_turn = [of_theme[theme][place] for place in range(rounds) for theme in themes if place < len(of_theme[theme])]
    return set(in_turn[:codes])


def draws(book: Codebook, seed: int, background: int, *, tune: bool) -> Iterator[Draw]:
    """One draw for each number of examples a code: the smaller are parts of the larger.

    What is scored is the dev file, or with `tune` 1,200 texts of the training file that are in no draw.
    """
    ids = {code.name: code.id for code in book.codes}
    texts = [(text, ids[code]) for _, code, text in read("train") if code in ids]
    random.Random(seed).shuffle(texts)
    by_code: dict[int, list[str]] = defaultdict(list)
    rest: list[tuple[str, int]] = []
    for text, code in texts:
        if len(by_code[code]) < max(EXAMPLES):
            by_code[code].append(text)
        else:
            rest.append((text, code))
    uncoded = [text for text, _ in rest[:background]]
    held = rest[background : background + 1200]
    scored = held if tune else [(text, ids[code]) for _, code, text in read("dev") if code in ids]
    for count in EXAMPLES:
        evidence = [
            Evidence(text, code, f"{code}-{place}")
            for code, own in by_code.items()
            for place, text in enumerate(own[:count])
        ]
        yield Draw(count, evidence, uncoded, scored)
