"""The canonical text: what a reader sees, and nothing that a terminal would obey."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coder.domain.answers import canonical, is_blank, one_line

FAMILY = "\U0001f469\u200d\U0001f4bb"
FLAG = "\U0001f3f3\ufe0f\u200d\U0001f308"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("Bra dialog.\nOch mer.", "Bra dialog.\nOch mer.", id="plain_text_stays"),
        pytest.param("  inåt  och utåt ", "  inåt  och utåt ", id="spaces_stay"),
        pytest.param("ett\r\ntvå\rtre", "ett\ntvå\ntre", id="windows_and_old_mac_line_breaks"),
        pytest.param("a\u2028b\u2029c\x85d\x0be\x0cf", "a\nb\nc\nd\ne\nf", id="every_other_line_break"),
        pytest.param("a\tb\u00a0c\u202fd", "a b c d", id="tabs_and_hard_spaces"),
        pytest.param("a\u030a o\u0308 e\u0301", "å ö é", id="composed"),
        pytest.param("\x1b[31mröd\x1b[0m", "röd", id="colours"),
        pytest.param("\x1b]0;PWNED\x07bra", "bra", id="window_title"),
        pytest.param("\x1b]8;;http://x\x1b\\länk\x1b]8;;\x1b\\", "länk", id="hyperlink"),
        pytest.param("\x1bP1$r\x1b\\q", "q", id="device_control"),
        pytest.param("\x1bcbra\x1b", "cbra", id="lone_escape"),
        pytest.param("\x9b31mbra", "31mbra", id="eight_bit_control"),
        pytest.param("a\x00b\x07c\x7fd", "abcd", id="control_characters"),
        pytest.param("\x1b\x00[31mx", "[31mx", id="an_escape_put_together_by_cleaning_is_dead"),
        pytest.param("\ufeffbra", "bra", id="byte_order_mark"),
        pytest.param("sam\u00adverkan", "samverkan", id="soft_hyphen"),
        pytest.param("\u202eRTL\u202c \u2066x\u2069 \u200e\u200f\u061c", "RTL x ", id="bidirectional_controls"),
        pytest.param("a\u200bb\u200cc\u2060d\u180ee\u034ff", "abcdef", id="zero_width"),
        pytest.param("a\u200db", "ab", id="joiner_between_letters"),
        pytest.param(FAMILY, FAMILY, id="joiner_between_emoji_stays"),
        pytest.param(FLAG, FLAG, id="joiner_after_a_variation_selector_stays"),
        pytest.param("\U0001f469\u200d", "\U0001f469", id="joiner_after_the_last_emoji"),
        pytest.param("\U0001f469\u200d\ufb1d", "\U0001f469\u05d9\u05b4", id="joiner_before_what_decomposes"),
        pytest.param("bra\U000e0041\U000e0042", "bra", id="tag_characters"),
        pytest.param("a\ud800b", "ab", id="lone_surrogate"),
        pytest.param("[/] [b]fet[/b]", "[/] [b]fet[/b]", id="markup_is_text"),
    ],
)
def test_canonical_text(raw: str, expected: str) -> None:
    assert canonical(raw) == expected


_AWKWARD = (
    "\x1b[]P\\^_;0m\x07\x9b\x00\r\n\t\u200d\u202e\u2066\ufeff\ud800\u0301\u030a\U0001f469\ufe0f\ufb1d\u1100\u1161a"
)
_EVERY = st.characters(categories=["C", "L", "M", "N", "P", "S", "Z"])
_TEXTS = st.one_of(st.text(_EVERY), st.text(st.sampled_from(_AWKWARD)))
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_ZERO_WIDTH = set("\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")


@given(_TEXTS)
@example("\U0001f469\u200d\ufb1d")
@example("\u2adc\u200d\U0001f469")
@example("\U0001f469\u200d\ufe20\u200d\u0323")
def test_canonical_twice_is_canonical_once(raw: str) -> None:
    assert canonical(canonical(raw)) == canonical(raw)


@given(_TEXTS)
def test_canonical_text_holds_nothing_a_terminal_obeys_or_a_reader_cannot_see(raw: str) -> None:
    text = canonical(raw)
    assert not [mark for mark in text if unicodedata.category(mark) in ("Cc", "Cs") and mark != "\n"]
    assert not [mark for mark in text if unicodedata.bidirectional(mark) in _BIDI or mark in _ZERO_WIDTH]
    assert unicodedata.is_normalized("NFC", text)
    text.encode("utf-8")
    for place, mark in enumerate(text):
        if mark == "\u200d":
            around = text[place - 1 : place] + text[place + 1 : place + 2]
            assert len(around) == 2
            assert all(
                unicodedata.category(side) in ("So", "Sk", "Sm", "Mn", "Cn", "Po", "Ps", "Pe") for side in around
            )


@given(st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0x17F)))
def test_the_letters_of_a_swedish_text_all_stay(raw: str) -> None:
    kept = raw.replace("\u00ad", "")
    assert canonical(kept) == unicodedata.normalize("NFC", kept)


@given(_TEXTS)
def test_a_name_is_one_clean_line(raw: str) -> None:
    line = one_line(raw)
    assert line == line.strip()
    assert "\n" not in line
    assert "  " not in line
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("text", "blank"),
    [("", True), (" \n\t", True), ("\u3000", True), ("-", False), ("Inget", False)],
    ids=["empty", "white_space", "wide_space", "a_dash_is_an_answer", "a_word"],
)
def test_blank_is_nothing_or_white_space(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


@given(_TEXTS)
@example("a\u034fb")
@example("\u0301a")
@example("a\u00a0b")
def test_a_line_on_its_own_is_as_it_is_below_another(raw: str) -> None:
    """Most lines are seen at a glance to need nothing; a line break before them sends them the long way."""
    assert canonical(f"\n{raw}") == f"\n{canonical(raw)}"
