"""What is typed before the screen is there: neither shown, nor taken for keys of the workbench."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def unseen() -> Iterator[None]:
        """Meanwhile nothing typed is shown; a Windows console shows it only to a program that reads lines."""
        yield

    def drop() -> None:
        """Forget what has been typed."""
        while sys.stdin.isatty() and msvcrt.kbhit():
            msvcrt.getwch()

else:
    import termios

    _FLAGS, _LOCAL = 3, termios.ECHO | termios.ECHONL  # the place of the local flags in what `termios` tells

    @contextmanager
    def unseen() -> Iterator[None]:
        """Meanwhile nothing typed is shown. Ctrl+C works, and without a terminal nothing is done."""
        try:
            before = termios.tcgetattr(sys.stdin)
        except (termios.error, ValueError, OSError):  # not a terminal, or closed
            yield
            return
        quiet = [*before]
        quiet[_FLAGS] &= ~_LOCAL
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, quiet)
        try:
            yield
        finally:
            with suppress(termios.error, ValueError, OSError):  # the terminal is gone
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def drop() -> None:
        """Forget what has been typed."""
        with suppress(termios.error, ValueError, OSError):
            termios.tcflush(sys.stdin, termios.TCIFLUSH)
