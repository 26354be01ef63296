"""Quotes are shortened by leaving words out, and in no other way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.coding import Coding, Segment, Work
from coder.domain.errors import CoderError
from coder.domain.quoting import kept_from, kept_pieces, pieces, pieces_in, quote, shorten, shortened

SNIPPET = "Svaret dröjer, och sedan\nblir det 3,5 månaders ledtid (ibland mer)."


@pytest.mark.parametrize(
    ("edited", "printed"),
    [
        pytest.param("Svaret dröjer … ledtid …", "Svaret dröjer … ledtid …", id="middle_and_end"),
        pytest.param("… det 3,5 månaders ledtid […]", "… det 3,5 månaders ledtid …", id="start_and_brackets"),
        pytest.param("Svaret dröjer [...] mer).", "Svaret dröjer … mer).", id="three_dots_in_brackets"),
        pytest.param("Svaret...ledtid...", "Svaret … ledtid …", id="bare_dots_without_spaces"),
        pytest.param("Svaret dröjer, och sedan blir …", "Svaret dröjer, och sedan\nblir …", id="white_space_as_said"),
        pytest.param("Svaret … dröjer, och …", "Svaret dröjer, och …", id="a_mark_for_nothing_is_left_out"),
        pytest.param(SNIPPET, SNIPPET, id="in_full"),
        pytest.param(f"… {SNIPPET}", SNIPPET, id="in_full_with_a_mark"),
    ],
)
def test_words_left_out_are_shown_as_an_ellipsis(edited: str, printed: str) -> None:
    assert shortened(SNIPPET, kept_from(SNIPPET, edited)) == printed


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param("Svaret dröjde …", id="a_changed_word"),
        pytest.param("svaret dröjer …", id="a_changed_letter"),
        pytest.param("Svaret dröjer", id="the_end_left_out_without_a_mark"),
        pytest.param("dröjer …", id="the_start_left_out_without_a_mark"),
        pytest.param("Svaret och sedan …", id="the_middle_left_out_without_a_mark"),
        pytest.param("Svaret … inte … ledtid …", id="an_added_word"),
        pytest.param("… ledtid … Svaret …", id="another_order"),
        pytest.param("Svaret dröj…", id="half_a_word"),
        pytest.param("… 5 månaders …", id="half_a_number"),
        pytest.param("Svaret … Svaret …", id="a_word_twice"),
        pytest.param("…", id="no_word"),
        pytest.param(" ", id="nothing"),
    ],
)
def test_any_other_change_is_refused(edited: str) -> None:
    with pytest.raises(CoderError):
        kept_from(SNIPPET, edited)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def is_subsequence(some: list[str], of: list[str]) -> bool:
    left = iter(of)
    return all(word in left for word in some)


_WORDS = st.lists(
    st.sampled_from(["a", "b", "a-b", "3,5", "inte", ",", ".", "(", ")", "…", "...", "[...]"]), min_size=1
)


@given(_WORDS, st.lists(st.sampled_from(["a", "b", "a-b", "3,5", "inte", "…", "[...]", ",", "."])))
def test_whatever_is_taken_prints_words_of_the_answer_in_its_order(said: list[str], typed: list[str]) -> None:
    snippet, edited = " ".join(said), " ".join(typed)
    try:
        kept = kept_from(snippet, edited)
    except CoderError:
        return
    printed = shortened(snippet, kept)
    assert is_subsequence(words(printed), words(snippet))
    assert words(printed) == words(edited)
    assert kept_from(snippet, snippet) == ()


@given(_WORDS, st.data())
def test_leaving_any_words_out_is_taken(said: list[str], data: st.DataObject) -> None:
    snippet = " ".join(said)
    left = data.draw(st.sets(st.integers(0, len(said) - 1), min_size=1))
    edited = " ".join(word if place in left else "…" for place, word in enumerate(said))
    if not words(edited):
        return
    printed = shortened(snippet, kept_from(snippet, edited))
    assert words(printed) == words(edited)
    assert ("…" in printed) or words(printed) == words(snippet)


def test_a_quote_is_made_of_the_coding() -> None:
    text = f"Först. {SNIPPET}"
    coding = Coding(1, Segment(7, len(text)), "eva")
    work = shorten(Work((coding, Coding(2, coding.segment, "eva"))), coding, kept_from(SNIPPET, "Svaret dröjer …"))
    assert [quote(one, text) for one in work.codings] == ["Svaret dröjer …", SNIPPET]
    assert work.codings[0].segment.of(text) == SNIPPET


@given(st.text("ab c.,-\n", max_size=30), st.data())
def test_pieces_taken_out_one_by_one_say_what_the_edited_text_says(snippet: str, data: st.DataObject) -> None:
    every = range(len(pieces(snippet)))
    left = data.draw(st.sets(st.sampled_from(every))) if every else set()
    if not any(letter.isalnum() for number in left for letter in pieces(snippet)[number].of(snippet)):
        with pytest.raises(CoderError, match="no words left"):
            kept_pieces(snippet, left)
        return
    kept = kept_pieces(snippet, left)
    assert pieces_in(snippet, kept) == left
    printed = shortened(snippet, kept)
    assert words(printed) == [word for n in sorted(left) for word in words(pieces(snippet)[n].of(snippet))]
    assert (kept == ()) == (len(left) == len(every))


def test_no_ranges_keep_every_piece() -> None:
    assert pieces_in(SNIPPET, ()) == frozenset(range(len(pieces(SNIPPET))))
