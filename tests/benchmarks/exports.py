"""What every export costs: `python -m tests.benchmarks.exports`, into `results/exports.md`.

Two made-up rounds of one open question with 25 codes, one closed question and one that it leads to, every answer coded
sentence by sentence. Each command is run in a process of its own, so that nothing is warm and the peak of memory is its
own. Times are CPU seconds, the start of the program with them.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from coder.cli.main import run
from coder.domain.answers import one_line
from coder.domain.coding import flag
from coder.domain.exchange import CODING_COLUMNS
from coder.workflow.codings import import_codings
from coder.workflow.intake import import_answers
from coder.workflow.project import create, open_project
from coder.workflow.session import Session
from tests.benchmarks import made_up
from tests.benchmarks.massive import codebook, missing

RESULTS = Path(__file__).parent / "results" / "exports.md"
_SIZES = (10_000, 100_000)
_CODES = 25
_FLAGGED = 40
_OPTIONS = ("Mycket bra", "Ganska bra", "Varken eller", "Ganska dåligt", "Mycket dåligt")
_ONE = ("-q", "q", "-r", "2")
_CLOSED = ("-q", "betyg", "-r", "2")
_BOTH = ("-r", "1", "-r", "2")

_SURVEY = """\
[round]
key = "{key}"
opens = 202{key}-01-09
closes = 202{key}-01-25
frame = {frame}
drawn_from = 9000000
[respondent]
id = "id"
name = "namn"
attributes = ["lan", "grupp"]
[[question]]
key = "q"
column = "svar"
kind = "open"
text = "Vad vill du att rösten ska göra?"
codebook = "{book}"
[[question]]
key = "betyg"
column = "betyg"
kind = "closed"
options = {options}
[[question]]
key = "anledning"
column = "anledning"
kind = "closed"
options = ["Pris", "Tid", "Annat"]
asked_if = {{ betyg = "Mycket bra" }}
"""

# Each command with what stands between it and its project; FILE is a file in the folder.
_COMMANDS: dict[str, tuple[str, ...]] = {
    "table, terminal": ("table", *_ONE),
    "table, json": ("table", *_ONE, "--format", "json"),
    "table, csv": ("table", *_ONE, "--format", "csv"),
    "table, md": ("table", *_ONE, "--format", "md"),
    "table, docx": ("table", *_ONE, "-o", "FILE.docx"),
    "table, html": ("table", *_ONE, "-o", "FILE.html"),
    "table, xlsx": ("table", *_ONE, "-o", "FILE.xlsx"),
    "table, closed, json": ("table", *_CLOSED, "--format", "json"),
    "table, closed, xlsx": ("table", *_CLOSED, "-o", "FILE.xlsx"),
    "figure, png": ("figure", *_ONE, "-o", "FILE.png"),
    "figure of two rounds, svg": ("figure", "-q", "q", *_BOTH, "-o", "FILE.svg"),
    "compare, terminal": ("compare", "-q", "q", *_BOTH),
    "compare, json": ("compare", "-q", "q", *_BOTH, "--format", "json"),
    "compare, html": ("compare", "-q", "q", *_BOTH, "-o", "FILE.html"),
    "compare, closed, md": ("compare", "-q", "betyg", *_BOTH, "--format", "md"),
    "ledger, json": ("ledger", "-r", "2", "--json"),
    "ledger, html": ("ledger", "-r", "2", "-o", "FILE.html"),
    "examples": ("examples", *_ONE),
    "examples, 2 proposed": ("examples", *_ONE, "--propose", "2"),
    "check": ("check",),
    "check --publish": ("check", "--publish", "--disclosure-limit", "5", "--max-auto", "20"),
    "codings export": ("codings", "export", "-o", "FILE.csv"),
    "qdpx export, one round": ("qdpx", "export", "-r", "2", "-o", "FILE.qdpx"),
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--respondents", type=int, action="append", help="how many a round; may be repeated")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="only exports whose name begins so; not written down"
    )
    parser.add_argument("--folder", type=Path, help="where projects are made, and used again; else a temporary one")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "PROJECT"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    if options.one:
        return _one(options.one[0], Path(options.one[1]))
    with tempfile.TemporaryDirectory() as temporary:
        sizes = options.respondents or list(_SIZES)
        text = "\n".join(_report(options.folder or Path(temporary), sizes, options.only)) + "\n"
    print(text)
    if not options.only:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def _report(folder: Path, sizes: list[int], only: str) -> Iterator[str]:
    for size in sizes:
        if not (folder / f"{size}.db").exists():
            print("making", size, file=sys.stderr, flush=True)
            _make(folder, size)
    yield "# What every export costs"
    yield ""
    yield "Two made-up rounds, every answer coded; CPU seconds with the start of the program, and the peak of memory."
    yield "A ratio of 1 is a time that grows as the rows do; below 1 the start of the program weighs."
    yield ""
    heads = [f"{size:,}: s | MB" for size in sizes]
    yield f"| export | {' | '.join(heads)} | µs a row at the end | time a row, last to first |"
    yield f"|---|{'---|' * (2 * len(sizes) + 2)}"
    for name in _COMMANDS:
        if not name.startswith(only):
            continue
        found = [_child(name, folder / f"{size}.db") for size in sizes]
        cells = [f"{cpu:.1f} | {mb:.0f}" for cpu, mb in found]
        (first, _), (last, _) = found[0], found[-1]
        ratio = (last / sizes[-1]) / (first / sizes[0])
        yield f"| {name} | {' | '.join(cells)} | {1e6 * last / sizes[-1]:.0f} | {ratio:.2f} |"


def _child(name: str, project: Path) -> tuple[float, float]:
    """CPU seconds and peak MB of one command in a process of its own."""
    print(name, project.stem, file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "tests.benchmarks.exports", "--one", name, str(project)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    cpu, mb = json.loads(done.stderr.splitlines()[-1])
    return cpu, mb


def _one(name: str, project: Path) -> int:
    command = [part.replace("FILE", str(project.with_name("out"))) for part in _COMMANDS[name]]
    place = 2 if command[0] in ("codings", "qdpx") else 1
    code = run([*command[:place], str(project), *command[place:]])
    print(json.dumps([time.process_time(), _peak()]), file=sys.stderr)
    return 0 if code in (0, 3) else code


def _peak() -> float:
    """The peak of this process in MB; what `getrusage` tells may be that of the process which began it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _make(folder: Path, size: int) -> None:
    """A project of two rounds of so many respondents, the second half of the first round answering again."""
    book = codebook(_CODES)
    path = folder / f"{size}.db"
    with create(path.with_suffix(".part"), [book]) as project:
        for turn in (1, 2):
            chance = random.Random(turn)
            survey, answers, codings = (folder / name for name in ("survey.toml", "answers.csv", "codings.csv"))
            options = json.dumps(_OPTIONS, ensure_ascii=False)
            text = _SURVEY.format(key=turn, frame=3 * size // 2, book=book.key, options=options)
            survey.write_text(text, encoding="utf-8")
            with answers.open("w", encoding="utf-8", newline="") as one, codings.open("w", encoding="utf-8") as other:
                given, coded = csv.writer(one), csv.writer(other)
                given.writerow(("id", "namn", "lan", "grupp", "svar", "betyg", "anledning"))
                coded.writerow(CODING_COLUMNS)
                for place, said in enumerate(made_up.answers(size, turn), start=(turn - 1) * size // 2):
                    text = one_line(said)
                    key, grade = f"{place:07}", chance.choice(_OPTIONS)
                    why = chance.choice(("Pris", "Tid", "")) if grade == _OPTIONS[0] else ""
                    lan, group = f"Påhittat län {place % 21}", f"Grupp {place % 7}"
                    given.writerow((key, f"Svarande {place}", lan, group, text, grade, why))
                    start = 0
                    for sentence in text.split(". "):
                        code = chance.choice(book.codes)
                        end = start + len(sentence)
                        row = (
                            turn,
                            "q",
                            key,
                            start,
                            end,
                            "",
                            book.theme_name(code.id),
                            code.name,
                            "eva",
                            "hand",
                            "",
                            "",
                        )
                        coded.writerow(row)
                        start = end + 2
            import_answers(project, answers, survey)
            import_codings(project, codings)
    with open_project(path.with_suffix(".part")) as project:
        session = Session(project, "2", "q", "eva")
        for answer in session.answers[:_FLAGGED]:
            coding = session.work(answer.id).codings[0]
            session.apply(answer.id, "example", lambda work, coding=coding: flag(work, coding))  # type: ignore[misc]
    path.with_suffix(".part").rename(path)


if __name__ == "__main__":
    sys.exit(main())
