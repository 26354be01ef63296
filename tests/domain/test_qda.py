"""What the exchange format has no place for is written in words, and read back from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.answers import canonical, one_line
from coder.domain.coding import Origin
from coder.domain.counting import Status
from coder.domain.qda import (
    identifier,
    read_description,
    read_facts,
    read_nothing,
    read_remark,
    write_description,
    write_facts,
    write_nothing,
    write_remark,
)

HEADINGS = st.sampled_from(["Exempel:", "\\Exempel:", "\\\\Andra namn:", "Examples:", "- ett", "", "Also called:"])
PROSE = st.lists(st.one_of(HEADINGS, st.text())).map(lambda lines: canonical("\n".join(lines)).strip())
LISTS = st.lists(st.text().map(one_line).filter(bool), max_size=3).map(tuple)


@given(definition=PROSE, examples=LISTS, aliases=LISTS, language=st.sampled_from(["sv", "en"]))
def test_a_description_gives_back_what_it_was_made_of(
    definition: str, examples: tuple[str, ...], aliases: tuple[str, ...], language: str
) -> None:
    text = write_description(definition, examples, aliases, language)
    assert read_description(text) == (definition, examples, aliases)


@pytest.mark.parametrize(
    "text",
    ["Fritt.\n\nExempel:\ninte en lista", "Examples:\n- a\n\nExamples:\n- b", "Exempel:\n- a\n\nslut"],
)
def test_a_description_laid_out_otherwise_is_a_definition_throughout(text: str) -> None:
    assert read_description(text) == (text, (), ())


@given(
    path=st.text(min_size=1).map(one_line).filter(bool),
    status=st.sampled_from([None, Status.SET_ASIDE, Status.PROVISIONAL]),
    origin=st.sampled_from(Origin),
    score=st.floats(0, 1),
)
def test_a_remark_gives_back_status_origin_and_score(
    path: str, status: Status | None, origin: Origin, score: float
) -> None:
    said = None if origin is Origin.HAND else score
    remark = write_remark(path, status, origin, said)
    assert bool(remark) == (status is not None or origin is not Origin.HAND)
    assert read_remark(path, f"annat: auto\n{remark}") == (status, origin, said)


@pytest.mark.parametrize("words", ["auto 2", "auto nan", "auto x", "auto -1"])
def test_a_score_that_is_none_is_left(words: str) -> None:
    assert read_remark("k", f"k: {words}") == (None, Origin.AUTO, None)


def test_identifiers_are_the_same_every_time_and_keep_keys_apart() -> None:
    assert identifier("code", "bok", "tema", "kod") == "1244ac8a-9141-5119-845f-c4bcf74f3ed0"
    assert identifier("code", "a", "bc") != identifier("code", "ab", "c") != identifier("theme", "ab", "c")


def test_marks_and_facts_are_read_back() -> None:
    assert read_nothing(write_nothing("eva (vik.)")) == "eva (vik.)"
    assert not read_nothing("nothing to see")
    assert read_facts(write_facts(text="Vad: då?", frame="", opens="2023")) == {"text": "Vad: då?", "opens": "2023"}
