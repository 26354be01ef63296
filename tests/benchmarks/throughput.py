"""What a million answers cost: `python -m tests.benchmarks.throughput`, into `results/throughput.md`.

Made-up answers from Swedish MASSIVE, 25 codes learnt from 20 texts each. Every measurement has a process of its own,
so that nothing is warm and the peak of memory is its own. Scoring and the whole batch run stand beside the plain
pipeline of `plain.py`, on the same texts in the same run. Times are CPU seconds on one core; the dictionary that both
load is loaded before the clock starts. The batch run goes both ways: at a promised precision, where each text that
would be given a code is looked at for being new, and at a least score, where more is given and stored.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from coder.suggest import model_file
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.scoring import Scorer
from coder.text.clauses import clauses
from coder.text.tokens import lemmas
from coder.workflow.autocode import autocode
from coder.workflow.codings import import_codings
from coder.workflow.intake import import_answers
from coder.workflow.long_run import settled
from coder.workflow.machine import Terms
from coder.workflow.project import create, open_project
from tests.benchmarks import made_up
from tests.benchmarks.massive import codebook, draws, missing
from tests.benchmarks.plain import Plain

RESULTS = Path(__file__).parent / "results" / "throughput.md"
_CODES = 25
_LEAST = 0.5
_TEXTS = 50_000
_NAMES = ("10000", "100000", "1000000")


def main(arguments: list[str] | None = None) -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--answers", type=int, action="append", help="how many; 10,000 and 100,000 and 1,000,000 if left out"
    )
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    if options.one:
        what, _, size = options.one[0].partition(":")
        print(json.dumps(_MEASURED[what](Path(options.one[1]), int(size))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        text = "\n".join(_report(Path(folder), options.answers or [int(name) for name in _NAMES])) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 0


def _report(folder: Path, sizes: list[int]) -> Iterator[str]:
    _child("fit", folder)
    plain, ours = _child("plain", folder), _child("ours", folder)
    same = (np.load(folder / "plain.npy") == np.load(folder / "ours.npy")).all(axis=1)
    apart = float(np.abs(np.load(folder / "plain-best.npy") - np.load(folder / "ours-best.npy")).max())
    segments, answers = plain["segments"], plain["answers"]
    yield "# Throughput and memory"
    yield ""
    yield f"{answers:,} made-up answers in {segments:,} segments, scored on one core; decisions at score {_LEAST}."
    yield ""
    yield "| scoring alone | segments/s | as a ratio |"
    yield "|---|---|---|"
    for name, cost in (
        ("plain: spaCy, TfidfVectorizer, LogisticRegression", plain["cpu"]),
        ("ours, nothing remembered", ours["cold"]),
        ("ours, all remembered", ours["warm"]),
    ):
        yield f"| {name} | {segments / cost:,.0f} | {plain['cpu'] / cost:.1f} |"
    yield ""
    yield f"Decisions that are the same: {same.sum():,} of {len(same):,}; best scores differ by at most {apart:.0e}."
    yield ""
    yield "| answers | import, s | import, MB |"
    yield "|---|---|---|"
    for size in sizes:
        taken = _child("import", folder, size)
        yield f"| {size:,} | {taken['cpu']:.1f} | {taken['mb']:.0f} |"
    yield ""
    yield (
        "The batch run. First it learns: fits, judges by cross-validation, and looks through 1,500 answers for what is "
        "new in the round, whose words it remembers. Then it reads, splits, scores, decides and stores every answer; "
        "looking whether one is new is part of deciding. Ratios are to the plain pipeline's scoring alone, which has "
        "nothing else to do and nothing to learn. Each loads its dictionary before the clock starts."
    )
    yield ""
    yield "| answers | terms | loads, s | learns, s | then, s | answers/s | ratio, then | ratio, both | codings | MB |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for size in sizes:
        for name in _TERMS:
            coded = _child(f"autocode-{name}", folder, size)
            scoring, rest = plain["cpu"] / answers * size, coded["cpu"] - coded["learns"]
            yield (
                f"| {size:,} | {name} | {coded['loads']:.1f} | {coded['learns']:.1f} | {rest:.1f} "
                f"| {size / rest:,.0f} | {scoring / rest:.2f} | {scoring / coded['cpu']:.2f} "
                f"| {coded['codings']:,} | {coded['mb']:.0f} |"
            )


def _child(what: str, folder: Path, size: int = _TEXTS) -> dict[str, Any]:
    """What a process of its own measures; it works on one core."""
    print(what, size, file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "tests.benchmarks.throughput", "--one", f"{what}:{size}", str(folder)]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds, spared the search for garbage as a batch run is."""
    with settled():
        began = time.process_time()
        result = work()
        return time.process_time() - began, result


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _fit(folder: Path, _size: int) -> dict[str, Any]:
    book = codebook(_CODES)
    draw = list(draws(book, 0, 0, tune=False))[-1]
    (folder / "model").write_bytes(model_file.save(fitted(CodebookSuggester().fit(book, draw.evidence))))
    return {}


def _segments(size: int) -> list[str]:
    return [part.of(text) for text in made_up.answers(size) for part in clauses(text, "sv")]


def _decided(folder: Path, name: str, shares: Any) -> None:
    best = shares.max(axis=1)
    np.save(folder / f"{name}-best.npy", best)
    np.save(folder / f"{name}.npy", np.stack([shares.argmax(axis=1), best >= _LEAST], axis=1))


def _plain(folder: Path, size: int) -> dict[str, Any]:
    texts, plain = _segments(size), Plain(model_file.load((folder / "model").read_bytes()))
    plain.shares(["Hej"])
    cpu, shares = _cpu(lambda: plain.shares(texts))
    _decided(folder, "plain", shares)
    return {"cpu": cpu, "segments": len(texts), "answers": size}


def _ours(folder: Path, size: int) -> dict[str, Any]:
    texts, scorer = _segments(size), Scorer(model_file.load((folder / "model").read_bytes()))
    scorer.shares(["Hej"])
    cold, shares = _cpu(lambda: scorer.shares(texts))
    warm, again = _cpu(lambda: scorer.shares(texts))
    assert np.array_equal(shares, again)
    _decided(folder, "ours", shares)
    return {"cold": cold, "warm": warm}


def _import(folder: Path, size: int) -> dict[str, Any]:
    book = codebook(_CODES)
    made_up.write_csv(folder / f"{size}.csv", size)
    survey = made_up.SURVEY.format(codebook=book.key)
    (folder / "survey.toml").write_text(survey, encoding="utf-8")
    _hand_coded(folder, survey)
    with create(folder / f"{size}.db", [book]) as project:
        import_answers(project, folder / "hand.csv", folder / "hand.toml")
        import_codings(project, folder / "codings.csv")
        cpu, _ = _cpu(lambda: import_answers(project, folder / f"{size}.csv", folder / "survey.toml"))
    return {"cpu": cpu, "mb": _peak()}


def _hand_coded(folder: Path, survey: str) -> None:
    """The round before, coded by hand: its answers, its survey file, its codings."""
    book = codebook(_CODES)
    draw = list(draws(book, 0, 0, tune=False))[-1]
    lines = [f'"{item.group}","{item.text}"' for item in draw.evidence]
    (folder / "hand.csv").write_text("\n".join(["id,svar", *lines]), encoding="utf-8")
    earlier = survey.replace('key = "1"', 'key = "0"').replace("2026", "2025")
    (folder / "hand.toml").write_text(earlier, encoding="utf-8")
    rows = [
        f'0,q,{item.group},"{book.theme_name(item.code)}","{book.code_name(item.code)}",eva,hand'
        for item in draw.evidence
    ]
    head = "round,question,respondent,theme,code,analyst,origin"
    (folder / "codings.csv").write_text("\n".join([head, *rows]), encoding="utf-8")


_TERMS = {"precision": Terms(promise=0.9), "score": Terms(promise=None, least=_LEAST)}


def _autocode(folder: Path, size: int, terms: Terms) -> dict[str, Any]:
    learnt = []
    loads, _ = _cpu(lambda: lemmas("Hej", "sv"))
    # A copy: what one run has stored, the next would replace.
    shutil.copy(folder / f"{size}.db", folder / "run.db")
    with open_project(folder / "run.db") as project:
        began = time.process_time()

        def learning(done: int, total: int) -> None:
            if done == total:
                learnt.append(time.process_time() - began)

        cpu, report = _cpu(lambda: autocode(project, "q", "1", terms, learning=learning))
    return {"loads": loads, "cpu": cpu, "learns": learnt[-1], "mb": _peak(), "codings": report.codings}


_MEASURED: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "fit": _fit,
    "plain": _plain,
    "ours": _ours,
    "import": _import,
    **{f"autocode-{name}": partial(_autocode, terms=terms) for name, terms in _TERMS.items()},
}

if __name__ == "__main__":
    sys.exit(main())
