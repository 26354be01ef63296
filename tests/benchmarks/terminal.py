"""180 answers coded by keys in a real terminal: what ends up in the project, and how many keys it took.

`python -m tests.benchmarks.terminal [--answers N]` opens the workbench in tmux on the bundled round without its
codings and codes it as its analysts did: for each clause it looks for their code among the suggestions that the screen
shows and presses that digit, else it searches by name. The answer after one whose last clause is coded comes by itself
(key o). Then it compares the project with the keys it pressed.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import Answer, swedish_order
from coder.domain.codebook import Codebook
from coder.text.clauses import clauses
from coder.workflow.codings import export_codings
from coder.workflow.demo import bundled
from coder.workflow.intake import import_answers, new_project
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.benchmarks.terminal_plan import analysts_codes, letters, wanted

RESULTS = Path(__file__).parent / "results" / "terminal.md"
QUESTION, ROUND = "bra", "2023"
SOCKET = "coder-terminal"


@dataclass
class Terminal:
    """A workbench in tmux: keys go in, the screen comes out."""

    project: Path
    keys: int = 0

    def open(self) -> None:
        """Start the workbench and wait until it is painted."""
        command = f"{sys.executable} -m coder code {self.project} -q {QUESTION} -r {ROUND} --analyst driver"
        self.tmux("new-session", "-d", "-s", "coder", "-x", "180", "-y", "50", command)
        self.wait(lambda screen: "remain" in screen)

    def tmux(self, *arguments: str) -> str:
        """Run one tmux command on a server of our own."""
        return subprocess.run(["tmux", "-L", SOCKET, *arguments], check=True, capture_output=True, text=True).stdout

    def press(self, *keys: str) -> None:
        """Press keys, counted."""
        self.keys += len(keys)
        self.tmux("send-keys", "-t", "coder", *keys)

    def wait(self, seen: Callable[[str], object], seconds: float = 60.0) -> str:
        """The screen as soon as it shows what is waited for, twice alike: half a frame is not what a reader sees."""
        deadline = time.monotonic() + seconds
        before = ""
        while True:
            screen = self.tmux("capture-pane", "-t", "coder", "-p")
            if seen(screen) and screen == before:
                return screen
            before = screen
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited in vain; the screen was:\n{screen}")
            time.sleep(0.03)


@dataclass
class Done:
    """What was done: segments coded by a digit and by search, and the decisions that should be in the project."""

    by_digit: Counter[int] = field(default_factory=Counter)
    by_search: int = 0
    expected: set[tuple[str, int, int, str, str]] = field(default_factory=set)
    nothing: set[str] = field(default_factory=set)


def drive(terminal: Terminal, done: Done, answers: list[Answer], codebook: Codebook) -> None:
    """Code the answers in the order of the list."""
    given = analysts_codes(QUESTION, ROUND)
    terminal.press("o")
    for answer in answers:
        key, name = answer.respondent.key, answer.respondent.name
        parts = clauses(answer.text, codebook.language)
        plan = wanted(answer, parts, given[key])
        terminal.wait(lambda screen, name=name: re.search(rf"│ {name}\s", screen))  # type: ignore[misc]
        if not any(number is not None for number in plan):
            terminal.press("0")
            done.nothing.add(key)
            continue
        by_itself = False
        taken: set[int] = set()
        themes: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for place, (part, number) in enumerate(zip(parts, plan, strict=True)):
            if number is None or number in taken:
                # A clause that says nothing, or goes on with what the clause before it said, is passed over.
                if any(later is not None and later not in taken for later in plan[place:]):
                    terminal.press("Down")
                continue
            taken.add(number)
            _, theme, name_of_code, counted = given[key][number]
            code = codebook.find(theme, name_of_code)
            assert code is not None
            themes[theme].append((name_of_code, counted))
            clash = any(len({name for name, _ in rivals}) > 1 for rivals in themes.values())
            by_itself = place == len(parts) - 1 and not clash
            give(terminal, done, codebook, code.id, part.of(answer.text), leaves=by_itself)
            done.expected.add((key, part.start, part.end, theme, name_of_code))
        for theme, rivals in themes.items():
            choose(terminal, theme, rivals)
        if not by_itself:
            terminal.press("Enter")


def give(terminal: Terminal, done: Done, codebook: Codebook, code: int, snippet: str, *, leaves: bool) -> None:
    """Give the active segment a code: its digit where it is among the suggestions, else by search.

    Where the answer `leaves` the screen by it, the next one is waited for elsewhere.
    """
    theme, name = codebook.theme_name(code), codebook.code_by_id[code].name
    screen = terminal.wait(lambda screen: is_active(screen, snippet) and re.search(r"│ 1  ", screen))
    offered = re.findall(r"│ ([1-9])  (?:\d+ %\s+)?(.+?)\s*$", screen, re.MULTILINE)
    for digit, words in offered:
        whole = f"{name}  {theme}"
        if words in (whole, name) or (
            words.endswith("…") and whole.startswith(words[:-1]) and len(words) > len(name) + 3
        ):
            done.by_digit[int(digit)] += 1
            terminal.press(digit)
            break
    else:
        done.by_search += 1
        terminal.press("/", *letters(codebook, code), "Enter")
    if not leaves:
        terminal.wait(lambda screen: re.search(rf"[✓▲–] {re.escape(name)}", screen))


def is_active(screen: str, snippet: str) -> bool:
    """Whether the clause that begins like the snippet is the active one."""
    return bool(re.search(rf"▌ [-*•\d.) ]*{re.escape(' '.join(snippet.split()[:2])[:20])}", screen))


def choose(terminal: Terminal, theme: str, rivals: list[tuple[str, bool]]) -> None:
    """Where codes of a theme clash, choose the one the analysts counted, as the banner says."""
    counted = [name for name, is_counted in rivals if is_counted]
    clash = f"Clash in {theme}"
    if len({name for name, _ in rivals}) < 2 or not counted:
        return
    screen = terminal.wait(lambda screen: clash in screen and "saved" in screen)
    while "chooses which" not in screen and f"c  counts {counted[0]}" not in screen:
        terminal.press("Up")
        screen = terminal.wait(lambda new, old=screen: new != old)  # type: ignore[misc]
    terminal.press("c")
    screen = terminal.wait(lambda screen: clash not in screen or "Which code is counted?" in screen)
    if clash in screen:
        found = re.search(rf"│ ([1-9])  {re.escape(counted[0])} \(", screen)
        assert found, screen
        terminal.press(found[1])
    terminal.wait(lambda screen: clash not in screen)


def report(keys: int, done: Done, answers: int, minutes: float, equal: bool) -> None:
    """Print the figures and write them to the results."""
    by_digit = done.by_digit.total()
    segments = by_digit + done.by_search
    first, third = done.by_digit[1], sum(done.by_digit[digit] for digit in (1, 2, 3))
    rows = {
        "answers": str(answers),
        "segments coded": str(segments),
        "keys pressed": str(keys),
        "keys a coded segment": f"{keys / max(segments, 1):.2f}",
        "by a suggestion's digit": f"{by_digit} ({100 * by_digit / max(segments, 1):.0f} %)",
        "right code first / among three": f"{100 * first / segments:.0f} % / {100 * third / segments:.0f} %",
        "minutes": f"{minutes:.1f}",
        "decisions in the project equal the keys pressed": "yes" if equal else "NO",
    }
    text = "| figure | |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in rows.items())
    print(text)
    RESULTS.write_text(f"# A session driven in a terminal\n\n{text}", encoding="utf-8")
    if not equal:
        sys.exit(1)


def main() -> None:
    """Code the answers, compare, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=180)
    limit = parser.parse_args().answers
    if shutil.which("tmux") is None:
        sys.exit("tmux is not installed; nothing was measured")
    project = Path(tempfile.mkdtemp(prefix="coder-session-")) / "p.db"
    corpus = bundled("corpora") / f"af-{ROUND}"
    with new_project(project, sorted(bundled("codebooks").glob("af-*.yaml"))) as made:
        import_answers(made, corpus / "answers.csv", corpus / "survey.toml")
        session = Session(made, ROUND, QUESTION, "driver")
        answers = sorted(session.answers, key=lambda one: (swedish_order(one.respondent.name), one.respondent.key))
        codebook = session.codebook
    terminal, done = Terminal(project), Done()
    began = time.monotonic()
    try:
        terminal.open()
        drive(terminal, done, answers[:limit], codebook)
        terminal.press("q")
        time.sleep(1)
    finally:
        subprocess.run(["tmux", "-L", SOCKET, "kill-server"], check=False, capture_output=True)
    minutes = (time.monotonic() - began) / 60
    with open_project(project) as made:
        rows = list(export_codings(made))
    held = {
        (row.respondent, row.segment.start, row.segment.end, row.theme, row.code)
        for row in rows
        if row.code and row.segment
    }
    nothing = {row.respondent for row in rows if row.nothing}
    report(terminal.keys, done, limit, minutes, held == done.expected and nothing == done.nothing)


if __name__ == "__main__":
    main()
