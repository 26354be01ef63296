"""How answers are split into clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.text.clauses import clauses, surely_one

CASES = {
    "sentences": (
        "Det går bra. Vi träffas ofta! Hur länge till?",
        ["Det går bra.", "Vi träffas ofta!", "Hur länge till?"],
    ),
    "a sentence that goes on in lower case": ("Det fungerar bra. vi ses ofta.", ["Det fungerar bra.", "vi ses ofta."]),
    "a lost space": ("Det går bra.Vi träffas.", ["Det går bra.", "Vi träffas."]),
    "newlines": ("Ekonomi\n\nKompetens\n", ["Ekonomi", "Kompetens"]),
    "bullets": ("- Ekonomi\n-Tid\n • närhet", ["Ekonomi", "Tid", "närhet"]),
    "bullets on one line": ("• Ekonomi • Tid", ["Ekonomi", "Tid"]),
    "dashes on one line": ("- Ekonomi - Tid", ["Ekonomi", "Tid"]),
    "a dash inside a sentence": ("Vi ses ofta - varje vecka.", ["Vi ses ofta - varje vecka."]),
    "numbered items": ("1. Ekonomi 2. Kompetens", ["Ekonomi", "Kompetens"]),
    "numbered items after a heading": ("Följande: 1) Tid 2) Pengar 3) Folk", ["Följande:", "Tid", "Pengar", "Folk"]),
    "numbers that are no items": (
        "Vi var 12. Sedan blev vi 3. Nu är vi 8.",
        ["Vi var 12.", "Sedan blev vi 3.", "Nu är vi 8."],
    ),
    "semicolons": ("Tiden räcker inte; vi är få", ["Tiden räcker inte", "vi är få"]),
    "a sentence that turns": ("Bra dialog, men svårt att nå dem.", ["Bra dialog", "men svårt att nå dem."]),
    "a turn without a comma": ("Dialogen är bra men vi saknar möten.", ["Dialogen är bra", "men vi saknar möten."]),
    "a turn inside a phrase": ("En liten men engagerad grupp.", ["En liten men engagerad grupp."]),
    "a turn too short to stand alone": ("Bra, men långsamt.", ["Bra, men långsamt."]),
    "bl.a. and t.ex.": ("Vi möter bl.a. AF och t.ex. Volvo.", ["Vi möter bl.a. AF och t.ex. Volvo."]),
    "m.m. before a new sentence": ("Möten m.m. Vi träffas.", ["Möten m.m.", "Vi träffas."]),
    "m.m. inside a sentence": ("Möten m.m. för alla.", ["Möten m.m. för alla."]),
    "an abbreviation with stops inside it": (
        "Mer samtal med soc.sekr. och utb.anord. i länet. Vi ses ofta.",
        ["Mer samtal med soc.sekr. och utb.anord. i länet.", "Vi ses ofta."],
    ),
    "an abbreviation with stops at the end": ("Vi ringer soc.sekr. Det går.", ["Vi ringer soc.sekr.", "Det går."]),
    "abbreviations of one word": ("Ring soc. och handl. på plats.", ["Ring soc. och handl. på plats."]),
    "ca.": ("Det tar ca. 2,5 timmar.", ["Det tar ca. 2,5 timmar."]),
    "nr.": ("Se punkt nr. 3 i avtalet.", ["Se punkt nr. 3 i avtalet."]),
    "enl. and kap.": ("Gäller enl. 5 kap. SoL.", ["Gäller enl. 5 kap. SoL."]),
    "an address": ("Läs på www.af.se om det.", ["Läs på www.af.se om det."]),
    "signs alone": (" - ", ["-"]),
    "blank": (" \n ", []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_text_is_split_at_its_clauses(text: str, expected: list[str]) -> None:
    assert [segment.of(text) for segment in clauses(text, "sv")] == expected


@pytest.mark.parametrize("language", ["sv", "en", "de", "xx"])
def test_every_language_splits_sentences(language: str) -> None:
    assert len(clauses("Abcd efgh ijkl. Mnop qrst uvwx.", language)) == 2


_TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("  \n.,;:!?-–•()0123456789)ab AÅmen ca.nr"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=80,
)
_WORDY = st.lists(
    st.sampled_from(
        ["1.", "2)", "men", ", men", "det", "bl.a.", "ca.", "•", "-", "Vi ses.", "AF:s", "\n", ";", "😊", "…", "ord"]
    ),
    max_size=25,
).map(" ".join)


@given(st.one_of(_TEXTS, _WORDY))
def test_clauses_are_ordered_apart_and_cover_every_letter(text: str) -> None:
    found = clauses(text, "sv")
    reached = 0
    for segment in found:
        assert reached <= segment.start < segment.end <= len(text)
        assert segment.of(text) == segment.of(text).strip()
        reached = segment.end
    covered = {place for segment in found for place in range(segment.start, segment.end)}
    assert all(place in covered for place, sign in enumerate(text) if sign.isalpha())
    assert bool(found) == bool(text.strip())


@pytest.mark.parametrize("unit", ["ord ", "a.A.", ". ", ".", "- ", "\n", "1. a ", "men, ", "  "])
def test_a_very_long_text_is_split(unit: str) -> None:
    """A million characters of anything, without a limit being hit or time growing with the square."""
    text = unit * (1_000_000 // len(unit))
    found = clauses(text, "sv")
    assert bool(found) == bool(text.strip())


_PIECES = [
    "bra",
    "Vi ses",
    "men",
    "alla kan",
    "af",
    " ",
    "  ",
    ".",
    "!",
    "…",
    ";",
    ",",
    "-",
    "–",
    "- ",
    "\n",
    "•",
    "1.",
    "2)",
    "3",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=10), st.sampled_from(["", " "]))
def test_a_text_seen_at_a_glance_to_be_one_clause_is_one(pieces: list[str], between: str) -> None:
    """The glance is for speed alone: with a second line the text is split in full."""
    text = between.join(pieces)
    found = clauses(text, "sv")
    assert len(found) <= 1 or not surely_one(text, "sv")
    if any(map(str.isalnum, text)):
        assert clauses(f"{text}\nslut", "sv")[:-1] == found
