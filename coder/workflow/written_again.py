"""How a file is written again: the command with all that the file was asked for, and in words what it can't hold."""

from collections.abc import Sequence
from pathlib import Path

from coder.domain.how_many import form
from coder.workflow.command_line import WINDOWS, typeable, typed

# What a file was asked for with: the command's name, and then the words of each option but for where it goes.
Asked = tuple[tuple[str, ...], ...]

# The command that writes a file, where it is not called as the file is.
_COMMANDS = {"comparison": ("compare",), "example table": ("table", "--examples")}


def again(project: Path, asked: Asked, paths: Sequence[str], *, known: bool, windows: bool = WINDOWS) -> str:
    """The commands that write these files of a project again; `known` unless there may have been more options."""
    each = form(len(paths), "Write it again", "Write each again")
    if not all(typeable(one, windows=windows) for one in (str(project), *paths)):
        return f"{each} as it was written: not every shell of Windows reads its name as it stands, or the project's."
    left_out = {words: why for words in asked if (why := _why_not(words, windows))}
    but = [] if known else ["with the options that it was written with"]
    (name, *more), *options = (one for one in asked if one not in left_out)
    words: list[str | Path] = [project, *more, *(word for one in options for word in one)]
    line = " ".join(["coder", name, *(typed(word, windows=windows) for word in words)])
    commands = ", ".join(f"`{line} --out {typed(path, windows=windows)}`" for path in paths)
    return f"{', '.join([each, *but, *left_out.values()])}: {commands}."


def guessed(what: str, questions: Sequence[str], rounds: Sequence[str]) -> Asked:
    """What a file that shows this was asked for with, and perhaps more; a ledger of several rounds is of all."""
    name = _COMMANDS.get(what, (what,))
    if what == "ledger":
        return (name, *(("-r", key) for key in rounds if len(rounds) == 1))
    return (name, *(("-q", key) for key in questions), *(("-r", key) for key in rounds))


def _why_not(words: Sequence[str], windows: bool) -> str:
    """What is to be done about an option that the command can't hold."""
    if not all(typeable(word, windows=windows) for word in words):
        return f"with {' '.join(words)}, which not every shell of Windows reads as it stands"
    if words[0] == "--template" and not Path(words[1]).exists():
        return f"with another --template, as {words[1]} is not there any more"
    return ""
