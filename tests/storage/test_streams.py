"""Answers some at a time: each once, in the order they came, with the work on them; and many works written together."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work
from coder.storage import journal, streams, surveys, works
from coder.workflow.codings import import_codings
from coder.workflow.project import Project

_CODINGS = """\
round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status
1,q,0114,0,3,,A,ett,eva,hand,,
1,q,0114,4,7,,A,två,eva,hand,,counted
1,q,0115,0,3,,A,ett,auto,auto,0.9,
1,q,0118,,,,,,eva,hand,,nothing_to_code
1,q,0119,0,3,,A,ett,auto,auto,0.7,
1,q,0119,8,11,,B,tre,eva,accepted,0.8,
"""


@pytest.fixture
def coded(small: Project, tmp_path: Path) -> Project:
    path = tmp_path / "codings.csv"
    path.write_text(_CODINGS, encoding="utf-8")
    import_codings(small, path)
    return small


@pytest.mark.parametrize("size", [1, 2, 4, 100])
def test_chunks_are_the_answers_and_their_works(coded: Project, size: int) -> None:
    with coded.file.reading() as db:
        found, after = [], 0
        while some := streams.chunk(db, "1", "q", size, after):
            assert len(some) <= size
            found += some
            after = some[-1][0].id
        held = works.load(db, "1", "q")
        assert [answer for answer, _ in found] == surveys.answers(db, "1", "q")
        assert {answer.id: work for answer, work in found if work != Work()} == held
        assert streams.count(db, "1", "q") == len(found)


@pytest.mark.parametrize(("round_key", "question"), [("2", "q"), ("1", "x"), ("1", "ja")])
def test_where_there_are_no_answers_there_is_no_chunk(coded: Project, round_key: str, question: str) -> None:
    with coded.file.reading() as db:
        assert streams.chunk(db, round_key, question, 10) == []
        assert streams.count(db, round_key, question) == 0


def test_what_analysts_have_coded_is_found_without_what_a_machine_has(coded: Project) -> None:
    with coded.file.reading() as db:
        found = list(streams.coded_by_hand(db, "1", "q"))
        held = works.load(db, "1", "q")
    assert [answer.respondent.key for answer, _ in found] == ["0114", "0119"]
    assert all(held[answer.id] == work for answer, work in found)


def test_works_replaced_together_are_as_replaced_one_by_one(coded: Project, clock: Callable[[], object]) -> None:
    """The same rows change, whichever of an answer's codings, choices and marks were there before."""
    with coded.file.writing() as db:
        every = streams.chunk(db, "1", "q", 100)
        first = every[0][1]
        new = Work((Coding(1, Segment(0, 3), "auto", Origin.AUTO, 0.5), *first.codings[1:]))
        wanted = {
            answer.id: new if answer.text.startswith("ett") else Work() for answer, _ in every if not answer.blank
        }
        together = works.replacements(db, wanted, "auto")
        apart = [
            change
            for answer, before in every
            if answer.id in wanted
            for change in works.changes(db, answer.id, before, wanted[answer.id], "auto")
        ]
        assert together == apart
        journal.record(db, together, analyst="auto", what="w", at=coded.clock(), scope=None)
        after = {answer.id: work for answer, work in streams.chunk(db, "1", "q", 100)}
        assert all(works.same(after[answer], work) for answer, work in wanted.items())
