"""Suggestions and neighbours follow the codebook as it is now."""

from coder.domain.codebook_edits import Merge, Retire
from coder.domain.suggestion import Evidence
from coder.workflow.neighbours import neighbours
from coder.workflow.project import Project
from coder.workflow.session import Session
from coder.workflow.suggesting import Adviser


def test_suggestions_are_of_codes_in_use_and_learn_from_what_was_merged_into_them(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    evidence = [Evidence("ring telefon", 1, "a"), Evidence("brev post", 4, "b"), Evidence("möte rum", 2, "c")]
    session.edit(Merge((1,), 4))
    session.edit(Retire(2))
    advice = Adviser(session.codebook, evidence)
    (found,) = advice.suggest(["ring en telefon"], top=9)
    assert found[0].code == 4
    assert not {1, 2} & {one.code for one in found}
    session.undo()
    advice.follow(session.codebook)
    assert advice.suggest(["möte i ett rum"], top=9)[0][0].code == 2


def test_neighbours_are_codes_that_read_alike(coded: Project) -> None:
    found = neighbours(coded, "mindre_bra")
    book = coded.codebook("mindre_bra")
    assert found.keys() == {code.id for code in book.active}
    for code, near in found.items():
        assert code not in {one.code for one in near}
        assert [one.likeness for one in near] == sorted((one.likeness for one in near), reverse=True)
        assert all(0 < one.likeness <= 1 for one in near)
    shared = [
        book.theme_of[code] in {book.theme_of[one.code] for one in near}
        for code, near in found.items()
        if len(book.codes_of(book.theme_of[code])) > 1
    ]
    assert sum(shared) / len(shared) > 0.5
