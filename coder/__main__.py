"""The command `coder`, as `python -m coder` too: it begins here, with as little as can be loaded before it listens."""

import sys


def main() -> None:
    """Load the command line and run it. An interruption ends it quietly, also while it is still being loaded."""
    try:
        from coder.cli.main import main as run_and_exit  # noqa: PLC0415 - inside what catches the interruption

        run_and_exit()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
