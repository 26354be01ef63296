"""What a change of the codebook costs before and after it is made: `python -m tests.benchmarks.impact`.

A made-up project of 5,000 answers and 20,000 codings; the largest code is moved, merged and split. CPU milliseconds,
and their ratio to one plain read of the rows of the codings, choices and works by SQLite. Waiting for the disk is not
in them: one commit, whatever the edit. Writes results/impact.md beside this file.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from coder.domain.answers import Kind, Question, Respondent, Round
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Merge, Move, Split
from coder.domain.coding import Coding, Segment, Work, choose, give
from coder.domain.counting import decide
from coder.domain.editing import Edit
from coder.storage import incoming, journal, surveys, works
from coder.workflow.project import Project, create
from coder.workflow.session import Session

_ANSWERS, _CODINGS, _CODES, _THEMES = 5000, 20000, 50, 12
_RUNS = 9
_RESULTS = Path(__file__).parent / "results" / "impact.md"
_SCOPE = "answer in (select answer.id from answer where answer.question = 1 and answer.round = 1)"
_ROWS = (
    f"select id, answer, code, start, end, whole, analyst, origin, score, example from coding where {_SCOPE}",
    f"select answer, theme, code, analyst from choice where {_SCOPE}",
    f"select answer, cuts, nothing_by, done, note from work where {_SCOPE}",
)


def made_up(path: Path) -> Project:
    """A project whose codes are as unevenly used as in a real survey: the most common one in every fourth coding."""
    dice = random.Random(1)
    themes = tuple(Theme(number, f"tema {number}") for number in range(1, _THEMES + 1))
    codes = tuple(Code(n, f"kod {n}", 1 + (n - 1) % _THEMES, f"vad kod {n} är") for n in range(1, _CODES + 1))
    project = create(path, [Codebook("t", "sv", "Vad?", themes, codes)])
    text = "Vi når dem inte. Svaren dröjer. Mötena är bra. Rollerna är oklara. Ingen vet vem som gör vad."
    cuts = (Segment(0, 16), Segment(17, 31), Segment(32, 46), Segment(47, 66), Segment(67, len(text)))
    with project.file.writing() as db:
        one = surveys.save_round(db, Round("1"))
        asked = surveys.save_question(db, one, Question("q", "svar", Kind.OPEN, "Vad?", "t"), 0)
        people = {key: Respondent(key) for key in (f"{number:05}" for number in range(_ANSWERS))}
        numbers = incoming.numbers(db, people)
        incoming.save_participants(db, one, {numbers[key]: who for key, who in people.items()})
        incoming.save_answers(db, one, asked, dict.fromkeys(numbers.values(), text))
    weights = [1 / n for n in range(1, _CODES + 1)]
    book = project.codebook("q")
    given = Counter(dice.choices(range(1, _ANSWERS + 1), k=_CODINGS))
    for chunk in range(1, _ANSWERS + 1, 250):
        with project.file.writing() as db:
            changes: list[journal.Change] = []
            for answer in range(chunk, chunk + 250):
                work = Work(done=True)
                while len(work.codings) < given[answer]:
                    code = dice.choices(book.codes, weights)[0].id
                    work = give(work, Coding(code, dice.choice(cuts), dice.choice(["eva", "ola"])))
                for settled in decide(work, book):
                    if settled.clash and settled.theme is not None and dice.random() < 0.7:
                        work = choose(work, settled.theme, settled.code)
                changes += works.changes(db, answer, Work(), work, "eva")
            journal.record(db, changes, analyst="eva", what="made up", at=project.clock(), scope=None)
    return project


def timed(do: Callable[[], object], again: Callable[[], object] = lambda: None, runs: int = _RUNS) -> list[float]:
    """CPU seconds that each of several runs takes; `again` puts things back in between."""
    found = []
    for _ in range(runs):
        began = time.process_time()
        do()
        found.append(time.process_time() - began)
        again()
    return found


def main() -> int:
    """Measure, print and write the table."""
    with tempfile.TemporaryDirectory() as folder, made_up(Path(folder) / "p.db") as project:
        session = Session(project, "1", "q", "eva")
        used = Counter(coding.code for work in session._works.values() for coding in work.codings)
        code, size = used.most_common(1)[0]
        touched = sum(any(coding.code == code for coding in work.codings) for work in session._works.values())
        given = [
            (answer, coding.identity)
            for answer, work in session._works.items()
            for coding in work.codings
            if coding.code == code
        ]
        edits: dict[str, Edit] = {
            "move to another theme": Move((code,), 2),
            "merge into its neighbour": Merge((code,), session.codebook.codes_of(1)[1].id),
            "split in halves": Split(code, "hälften", frozenset(given[::2])),
        }

        def plain() -> None:
            with project.file.reading() as db:
                for query in _ROWS:
                    db.conn.execute(query).fetchall()

        timed(plain)
        reads = timed(plain)
        base = statistics.median(reads)
        rows = [("one plain read of the rows", reads)]
        for name, edit in edits.items():
            rows.append((f"preview: {name}", timed(lambda one=edit: session.preview(one))))  # type: ignore[misc]
            made = timed(lambda one=edit: session.edit(one), session.undo)  # type: ignore[misc]
            rows.append((f"made, saved and settled anew: {name}", made))
            session.edit(edit)
            rows.append((f"undone and settled anew: {name}", timed(session.undo, session.redo)))
            session.undo()
        rows.append(("the whole project read and settled anew", timed(session.reload, runs=5)))
    lines = [
        "# A change of the codebook",
        "",
        f"A made-up project of {_ANSWERS} answers, {_CODINGS} codings and {_CODES} codes. The change is of the largest",
        f"code: {size} codings in {touched} answers. CPU milliseconds of {_RUNS} runs, and how many times the",
        "median is that of one plain read of the same rows.",
        "",
        "| | median | slowest | times a plain read |",
        "|---|---|---|---|",
    ]
    for name, found in rows:
        median = statistics.median(found)
        lines.append(f"| {name} | {1000 * median:.1f} | {1000 * max(found):.1f} | {median / base:.1f} |")
    print("\n".join(lines))
    _RESULTS.parent.mkdir(exist_ok=True)
    _RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
