"""The gate, the same for a developer and for CI: format, lint, types, import layers, tests.

Run it with the interpreter that has the project and its `dev` extra installed. It stops at the first that fails.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = Path(sys.executable).parent
STEPS = (
    [sys.executable, "-m", "ruff", "format", "--check", "."],
    [sys.executable, "-m", "ruff", "check", "."],
    [sys.executable, "-m", "mypy"],
    [str(HERE / "lint-imports"), "--no-cache"],
    [sys.executable, "-m", "pytest", "-q", "-n", "2"],
)

for step in STEPS:
    print("+", Path(step[0]).name, *step[1:], flush=True)
    code = subprocess.run(step, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)
