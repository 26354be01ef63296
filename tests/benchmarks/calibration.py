"""Whether scores promise what they hold: `python -m tests.benchmarks.calibration`.

Codings in the proportions in which texts come, as an analyst makes them, from Swedish MASSIVE's training file; scored
on 1,200 other texts of it. Prints the calibration error of the first suggestions and how often they were right.
"""

import random
import sys

import numpy as np

from coder.domain.suggestion import Evidence
from coder.suggest.calibration import calibration_error
from coder.suggest.classifier import CodebookSuggester
from tests.benchmarks.massive import codebook, missing, read

_CODES = 25
_DRAWS = 3


def main() -> int:
    """Print a line for each number of codings."""
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    book = codebook(_CODES)
    ids = {code.name: code.id for code in book.codes}
    texts = [(text, ids[code]) for _, code, text in read("train") if code in ids]
    print("codings  error  top-1  mean score")
    for codings in (120, 180, 400, 1000):
        lines = []
        for seed in range(_DRAWS):
            random.Random(seed).shuffle(texts)
            coded = [Evidence(text, code, str(place)) for place, (text, code) in enumerate(texts[:codings])]
            suggester = CodebookSuggester().fit(book, coded, [text for text, _ in texts[codings : codings + 180]])
            scored = texts[codings + 180 : codings + 1380]
            shares = suggester.shares([text for text, _ in scored])
            first = np.array(suggester.codes_)[shares.argmax(axis=1)]
            right = first == np.array([code for _, code in scored])
            best = shares.max(axis=1)
            lines.append((calibration_error(best, right), right.mean(), best.mean()))
        error, top1, mean = np.mean(lines, axis=0)
        print(f"{codings:7}  {error:.3f}  {top1:.3f}  {mean:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
