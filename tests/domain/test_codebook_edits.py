"""Edits of the codebook: what each leads to, and what is refused."""

from dataclasses import replace

import pytest

from coder.domain.codebook import Code, Codebook, Theme, fingerprint, search
from coder.domain.codebook_edits import AddCode, AddExample, Define, Merge, Move, Rename, Restore, Retire, Split
from coder.domain.coding import Coding, Segment, Work, choose, recode, take_back
from coder.domain.counting import decide
from coder.domain.editing import Edit
from coder.domain.errors import CoderError
from coder.domain.theme_edits import AddTheme, DefineTheme, MoveTheme, RenameTheme, RestoreTheme, RetireTheme, Return

A, B = 1, 2
ONE, TWO, ROLES, THREE, ROLES_TOO, LOOSE = range(10, 16)
BOOK = Codebook(
    "t",
    "sv",
    "",
    (Theme(A, "A"), Theme(B, "B")),
    (
        Code(ONE, "ett", A, examples=("så",)),
        Code(TWO, "två", A, aliases=("tvåa",)),
        Code(ROLES, "Otydliga roller", A),
        Code(THREE, "tre", B),
        Code(ROLES_TOO, "Otydliga roller", B),
        Code(LOOSE, "lös"),
    ),
)


def after(*edits: Edit) -> Codebook:
    """The codebook after the edits; new entries are numbered from 90."""
    book = BOOK
    for number, edit in enumerate(edits, 90):
        book = edit.apply(book, number)
    return book


def names(book: Codebook) -> dict[str, list[str]]:
    """The codes by theme, as a table lists them."""
    held = {theme.name: [code.name for code in book.codes_of(theme.id)] for theme in book.themes}
    return {**held, "": [code.name for code in book.codes_of(None)]}


START = names(BOOK)


@pytest.mark.parametrize(
    ("edits", "changed"),
    [
        pytest.param([AddCode(" ny\n kod ")], {"": ["lös", "ny kod"]}, id="a_new_code_comes_last"),
        pytest.param([AddCode("ny", B)], {"B": ["tre", "Otydliga roller", "ny"]}, id="in_a_theme_too"),
        pytest.param([Rename(TWO, "2")], {"A": ["ett", "2", "Otydliga roller"]}, id="a_renamed_code_keeps_its_place"),
        pytest.param(
            [Move((LOOSE, ONE), B, 1)],
            {"A": ["två", "Otydliga roller"], "B": ["tre", "lös", "ett", "Otydliga roller"], "": []},
            id="codes_move_together_to_a_place",
        ),
        pytest.param([Move((ONE,), A)], {"A": ["två", "Otydliga roller", "ett"]}, id="without_a_place_last"),
        pytest.param([Move((ONE,), A, 1)], {"A": ["två", "ett", "Otydliga roller"]}, id="reordered_within_a_theme"),
        pytest.param([Move((THREE,), None, 0)], {"B": ["Otydliga roller"], "": ["tre", "lös"]}, id="out_of_all_themes"),
        pytest.param([Merge((ONE, LOOSE), THREE)], {"A": ["två", "Otydliga roller"], "": []}, id="merged_have_no_row"),
        pytest.param([Split(ONE, "1b")], {"A": ["ett", "1b", "två", "Otydliga roller"]}, id="split_stands_beside"),
        pytest.param([Retire(ONE)], {}, id="retired_keeps_its_row"),
        pytest.param(
            [AddTheme("C", (LOOSE, TWO))], {"A": ["ett", "Otydliga roller"], "": [], "C": ["lös", "två"]}, id="gathered"
        ),
        pytest.param([MoveTheme(B, 0)], {}, id="themes_in_another_order"),
    ],
)
def test_an_edit_leads_to(edits: list[Edit], changed: dict[str, list[str]]) -> None:
    assert names(after(*edits)) == {**START, **changed}


def test_themes_stand_in_the_order_they_were_put() -> None:
    assert [theme.name for theme in after(MoveTheme(B, 0)).themes] == ["B", "A"]
    assert [theme.name for theme in after(AddTheme("C"), MoveTheme(A, 9)).themes] == ["B", "C", "A"]


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        pytest.param([AddCode("  ")], "without a name", id="no_name"),
        pytest.param([AddCode("ett", A)], "'ett' already", id="a_name_of_the_theme"),
        pytest.param([AddCode("lös")], "there is a code 'lös' already", id="a_name_without_theme"),
        pytest.param([AddCode("ny", 7)], "no theme number 7", id="an_unknown_theme"),
        pytest.param([RetireTheme(A), AddCode("ny", A)], "'A' is retired", id="a_retired_theme"),
        pytest.param([Retire(ONE), AddCode("ett", A)], "already, which is retired", id="a_retired_name"),
        pytest.param([Rename(99, "ny")], "no code number 99", id="an_unknown_code"),
        pytest.param([Rename(ONE, "två")], "'två' already", id="renamed_to_a_neighbour"),
        pytest.param([Rename(ONE, "\u200b")], "without a name", id="renamed_to_nothing_seen"),
        pytest.param([Move((ROLES,), B)], "'Otydliga roller' already", id="moved_to_its_namesake"),
        pytest.param([Merge((ONE,), ONE)], "into itself", id="merged_into_itself"),
        pytest.param([Merge((TWO, ONE), TWO)], "into itself", id="among_others"),
        pytest.param([Retire(TWO), Merge((ONE,), TWO)], "'två' is retired", id="merged_into_a_retired_code"),
        pytest.param([Merge((ONE,), TWO), Merge((TWO,), ONE)], "was merged into 'två'", id="in_a_circle"),
        pytest.param([Merge((ONE,), TWO), Rename(ONE, "ny")], "was merged into 'två'", id="a_merged_code_renamed"),
        pytest.param([Split(ONE, "två")], "'två' already", id="split_to_a_neighbours_name"),
        pytest.param(
            [Split(ONE, "1b", frozenset({(1, (TWO, Segment(0, 1), "eva"))}))], "not of the code", id="dealt_from_others"
        ),
        pytest.param([AddExample(ONE, " ")], "without words", id="an_empty_example"),
        pytest.param([AddTheme("A")], "a theme 'A' already", id="a_themes_name"),
        pytest.param([RenameTheme(A, "B")], "a theme 'B' already", id="a_theme_renamed_to_another"),
        pytest.param([RetireTheme(A), Retire(ONE), Restore(ONE)], "'A' is retired", id="restored_in_a_retired_theme"),
        pytest.param([Return(replace(BOOK, key="u"), "x")], "codebook u", id="a_version_of_another_codebook"),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(edits: list[Edit], words: str) -> None:
    with pytest.raises(CoderError, match=words):
        after(*edits)


@pytest.mark.parametrize(
    ("edits", "asked", "found"),
    [
        pytest.param([Rename(ONE, "1")], ("A", "ett"), ONE, id="a_former_name"),
        pytest.param([Rename(ONE, "1"), AddCode("ett", A)], ("A", "ett"), 91, id="a_name_before_a_former_one"),
        pytest.param([Merge((ONE,), TWO)], ("A", "ett"), TWO, id="a_merged_code"),
        pytest.param([Merge((ONE,), THREE)], ("A", "ett"), THREE, id="a_merged_code_where_it_stood"),
        pytest.param([Merge((ONE,), THREE)], ("B", "ett"), THREE, id="and_where_it_stands"),
        pytest.param([Merge((ONE,), TWO), Merge((TWO,), THREE)], ("A", "tvåa"), THREE, id="merged_twice"),
        pytest.param([RenameTheme(A, "Ä")], ("A", "ett"), ONE, id="a_theme_by_its_former_name"),
        pytest.param([Retire(ONE)], ("A", "ett"), ONE, id="a_retired_code"),
    ],
)
def test_an_old_name_still_finds_the_entry(edits: list[Edit], asked: tuple[str, str], found: int) -> None:
    code = after(*edits).find(*asked)
    assert code is not None
    assert code.id == found


def test_what_is_merged_or_retired_can_no_longer_be_looked_up_to_be_given() -> None:
    book = after(Merge((ONE,), TWO), Retire(ROLES), RetireTheme(B))
    assert [code.id for code in search(book, "")] == [TWO, LOOSE]
    assert [code.id for code in search(book, "ett")] == [TWO]
    assert book.in_use.codes == book.active
    assert [theme.name for theme in book.in_use.themes] == ["A"]
    assert RestoreTheme(B).apply(book).active == (*book.active[:1], *BOOK.codes_of(B), *book.active[1:])


def test_a_merged_code_leaves_its_names_and_examples_to_the_other() -> None:
    target = after(Rename(ONE, "1"), Merge((ONE,), TWO)).code_by_id[TWO]
    assert target.aliases == ("tvåa", "1", "ett")
    assert target.examples == ("så",)


def test_codings_of_merged_codes_are_one_code_and_a_choice_for_either_is_a_choice_for_it() -> None:
    work = Work(tuple(Coding(code, Segment(4 * n, 4 * n + 3), "eva") for n, code in enumerate((ONE, TWO, ROLES))))
    book = after(Merge((ONE,), TWO))
    assert decide(work, book)[0].codes == (TWO, ROLES)
    assert decide(work, book)[0].clash
    for code in (ONE, TWO):
        chosen = choose(work, A, code, book)
        assert decide(chosen, book)[0].code == TWO
        assert not decide(chosen, book)[0].clash
        assert take_back(chosen, work.codings[0], book).choices == {A: code}
        assert take_back(take_back(chosen, work.codings[0], book), work.codings[1], book).choices == {}
    (alone,) = decide(Work(work.codings[:2]), book)
    assert not alone.clash
    assert {alone.counted, *alone.set_aside} == set(work.codings[:2])


def test_a_choice_follows_the_code_out_of_a_theme_as_a_pin_and_back_as_a_choice() -> None:
    codings = (
        Coding(ONE, Segment(0, 3), "eva"),
        Coding(TWO, Segment(4, 9), "eva"),
        Coding(THREE, Segment(9, 19), "eva"),
    )
    work = Work(codings, {A: ONE})
    moved = after(Move((ONE,), B))
    (in_a, in_b) = decide(work, moved)
    assert (in_a.code, in_a.clash) == (TWO, False)
    assert (in_b.code, in_b.clash) == (ONE, True)
    (back, _) = decide(work, Move((ONE,), A).apply(moved))
    assert (back.code, back.clash) == (ONE, False)


def test_a_choice_goes_with_the_last_coding_that_is_dealt_and_stays_while_one_is_left() -> None:
    first, second = Coding(ONE, Segment(0, 3), "eva"), Coding(ONE, Segment(4, 7), "eva")
    work = Work((first, second, Coding(TWO, Segment(8, 11), "eva")), {A: ONE})
    some = recode(work, frozenset({first.identity}), 90, BOOK)
    assert [coding.code for coding in some.codings] == [90, ONE, TWO]
    assert some.choices == {A: ONE}
    assert recode(work, frozenset({first.identity, second.identity}), 90, BOOK).choices == {A: 90}


def test_two_codings_that_become_the_same_are_one() -> None:
    book = after(Merge((ONE,), TWO))
    same = (Coding(ONE, Segment(0, 3), "eva"), Coding(TWO, Segment(0, 3), "eva"))
    dealt = recode(Work(same), frozenset(coding.identity for coding in same), 90, book)
    assert dealt.codings == (Coding(90, Segment(0, 3), "eva"),)


@pytest.mark.parametrize(
    "edit",
    [
        AddCode("ny"),
        Rename(ONE, "1"),
        Define(ONE, "x"),
        Move((ONE,), B),
        Merge((ONE,), TWO),
        Retire(ONE),
        MoveTheme(B, 0),
        DefineTheme(A, "x"),
        RetireTheme(B),
    ],
    ids=lambda edit: type(edit).__name__,
)
def test_going_back_to_a_version_brings_its_content_and_deletes_nothing(edit: Edit) -> None:
    changed = edit.apply(BOOK, 90)
    assert fingerprint(changed) != fingerprint(BOOK)
    back = Return(BOOK, "x").apply(changed)
    assert back.active == BOOK.active
    assert {code.id for code in back.codes} == {code.id for code in changed.codes}
    if not edit.adds:
        assert fingerprint(back) == fingerprint(BOOK)


def test_going_back_merges_what_was_split_off_into_what_it_was_split_from() -> None:
    changed = after(Split(ONE, "1b"), Split(90, "1c"), AddCode("ny"))
    back = Return(BOOK, "x").apply(changed)
    assert (back.stands_for(90), back.stands_for(91)) == (ONE, ONE)
    assert back.is_retired(92)
    assert [code.id for code in back.active] == [code.id for code in BOOK.active]


def test_every_edit_says_what_it_does() -> None:
    edits: list[Edit] = [AddCode("ny", A), Rename(ONE, "1"), Move((ONE, TWO), None), Merge((ONE,), TWO), Retire(ONE)]
    assert [edit.words(BOOK) for edit in edits] == [
        "new code ny to the theme A",
        "rename ett to 1",
        "move ett, två out of all themes",
        "merge ett into två",
        "retire ett",
    ]
