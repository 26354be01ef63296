"""Files that were written from a project are told of once a decision has overtaken them."""

from pathlib import Path

import pytest

from coder.domain.codebook_edits import AddExample, Define, Rename
from coder.domain.coding import Coding, Segment, flag, give
from coder.workflow.comparing import noted as comparison_noted
from coder.workflow.exports import last_decision, note_export, note_ledgers
from coder.workflow.ledger import round_ledgers
from coder.workflow.method import noted
from coder.workflow.project import Project, open_project
from coder.workflow.publication import examples
from coder.workflow.publishing import gate
from coder.workflow.revising import revise
from coder.workflow.session import Session
from coder.workflow.written_again import again


def test_a_file_that_a_later_decision_has_overtaken_is_told(coded: Project, tmp_path: Path) -> None:
    file, other = tmp_path / "bra.docx", tmp_path / "closed.docx"
    for path, question in ((file, "bra"), (other, "riktlinjer")):
        path.write_text("…", encoding="utf-8")
        assert note_export(coded, path, "table", noted(coded, question, "2023")[1])
    assert gate(coded).findings == ()
    session = Session(coded, "2023", "bra", "eva")
    first = next(one.id for one in session.answers if session.work(one.id).codings)
    session.apply(first, "flag", lambda work: flag(work, work.codings[0]))
    (found,) = gate(coded).findings
    assert (found.kind, found.question, found.where) == ("export", "bra", (str(file),))
    # Nobody has noted down what else it was asked for with.
    assert found.todo.startswith("Write it again, with the options that it was written with: `coder table ")
    assert f"--out {file}" in found.todo
    assert gate(coded, question="mindre_bra").findings == ()
    _, note = noted(coded, "bra", "2023")
    note_export(coded, file, "table", note)
    assert gate(coded).findings == ()
    session.undo()
    # Noted down only now, the file still holds no more than was read.
    note_export(coded, file, "table", note)
    assert [one.kind for one in gate(coded).findings] == ["export"]
    file.unlink()
    assert gate(coded).findings == ()
    (gone,) = [one for one in gate(coded).notes if one.kind == "export"]
    assert gone.where == (str(file),)
    assert gone.words.startswith("file was moved or removed")


def test_a_file_of_two_rounds_is_to_be_written_again_of_both(library: Project, tmp_path: Path) -> None:
    file = tmp_path / "change.docx"
    file.write_text("…", encoding="utf-8")
    _, note = comparison_noted(library, "q", ("1", "2"))
    assert note_export(library, file, "comparison", note)
    session = Session(library, "2", "q", "eva")
    session.apply(session.answers[0].id, "code", lambda work: give(work, Coding(1, Segment(0, 1), "eva")))
    (found,) = [one for one in gate(library, round_key="2").findings if one.kind == "export"]
    assert f"`coder compare {library.typed} -q q -r 1 -r 2 --out {file}`" in found.todo


def test_files_that_one_command_writes_again_are_told_together(library: Project, tmp_path: Path) -> None:
    _, note = comparison_noted(library, "q", ("1", "2"))
    _, alone = noted(library, "q", "2")
    files = [tmp_path / f"c.{suffix}" for suffix in ("csv", "docx", "html")]
    for file, what, of in (*((file, "comparison", note) for file in files), (tmp_path / "t.md", "table", alone)):
        file.write_text("…", encoding="utf-8")
        assert note_export(library, file, what, of)
    session = Session(library, "2", "q", "eva")
    session.apply(session.answers[0].id, "code", lambda work: give(work, Coding(1, Segment(0, 1), "eva")))
    found = {one.words.split()[0]: one for one in gate(library).findings if one.kind == "export"}
    assert {what: (one.round, one.question, one.count) for what, one in found.items()} == {
        "comparisons": ("", "q", 3),
        "table": ("2", "q", 1),
    }
    assert found["comparisons"].where == tuple(map(str, files))
    for file in files:
        assert f"`coder compare {library.typed} -q q -r 1 -r 2 --out {file}`" in found["comparisons"].todo


def test_another_definition_makes_no_file_old_and_another_name_does(coded: Project, tmp_path: Path) -> None:
    file = tmp_path / "bra.docx"
    file.write_text("…", encoding="utf-8")
    assert note_export(coded, file, "table", noted(coded, "bra", "2023")[1])
    revise(coded, "bra", Define(1, "något annat"), "eva")
    revise(coded, "bra", AddExample(1, "Vi ses varje vecka"), "eva")
    assert gate(coded).findings == ()
    revise(coded, "bra", Rename(1, "Ett nytt namn"), "eva")
    assert [one.kind for one in gate(coded).findings] == ["export"]


def test_a_table_of_examples_is_to_be_written_again_as_one(library: Project, tmp_path: Path) -> None:
    file = tmp_path / "new e.docx"
    file.write_text("…", encoding="utf-8")
    _, note = examples(library, ["q"], "2")
    assert note_export(library, file, "example table", note)
    session = Session(library, "2", "q", "eva")
    session.apply(session.answers[0].id, "code", lambda work: give(work, Coding(1, Segment(0, 1), "eva")))
    (found,) = [one for one in gate(library).findings if one.kind == "export"]
    assert f'`coder table {library.typed} --examples -q q -r 2 --out "{file}"`' in found.todo


@pytest.mark.parametrize(("rounds", "again"), [(("2",), "-r 2 --out"), (("1", "2"), "--out")])
def test_a_ledger_is_to_be_written_again_of_its_round_or_of_all(
    library: Project, tmp_path: Path, rounds: tuple[str, ...], again: str
) -> None:
    file = tmp_path / "l.docx"
    file.write_text("…", encoding="utf-8")
    decision = last_decision(library)
    assert note_ledgers(library, file, round_ledgers(library, rounds), decision)
    assert not [one for one in gate(library).findings if one.kind == "export"]
    session = Session(library, "2", "q", "eva")
    session.apply(session.answers[0].id, "code", lambda work: give(work, Coding(1, Segment(0, 1), "eva")))
    (found,) = [one for one in gate(library).findings if one.kind == "export"]
    assert f": `coder ledger {library.typed} {again} {file}`" in found.todo


def test_the_options_that_a_file_was_written_with_are_told_until_it_is_written_with_others(
    library: Project, tmp_path: Path
) -> None:
    file, session = tmp_path / "t.csv", Session(library, "2", "q", "eva")
    file.write_text("…", encoding="utf-8")
    scope = (("-q", "q"), ("-r", "2"))
    for place, options in enumerate(((("--raw",), ("--count", "units")), (("--sort", "count"),), ())):
        _, note = noted(library, "q", "2")
        assert note_export(library, file, "table", note, (("table",), *scope, *options))
        answer = session.answers[place].id
        session.apply(answer, "code", lambda work: give(work, Coding(1, Segment(0, 1), "eva")))
        (found,) = [one for one in gate(library).findings if one.kind == "export"]
        words = " ".join(word for option in (*scope, *options) for word in option)
        assert found.todo == f"Write it again: `coder table {library.typed} {words} --out {file}`."


def test_what_no_shell_of_windows_is_sure_to_read_is_told_in_words() -> None:
    asked = (("figure",), ("-q", "q"), ("--title", "5 % av ”alla”"), ("--source", "En källa"))
    told = again(Path("C:\\en mapp\\p.db"), asked, ["C:\\ut\\f.png"], known=True, windows=True)
    assert told == (
        "Write it again, with --title 5 % av ”alla”, which not every shell of Windows reads as it stands: "
        '`coder figure "C:\\en mapp\\p.db" -q q --source "En källa" --out C:\\ut\\f.png`.'
    )
    told = again(Path("C:\\p.db"), asked, ["C:\\$1\\f.png", "C:\\f.png"], known=True, windows=True)
    assert told.startswith("Write each again as it was written: ")
    assert "`" not in told


def test_that_nothing_was_written_is_noted(small: Project) -> None:
    (told,) = [one for one in gate(small).notes if one.kind == "export"]
    assert (told.count, told.where) == (0, ())


def test_a_project_that_can_not_be_written_to_does_not_fail_an_export(coded: Project, tmp_path: Path) -> None:
    _, note = noted(coded, "bra", "2023")
    other = Session(coded, "2023", "bra", "eva").project
    with other.file.writing(), open_project(coded.path) as second:
        assert note_export(second, tmp_path / "x.docx", "table", note) is False


def test_a_file_whose_name_is_no_text_is_not_noted_down_and_no_failure(coded: Project, tmp_path: Path) -> None:
    _, note = noted(coded, "bra", "2023")
    assert note_export(coded, tmp_path / "\udcff.docx", "table", note) is False
    assert [one.count for one in gate(coded).notes if one.kind == "export"] == [0]
