"""Fields of meaning of words."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.text.fields import field_names, fields

LISTED = (files("coder.text") / "fields_sv.txt").read_text(encoding="utf-8")
DANGER, CRIME = "danger and violence", "crime and law enforcement"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("hotet", [DANGER], id="whole_word"),
        pytest.param("våldsverkare", [DANGER], id="begins_so"),
        pytest.param("gatuvåld", [DANGER], id="ends_so"),
        pytest.param("HOTET!", [DANGER], id="capitals_and_signs"),
        pytest.param("hotet hot", [DANGER, DANGER], id="as_often_as_words"),
        pytest.param("rånet", [CRIME, DANGER], id="in_two_fields"),
        pytest.param("e-post", fields("epost", "sv"), id="signs_inside"),
        pytest.param("ekonivå", [], id="not_inside_a_word"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_have_fields(text: str, found: list[str]) -> None:
    assert fields(text, "sv") == found


def test_a_language_without_a_list_has_no_fields() -> None:
    assert field_names("en") == ()
    assert fields("a knife", "en") == []


@given(st.text(), st.text())
def test_no_field_reaches_over_a_space(one: str, other: str) -> None:
    assert fields(f"{one} {other}", "sv") == fields(one, "sv") + fields(other, "sv")


def test_every_entry_of_the_list_can_match_a_word() -> None:
    entries = [entry for line in LISTED.splitlines() if line[:1] not in {"#", "["} for entry in line.split()]
    assert len(entries) > 5000
    assert [entry for entry in entries if not re.fullmatch(r"[a-zåäöáéèü0-9]+\*?|\*[a-zåäöéèü]+", entry)] == []
    assert [entry for entry in entries if "*" in entry and len(entry) < 4] == []


def test_no_field_has_an_entry_twice() -> None:
    for part in re.split(r"^\[", LISTED, flags=re.MULTILINE)[1:]:
        entries = part.partition("]")[2].split()
        assert len(entries) == len(set(entries)) > 10
    assert len(field_names("sv")) == LISTED.count("\n[") > 50
