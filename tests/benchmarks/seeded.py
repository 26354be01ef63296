"""The command line of benchmarks that draw from MASSIVE: so many seeds, and the table on the screen and in its file."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.benchmarks.massive import missing


def run(about: str, report: Callable[[int], Iterable[str]], results: Path, arguments: list[str] | None) -> int:
    """Measure and write down the lines that `report` gives for a number of seeds; `about` is the module's docstring."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    print(text := "\n".join(report(options.seeds)) + "\n")
    results.parent.mkdir(exist_ok=True)
    results.write_text(text, encoding="utf-8")
    return 0
