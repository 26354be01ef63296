"""What a change of the codebook does to a table, before it is made."""

from dataclasses import replace

import pytest

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Merge, Move, Rename, Retire, Split
from coder.domain.coding import Coding, Segment, Work, recode
from coder.domain.counting import decide, tally
from coder.domain.editing import Edit
from coder.domain.impact import Impact, Shift, impact

FAR, NEAR = 1, 2
PHONE, DOOR, LETTER = 10, 11, 12
BOOK = Codebook(
    "t",
    "sv",
    "",
    (Theme(FAR, "Otillgänglig"), Theme(NEAR, "Kontaktvägar")),
    (Code(PHONE, "Telefon", FAR), Code(DOOR, "Kontor", FAR), Code(LETTER, "Brev", NEAR)),
)


def work(*codes: int) -> Work:
    """An answer with these codes, each on a segment of its own, the first on the longest."""
    return Work(tuple(Coding(code, Segment(20 * n, 20 * n + 10 - n), "eva") for n, code in enumerate(codes)))


WORKS = {1: work(PHONE), 2: work(PHONE, LETTER), 3: work(DOOR), 4: work(PHONE, DOOR), 5: work(LETTER), 6: Work()}


@pytest.mark.parametrize(
    ("edit", "summary"),
    [
        pytest.param(
            Move((PHONE,), NEAR),
            "Otillgänglig 4 -> 2, Kontaktvägar 2 -> 4; codes: Kontor 1 -> 2, Brev 2 -> 1; "
            "3 respondents change, 1 becomes a clash, 1 clash is dissolved",
            id="move",
        ),
        pytest.param(
            Move((LETTER,), FAR),
            "Otillgänglig 4 -> 5, Kontaktvägar 2 -> 0; codes: Brev 2 -> 1; 2 respondents change, 1 becomes a clash",
            id="move_in",
        ),
        pytest.param(
            Merge((PHONE,), DOOR),
            "Telefon 3 -> 0, Kontor 1 -> 4, 3 respondents change, 1 clash is dissolved",
            id="merge",
        ),
        pytest.param(
            Move((DOOR,), None),
            "Otillgänglig 4 -> 3; codes: Kontor 1 -> 2; 2 respondents change, 1 clash is dissolved",
            id="out",
        ),
        pytest.param(Rename(PHONE, "Telefonkö"), "no count changes", id="rename"),
        pytest.param(Retire(PHONE), "no count changes", id="retire"),
    ],
)
def test_an_edit_is_summed_up_on_one_line(edit: Edit, summary: str) -> None:
    assert impact(BOOK, edit.apply(BOOK), WORKS).summary == summary


def test_a_split_is_foreseen_with_the_work_it_deals() -> None:
    dealt = {n: frozenset({WORKS[n].codings[0].identity}) for n in (1, 4)}
    given = frozenset((answer, identity) for answer, some in dealt.items() for identity in some)
    edit = Split(PHONE, "Växel", given)
    recoded = {answer: recode(WORKS[answer], some, 90, BOOK) for answer, some in edit.dealt.items()}
    found = impact(BOOK, edit.apply(BOOK, 90), WORKS, recoded)
    assert found.summary == "Telefon 3 -> 1, Växel 0 -> 2, 2 respondents change"
    assert found.changed == (1, 4)


def test_the_shifts_are_those_between_two_tables() -> None:
    after = Move((PHONE,), NEAR).apply(BOOK)
    before_tally, after_tally = (tally(decide(one, book) for one in WORKS.values()) for book in (BOOK, after))
    found = impact(BOOK, after, WORKS)
    assert {one.id: (one.before, one.after) for one in found.themes} == {
        theme: (before_tally.themes[theme], after_tally.themes[theme]) for theme in (FAR, NEAR)
    }
    assert {one.id: (one.before, one.after) for one in found.codes} == {
        code: (before_tally.codes[code], after_tally.codes[code])
        for code in (PHONE, DOOR, LETTER)
        if before_tally.codes[code] != after_tally.codes[code]
    }
    assert (found.made, found.dissolved) == (((2, NEAR),), ((4, FAR),))


def test_a_new_order_can_change_what_is_counted_provisionally_and_is_foreseen() -> None:
    tied = {1: Work((Coding(PHONE, Segment(0, 9), "eva"), Coding(DOOR, Segment(0, 9), "eva")))}
    found = impact(BOOK, Move((DOOR,), FAR, 0).apply(BOOK), tied)
    assert [str(shift) for shift in found.codes] == ["Telefon 1 -> 0", "Kontor 0 -> 1"]


def test_a_long_list_can_be_cut_and_says_how_much_is_left() -> None:
    shifts = tuple(Shift(number, f"T{number}", number, 0) for number in range(1, 16))
    found = Impact(themes=shifts[:3], codes=shifts, changed=(1,))
    assert found.told(3) == (
        "T1 1 -> 0, T2 2 -> 0, T3 3 -> 0; codes: T1 1 -> 0, T2 2 -> 0, T3 3 -> 0, and 12 more; 1 respondent changes"
    )
    assert found.summary == found.told(15)


def test_codes_of_one_name_are_told_apart_by_their_themes() -> None:
    book = replace(BOOK, codes=(*BOOK.codes, Code(13, "Telefon", NEAR)))
    edit = Merge((PHONE,), 13)
    assert edit.words(book) == "merge Telefon (Otillgänglig) into Telefon (Kontaktvägar)"
    assert [shift.name for shift in impact(book, edit.apply(book), WORKS).codes] == [
        "Telefon (Otillgänglig)",
        "Kontor",
        "Brev",
        "Telefon (Kontaktvägar)",
    ]


def test_nothing_at_all_is_an_impact_too() -> None:
    assert impact(BOOK, BOOK, WORKS) == Impact()
    assert Impact(changed=(1,), made=((1, 1),)).summary == "1 respondent changes, 1 becomes a clash"
    assert Impact(changed=(1, 2), made=((1, 1), (2, 1))).summary == "2 respondents change, 2 become clashes"
