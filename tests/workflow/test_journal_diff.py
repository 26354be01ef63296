"""What moved between two exports by the journal: the counts as printed then, and the decision that moved each."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from coder.domain.codebook_edits import Merge, Rename
from coder.domain.coding import Coding, Segment, choose, give
from coder.domain.errors import CoderError
from coder.domain.tables import Unit
from coder.workflow.codings import import_codings
from coder.workflow.export_diff import difference
from coder.workflow.intake import import_answers
from coder.workflow.journal_diff import decisions_between
from coder.workflow.output import Extras, write_table
from coder.workflow.project import Project
from coder.workflow.publication import publication
from coder.workflow.session import Session


def written(project: Project, path: Path) -> Path:
    made = publication(project, "q", "1")
    write_table(made.table, path, Extras(made.note, made.membership))
    return path


@pytest.fixture
def session(small: Project) -> Session:
    return Session(small, "1", "q", "eva")


def code(answer: int, number: int, segment: Segment) -> Callable[[Session], object]:
    return lambda one: one.apply(answer, "give", lambda work: give(work, Coding(number, segment, "eva")), rank=1)


WHOLE = Segment(0, 3)
# What is done between two exports of a project in which 0114 is coded *ett* and 0115 *två*, and who then moves where.
HISTORIES: dict[str, tuple[list[Callable[[Session], object]], set[tuple[str, str, str, bool, str]]]] = {
    "nothing": ([], set()),
    "coded": (
        [code(3, 4, WHOLE)],
        {("0116", "B", "tre", True, "eva: give"), ("0116", "B", "", True, "eva: give")},
    ),
    "coded, and the code taken back": ([code(3, 4, WHOLE), lambda one: one.undo()], set()),
    "coded, taken back and made again": (
        [code(3, 4, WHOLE), lambda one: one.undo(), lambda one: one.redo()],
        {("0116", "B", "tre", True, "eva: redo give"), ("0116", "B", "", True, "eva: redo give")},
    ),
    "another code of the theme, chosen": (
        [code(1, 2, Segment(4, 7)), lambda one: one.apply(1, "choose", lambda work: choose(work, 1, 2))],
        {("0114", "A", "ett", False, "eva: choose"), ("0114", "A", "två", True, "eva: choose")},
    ),
    "the code renamed": (
        [lambda one: one.edit(Rename(1, "Ett"))],
        {
            ("0114", "A", "ett", False, "eva: rename ett to Ett"),
            ("0114", "A", "Ett", True, "eva: rename ett to Ett"),
        },
    ),
    "the code merged with one that is given later": (
        [lambda one: one.edit(Merge((2,), 1)), code(3, 2, WHOLE)],
        {
            ("0115", "A", "två", False, "eva: merge två into ett"),
            ("0115", "A", "ett", True, "eva: merge två into ett"),
        },
    ),
    "a note in between": ([lambda one: one.apply(3, "done", lambda work: replace(work, done=True))], set()),
}


@pytest.mark.parametrize(("decisions", "moves"), HISTORIES.values(), ids=HISTORIES.keys())
def test_a_move_names_who_decided_what(
    tmp_path: Path,
    session: Session,
    decisions: list[Callable[[Session], object]],
    moves: set[tuple[str, str, str, bool, str]],
) -> None:
    code(1, 1, WHOLE)(session)
    code(2, 2, WHOLE)(session)
    project = session.project
    before = written(project, tmp_path / "1.docx")
    for step in decisions:
        with suppress(CoderError):  # a code that was merged can't be given
            step(session)
    found = decisions_between(project, before, written(project, tmp_path / "2.html"))
    told = {
        (move.respondent, one.theme, one.code, move.entered, f"{move.decision.analyst}: {move.decision.what}")
        for one in found.moved
        for move in one.moves
        if move.decision
    }
    assert told == moves
    assert sum(len(one.moves) for one in found.moved) == len(moves)


def test_what_came_from_a_file_is_told_by_the_file(tmp_path: Path, session: Session) -> None:
    project = session.project
    before = written(project, tmp_path / "1.md")
    head = "round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status"
    (tmp_path / "andra.csv").write_text(f"{head}\n1,q,0114,0,3,ett,A,ett,ola,hand,,counted\n", encoding="utf-8")
    import_codings(project, tmp_path / "andra.csv")
    found = decisions_between(project, before, written(project, tmp_path / "2.xlsx"))
    (decided,) = {move.decision for one in found.moved for move in one.moves}
    assert decided is not None
    assert (decided.analyst, decided.what) == ("import", "import of andra.csv")


def test_a_base_that_grew_is_told_as_what_nobody_decided(tmp_path: Path, small_files: Path, session: Session) -> None:
    """Answers are not in the journal, and so the past is told with those of now; the files say what their base was."""
    project = session.project
    code(1, 1, WHOLE)(session)
    files = [written(project, tmp_path / "1.json")]
    text = (small_files / "answers.csv").read_text(encoding="utf-8").replace("inget alls", "nu något annat")
    (small_files / "answers.csv").write_text(f"{text}0120,Ny,stad,ett nytt svar,Ja\n", encoding="utf-8")
    import_answers(project, small_files / "answers.csv", small_files / "survey.toml")
    files.append(written(project, tmp_path / "2.json"))
    found = decisions_between(project, *files)
    assert (found.moved, found.notes) == ((), ())
    assert [(one.before, one.after) for one in found.bases] == [(5, 6)]
    assert difference(*files) == replace(found, named=False)


def test_counts_that_the_journal_does_not_bear_out_are_told(tmp_path: Path, session: Session) -> None:
    code(1, 1, WHOLE)(session)
    file = written(session.project, tmp_path / "1.json")
    document = json.loads(file.read_text(encoding="utf-8"))
    document["themes"][0]["count"] = 87
    file.write_text(json.dumps(document), encoding="utf-8")
    found = decisions_between(session.project, file, written(session.project, tmp_path / "2.json"))
    (note,) = found.notes
    assert "prints 87 for A, and the decisions it says that it holds make 1" in note


def test_units_are_told_by_their_respondents(tmp_path: Path, session: Session) -> None:
    with session.project.file.writing() as db:
        db.conn.execute("update participation set covers = 2")
    made = publication(session.project, "q", "1", unit=Unit.UNITS)
    write_table(made.table, tmp_path / "1.json", Extras(made.note))
    found = decisions_between(session.project, tmp_path / "1.json", tmp_path / "1.json")
    assert all("counts the units" in note for note in found.notes)
    assert len(found.notes) == 2


def test_a_project_that_was_changed_behind_its_journal_is_refused(tmp_path: Path, session: Session) -> None:
    before = written(session.project, tmp_path / "1.json")
    code(1, 1, WHOLE)(session)
    after = written(session.project, tmp_path / "2.json")
    with session.project.file.writing() as db:
        db.conn.execute("update coding set code = 2")
    with pytest.raises(CoderError, match=r"decision 1 of the journal .* can't be taken back"):
        decisions_between(session.project, before, after)


def test_exports_that_were_written_in_two_time_zones_are_of_one_project(tmp_path: Path, session: Session) -> None:
    code(1, 1, WHOLE)(session)
    files = [written(session.project, tmp_path / name) for name in ("1.json", "2.json")]
    document = json.loads(files[1].read_text(encoding="utf-8"))
    for one in document["method"]["questions"]:
        at = datetime.fromisoformat(one["decided_at"]).astimezone(timezone(timedelta(hours=5, minutes=45)))
        one["decided_at"] = at.isoformat(timespec="milliseconds")
    files[1].write_text(json.dumps(document), encoding="utf-8")
    assert difference(*files).moved == decisions_between(session.project, *files).moved == ()


def test_looking_back_leaves_the_project_as_it_is(tmp_path: Path, session: Session) -> None:
    files = [written(session.project, tmp_path / "1.json")]
    code(1, 1, WHOLE)(session)
    files.append(written(session.project, tmp_path / "2.json"))
    held = session.project.path.read_bytes()
    assert decisions_between(session.project, *files).moved
    assert session.project.path.read_bytes() == held


def test_a_figure_is_told_by_its_note_and_one_of_another_round_is_refused(tmp_path: Path, session: Session) -> None:
    code(1, 1, WHOLE)(session)
    before = written(session.project, tmp_path / "1.json")
    code(2, 1, WHOLE)(session)
    note = publication(session.project, "q", "1").note
    assert note.stand is not None
    (tmp_path / "f.png.method.txt").write_text(note.stand.line, encoding="utf-8")
    (tmp_path / "f.png").write_bytes(b"")
    assert len(decisions_between(session.project, before, tmp_path / "f.png").moved) == 2
    lines = "\n".join((note.stand.line, replace(note.stand, round="9").line))
    (tmp_path / "f.png.method.txt").write_text(lines, encoding="utf-8")
    with pytest.raises(CoderError, match="no open question"):
        decisions_between(session.project, before, tmp_path / "f.png")
