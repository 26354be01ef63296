"""Projects to test on: the bundled corpus, and a small survey of six respondents."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from coder.workflow.codings import CodingsReport, import_codings
from coder.workflow.intake import IntakeReport, import_answers, new_project
from coder.workflow.project import Project, open_project

ROOT = Path(__file__).parents[1]

# A slow or busy machine is no error: nothing is measured here, only what holds.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

_CODEBOOK = """\
codebook: t
language: sv
question: Vad?
themes:
  - name: A
    codes: [{name: ett}, {name: två}, {name: Otydliga roller}]
  - name: B
    codes: [{name: tre}, {name: Otydliga roller}]
codes: [{name: lös}]
"""

_SURVEY = """\
[round]
key = "1"
opens = 2023-01-09
closes = 2023-01-25
frame = 10
[respondent]
id = "id"
name = "namn"
attributes = ["grupp"]
[[question]]
key = "q"
column = "svar"
kind = "open"
text = "Vad?"
codebook = "t"
[[question]]
key = "ja"
column = "sluten"
kind = "closed"
options = ["Ja", "Nej"]
"""

_ANSWERS = """\
id,namn,grupp,svar,sluten
0114,Ale,stad,ett två tre,Ja
0115,Åsele,land,ett två roller,Nej
0116,Zorn,land,lös sak och tre,Ja
0117,Örnby,stad,  ,Nej
0118,Bo,stad,inget alls,
0119,Dal,land,ett två tre roller,Ja
"""


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds the bundled codebooks and corpora."""
    return ROOT


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves a second a look."""
    seconds = count()
    return lambda: datetime(2023, 2, 1, 8, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture(scope="session")
def _corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, IntakeReport, CodingsReport]]:
    folder = ROOT / "corpora" / "af-2023"
    path = tmp_path_factory.mktemp("corpus") / "af.db"
    with new_project(path, [ROOT / "codebooks" / "af-bra.yaml", ROOT / "codebooks" / "af-mindre-bra.yaml"]) as project:
        answers = import_answers(project, folder / "answers.csv", folder / "survey.toml")
        yield project, answers, import_codings(project, folder / "codings.csv")


@pytest.fixture(scope="session")
def corpus(_corpus: tuple[Project, IntakeReport, CodingsReport]) -> Project:
    """The bundled corpus of 2023, imported and coded. Shared: read it, and write to a copy."""
    return _corpus[0]


@pytest.fixture(scope="session")
def intake_report(_corpus: tuple[Project, IntakeReport, CodingsReport]) -> IntakeReport:
    """What the import of the corpus's answers said."""
    return _corpus[1]


@pytest.fixture(scope="session")
def codings_report(_corpus: tuple[Project, IntakeReport, CodingsReport]) -> CodingsReport:
    """What the import of the corpus's codings said."""
    return _corpus[2]


@pytest.fixture
def coded(corpus: Project, tmp_path: Path) -> Iterator[Project]:
    """A copy of the coded corpus to write to."""
    path = tmp_path / "af.db"
    shutil.copyfile(corpus.path, path)
    with open_project(path) as project:
        yield project


@pytest.fixture(scope="session")
def _small_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    for name, text in (("codebook.yaml", _CODEBOOK), ("survey.toml", _SURVEY), ("answers.csv", _ANSWERS)):
        (folder / name).write_text(text, encoding="utf-8")
    with new_project(folder / "small.db", [folder / "codebook.yaml"]) as project:
        import_answers(project, folder / "answers.csv", folder / "survey.toml")
    return folder


@pytest.fixture
def small_files(_small_original: Path, tmp_path: Path) -> Path:
    """A folder of the test's own: codebook.yaml, survey.toml, answers.csv, and small.db that holds them, uncoded."""
    return Path(shutil.copytree(_small_original, tmp_path / "small"))


@pytest.fixture
def small(small_files: Path, clock: Callable[[], datetime]) -> Iterator[Project]:
    """The small survey's project, open."""
    with open_project(small_files / "small.db") as project:
        project.clock = clock
        yield project


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Path], dict[str, list[tuple[Any, ...]]]]:
    """Reads every table of a project file, row by row, for comparing what is in it before and after."""

    def read(path: Path) -> dict[str, list[tuple[Any, ...]]]:
        connection = sqlite3.connect(path)
        try:
            names = [row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")]
            return {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in sorted(names)}
        finally:
            connection.close()

    return read
