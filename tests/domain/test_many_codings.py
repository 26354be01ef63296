"""An answer of megabytes with tens of thousands of codings is laid out and decided about in a moment."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.review import accept, accept_all, reject, reject_all
from coder.domain.segmenting import at_home, laid_out

BOOK = Codebook(
    "t", "sv", "", (Theme(1, "A"), Theme(2, "B")), (Code(1, "ett", 1), Code(2, "två", 1), Code(3, "tre", 2))
)
MANY = 20_000
TEXT = "ett två tre. " * MANY
CLAUSES = tuple(Segment(at, at + 12) for at in range(0, len(TEXT), 13))
WORK = Work(tuple(Coding(1, one, "auto", Origin.AUTO, 0.9) for one in CLAUSES))
ENOUGH = 5.0  # seconds; each takes some tenths, and would take minutes if every coding looked at every other one


def test_many_codings_are_laid_out_and_find_their_segments_in_a_moment() -> None:
    began = process_time()
    inside = Work((*WORK.codings, *(Coding(2, Segment(one.start, one.end - 5), "auto") for one in CLAUSES[::10])))
    segments = laid_out(inside, CLAUSES, TEXT)
    homes = at_home(inside, segments)
    assert process_time() - began < ENOUGH
    assert len(segments) == MANY + MANY // 10
    assert [len(homes.get(number, ())) for number in range(3)] == [2, 0, 1]


def test_many_codings_are_accepted_and_rejected_in_a_moment() -> None:
    began = process_time()
    accepted, rejected = accept_all(WORK, "eva"), reject_all(WORK, BOOK)
    assert process_time() - began < ENOUGH
    assert {coding.analyst for coding in accepted.codings} == {"eva"}
    assert len(accepted.codings) == MANY
    assert rejected == Work()


codings = st.builds(
    lambda code, at, who, example: Coding(
        code,
        Segment(at, at + 2),
        who,
        Origin.AUTO if who.startswith("auto") else Origin.HAND,
        example=example,
        kept=(Segment(0, 1),) if who == "auto-2" else (),
    ),
    st.integers(1, 3),
    st.integers(0, 2),
    st.sampled_from(["auto-1", "auto-2", "eva", "bo"]),
    st.booleans(),
)


@given(
    st.lists(codings, max_size=8, unique_by=lambda one: one.identity),
    st.dictionaries(st.integers(1, 2), st.integers(1, 3)),
)
def test_deciding_about_all_is_deciding_about_each_in_turn(given: list[Coding], choices: dict[int, int]) -> None:
    work = taken = left = Work(tuple(given), choices)
    for coding in given:
        if coding.origin is Origin.AUTO:
            taken, left = accept(taken, coding, "eva"), reject(left, coding, BOOK)
    assert accept_all(work, "eva") == taken
    assert reject_all(work, BOOK) == left
