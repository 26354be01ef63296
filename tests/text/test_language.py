"""Words, lemmas and n-grams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from coder.domain.errors import CoderError
from coder.text.language import analyser
from coder.text.tokens import lemmas, pieces


@pytest.mark.parametrize(
    "name", ["AF", "Af", "A.F.", "AF:s", "Af.", "(AF)", "Arbetsförmedlingen", "Arbetsförmedlingens"]
)
def test_a_name_is_one_word_however_it_is_written(name: str) -> None:
    assert lemmas(f"med {name} nu", "sv")[1] == "arbetsförmedling"


def test_the_ways_to_write_a_name_have_the_same_pieces() -> None:
    assert pieces("AF:s", "sv") == pieces("arbetsförmedling", "sv")


def test_lemmas_are_dictionary_forms_in_lower_case() -> None:
    assert lemmas("Handläggarna har bättre möten.", "sv") == ["handläggare", "ha", "bra", "möte"]


def test_a_language_without_dictionary_keeps_the_lower_cased_words() -> None:
    assert lemmas("Abcd, EFGH!", "xx") == ["abcd", "efgh"]


def test_the_pipeline_sets_lemmas_too() -> None:
    assert [token.lemma_ for token in analyser("sv").nlp("Mötena är bra")] == ["möte", "vara", "bra"]


def test_pieces_lie_within_words_and_signs_part_them() -> None:
    assert pieces("ab", "sv") == [" a", "ab", "b ", " ab", "ab ", " ab "]
    assert pieces("ab/cd", "sv") == [*pieces("ab", "sv"), *pieces("cd", "sv")]


def test_small_words_are_known() -> None:
    assert analyser("sv").is_small("Och")
    assert not analyser("sv").is_small("dialog")


@pytest.mark.parametrize("language", ["zz", "", "svenska"])
def test_an_unknown_language_is_said_to_be_unknown(language: str) -> None:
    with pytest.raises(CoderError, match="language") as caught:
        analyser(language)
    assert caught.value.hint


@pytest.mark.parametrize("language", ["sv", "en", "da", "nb", "nn", "de", "fi"])
@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=12), st.sampled_from(["", ",", "!", "?", "."]))
def test_letters_and_a_last_sign_are_to_spacy_what_they_are_here(language: str, word: str, sign: str) -> None:
    """The lemma of such a run is looked up past spaCy, for speed, unless a rule names it."""
    tokenizer = analyser(language).nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    plain = sign != "." or word[-1] in "abcdefghijklmnopqrstuvwxyzåäöéüæø"
    if word.isalpha() and plain and word not in tokenizer.rules and word + sign not in tokenizer.rules:
        assert [token.text for token in tokenizer(word + sign)] == [word, sign][: 1 + len(sign)]


@pytest.mark.parametrize(
    ("run", "found"),
    [("kl.", ["kl."]), ("fungerar.", ["fungera"]), ("A.", ["a."]), ("mötena,", ["möte"]), ("möten?!", ["möte"])],
)
def test_signs_at_the_end_of_a_word_are_left_out_where_they_are_no_part_of_it(run: str, found: list[str]) -> None:
    assert lemmas(run, "sv") == found


def test_what_the_rules_name_is_divided_as_they_say() -> None:
    assert analyser("en").lemmas("cannot do") == ["can", "not", "do"]
