"""The files written from a project: noted down as they are written, and told of when a decision overtakes them."""

from collections.abc import Sequence
from pathlib import Path

from coder.domain.errors import CoderError
from coder.storage import exports, history
from coder.workflow.checking import Finding
from coder.workflow.project import Project


def note_export(project: Project, file: Path, what: str, *shown: tuple[str, str]) -> bool:
    """Note down that a file was written, with the (round, question) pairs it shows and the last decision it holds.

    False where the project can't be written to. The file is there either way: a project that is read-only or busy
    must not make a written file a failure.
    """
    path = str(file.resolve())
    at = project.clock().isoformat(timespec="milliseconds")
    try:
        with project.file.writing() as db:
            event, _ = history.last_event(db)
            exports.save(db, path, [exports.Export(path, *pair, what, at, event) for pair in shown])
    except CoderError:
        return False
    return True


def overtaken(project: Project, places: set[tuple[str, str]]) -> tuple[list[Finding], list[Finding]]:
    """Files that were written before the last decision on what they show; and what can't be told of files."""
    with project.file.reading() as db:
        every = exports.load(db)
        written = [one for one in every if (one.round, one.question) in places]
        last = {place: history.last_that_counts(db, *place) for place in {(one.round, one.question) for one in written}}
    old, gone = [], []
    for one in written:
        event, at = last[one.round, one.question]
        if not Path(one.path).exists():
            gone.append(one.path)
        elif event > one.event:
            words = f"{one.what} is older than the last decision ({at[:16]})"
            todo = f"Write it again: `{_command(project, [other for other in every if other.path == one.path])}`."
            old.append(Finding("export", one.round, one.question, 1, words, (one.path,), todo))
    unknown = []
    if not written:
        unknown.append(Finding("export", "", "", 0, "files have been written of these numbers, so none can be too old"))
    if gone:
        where = tuple(dict.fromkeys(gone))
        words, todo = "files were moved or removed, so nobody can tell how old their numbers are", "Write them again."
        unknown.append(Finding("export", "", "", len(where), words, where, todo))
    return old, unknown


def _command(project: Project, shown: Sequence[exports.Export]) -> str:
    """The command that writes a file again, of all that it shows."""
    what, path, rounds = shown[0].what, shown[0].path, {one.round for one in shown}
    keys = [f"-q {key}" for key in sorted({one.question for one in shown})]
    keys += [f"-r {one.key}" for one in project.rounds() if one.key in rounds]
    command = "compare" if what == "comparison" else what
    return f"coder {command} {project.typed} {' '.join(keys)} --out {path}"
