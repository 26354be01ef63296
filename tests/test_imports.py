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


LIGHT = (
    "coder.domain.counting",
    "coder.storage.database",
    "coder.importers.answers",
    "coder.importers.codebooks",
    "coder.exporters.table_file",
    "coder.workflow.session",
    "coder.workflow.autocode",
    "coder.workflow.cluster",
    "coder.workflow.output",
    "coder.cli.main",
    "coder.cli.autocode",
    "coder.cli.table",
    "coder.cli.code",
    "coder.cli.figure",
    "coder.cli.suggest",
    "coder.cli.evaluate",
    "coder.workflow.order",
    "coder.cli.qda",
)
# After the others, in the order in which they may bring more.
ALLOWED: dict[str, set[str]] = {module: set() for module in LIGHT} | {"coder.tui.app": {"textual"}}


@pytest.fixture(scope="module")
def imported() -> dict[str, set[str]]:
    """The heavy libraries that a fresh interpreter holds after each module in turn.

    One interpreter is enough: as long as it holds none, the next module finds it as good as fresh.
    """
    code = (
        "import importlib, json, sys\n"
        f"for module in {tuple(ALLOWED)!r}:\n"
        "    importlib.import_module(module)\n"
        f"    print(json.dumps([module, [name for name in {HEAVY!r} if name in sys.modules]]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {module: set(held) for module, held in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("module", ALLOWED)
def test_a_module_brings_no_heavy_library_but_its_own(imported: dict[str, set[str]], module: str) -> None:
    assert imported[module] <= ALLOWED[module]
