"""Key to repaint, on a pseudo-terminal, with many answers loaded: CPU time a key.

    python -m tests.benchmarks.keys [--answers 5000] [--rounds 40] [--real]

A project of made-up answers is opened in a child process on a pseudo-terminal of 120 x 40. For every key the CPU time
of the child is taken before it is pressed and after the screen has come to rest: of its main thread, which is what
stands between a key and its repaint, and of the whole process, which has the project's thread and the adviser's too.
Suggestions come from a plain stand-in, or with `--real` from the real suggester.
"""

import argparse
import csv
import os
import pty
import re
import select
import statistics
import struct
import tempfile
import threading
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from coder.domain.codebook import Codebook
from coder.domain.coding import Segment
from coder.domain.suggestion import Evidence, Similar, Suggestion

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results" / "keys.md"
KEYS = (
    ("digit", b"1"),
    ("undo", b"u"),
    ("digit", b"1"),
    ("digit", b"2"),
    ("down", b"\x1b[B"),
    ("up", b"\x1b[A"),
    ("right", b"\x1b[C"),
    ("Enter", b"\r"),
    ("Space", b" "),
)
_QUIET = 0.12  # seconds without output after which the screen is at rest


class StandIn:
    """Suggestions by shared words: what they cost is not what is measured here."""

    def __init__(self, codebook: Codebook) -> None:
        self._words = {code.id: set(_words(f"{code.name} {code.definition}")) for code in codebook.active}

    def clauses(self, text: str) -> tuple[Segment, ...]:
        """Sentences."""
        return tuple(Segment(one.start(), one.end()) for one in re.finditer(r"[^\s.][^.\n]*\.?", text))

    def suggest(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """The codes that share most words with each text."""
        return [self._best(set(_words(text)))[:top] for text in texts]

    def best(self, texts: Sequence[str], top: int = 9) -> list[list[Suggestion]]:
        """The same."""
        return self.suggest(texts, top)

    def learn(self, evidence: Sequence[Evidence]) -> None:
        """Learn nothing."""

    def follow(self, codebook: Codebook) -> None:
        """Stay as it is."""

    def similar(self, text: str, code: int, top: int = 5, *, but: str = "") -> list[Similar]:
        """Know of nothing alike."""
        return []

    def contradictions(self, text: str, code: int, *, but: str = "") -> list[Similar]:
        """Contradict nothing."""
        return []

    def least_sure(self, texts: Sequence[str]) -> list[int]:
        """Leave the order as it is."""
        return list(range(len(texts)))

    @property
    def stale(self) -> bool:
        """Always as good as it gets."""
        return False

    def refit(self, background: Sequence[str] | None = None) -> bool:
        """Stay as it is."""
        return True

    def _best(self, words: set[str]) -> list[Suggestion]:
        order = sorted(self._words, key=lambda code: -len(words & self._words[code]))
        return [Suggestion(code, 0.5, tuple(sorted(words & self._words[code]))[:3]) for code in order]


def _words(text: str) -> list[str]:
    return re.findall(r"\w{4,}", text.casefold())


def make_project(folder: Path, answers: int) -> Path:
    """A project of so many answers: those of the bundled round over and over, each with a word of its own."""
    from coder.workflow.intake import import_answers, new_project  # noqa: PLC0415 - not in the child

    with (ROOT / "corpora/af-2023/answers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Fråga 11"]]
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "text"])
        for number in range(answers):
            row = rows[number % len(rows)]
            writer.writerow([f"{number:05}", f"{row['kommun']} {number}", f"{row['Fråga 11']} Det var svar {number}."])
    (folder / "survey.toml").write_text(
        '[round]\nkey = "1"\n[respondent]\nid = "id"\nname = "name"\n'
        '[[question]]\nkey = "mindre_bra"\ncolumn = "text"\nkind = "open"\ncodebook = "af-mindre-bra"\n',
        encoding="utf-8",
    )
    path = folder / "many.db"
    project = new_project(path, [ROOT / "codebooks/af-mindre-bra.yaml"])
    import_answers(project, folder / "answers.csv", folder / "survey.toml")
    project.close()
    return path


def child(path: Path, asked: int, told: int, *, real: bool) -> None:
    """The workbench; a thread of its own tells the CPU time whenever it is asked."""
    from coder.tui.app import WorkbenchApp  # noqa: PLC0415
    from coder.tui.desk import Desk  # noqa: PLC0415

    main = time.pthread_getcpuclockid(threading.main_thread().ident or 0)

    def answer() -> None:
        while os.read(asked, 1):
            os.write(told, struct.pack("dd", time.clock_gettime(main), time.process_time()))

    threading.Thread(target=answer, daemon=True).start()
    desk = Desk.open(path, round_key=None, question=None, analyst="bench")
    WorkbenchApp(desk, adviser=None if real else StandIn(desk.glance(lambda one: one.codebook))).run()
    desk.close()


class Terminal:
    """The child on its pseudo-terminal."""

    def __init__(self, path: Path, *, real: bool) -> None:
        asked, self._ask = os.pipe()
        self._told, told = os.pipe()
        self.pid, self._screen = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            child(path, asked, told, real=real)
            os._exit(0)
        ioctl(self._screen, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def cpu(self) -> tuple[float, float]:
        """CPU seconds so far: of the main thread, and of the process."""
        os.write(self._ask, b"?")
        main, process = struct.unpack("dd", os.read(self._told, 16))
        return main, process

    def rest(self, patience: float = 20.0, quiet: float = _QUIET) -> bytes:
        """Read until nothing has been painted for a moment."""
        seen, deadline = b"", time.monotonic() + patience
        while time.monotonic() < deadline and select.select([self._screen], [], [], quiet)[0]:
            seen += os.read(self._screen, 1 << 16)
        return seen

    def until(self, word: str, patience: float) -> None:
        """Read until a word has been painted."""
        seen, deadline = b"", time.monotonic() + patience
        while word.encode() not in seen:
            if time.monotonic() > deadline:
                raise SystemExit(f"{word!r} was not painted in {patience:.0f} s")
            seen += self.rest(1.0)

    def press(self, key: bytes) -> tuple[float, float]:
        """Press a key; returns the CPU milliseconds that it cost, of the main thread and of the process."""
        before = self.cpu()
        os.write(self._screen, key)
        self.rest()
        after = self.cpu()
        return 1000 * (after[0] - before[0]), 1000 * (after[1] - before[1])

    def close(self) -> None:
        """Leave."""
        os.write(self._screen, b"q")
        self.rest(5)
        os.waitpid(self.pid, 0)


def measure(path: Path, rounds: int, *, real: bool) -> dict[str, list[tuple[float, float]]]:
    """The cost of every key, over and over."""
    terminal = Terminal(path, real=real)
    terminal.until("1 by:", 180 if real else 60)
    terminal.rest(3, 0.5)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ("(no key)", *dict(KEYS))}
    for _ in range(rounds):
        found["(no key)"].append(terminal.press(b""))
        for name, key in KEYS:
            found[name].append(terminal.press(key))
    terminal.close()
    return found


def table(found: dict[str, list[tuple[float, float]]]) -> str:
    """The figures, as a table."""
    lines = ["| key | presses | main thread, median | p95 | whole process, median | p95 |", "|---|---|---|---|---|---|"]
    everything = [cost for name, costs in found.items() if name != "(no key)" for cost in costs]
    for name, costs in [*found.items(), ("**all keys**", everything)]:
        figures = [f(column) for column in zip(*costs, strict=True) for f in (statistics.median, _p95)]
        lines.append(f"| {name} | {len(costs)} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |")
    return "\n".join(lines)


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--answers", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--real", action="store_true", help="suggestions by the real suggester")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder), options.answers)
        found = measure(path, options.rounds, real=options.real)
    who = "the real suggester" if options.real else "a stand-in for the suggester"
    text = f"CPU milliseconds from a key to its repaint, {options.answers} answers loaded, {who}\n\n{table(found)}\n"
    print(text)
    target = RESULTS.with_stem("keys-real") if options.real else RESULTS
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"# Key to repaint\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
