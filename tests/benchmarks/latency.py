"""What a decision costs: `python -m tests.benchmarks.latency`, CPU milliseconds at 1,000 codings and 50 codes.

The texts are Swedish MASSIVE's, joined in pairs to make answers of two sentences.
"""

import statistics
import sys
import time
from dataclasses import replace

from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from tests.benchmarks.massive import codebook, missing, read

_CODES = 50
_CODINGS = 1000
_DECISIONS = 30


def main() -> int:
    """Print what a full fit, an update and a suggestion cost."""
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    whole = codebook(60)
    book = replace(whole, codes=whole.codes[:_CODES])
    ids = {code.name: code.id for code in book.codes}
    texts = [(text, ids[code]) for _, code, text in read("train") if code in ids]
    items = [Evidence(text, code, str(place)) for place, (text, code) in enumerate(texts[:: len(texts) // 1200])]
    background = [f"{one.text}. {two.text}." for one, two in zip(items[1000:1100], items[1100:1200], strict=False)]
    suggester = CodebookSuggester(calibrate=False)
    suggester.fit(book, items[:_CODINGS], background)
    began = time.process_time()
    suggester.fit(book, items[:_CODINGS], background)
    print(f"full fit:      {1000 * (time.process_time() - began):6.0f} ms")
    updates, suggestions = [], []
    for item, answer in zip(items[_CODINGS : _CODINGS + _DECISIONS], background, strict=False):
        began = time.process_time()
        suggester.update(item)
        updates.append(time.process_time() - began)
        began = time.process_time()
        suggester.suggest([answer])
        suggestions.append(time.process_time() - began)
    print(f"one decision:  {1000 * statistics.median(updates):6.1f} ms, slowest {1000 * max(updates):.1f} ms")
    print(f"one answer:    {1000 * statistics.median(suggestions):6.1f} ms, slowest {1000 * max(suggestions):.1f} ms")
    began = time.process_time()
    CodebookSuggester().fit(book, items[:_CODINGS], background)
    print(f"fit, calibrated: {1000 * (time.process_time() - began):4.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
