"""Whole projects out and in again: the same answers, codebooks, codings and choices."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.codebook import Codebook
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.importers.qda_archive import opened, refused
from coder.workflow.codings import export_codings, import_codings
from coder.workflow.interchange import export_qdpx, import_qdpx
from coder.workflow.long_run import Progress
from coder.workflow.output import format_table
from coder.workflow.project import Project, open_project
from coder.workflow.report import table

CODINGS = """round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status
1,q,0114,0,3,ett,A,ett,eva,hand,,counted
1,q,0114,4,7,två,A,två,ola,auto,0.8125,set_aside
1,q,0114,8,11,tre,B,tre,eva,accepted,0.5,
1,q,0115,0,7,,A,ett,eva,hand,,
1,q,0115,4,7,,A,två,eva,hand,,
1,q,0116,,,,,lös,eva,hand,,
1,q,0118,,,,,,ola,hand,,nothing_to_code
"""


def _rows(project: Project) -> list[CodingRow]:
    return sorted(export_codings(project), key=repr)


def _book(project: Project, question: str) -> Codebook:
    book = project.codebook(question)
    numbers = {theme.id: place for place, theme in enumerate(book.themes)}
    return replace(
        book,
        themes=tuple(replace(theme, id=place) for place, theme in enumerate(book.themes)),
        codes=tuple(
            replace(code, id=place, theme=None if code.theme is None else numbers[code.theme])
            for place, code in enumerate(book.codes)
        ),
    )


def test_the_corpus_comes_back_as_it_went(corpus: Project, tmp_path: Path) -> None:
    sent = export_qdpx(corpus, tmp_path / "af.qdpx", with_set_aside=True)
    taken = import_qdpx(tmp_path / "new.db", tmp_path / "af.qdpx")
    assert (sent.answers, sent.codings, taken.left) == (354, 551, [])
    with open_project(tmp_path / "new.db") as again:
        assert _rows(again) == _rows(corpus)
        for question in ("bra", "mindre_bra"):
            assert _book(again, question) == _book(corpus, question)
            tables = [format_table(table(one, question, "2023"), "json") for one in (corpus, again)]
            assert tables[0] == tables[1]


def test_a_description_larger_than_is_read_is_found_by_what_the_archive_tells(small: Project, tmp_path: Path) -> None:
    file = tmp_path / "p.qdpx"
    assert export_qdpx(small, file).refused == ""
    with zipfile.ZipFile(file) as packed:
        size = packed.getinfo("project.qde").file_size
    assert refused(file, lambda _size: size) == ""
    told = refused(file, lambda _size: size - 1)
    assert '"project.qde" in it is larger than the 0 MB that are read' in told
    with pytest.raises(CoderError) as caught, opened(file, lambda _size: size - 1) as archive:
        list(archive.pieces("project.qde", archive.room))
    assert caught.value.message == told


def test_only_what_is_counted_goes_out_unless_more_is_asked_for(corpus: Project, tmp_path: Path) -> None:
    report = export_qdpx(corpus, tmp_path / "af.qdpx", questions=["bra"])
    import_qdpx(tmp_path / "new.db", tmp_path / "af.qdpx")
    wanted = [row for row in _rows(corpus) if row.question == "bra" and row.status is not Status.SET_ASIDE]
    with open_project(tmp_path / "new.db") as again:
        assert _rows(again) == wanted
    assert any(line.endswith("codings set aside") for line in report.left)
    assert report.clashes == table(corpus, "bra", "2023").clashes  # type: ignore[union-attr]


def test_origins_scores_choices_clashes_and_marks_come_back(small: Project, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(CODINGS, encoding="utf-8")
    import_codings(small, tmp_path / "c.csv")
    export_qdpx(small, tmp_path / "s.qdpx", with_set_aside=True)
    report = import_qdpx(tmp_path / "new.db", tmp_path / "s.qdpx")
    with open_project(tmp_path / "new.db") as again:
        assert _rows(again) == _rows(small)
        assert again.rounds() == small.rounds()
        assert [(one.key, one.text) for one in again.open_questions("1")] == [("q", "Vad?")]
    assert (report.codings, report.nothing, report.choices) == (6, 1, 1)


def test_clashes_of_which_only_what_counts_for_now_goes_out_are_numbered(small: Project, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(CODINGS, encoding="utf-8")
    import_codings(small, tmp_path / "c.csv")
    assert export_qdpx(small, tmp_path / "all.qdpx", with_set_aside=True).clashes == 0
    assert export_qdpx(small, tmp_path / "counted.qdpx").clashes == 1
    taken = [import_qdpx(tmp_path / f"{one}.db", tmp_path / f"{one}.qdpx").clashes for one in ("all", "counted")]
    left = []
    for one in ("all", "counted"):
        with open_project(tmp_path / f"{one}.db") as again:
            left.append(sum(row.status is Status.PROVISIONAL for row in _rows(again)))
    assert (taken, left) == ([0, 0], [1, 0])


def _no_file(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_nothing_is_made_when_the_file_cannot_be_taken_in(small: Project, tmp_path: Path) -> None:
    export_qdpx(small, tmp_path / "s.qdpx")
    data = (tmp_path / "s.qdpx").read_bytes()
    (tmp_path / "s.qdpx").write_bytes(data[: len(data) // 2])
    before = _no_file(tmp_path)
    with pytest.raises(CoderError):
        import_qdpx(tmp_path / "new.db", tmp_path / "s.qdpx")
    assert _no_file(tmp_path) == before


def test_nothing_is_made_of_a_description_that_breaks_off_behind_its_last_text(small: Project, tmp_path: Path) -> None:
    export_qdpx(small, tmp_path / "s.qdpx")
    with zipfile.ZipFile(tmp_path / "s.qdpx") as whole, zipfile.ZipFile(tmp_path / "cut.qdpx", "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name).partition(b"</Sources>")[0])
    before = _no_file(tmp_path)
    with pytest.raises(CoderError, match="damaged or cut off"):
        import_qdpx(tmp_path / "new.db", tmp_path / "cut.qdpx")
    assert _no_file(tmp_path) == before


def test_an_existing_project_is_never_touched(
    small: Project, tmp_path: Path, rows_of: Callable[[Path], dict[str, list[tuple[Any, ...]]]]
) -> None:
    export_qdpx(small, tmp_path / "s.qdpx")
    before = rows_of(small.path)
    with pytest.raises(CoderError, match="exists already"):
        import_qdpx(small.path, tmp_path / "s.qdpx")
    assert rows_of(small.path) == before


def test_a_project_that_somebody_makes_meanwhile_is_never_touched(small: Project, tmp_path: Path) -> None:
    export_qdpx(small, tmp_path / "s.qdpx")
    new = tmp_path / "new.db"

    def make(_done: int, _total: int) -> None:
        new.write_text("mine", encoding="utf-8")

    with pytest.raises(CoderError, match="exists already"):
        import_qdpx(new, tmp_path / "s.qdpx", make)
    assert new.read_text(encoding="utf-8") == "mine"
    assert not [one for one in _no_file(tmp_path) if "part" in one]


@pytest.mark.parametrize(
    ("questions", "rounds", "words"), [(["ja"], [], "no open question"), ([], ["9"], "no round")], ids=str
)
def test_a_question_or_round_that_is_not_there_is_named(
    small: Project, tmp_path: Path, questions: list[str], rounds: list[str], words: str
) -> None:
    with pytest.raises(CoderError, match=words):
        export_qdpx(small, tmp_path / "s.qdpx", questions=questions, rounds=rounds)
    assert not (tmp_path / "s.qdpx").exists()


def test_a_project_that_comes_back_gives_the_same_file_of_codings(corpus: Project, tmp_path: Path) -> None:
    """Its answers are taken in in another order; the rows stand in the order of their keys."""
    export_qdpx(corpus, tmp_path / "af.qdpx", with_set_aside=True)
    import_qdpx(tmp_path / "new.db", tmp_path / "af.qdpx")
    with open_project(tmp_path / "new.db") as again:
        rows = list(export_codings(again))
        assert rows == list(export_codings(corpus))
    places = [(row.round, row.question, row.respondent) for row in rows]
    assert places == sorted(places)
    starts = [(*place, row.segment.start) for place, row in zip(places, rows, strict=True) if row.segment]
    assert starts == sorted(starts)


def _content(path: Path) -> dict[str, list[bytes]]:
    """The parts of an archive by their lines, but for times; respondents come in another order."""
    with zipfile.ZipFile(path) as packed:
        found = {name: re.sub(rb'DateTime="[^"]*"', b"", packed.read(name)) for name in packed.namelist()}
    return {name: sorted(content.split(b"\n")) for name, content in found.items()}


def test_a_project_that_comes_back_gives_the_same_archive(corpus: Project, tmp_path: Path) -> None:
    sent, taken = tmp_path / "af.qdpx", tmp_path / "again" / "af.qdpx"
    taken.parent.mkdir()
    export_qdpx(corpus, sent, with_set_aside=True)
    import_qdpx(tmp_path / "new.db", sent)
    with open_project(tmp_path / "new.db") as again:
        export_qdpx(again, taken, with_set_aside=True)
    assert _content(taken) == _content(sent)


def test_each_part_of_taking_in_tells_how_far_it_has_come_to_its_end(corpus: Project, tmp_path: Path) -> None:
    export_qdpx(corpus, tmp_path / "af.qdpx")
    told: list[list[tuple[int, int]]] = [[], [], []]
    import_qdpx(tmp_path / "new.db", tmp_path / "af.qdpx", *(_hear(one) for one in told))
    for one in told:
        assert one == sorted(one)
        assert one[-1][0] == one[-1][1]


def _hear(told: list[tuple[int, int]]) -> Progress:
    return lambda done, total: told.append((done, total))


def test_braces_round_every_identifier_change_nothing(small: Project, small_files: Path, tmp_path: Path) -> None:
    (small_files / "c.csv").write_text(CODINGS, encoding="utf-8")
    import_codings(small, small_files / "c.csv")
    export_qdpx(small, tmp_path / "plain.qdpx", with_set_aside=True)
    with zipfile.ZipFile(tmp_path / "plain.qdpx") as plain, zipfile.ZipFile(tmp_path / "braced.qdpx", "w") as braced:
        for name in plain.namelist():
            content = plain.read(name)
            if name.endswith(".qde"):
                content = re.sub(rb'((?:guid|targetGUID|creatingUser)=")([^"]+)', rb"\1{\2}", content)
            braced.writestr(name, content)
    assert import_qdpx(tmp_path / "braced.db", tmp_path / "braced.qdpx").left == []
    with open_project(tmp_path / "braced.db") as again:
        assert _rows(again) == _rows(small)
