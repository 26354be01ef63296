"""An answer of megabytes with thousands of codings is laid out and decided about in time that grows as it does."""

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.review import accept, accept_all, reject, reject_all
from coder.domain.segmenting import at_home, laid_out
from tests.growth import LINEAR, growth

BOOK = Codebook(
    "t", "sv", "", (Theme(1, "A"), Theme(2, "B")), (Code(1, "ett", 1), Code(2, "två", 1), Code(3, "tre", 2))
)
MANY = 4_000


def clauses(many: int) -> tuple[Segment, ...]:
    return tuple(Segment(at, at + 12) for at in range(0, 13 * many, 13))


def coded(many: int) -> Work:
    return Work(tuple(Coding(1, one, "auto", Origin.AUTO, 0.9) for one in clauses(many)))


def test_many_codings_find_their_segments() -> None:
    def homes(many: int) -> tuple[int, list[int]]:
        parts = clauses(many)
        inside = (Coding(2, Segment(one.start, one.end - 5), "auto") for one in parts[::10])
        work = Work((*coded(many).codings, *inside))
        segments = laid_out(work, parts, "ett två tre. " * many)
        found = at_home(work, segments)
        return len(segments), [len(found.get(number, ())) for number in range(3)]

    assert homes(MANY) == (MANY + MANY // 10, [2, 0, 1])
    assert growth(homes, MANY) < LINEAR


def test_many_codings_are_accepted_and_rejected() -> None:
    def both(many: int) -> tuple[Work, Work]:
        return accept_all(coded(many), "eva"), reject_all(coded(many), BOOK)

    accepted, rejected = both(MANY)
    assert {coding.analyst for coding in accepted.codings} == {"eva"}
    assert len(accepted.codings) == MANY
    assert rejected == Work()
    assert growth(both, MANY) < LINEAR


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
