"""A sitting of 180 decisions from one coded text a code: `python -m tests.benchmarks.session`.

Every text is suggested for before its code is learned; the suggester learns each decision by an update, and is fitted
anew at every tenth, as when an analyst pauses. Texts come in their natural proportions from Swedish MASSIVE's training
file.
"""

import sys
import time

import numpy as np

from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from tests.benchmarks.massive import codebook, draws, missing

_CODES = 25
_DRAWS = 3
_DECISIONS = 180
_PAUSE = 10


def main() -> int:
    """Print how often the right code was among the first one, three and five, and the CPU time."""
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    book = codebook(_CODES)
    ranks: list[int] = []
    began = time.process_time()
    for seed in range(_DRAWS):
        draw = next(draws(book, seed, 0, tune=True))
        coded, texts = list(draw.evidence), draw.scored[:_DECISIONS]
        for place, (text, code) in enumerate(texts):
            if place % _PAUSE == 0:
                suggester = CodebookSuggester().fit(book, coded, [other for other, _ in texts[place:]])
            found = [one.code for one in suggester.suggest([text], len(book.codes))[0]]
            ranks.append(found.index(code))
            coded.append(Evidence(text, code, f"answer {place}"))
            suggester.update(coded[-1])
    shares = [100 * np.mean(np.array(ranks) < top) for top in (1, 3, 5)]
    print("right code among the first 1 / 3 / 5:", " / ".join(f"{share:.1f}" for share in shares), "percent")
    print(f"{1000 * (time.process_time() - began) / len(ranks):.0f} ms of CPU a decision, pauses included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
