"""A small project on disk, and the workbench open on it."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from coder.tui.app import WorkbenchApp
from coder.tui.desk import Desk
from coder.workflow.intake import import_answers, new_project
from coder.workflow.session import Session
from tests.tui.driver import Driver
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
            async with Driver(app).running(size) as driver:
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
