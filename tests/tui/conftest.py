"""A small project on disk, the workbench open on it, and a driver that presses keys and waits."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coder.domain.coding import Origin
from coder.domain.counting import State
from coder.tui.app import WorkbenchApp
from coder.tui.desk import Desk
from coder.workflow.intake import import_answers, new_project
from coder.workflow.session import Session, Standing
from tests.tui.stand_in import StandIn
from tests.workflow.machine import in_places

HOSTILE = "[/] [b]x[/b] \x1b]0;owned\x07 [@click=app.bell]press[/]. Sen svarar ingen."

BOOK = """
codebook: hinder
language: sv
question: Vad fungerar mindre bra?
themes:
  - name: Otillgänglig
    codes:
      - name: Svar dröjer
        aliases: [väntan]
      - name: Närvaro saknas
  - name: Ineffektiv
    codes:
      - name: Lång ledtid
      - name: Åtgärder fattas
codes:
  - name: Övrigt
"""
DELAY, ABSENT, SLOW, UNDONE = range(1, 5)  # the codes' numbers, in that order
Q = ("hinder", "2023")  # question and round
SURVEY = """
[round]
key = "2023"
[respondent]
id = "kod"
name = "kommun"
attributes = ["lan"]
[[question]]
key = "hinder"
column = "F1"
kind = "open"
text = "Vad fungerar mindre bra?"
codebook = "hinder"
"""
ANSWERS = [
    ("01", "Åby", "Sist i alfabetet. Det är lång ledtid."),
    ("02", "Alby", "Svar dröjer. Närvaro saknas. Lång ledtid."),
    ("03", "Berga", "Åtgärder fattas för dem som väntar."),
    ("04", "Ödby", "Inget"),
    ("05", "Crona", HOSTILE),
]


class Driver:
    """Presses keys and waits until nothing moves any more."""

    def __init__(self, app: WorkbenchApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.bench = app.workbench.bench

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        for _ in range(400):
            await self.pilot.pause()
            bench = self.bench
            quiet = not (bench.deciding or bench.line.waiting or bench.desk.waiting)
            if quiet and (bench.reading is None or bench.suggestions() is not None):
                return
            await asyncio.sleep(0.005)
        raise AssertionError("the workbench did not come to rest")

    async def until(self, words: str) -> None:
        """Wait until these words are on the screen, as what is looked up comes a moment later."""
        for _ in range(300):
            await self.pilot.pause()
            if words in self.screen():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{words!r} is not on the screen:\n{self.screen()}")

    @property
    def name(self) -> str:
        assert self.bench.reading is not None
        return self.bench.reading.answer.respondent.name

    @property
    def standing(self) -> Standing:
        return self.bench.standing

    @property
    def segment(self) -> str:
        assert self.bench.reading is not None
        return self.bench.reading.segment.of(self.bench.reading.answer.text)

    def codes(self) -> list[tuple[str, str]]:
        """The codes of the answer being read, as they stand on disk, each with its snippet."""
        answer, book = self.standing.answer, self.bench.all.codebook
        return [(book.code_name(one.code), one.segment.of(answer.text)) for one in self.standing.work.codings]

    def came(self) -> list[tuple[int, str, Origin]]:
        """The codes of the answer being read, each with who gave it, and how."""
        return [(one.code, one.analyst, one.origin) for one in self.standing.work.codings]

    def counted(self) -> list[str]:
        return [self.bench.all.codebook.code_name(one.code) for one in self.standing.decision]

    def state(self) -> State:
        return self.standing.state

    def screen(self) -> str:
        """All that is painted, as text."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in row) for row in rows)


Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("template")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "survey.toml").write_text(SURVEY, encoding="utf-8")
    rows = "\n".join(f'{key},{name},Län {key},"{text}"' for key, name, text in ANSWERS)
    (folder / "answers.csv").write_text(f"kod,kommun,lan,F1\n{rows}\n", encoding="utf-8")
    project = new_project(folder / "p.db", [folder / "book.yaml"])
    import_answers(project, folder / "answers.csv", folder / "survey.toml")
    project.close()
    return (folder / "p.db").read_bytes()


@pytest.fixture
def project(tmp_path: Path, template: bytes) -> Path:
    path = tmp_path / "p.db"
    path.write_bytes(template)
    return path


@pytest.fixture
def machine_coded(project: Path) -> dict[str, int]:
    """Åby and Berga coded by a machine, Berga twice; the answers' ids by name."""
    return in_places(project, *Q, {"Åby": {SLOW: 0.7}, "Berga": {UNDONE: 0.9, DELAY: 0.6}})


@pytest.fixture
def open_app(project: Path) -> Open:
    """Opens the workbench on the project, as an analyst, and on the review of `queue`; the desk is closed at the end.

    A queue is what the bench takes up: answers, and those of them that are worth reading.
    """

    @asynccontextmanager
    async def opened(
        analyst: str = "anna",
        size: tuple[int, int] = (120, 40),
        keymap: dict[str, str] | None = None,
        path: Path | None = None,
        queue: Sequence[Sequence[int]] = (),
    ) -> AsyncIterator[Driver]:
        desk = Desk.open(path or project, round_key=None, question=None, analyst=analyst)
        try:
            app = WorkbenchApp(desk, adviser=StandIn(desk.glance(lambda one: one.codebook)), keymap=keymap)
            if queue:
                app.workbench.bench.take_up(*queue)
            async with app.run_test(size=size) as pilot:
                driver = Driver(app, pilot)
                await driver.settle()
                yield driver
        finally:
            desk.close()

    return opened


@pytest.fixture
def lock(project: Path) -> Iterator[Callable[[], sqlite3.Connection]]:
    """Holds the project as another program would; close what it returns to let go."""
    held: list[sqlite3.Connection] = []

    def hold() -> sqlite3.Connection:
        connection = sqlite3.connect(project, isolation_level=None)
        connection.execute("begin exclusive")
        held.append(connection)
        return connection

    yield hold
    for connection in held:
        connection.close()


def session_at(path: Path, analyst: str = "bo") -> Session:
    """A session beside the workbench, as another window has."""
    from coder.workflow.project import open_project  # noqa: PLC0415
    from coder.workflow.session import begin  # noqa: PLC0415

    return begin(open_project(path), round_key=None, question=None, analyst=analyst)


@pytest.fixture
def other_window(project: Path) -> Iterator[Session]:
    session = session_at(project)
    yield session
    session.project.close()
