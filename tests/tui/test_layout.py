"""Rows of an answer lead back to its text; segments are laid out without losing a coding."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.answers import Answer, Respondent
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Segment, Work
from coder.domain.counting import State, decide
from coder.domain.segmenting import at_home, laid_out
from coder.tui.answer_rows import answer_rows, part_shown
from coder.tui.labels import code_labels
from coder.tui.line import Line
from coder.tui.widgets.text_line import cut_to
from coder.tui.wrapping import wrapped
from coder.workflow.session import Standing

texts = st.text(alphabet="abåö 1.,\n•-漢🙂", min_size=1, max_size=120)


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, tuple[Segment, ...]]:
    text = draw(texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    segments = [Segment(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return text, tuple(one for one in segments if any(sign.isalnum() for sign in one.of(text)))


@given(texts, st.integers(1, 30))
def test_wrapping_loses_nothing_but_white_space(text: str, width: int) -> None:
    rows = list(wrapped(text, 0, len(text), width))
    assert all(a < b for a, b in rows)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(rows))
    kept = "".join(text[a:b] for a, b in rows)
    assert kept.replace(" ", "") == text.replace("\n", "").replace(" ", "")


@settings(max_examples=60)
@given(cut_texts(), st.integers(4, 40))
def test_every_word_of_an_answer_stands_in_one_row(cut: tuple[str, tuple[Segment, ...]], width: int) -> None:
    text, segments = cut
    rows = [row for row in answer_rows(text, segments, {}, caret=0, width=width) if row.label is None and row.end]
    seen = [place for row in rows for place in range(row.start, row.end)]
    assert len(seen) == len(set(seen))
    inside = {place for one in segments for place in range(one.start, one.end) if text[place].isalnum()}
    assert inside <= set(seen)


@settings(max_examples=60)
@given(cut_texts(), st.sets(st.tuples(st.integers(0, 119), st.integers(1, 120)), max_size=4))
def test_every_coding_has_a_home(cut: tuple[str, tuple[Segment, ...]], ranges: set[tuple[int, int]]) -> None:
    text, segments = cut
    inside = [Segment(a, min(b, len(text))) for a, b in ranges if a < min(b, len(text))]
    coded = tuple(Coding(1, one, "anna") for one in inside if any(sign.isalnum() for sign in one.of(text)))
    shown = laid_out(Work(codings=coded), segments, text)
    assert list(shown) == sorted(shown)
    assert all(one.end <= two.start for one, two in itertools.pairwise(shown))
    homes = at_home(Work(codings=coded), shown)
    assert sum(len(codings) for codings in homes.values()) == len(coded)


def test_what_an_analyst_has_cut_stands_although_a_coding_is_wider() -> None:
    cuts = (Segment(0, 4), Segment(5, 9))
    work = Work(codings=(Coding(1, Segment(0, 9), "anna"),), cuts=cuts)
    assert laid_out(work, (Segment(0, 9),), "abcd efgh") == cuts
    assert list(at_home(work, cuts)) == [0]


def test_codes_outside_the_part_of_a_long_answer_that_is_shown_have_no_line() -> None:
    text = "ett två tre. " * 10_000
    segments = tuple(Segment(at, at + 12) for at in range(0, len(text), 13))
    work = Work(tuple(Coding(1, one, "anna") for one in segments))
    book = Codebook("t", "sv", "", (Theme(1, "A"),), (Code(1, "ett", 1),))
    standing = Standing(Answer(1, Respondent("01"), text), work, decide(work, book), State.BEGUN)
    part = part_shown(text, caret=65_000)
    labels = code_labels(standing, segments, part, book, "anna")
    rows = answer_rows(text, segments, labels, caret=65_000, width=80)
    shown = {row.number for row in rows if row.number is not None}
    assert labels.keys() == shown
    assert len(shown) < 1000


def test_steps_are_done_in_order_whatever_they_wait_for() -> None:
    line, done, ready = Line(), [], set[str]()

    def step(name: str, needs: str = "") -> None:
        def run() -> str | None:
            if needs and needs not in ready:
                return needs
            done.append(name)
            return None

        line.take(run)

    step("a")
    step("b", "advice")
    step("c")
    assert (done, line.waiting) == (["a"], 2)
    line.release("advice")
    assert done == ["a"], "released, yet what it waits for is still missing"
    ready.add("advice")
    line.release("advice")
    assert (done, line.waiting) == (["a", "b", "c"], 0)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        (" ? keys  / search  u undo", 25, " ? keys  / search  u undo"),
        (" ? keys  / search  u undo", 24, " ? keys  / search"),
        (" ? keys  / search  u undo", 5, " ? k…"),
        (" 2023 · Vad fungerar bra?", 12, " 2023 · Vad…"),
        ("   Norrvika län · 漢字漢字", 20, "   Norrvika län · …"),
        (" anything", 0, ""),
    ],
)
def test_a_line_that_is_cut_shows_hints_whole_and_says_where_other_text_goes_on(
    text: str, width: int, shown: str
) -> None:
    assert "".join(part for part, _ in cut_to([(text, "")], width)) == shown
