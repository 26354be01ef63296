"""The files written from a project: noted down as they are written, and told of when a decision overtakes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from coder.domain.errors import CoderError
from coder.domain.how_many import form
from coder.domain.ledger import Ledger
from coder.domain.method import MethodNote
from coder.storage import exports, history
from coder.workflow.checking import Finding
from coder.workflow.project import Project
from coder.workflow.written_again import Asked, again, guessed


def note_export(project: Project, file: Path, what: str, note: MethodNote, asked: Asked = ()) -> bool:
    """Note down that a file was written, with what its note says it shows and the last decision that it holds.

    And what it was asked for with, so that the very command can be told; empty where nobody knows.
    False where the project can't be written to, or can't hold the file's name. The file is there either way: a project
    that is read-only or busy must not make a written file a failure.
    """
    return _noted(project, file, what, ((one.round, one.question, one.decision or 0) for one in note.every), asked)


def last_decision(project: Project) -> int:
    """The number of the last decision so far, to be asked for before what `note_ledgers` tells of is read."""
    with project.file.reading() as db:
        return history.last_event(db)[0]


def note_ledgers(project: Project, file: Path, ledgers: Iterable[Ledger], decision: int, asked: Asked = ()) -> bool:
    """As `note_export`, of the ledgers in a file, which hold all decisions up to this one."""
    shown = ((one.round, row.question, decision) for one in ledgers for row in one.questions)
    return _noted(project, file, "ledger", shown, asked)


def _noted(project: Project, file: Path, what: str, places: Iterable[tuple[str, str, int]], asked: Asked) -> bool:
    path, at = str(file.resolve()), project.clock().isoformat(timespec="milliseconds")
    shown = [exports.Export(path, key, question, what, at, decision, asked) for key, question, decision in places]
    try:
        with project.file.writing() as db:
            exports.save(db, path, shown)
    except (CoderError, UnicodeEncodeError):  # the latter for a name that is no text
        return False
    return True


def overtaken(project: Project, places: set[tuple[str, str]]) -> tuple[list[Finding], list[Finding]]:
    """Files that were written before the last decision on what they show, together where one command writes them again.

    And what can't be told of files.
    """
    with project.file.reading() as db:
        by_path: dict[str, list[exports.Export]] = {}
        for one in exports.load(db):
            by_path.setdefault(one.path, []).append(one)
        written = {path: shown for path, shown in by_path.items() if any(_place(one) in places for one in shown)}
        shown_there = {_place(one) for shown in written.values() for one in shown} & places
        last = {place: history.last_that_counts(db, *place) for place in shown_there}
    old: dict[tuple[str, Asked, Asked], list[str]] = {}
    for path, shown in written.items():
        if Path(path).exists() and any(one.event < last.get(_place(one), (0, ""))[0] for one in shown):
            old.setdefault((shown[0].what, shown[0].asked, _guess(project, shown)), []).append(path)
    findings = [_older(project, paths, written[paths[0]], last) for paths in old.values()]
    unknown = []
    if not written:
        unknown.append(Finding("export", "", "", 0, "files have been written of these numbers, so none can be too old"))
    gone = tuple(path for path in written if not Path(path).exists())
    if gone:
        were, it = (form(len(gone), *words) for words in (("file was", "files were"), ("it", "them")))
        words = f"{were} moved or removed, so nobody can tell how old the numbers there are"
        todo = f"Write {it} again."
        unknown.append(Finding("export", "", "", len(gone), words, gone, todo))
    return findings, unknown


def _place(one: exports.Export) -> tuple[str, str]:
    return one.round, one.question


def _older(
    project: Project,
    paths: Sequence[str],
    shown: Sequence[exports.Export],
    last: Mapping[tuple[str, str], tuple[int, str]],
) -> Finding:
    """What is to be done about files that all show the same, and that a decision has overtaken."""
    number, what = len(paths), shown[0].what
    at = datetime.fromisoformat(max(last[_place(one)] for one in shown if _place(one) in last)[1]).astimezone()
    older = form(
        number,
        f"{what} is older than the last decision on what it shows",
        f"{what}s are older than the last decision on what they show",
    )
    rounds, questions = ({one.round for one in shown}, {one.question for one in shown})
    round_key, question = ("".join(some) if len(some) == 1 else "" for some in (rounds, questions))
    asked = shown[0].asked
    todo = again(project.path, asked or _guess(project, shown), paths, known=bool(asked))
    return Finding("export", round_key, question, number, f"{older} ({at:%Y-%m-%d %H:%M})", tuple(paths), todo)


def _guess(project: Project, shown: Sequence[exports.Export]) -> Asked:
    """What a file must have been asked for with, where nobody has noted down more than what it shows."""
    rounds = [one.key for one in project.rounds() if one.key in {some.round for some in shown}]
    return guessed(shown[0].what, sorted({one.question for one in shown}), rounds)
