"""The errors a user can do something about.

One class carries what is wrong and what to do; the front ends turn it into two lines and an exit code.
"""


class CoderError(Exception):
    """Something is wrong with the input or the project, and the user can mend it.

    `message` says what is wrong and where (file, line, column); `hint` says what to do.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CoderError):
    """The command line asks for something that cannot be meant: exit code 2."""

    exit_code = 2


class ProjectBusyError(CoderError):
    """Another program holds the project file just now; the same call may succeed in a moment."""


class ProjectChangedError(CoderError):
    """What the decision was based on is no longer what the project holds; look again before deciding."""


class StepRefusedError(ProjectChangedError):
    """What undo or redo would turn round has been changed since, or is built upon. `step` is its number in the journal.

    Asked once more, undo goes on to the step before it, and redo to the one after it.
    """

    def __init__(self, message: str, hint: str = "", *, step: int) -> None:
        super().__init__(message, hint)
        self.step = step
