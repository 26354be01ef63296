"""How long near-duplicates take to find: `python -m tests.benchmarks.near_duplicates`.

Beside a plain look at all pairs, in the same features, where that fits in memory; the groups of the two are compared.
On texts of Swedish MASSIVE, and on answers made up from them. Each way has a process of its own. Writes
results/near_duplicates.md beside this file.
"""

import resource
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from coder.suggest.features import Features
from coder.suggest.near_duplicates import near_duplicates
from coder.suggest.similar import NEAR_IDENTICAL
from coder.text.clauses import clauses
from tests.benchmarks.made_up import answers
from tests.benchmarks.massive import missing, read

RESULTS = Path(__file__).parent / "results" / "near_duplicates.md"
Groups = list[tuple[int, ...]]


def plain(texts: list[str]) -> Groups:
    """By the cosines of all pairs."""
    features = Features("sv").fit(list(dict.fromkeys(part.of(text) for text in texts for part in clauses(text, "sv"))))
    rows = features.transform(texts)
    cosines = (rows @ rows.T).tocoo()
    near = cosines.data >= NEAR_IDENTICAL * (1.0 + features.lemma_weight**2)
    leader = list(range(len(texts)))
    for one, other in sorted(zip(cosines.row[near].tolist(), cosines.col[near].tolist(), strict=True)):
        if one < other and leader[other] == other:
            leader[other] = leader[one]
    groups: dict[int, list[int]] = {}
    for place, one in enumerate(leader):
        groups.setdefault(one, []).append(place)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def ours(texts: list[str]) -> Groups:
    """As the workbench does."""
    return near_duplicates(texts, "sv")


def real(count: int) -> list[str]:
    """The first texts of MASSIVE."""
    return [text for _, _, text in read("train")][:count]


def made_up(count: int) -> list[str]:
    """Answers of one to three sentences, some of their words misspelt."""
    return list(answers(count))


def _timed(
    way: Callable[[list[str]], Groups], source: Callable[[int], list[str]], count: int
) -> tuple[float, int, Groups]:
    """CPU seconds, MB at most, and the groups; the dictionary is loaded before the clock starts."""
    texts = source(count)
    way(["en bil", "en bild"])
    began = time.process_time()
    found = way(texts)
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, found


def main() -> int:
    """Measure, print and write the table."""
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    lines = [
        "# Near-duplicates",
        "",
        "CPU seconds from texts to groups, the most memory that the process took, and how many times as long the",
        "cosines of all pairs take, in the same features.",
        "",
        "| texts | of | groups | s | MB | all pairs, s | MB | times as long | same groups |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    cases = [(real, 5000, True), (real, 11_514, True), (made_up, 5000, True), (made_up, 100_000, False)]
    for source, count, both in cases:
        with get_context("spawn").Pool(1, maxtasksperchild=1) as alone:
            seconds, size, found = alone.apply(_timed, (ours, source, count))
            row = f"| {count:,} | {source.__name__.replace('_', ' ')} | {len(found):,} | {seconds:.2f} | {size} |"
            if both:
                longer, larger, pairs = alone.apply(_timed, (plain, source, count))
                same = "yes" if pairs == found else "NO"
                row += f" {longer:.2f} | {larger} | {longer / seconds:.1f} | {same} |"
            else:
                row += " | | | |"
        print(row, file=sys.stderr, flush=True)
        lines.append(row)
    print("\n".join(lines))
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
