"""Suggestions for respondents left out: `python -m tests.benchmarks.respondents [FOLDS]`.

The made-up round of 2023 with its hand codings, each respondent left out by itself unless FOLDS says otherwise, with
the codebooks' examples and without. A made-up corpus flatters: its answers were written by who wrote the codebooks.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from coder.suggest.evaluation import evaluate
from coder.workflow.demo import demo_project
from coder.workflow.suggesting import evidence_in

_ALL = 10_000


def main(fold_count: int = _ALL) -> int:
    """Print the figures of both questions, beside scikit-learn's defaults on the same folds."""
    print("question     examples  codings  respondents  folds  top-1/3/5, macro-F1 in percent (defaults)")
    with tempfile.TemporaryDirectory() as folder, demo_project(Path(folder) / "demo.db") as project:
        for question in ("bra", "mindre_bra"):
            with project.file.reading() as db:
                evidence = evidence_in(db, question)
            book = project.codebook(question).in_use
            bare = replace(book, codes=tuple(replace(code, examples=()) for code in book.codes))
            for name, codebook in (("with", book), ("without", bare)):
                found = evaluate(codebook, evidence, fold_count=fold_count, curve=False, calibrate=False)
                ours, plain = (
                    " / ".join(f"{100 * share:.1f}" for share in (one.top1, one.top3, one.top5, one.macro_f1))
                    for one in (found.ours, found.defaults)
                )
                print(f"{question:12} {name:8} {found.codings:8} {found.groups:12} {found.folds:6}  {ours} ({plain})")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
