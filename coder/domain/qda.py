"""What a project becomes in the REFI-QDA exchange format, as far as it is words and identifiers.

Identifiers are made from keys and never drawn by chance, so that the same project gives the same file twice. What the
format has no place for stands in its descriptions, in lines a person can read and this package can read back.
"""

import re
from collections.abc import Sequence
from uuid import UUID, uuid5

from coder.domain.coding import Origin
from coder.domain.counting import Status

ORIGIN = "coder"
VARIABLES = ("round", "question", "respondent", "name", "covers")  # our own; every other one is an attribute

_NAMESPACE = UUID("6d0f2c0e-9f0e-5a53-8a2c-5e1d6b0c7a11")
_EXAMPLES = ("Exempel:", "Examples:")
_ALIASES = ("Andra namn:", "Also called:")
_HEADINGS = (*_EXAMPLES, *_ALIASES)
_ESCAPED = re.compile(r"\\*(?:" + "|".join(map(re.escape, _HEADINGS)) + ")")
_NOTHING = "nothing to code"
_WORDS = {Status.SET_ASIDE: "set aside", Status.PROVISIONAL: "provisional"}


def identifier(kind: str, *keys: str) -> str:
    """The identifier of a thing of that kind, by the keys that tell it from others of its kind."""
    return str(uuid5(_NAMESPACE, "\x1f".join((kind, *keys))))


def write_description(definition: str, examples: Sequence[str], aliases: Sequence[str], language: str) -> str:
    """A code's definition, then its examples and other names as lists under headings in the codebook's language."""
    other = 0 if language.startswith("sv") else 1
    # A line of the definition that would be taken for a heading gets a backslash.
    lines = ["\\" + line if _ESCAPED.fullmatch(line) else line for line in definition.split("\n")]
    parts = ["\n".join(lines)] if definition else []
    for heading, entries in ((_EXAMPLES[other], examples), (_ALIASES[other], aliases)):
        if entries:
            parts.append("\n".join([heading, *(f"- {entry}" for entry in entries)]))
    return "\n\n".join(parts)


def read_description(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Definition, examples and aliases of a description; one not laid out that way is a definition throughout."""
    lines = text.split("\n")
    first = next((place for place, line in enumerate(lines) if line in _HEADINGS), len(lines))
    lists: dict[bool, list[str]] = {}
    entries: list[str] = []
    for line in lines[first:]:
        if line in _HEADINGS and (line in _ALIASES) not in lists:
            entries = lists[line in _ALIASES] = []
        elif line.startswith("- "):
            entries.append(line[2:])
        elif line:
            return text, (), ()
    plain = [line[1:] if line[:1] == "\\" and _ESCAPED.fullmatch(line) else line for line in lines[:first]]
    return "\n".join(plain).strip("\n"), tuple(lists.get(False, ())), tuple(lists.get(True, ()))


def code_path(theme: str, code: str) -> str:
    """A code by its theme and name, as remarks name it."""
    return f"{theme} › {code}" if theme else code


def write_remark(path: str, status: Status | None, origin: Origin, score: float | None) -> str:
    """What is to be said of a coding beside its code and segment; empty for one that is counted and made by hand."""
    words = [_WORDS[status]] if status in _WORDS else []
    if origin is not Origin.HAND:
        words.append(origin.value if score is None else f"{origin.value} {score!r}")
    return f"{path}: {'; '.join(words)}" if words else ""


def read_remark(path: str, description: str) -> tuple[Status | None, Origin, float | None]:
    """The status, origin and score that a description gives the coding with that code; none, hand, none by default."""
    status, origin, score = None, Origin.HAND, None
    for line in description.split("\n"):
        if not line.startswith(f"{path}: "):
            continue
        for word in line[len(path) + 2 :].split("; "):
            name, _, number = word.partition(" ")
            if word in _WORDS.values():
                status = next(one for one, said in _WORDS.items() if said == word)
            elif name in (Origin.AUTO.value, Origin.ACCEPTED.value):
                origin, score = Origin(name), _score(number)
    return status, origin, score


def _score(number: str) -> float | None:
    try:
        score = float(number)
    except ValueError:
        return None
    return score if 0 <= score <= 1 else None


def write_nothing(analyst: str) -> str:
    """The description of an answer that an analyst has marked as having nothing to code."""
    return f"{_NOTHING} ({analyst})"


def read_nothing(description: str) -> str:
    """Who marked the answer as having nothing to code, empty where nobody did."""
    match = re.fullmatch(re.escape(_NOTHING) + r" \((.+)\)", description)
    return match[1] if match else ""


def write_facts(**facts: str) -> str:
    """Named facts, a line each; those that are empty are left out."""
    return "\n".join(f"{name}: {value}" for name, value in facts.items() if value)


def read_facts(description: str) -> dict[str, str]:
    """The named facts of a description."""
    pairs = (line.partition(": ") for line in description.split("\n"))
    return {name: value for name, colon, value in pairs if colon}
