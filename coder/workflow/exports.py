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
from coder.workflow.project import Project, typed

# The command that writes a file, where it is not called as the file is.
_COMMANDS = {"comparison": "compare", "example table": "table --examples"}


def note_export(project: Project, file: Path, what: str, note: MethodNote) -> bool:
    """Note down that a file was written, with what its note says it shows and the last decision that it holds.

    False where the project can't be written to. The file is there either way: a project that is read-only or busy
    must not make a written file a failure.
    """
    return _noted(project, file, what, ((one.round, one.question, one.decision or 0) for one in note.every))


def last_decision(project: Project) -> int:
    """The number of the last decision so far, to be asked for before what `note_ledgers` tells of is read."""
    with project.file.reading() as db:
        return history.last_event(db)[0]


def note_ledgers(project: Project, file: Path, ledgers: Iterable[Ledger], decision: int) -> bool:
    """As `note_export`, of the ledgers in a file, which hold all decisions up to this one."""
    shown = ((one.round, row.question, decision) for one in ledgers for row in one.questions)
    return _noted(project, file, "ledger", shown)


def _noted(project: Project, file: Path, what: str, places: Iterable[tuple[str, str, int]]) -> bool:
    path, at = str(file.resolve()), project.clock().isoformat(timespec="milliseconds")
    shown = [exports.Export(path, key, question, what, at, decision) for key, question, decision in places]
    try:
        with project.file.writing() as db:
            exports.save(db, path, shown)
    except CoderError:
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
    old: dict[str, list[str]] = {}
    for path, shown in written.items():
        if Path(path).exists() and any(one.event < last.get(_place(one), (0, ""))[0] for one in shown):
            old.setdefault(_command(project, shown), []).append(path)
    findings = [_older(command, paths, written[paths[0]], last) for command, paths in old.items()]
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
    command: str,
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
    # What else was asked for, as units or a page without respondents, nobody has noted down.
    again = (
        f"Write it again, with the options that it was written with: `{command} --out {typed(Path(paths[0]))}`."
        if number == 1
        else f"Write each again, with the options that it was written with: `{command} --out FILE`."
    )
    rounds, questions = ({one.round for one in shown}, {one.question for one in shown})
    round_key, question = ("".join(some) if len(some) == 1 else "" for some in (rounds, questions))
    return Finding("export", round_key, question, number, f"{older} ({at:%Y-%m-%d %H:%M})", tuple(paths), again)


def _command(project: Project, shown: Sequence[exports.Export]) -> str:
    """The command that writes a file again, of all that it shows, but for where it goes."""
    what, rounds = shown[0].what, {one.round for one in shown}
    keys = [f"-q {key}" for key in sorted({one.question for one in shown}) if what != "ledger"]
    keys += [
        f"-r {one.key}" for one in project.rounds() if one.key in rounds and (what != "ledger" or len(rounds) == 1)
    ]
    return f"coder {_COMMANDS.get(what, what)} {' '.join([project.typed, *keys])}"
