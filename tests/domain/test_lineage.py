"""What lies between two versions of a codebook, and the map for comparing rounds."""

import pytest

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import AddCode, AddExample, Define, Merge, Move, Rename, Restore, Retire, Split
from coder.domain.editing import Edit
from coder.domain.lineage import Fate, diff, lineage, same_in_substance
from coder.domain.theme_edits import AddTheme, DefineTheme, MoveTheme, RenameTheme, RetireTheme

BOOK = Codebook(
    "t",
    "sv",
    "",
    (Theme(1, "A"), Theme(2, "B")),
    (Code(10, "ett", 1, "vad ett är"), Code(11, "två", 1), Code(12, "tre", 2), Code(13, "lös")),
)


def after(*edits: Edit) -> Codebook:
    book = BOOK
    for number, edit in enumerate(edits, 90):
        book = edit.apply(book, number)
    return book


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([AddExample(10, "så")], [], id="an_example_changes_no_meaning"),
        pytest.param([AddCode("ny", 1)], ["added code: ny (A)"], id="added"),
        pytest.param([Rename(10, "1")], ["renamed code: ett to 1"], id="renamed"),
        pytest.param([Define(10, "Vad ett är.")], [], id="punctuation_is_no_substance"),
        pytest.param([Define(10, "något annat")], ["redefined code: ett"], id="redefined"),
        pytest.param([Move((13,), 2)], ["moved code: lös (no theme) to B"], id="moved"),
        pytest.param([Move((11,), 1, 0)], ["moved code: ett within A"], id="reordered"),
        pytest.param([Merge((11, 13), 10)], ["merged code: två into ett", "merged code: lös into ett"], id="merged"),
        pytest.param([Split(10, "1b")], ["split code: 1b (A) from ett"], id="split"),
        pytest.param(
            [Rename(12, "ett"), Merge((10,), 12)],
            ["merged code: ett (A) into ett (B)", "renamed code: tre to ett (B)"],
            id="two_of_one_name",
        ),
        pytest.param([Retire(12), Retire(13), Restore(13)], ["retired code: tre"], id="retired"),
        pytest.param(
            [AddTheme("C", (13,)), RenameTheme(1, "Ä"), DefineTheme(2, "x"), MoveTheme(2, 0)],
            [
                "redefined theme: B",
                "renamed theme: A to Ä",
                "added theme: C",
                "moved theme: Ä to place 2",
                "moved code: lös (no theme) to C",
            ],
            id="themes",
        ),
        pytest.param([RetireTheme(2)], ["retired theme: B"], id="retired_theme"),
    ],
)
def test_the_differences_in_words(edits: list[Edit], found: list[str]) -> None:
    assert [f"{one.fate.value} {one.kind}: {one.words}" for one in diff(BOOK, after(*edits))] == found


def test_what_was_undone_is_removed_and_what_was_merged_back_is_restored() -> None:
    assert [one.fate for one in diff(after(AddCode("ny")), BOOK)] == [Fate.REMOVED]
    assert [one.fate for one in diff(after(Merge((10,), 11)), BOOK)] == [Fate.RESTORED]


def test_a_theme_that_a_code_has_left_is_marked_as_the_one_that_it_went_to() -> None:
    found = lineage(BOOK, after(Move((10,), 2))).themes
    assert [found[theme].fates for theme in (1, 2)] == [(Fate.MOVED,), (Fate.MOVED,)]
    assert not found[1].broken


def test_merges_renames_and_moves_are_carried_back_and_make_no_break() -> None:
    found = lineage(BOOK, after(Merge((11, 13), 10), Rename(10, "1"), Move((10,), 2)))
    line = found.codes[10]
    assert line.then == (10, 11, 13)
    assert set(line.fates) == {Fate.MERGED, Fate.RENAMED, Fate.MOVED}
    assert not line.broken
    assert found.codes.keys() == {10, 12}
    assert found.themes[2].then == (1, 2)
    assert not found.themes[2].broken


@pytest.mark.parametrize(
    ("edits", "codes", "themes"),
    [
        pytest.param([Split(10, "1b")], {10, 90}, set(), id="a_split_within_a_theme_breaks_the_codes"),
        pytest.param([Split(10, "1b"), Move((90,), 2)], {10, 90}, {1, 2}, id="across_themes_both_themes_too"),
        pytest.param([AddCode("ny", 1)], {90}, {1}, id="a_code_that_was_not_there_to_give"),
        pytest.param([Define(12, "annat")], {12}, {2}, id="another_meaning"),
        pytest.param([AddTheme("C", (13,))], set(), set(), id="a_theme_of_old_codes_is_none"),
        pytest.param([AddTheme("C")], set(), {90}, id="an_empty_new_theme_is"),
        pytest.param([Rename(12, "3"), MoveTheme(2, 0)], set(), set(), id="names_and_order_are_none"),
    ],
)
def test_where_the_series_has_a_break(edits: list[Edit], codes: set[int], themes: set[int]) -> None:
    found = lineage(BOOK, after(*edits))
    assert {line.now for line in found.codes.values() if line.broken} == codes
    assert {line.now for line in found.themes.values() if line.broken} == themes


def test_substance_is_the_words_of_a_definition() -> None:
    assert same_in_substance("Vi ringer,\nutan svar.", "vi ringer utan svar")
    assert not same_in_substance("Vi ringer", "Vi ringer inte")
