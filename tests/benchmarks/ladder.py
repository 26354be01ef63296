"""How often the right code is among the first, by how many coded texts there are: `python -m tests.benchmarks.ladder`.

Ours beside scikit-learn's defaults on the same draws from Swedish MASSIVE, as a table on the screen and in
`results/ladder.md` (`ladder-3500.md` for 3,500 uncoded texts). Defaults are measured in the same run.
"""

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from coder.suggest.baseline import default_shares
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.linear import Floats
from tests.benchmarks.massive import EXAMPLES, Draw, codebook, draws, missing

RESULTS = Path(__file__).parent / "results"
_USUAL = 180
_AIM = {1: (76, 30), 3: (82, 20), 5: (85, 14), 10: (88, 0), 20: (91, 0)}


def main(arguments: list[str] | None = None) -> int:
    """Print the ladder and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--codes", type=int, action="append", choices=(25, 60), help="25, 60 or, left out, both")
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--background", type=int, default=_USUAL, help="how many uncoded texts")
    parser.add_argument("--tune", action="store_true", help="score texts of the training file in place of the dev file")
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    where = "the training file, texts outside the draws" if options.tune else "the dev file"
    report = [
        "# The ladder",
        "",
        f"Swedish MASSIVE, mean of {options.draws} draws, {options.background} uncoded texts, scored on {where}.",
        "Top-1 / top-3 / top-5 in percent for N coded texts a code.",
    ]
    for codes in options.codes or [25, 60]:
        report += ["", *_table(codes, options.draws, options.background, tune=options.tune)]
    text = "\n".join(report) + "\n"
    print(text)
    if not options.tune:
        RESULTS.mkdir(exist_ok=True)
        name = "ladder.md" if options.background == _USUAL else f"ladder-{options.background}.md"
        (RESULTS / name).write_text(text, encoding="utf-8")
    return 0


def _table(codes: int, count: int, background: int, *, tune: bool) -> list[str]:
    book = codebook(codes)
    order = [code.id for code in book.in_order()]
    found: dict[tuple[str, int], list[Floats]] = defaultdict(list)
    began = time.process_time()
    for seed in range(count):
        for draw in draws(book, seed, background, tune=tune):
            texts = [text for text, _ in draw.scored]
            ours = CodebookSuggester(calibrate=False).fit(book, draw.evidence, draw.background).shares(texts)
            found["ours", draw.examples].append(_tops(ours, order, draw))
            defaults = default_shares(order, draw.evidence, texts)
            found["defaults", draw.examples].append(_tops(defaults, order, draw))
        print(f"{codes} codes: draw {seed + 1} of {count}", file=sys.stderr)
    mean = {key: np.mean(tops, axis=0) for key, tops in found.items()}
    lines = [f"## {codes} codes in {len(book.themes)} themes", "", "| |" + "".join(f" N={n} |" for n in EXAMPLES)]
    lines.append("|---|" + "---|" * len(EXAMPLES))
    for name in ("defaults", "ours"):
        cells = (" / ".join(f"{100 * top:.1f}" for top in mean[name, n]) for n in EXAMPLES)
        lines.append(f"| {name} |" + "".join(f" {cell} |" for cell in cells))
    gains = (f"{100 * (mean['ours', n][1] - mean['defaults', n][1]):+.1f}" for n in EXAMPLES)
    lines.append("| top-3, ours over the defaults |" + "".join(f" {gain} |" for gain in gains))
    if codes == 25:
        lines.append(
            "| aim: top-3, over the defaults |" + "".join(f" {_AIM[n][0]}, {_AIM[n][1]:+d} |" for n in EXAMPLES)
        )
    return [*lines, "", f"{time.process_time() - began:.0f} s of CPU."]


def _tops(shares: Floats, order: list[int], draw: Draw) -> Floats:
    right = np.array([order.index(code) for _, code in draw.scored])
    rank = np.argmax(np.argsort(-shares, axis=1, kind="stable") == right[:, None], axis=1)
    return np.array([(rank < top).mean() for top in (1, 3, 5)])


if __name__ == "__main__":
    sys.exit(main())
