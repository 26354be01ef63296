"""Commands as they are typed: quoted so that a shell reads every word as it was meant."""

import os
import re
import shlex
from pathlib import Path

from coder.domain.answers import one_line

WINDOWS = os.name == "nt"
_BARE = re.compile(r"[\w+:./-]+")
_BARE_ON_WINDOWS = re.compile(r"[\w+:./\\-]+")
# What keeps its meaning between double quotes: for bash and zsh, and for one of cmd and PowerShell at least.
_READ_INSIDE = frozenset('"$`\\!')
_READ_INSIDE_ON_WINDOWS = frozenset('"$`%“”„')


def typed(word: str | Path, *, windows: bool = WINDOWS) -> str:
    """A word, or a path, as it is typed in a command: for bash and zsh, or for cmd and PowerShell.

    Where that can be, double quotes are taken, which all of them know. What a terminal would not show as it is, such as
    line breaks, stands as its bytes in `$'…'`. On Windows it holds for what is `typeable`.
    """
    text = f"./{word}" if isinstance(word, Path) and str(word).startswith("-") else str(word)
    if windows:
        return text if _BARE_ON_WINDOWS.fullmatch(text) else f'"{text}"'
    if not _shown(text):
        return f"$'{''.join(map(_escaped, os.fsencode(text)))}'"
    if _BARE.fullmatch(text):
        return text
    return shlex.quote(text) if not _READ_INSIDE.isdisjoint(text) else f'"{text}"'


def typeable(word: str | Path, *, windows: bool = WINDOWS) -> bool:
    """Whether a word can be typed so that every shell there reads it as it is; only on Windows some can't."""
    text = str(word)
    return not windows or (
        text != "" and _shown(text) and _READ_INSIDE_ON_WINDOWS.isdisjoint(text) and not text.endswith("\\")
    )


def _shown(text: str) -> bool:
    """Whether a line on the terminal holds it unchanged."""
    return text.isprintable() and one_line(text) == text


def _escaped(byte: int) -> str:
    letter = chr(byte)
    return letter if letter.isascii() and letter.isalnum() else f"\\x{byte:02x}"
