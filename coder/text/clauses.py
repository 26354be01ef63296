"""Clauses: the segments an answer is offered in, before an analyst draws other ones.

A sentence in a survey answer is often a list in disguise. Splitting goes by newlines, bullets, numbered items,
semicolons, sentence ends, and the words that turn a sentence round (*men*), and never inside an abbreviation. One pass
over the text, by regular expressions whose look-back is bounded, so that a text of ten megabytes takes seconds.
"""

import re
from collections.abc import Iterator
from functools import cache

from coder.domain.coding import Segment
from coder.text.language import analyser
from coder.text.words import Words, words

_BULLET = re.compile(r"[ ]*(?:[•·▪▫■□●○◦‣⁃∙➢➤►✓✔→*+]+|[-–—](?=[^\W\d_]|\s|$))[ ]*")
_INLINE_BULLET = re.compile(r"[•▪▫■□●○◦‣⁃∙➢➤►✓✔]")
_INLINE_DASH = re.compile(r"(?<=[ ])[-–—](?=[ ])")
_NUMBER = re.compile(r"(?<![^\s(])\(?(\d{1,2})[.):](?=[ ]*[^\W\d_])")
_ENDING = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]{0,9}+(?=[ ]|[^\W\d_][^\W\d_])|;")
_WORD = re.compile(r"\w+")
# Short parts with full stops between them: "soc.sekr", which no table has.
_SHORTENED = re.compile(r"[^\W\d_]{1,5}(?:\.[^\W\d_]{1,5})+")
_LOOK_BACK = 24
# The signs that a clause can end or begin at, inside a text.
_DASHES = ("-", "–", "—")
_BORDER = re.compile(r"[\n;.!?…•·▪▫■□●○◦‣⁃∙➢➤►✓✔→*+]|[-–—][ ]|\d[.):]")
# The signs that a border begins with: most clauses have none of them, and one class takes half the time to look for.
_SIGN = re.compile(r"[\n;.!?…•·▪▫■□●○◦‣⁃∙➢➤►✓✔→*+\-–—\d]")


def clauses(text: str, language: str) -> tuple[Segment, ...]:
    """The clauses of a canonical text, in order, without overlap; of blank text none.

    Every letter lies in a clause, and every digit that is not the number of a list item. Bullets and white space at
    the borders are left out. A text of signs alone is one clause.
    """
    if _plain(text, language):
        return tuple(_trimmed(text, 0, len(text))) or _signs(text)
    abbreviations = analyser(language).abbreviations
    known = words(language)
    found = tuple(
        segment
        for start, end in _lines(text)
        for piece in _items(text, start, end)
        for sentence in _sentences(text, *piece, abbreviations, known)
        for segment in _turns(text, *sentence, known)
    )
    return found or _signs(text)


def _signs(text: str) -> tuple[Segment, ...]:
    """A text of signs alone as one clause, a blank one as none."""
    stripped = text.strip()
    begin = text.index(stripped)
    return (Segment(begin, begin + len(stripped)),) if stripped else ()


def _plain(text: str, language: str) -> bool:
    """True where it is seen at a glance that a text is one clause as it stands, or none."""
    inner = text.rstrip(" .!?…")
    return not (" " in text[len(inner) :].strip(" ") or inner.lstrip(" ")[:1] in _DASHES) and surely_one(text, language)


def surely_one(text: str, language: str) -> bool:
    """True where it is seen at a glance that a text has no more than one clause; False says nothing."""
    inner = text.rstrip(" .!?…")
    if _SIGN.search(inner) and _BORDER.search(inner):
        return False
    turning = _turning(language)
    return turning is None or turning.search(inner) is None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a line: after a bullet, and after each number of a list that counts upwards."""
    marker = _BULLET.match(text, start, end)
    dashed = bool(marker and marker[0].strip()[:1] in {"-", "–", "—"})
    if marker:
        start = marker.end()
    cuts = [(found.start(), found.end()) for found in _numbers(text, start, end)]
    cuts += [found.span() for found in _INLINE_BULLET.finditer(text, start, end)]
    if dashed:
        cuts += [found.span() for found in _INLINE_DASH.finditer(text, start, end)]
    for left, right in sorted(cuts):
        if left >= start:
            yield start, left
            start = right
    yield start, end


def _numbers(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Numbers that begin a list item: at the line's beginning, or inside it where they count 1, 2, 3."""
    found = list(_NUMBER.finditer(text, start, end))
    taken: list[re.Match[str]] = []
    expected = -1
    for place, match in enumerate(found):
        number = int(match[1])
        first = place == 0 and match.start() - start < _LOOK_BACK and text[start : match.start()].strip() == ""
        opens = number == 1 and place + 1 < len(found) and int(found[place + 1][1]) == 2
        if first or opens or number == expected:
            taken.append(match)
            expected = number + 1
    return taken


def _sentences(
    text: str, start: int, end: int, abbreviations: frozenset[str], known: Words
) -> Iterator[tuple[int, int]]:
    for match in _ENDING.finditer(text, start, end):
        if _ends(text, match, abbreviations, known):
            yield start, match.end()
            start = match.end()
    yield start, end


def _ends(text: str, match: re.Match[str], abbreviations: frozenset[str], known: Words) -> bool:
    """Whether a sentence ends at these signs."""
    if match[0] == ";":
        return True
    word = _word_before(text, match.start())
    after = text[match.end() : match.end() + 2]
    if after[0] != " ":
        # "bra.Vi" lacks its space; "www.Kommun" and "A.F" do not.
        return word.isalpha() and len(word) > 1 and word[-1].islower() and after[0].isupper()
    return match[0][0] != "." or not _joins(word.lower(), after[1:], abbreviations, known)


def _joins(word: str, after: str, abbreviations: frozenset[str], known: Words) -> bool:
    """Whether the full stop after `word` belongs to it, so that the sentence goes on with the sign `after`."""
    if f"{word}." in known.leading or (len(word) == 1 and word.isalpha()):
        return True
    if word.isdigit() and known.ordinals:
        return True
    if after.isupper():
        return False
    if f"{word}." in abbreviations or f"{word}." in known.shortened or len(word) < 3:
        return True
    return _SHORTENED.fullmatch(word) is not None


def _word_before(text: str, end: int) -> str:
    """The run of letters, digits, colons and full stops that ends at `end`, looking back a bounded way."""
    start = end
    while start > max(0, end - _LOOK_BACK) and (text[start - 1].isalnum() or text[start - 1] in ".:"):
        start -= 1
    return text[start:end]


def _turns(text: str, start: int, end: int, known: Words) -> Iterator[Segment]:
    """The parts of a sentence around its adversative words, where both sides can stand alone."""
    for match in _adversative(known.adversatives).finditer(text, start, end) if known.adversatives else ():
        following = _WORD.search(text, match.end(), end)
        comma = text[max(start, match.start() - _LOOK_BACK) : match.start()].rstrip().endswith(",")
        opens = following is not None and following[0].lower() in known.openers
        if (comma or opens) and _enough(text, start, match.start()) and _enough(text, match.end(), end):
            yield from _trimmed(text, start, match.start())
            start = match.start()
    yield from _trimmed(text, start, end)


@cache
def _turning(language: str) -> re.Pattern[str] | None:
    """What finds a language's adversative words, None where none are known."""
    adversatives = words(language).adversatives
    return _adversative(adversatives) if adversatives else None


@cache
def _adversative(adversatives: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[ ])(?:{'|'.join(sorted(adversatives))})(?=[ ])", re.IGNORECASE)


def _enough(text: str, start: int, end: int) -> bool:
    """Whether a part has the words to stand alone."""
    first = _WORD.search(text, start, end)
    return bool(first and _WORD.search(text, first.end(), end))


def _trimmed(text: str, start: int, end: int) -> Iterator[Segment]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    if any(sign.isalnum() for sign in text[start:end]):
        yield Segment(start, end)
