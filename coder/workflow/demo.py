"""The bundled example: two codebooks and two made-up rounds of a survey."""

from pathlib import Path

import coder
from coder.workflow import codings, intake
from coder.workflow.project import Project, open_project

HAND_CODED, NEW = "2023", "2024"


def bundled(folder: str) -> Path:
    """A folder of bundled data: inside the package as installed, beside it in a source tree."""
    package = Path(coder.__file__).parent
    inside = package / "bundled" / folder
    return inside if inside.is_dir() else package.parent / folder


def demo_project(path: Path) -> Project:
    """The example project, made at `path` where there is none: both rounds, and the hand codings of the first.

    It is put in its place when it is whole, so that an interruption leaves no half of it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            with intake.new_project(part, sorted(bundled("codebooks").glob("af-*.yaml"))) as project:
                for key in (HAND_CODED, NEW):
                    corpus = bundled("corpora") / f"af-{key}"
                    intake.import_answers(project, corpus / "answers.csv", corpus / "survey.toml")
                codings.import_codings(project, bundled("corpora") / f"af-{HAND_CODED}" / "codings.csv")
            part.rename(path)
        finally:
            for left in (part, part.with_name(f"{part.name}-journal")):
                left.unlink(missing_ok=True)
    return open_project(path)
