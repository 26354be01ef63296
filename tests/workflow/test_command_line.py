"""Commands that can be pasted: a shell reads every word of them as it was meant."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coder.domain.answers import one_line
from coder.workflow.command_line import typeable, typed

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def read_by_bash(line: str) -> list[str]:
    """The words that bash makes of a line."""
    made = subprocess.run(["bash", "-c", f"printf '%s\\0' {line}"], capture_output=True, check=True)
    return [os.fsdecode(word) for word in made.stdout.split(b"\0")[:-1]]


@pytest.mark.skipif(os.name == "nt", reason="quotes for bash")
@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=6))
@example(["", "~", "a b", "a  b", "it's", '"', "`id`", "$HOME", "!!", "\\", "a\nb", "\x1b[2J", "e\u0301", "*", "#"])
@example(["-q", "--title=x", "=ls", "{a,b}", "a;b", "a&b", "\udcff", "\u202e", "hösten 2024", "\u00a0"])
def test_bash_reads_the_words_that_were_meant_also_off_the_screen(words: list[str]) -> None:
    line = " ".join(map(typed, words))
    assert one_line(line) == line
    assert line.isprintable()
    assert read_by_bash(line) == words


CASES = {
    "a key": ("mindre_bra", "mindre_bra", "mindre_bra"),
    "a space": ("hösten 2024", '"hösten 2024"', '"hösten 2024"'),
    "a comma": ("a,b", '"a,b"', '"a,b"'),
    "backslashes": ("C:\\x", "'C:\\x'", "C:\\x"),
    "backslashes and a space": ("C:\\x y", "'C:\\x y'", '"C:\\x y"'),
    "an apostrophe": ("it's", '"it\'s"', '"it\'s"'),
    "a dollar": ("$5", "'$5'", None),
    "a per cent": ("5 %", '"5 %"', None),
    "a quotation mark": ('5"', "'5\"'", None),
    "a Swedish quotation mark": ("”hej”", '"”hej”"', None),
    "a line break": ("a\nb", "$'a\\x0ab'", None),
    "two spaces": ("a  b", "$'a\\x20\\x20b'", None),
    "a backslash last": ("a b\\", "'a b\\'", None),
    "nothing": ("", '""', None),
}


@pytest.mark.parametrize(("word", "here", "on_windows"), CASES.values(), ids=CASES.keys())
def test_a_word_is_quoted_as_little_as_it_needs(word: str, here: str, on_windows: str | None) -> None:
    assert typed(word, windows=False) == here
    assert typeable(word, windows=False)
    assert typeable(word, windows=True) is (on_windows is not None)
    if on_windows is not None:
        assert typed(word, windows=True) == on_windows


def test_a_path_is_never_taken_for_an_option() -> None:
    assert typed(Path("-p.db"), windows=False) == "./-p.db"
    assert typed("-q", windows=False) == "-q"
