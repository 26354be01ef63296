"""Heavy libraries are imported when they are needed and not before; the static graph cannot see that."""

import json
import subprocess
import sys

import pytest

# numpy is not among them: sqlite-utils imports it wherever it is installed.
HEAVY = (
    "dask",
    "distributed",
    "docx",
    "matplotlib",
    "pyarrow",
    "python_calamine",
    "simplemma",
    "sklearn",
    "spacy",
    "textual",
    "xlsxwriter",
)


def imported_by(module: str) -> set[str]:
    """The heavy libraries that a fresh interpreter holds after importing the module."""
    code = f"import json, sys, {module}; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("coder.domain.counting", set()),
        ("coder.storage.database", set()),
        ("coder.importers.answers", set()),
        ("coder.importers.codebooks", set()),
        ("coder.exporters.table_file", set()),
        ("coder.workflow.session", set()),
        ("coder.workflow.autocode", set()),
        ("coder.workflow.cluster", set()),
        ("coder.workflow.output", set()),
        ("coder.cli.main", set()),
        ("coder.cli.autocode", set()),
        ("coder.cli.table", set()),
        ("coder.cli.code", set()),
        ("coder.cli.figure", set()),
        ("coder.cli.suggest", set()),
        ("coder.cli.evaluate", set()),
        ("coder.workflow.order", set()),
        ("coder.cli.qda", set()),
        ("coder.tui.app", {"textual"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_module_brings_no_heavy_library_but_its_own(module: str, allowed: set[str]) -> None:
    assert imported_by(module) <= allowed
