"""Projects for the batch run: many short answers, and a hand-coded round with a new one after it."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.workflow.codings import import_codings
from coder.workflow.intake import import_answers, new_project
from coder.workflow.project import Project, open_project
from tests.suggest.library import BOOK, TEXTS

ANSWERS = 600


@pytest.fixture(scope="session")
def _many_original(_small_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    rows = [
        f"{place:04},N,stad,{('ett två', 'tre roller', 'lös sak')[place % 3]} {place},Ja" for place in range(ANSWERS)
    ]
    (folder / "answers.csv").write_text("\n".join(["id,namn,grupp,svar,sluten", *rows, ""]), encoding="utf-8")
    with new_project(folder / "many.db", [_small_original / "codebook.yaml"]) as project:
        import_answers(project, folder / "answers.csv", _small_original / "survey.toml")
    return folder / "many.db"


@pytest.fixture
def many(_many_original: Path, tmp_path: Path) -> Iterator[Project]:
    """A project of 600 answers and no coding."""
    with open_project(Path(shutil.copyfile(_many_original, tmp_path / "many.db"))) as project:
        yield project


@pytest.fixture(scope="session")
def _library_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    library_files(folder)
    with new_project(folder / "library.db", [folder / "b.yaml"]) as project:
        for key in ("1", "2"):
            import_answers(project, folder / f"{key}.csv", folder / f"{key}.toml")
        import_codings(project, folder / "c.csv")
    return folder / "library.db"


@pytest.fixture
def library(_library_original: Path, tmp_path: Path) -> Iterator[Project]:
    """A made-up survey on a library: round 1 coded by hand, 180 answers, and round 2 of two sentences an answer."""
    with open_project(Path(shutil.copyfile(_library_original, tmp_path / "library.db"))) as project:
        yield project


def library_files(folder: Path) -> None:
    """A round that is coded by hand, and a second one; both made up from the library's texts."""
    rng = random.Random(1)
    named = {code.id: (theme.name, code.name) for theme in BOOK.themes for code in BOOK.codes_of(theme.id)}
    themes = "".join(
        f"  - name: {theme.name}\n    codes:\n"
        + "".join(
            f'      - {{name: {code.name}, definition: "{code.definition}"}}\n' for code in BOOK.codes_of(theme.id)
        )
        for theme in BOOK.themes
    )
    (folder / "b.yaml").write_text(f"codebook: b\nlanguage: sv\nquestion: Vad?\nthemes:\n{themes}", encoding="utf-8")
    coded, first, second = [], [], []
    for place, (code, text) in enumerate((code, text) for code, texts in TEXTS.items() for text in texts):
        for turn, again in enumerate((text, f"{text} tycker vi här", f"Vi anser: {text.lower()}")):
            theme, name = named[code]
            first.append(f'a{place}-{turn},"{again}"')
            coded.append(f"1,q,a{place}-{turn},,,,{theme},{name},eva,hand,,counted")
        other = rng.choice([text for texts in TEXTS.values() for text in texts])
        second.append(f'b{place},"{text}. {other}."')
    header = "round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status"
    (folder / "c.csv").write_text("\n".join([header, *coded, ""]), encoding="utf-8")
    for key, rows in (("1", first), ("2", second)):
        (folder / f"{key}.csv").write_text("\n".join(["id,svar", *rows, ""]), encoding="utf-8")
        (folder / f"{key}.toml").write_text(
            f'[round]\nkey = "{key}"\n[respondent]\nid = "id"\n[[question]]\nkey = "q"\ncolumn = "svar"\n'
            'kind = "open"\ntext = "Vad?"\ncodebook = "b"\n',
            encoding="utf-8",
        )
