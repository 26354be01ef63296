"""What in a quote may tell who wrote it, or whom it is about: a warning before it is published, never a guarantee."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sign(StrEnum):
    """What gives somebody away. The last is only a guess: a capital letter inside a sentence."""

    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    PERHAPS_NAME = "perhaps_name"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A sign at `[start, end)` of a text, in code points."""

    start: int
    end: int
    sign: Sign
    text: str


_NUMBER = re.compile(r"(?<![\d\w])(?:\d\d)?(\d{6})\s?[-+\u2010-\u2015\u2212]?\s?(\d{4})(?!\d)")
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,254}\s?(?:@|\(at\)|\[at\]|\(a\)|\[a\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE
)
_GAP = r"[\s\-\u2010-\u2015\u2212/.]{0,2}"
_PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)\d{{1,3}}{_GAP}(?:\(0\){_GAP})?\d|\(?0\d{{0,3}}\)?{_GAP}\d)(?:{_GAP}\d){{5,11}}(?!\d)"
    rf"|\b(?:tel|tfn|telefon|telefonnummer|mobil|mobilnummer|ring|sms)\b[.:]?\s{{0,2}}(\d(?:{_GAP}\d){{4,11}})(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)\d\d|(?:19|20)\d\d\s?[-/.]\s?\d\d\s?[-/.]\s?\d\d"
    r"|\d\d[.:]\d\d\s?[-\u2010-\u2015]\s?\d\d[.:]\d\d"  # from one time of day to another
)
_WORD = re.compile(r"\w+(?:[-'’:]\w+)*")
# Before a word that begins a sentence, a line, a quotation or a list item, a capital letter says nothing.
_BEGINS = re.compile(r"(?:^|[.!?:;\n\"”“»«'‘(\[•*\u2010-\u2015/-]|\d[.)])\s*$")
_KIND_OF_PLACE = frozenset({"kommun", "kommuns", "stad", "stads", "län", "läns", "region", "regionen"})
# Authorities, programmes and other words that carry a capital and name no person and no place.
# fmt: off
_ALLOWED = frozenset((
    "arbetsförmedling", "arbetsförmedlingen", "försäkringskassan", "skatteverket", "migrationsverket",
    "socialtjänsten", "socialstyrelsen", "skolverket", "boverket", "skr", "kommun", "kommunen", "region",
    "regionen", "staten", "riksdagen", "regeringen", "sverige", "svenska", "samordningsförbundet", "finsam",
    "jobbspår", "dua", "sfi", "esf", "eu", "af", "fk", "internet", "teams", "skype", "google", "excel", "word",
    "covid", "corona", "ungdomstorget", "jobbtorg", "komvux", "arbetsmarknadsenheten", "arbetsmarknad",
    "vuxenutbildningen", "nystartsjobb", "ni", "er", "rom", "rusta", "matcha", "ame",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Names:
    """The forms that names take in running text, and how many words the longest of them has."""

    forms: frozenset[str] = frozenset()
    longest: int = 0


NOBODY = Names()


def signs(text: str, names: Names = NOBODY, allowed: Iterable[str] = ()) -> list[Hit]:
    """Every sign in a text, in order; where two overlap the surer one stands.

    `names` are the names of respondents and places, by `name_forms`; `allowed` words never count as names.
    """
    quiet = _ALLOWED | {word.casefold() for word in allowed}
    found: list[Hit] = []
    taken = bytearray(len(text))
    for hits in (_emails(text), _numbers(text), _phones(text), _names(text, names, quiet), _capitals(text, quiet)):
        for hit in hits:
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                found.append(hit)
    return sorted(found)


def name_forms(names: Iterable[str]) -> Names:
    """The forms of these names: without *kommun*, *stad* or *län* too, in the genitive, and in capitals."""
    forms: set[str] = set()
    for name in names:
        words = name.split()
        if not words or not any(letter.isalpha() for letter in name):
            continue
        bare = list(words)
        while len(bare) > 1 and bare[-1].casefold() in _KIND_OF_PLACE:
            bare.pop()
        heads = {" ".join(words), " ".join(bare)}
        # "Göteborgs stad" is named after Göteborg.
        if len(bare) < len(words) and bare[-1].endswith("s") and len(bare[-1]) > 3:
            heads.add(" ".join(bare)[:-1])
        for head in heads:
            forms |= {head, head + ending} if (ending := _genitive(head)) else {head}
    # A word of three capitals is an abbreviation more often than a name.
    forms |= {form.upper() for form in forms if len(form) > 3}
    return Names(frozenset(forms), max((len(form.split()) for form in forms), default=0))


def is_personal_number(digits: str) -> bool:
    """True for ten digits that are a personal or coordination number: a date, and a check digit by Luhn's rule."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return False
    day = int(digits[4:6])
    day -= 60 if day > 60 else 0  # a coordination number adds 60
    century = 2000 if _is_day(2000 + int(digits[:2]), int(digits[2:4]), day) else 1900
    if not _is_day(century + int(digits[:2]), int(digits[2:4]), day):
        return False
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _genitive(name: str) -> str:
    return "" if name[-1].casefold() in "sxz" else "s"


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _emails(text: str) -> Iterator[Hit]:
    for match in _EMAIL.finditer(text):
        yield Hit(match.start(), match.end(), Sign.EMAIL, match.group())


def _numbers(text: str) -> Iterator[Hit]:
    for match in _NUMBER.finditer(text):
        if is_personal_number(match.group(1) + match.group(2)):
            yield Hit(match.start(), match.end(), Sign.PERSONAL_NUMBER, match.group())


def _phones(text: str) -> Iterator[Hit]:
    for match in _PHONE.finditer(text):
        said = match.group(1) or match.group()
        digits = sum(letter.isdigit() for letter in said)
        if not _DATE.fullmatch(said.strip()) and (match.group(1) or 7 <= digits <= 15):
            start, end = match.span(1) if match.group(1) else match.span()
            yield Hit(start, end, Sign.PHONE, said)


def _names(text: str, names: Names, quiet: frozenset[str]) -> Iterator[Hit]:
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        for length in range(min(names.longest, len(words) - place), 0, -1):
            last = words[place + length - 1]
            said = " ".join(one.group() for one in words[place : place + length])
            # Luleå:s and Luleå’s are said too.
            plain = re.sub(r"[:'’]s$", "", said)
            if (said in names.forms or plain in names.forms) and said.casefold() not in quiet:
                yield Hit(word.start(), last.end(), Sign.NAME, text[word.start() : last.end()])
                break


def _capitals(text: str, quiet: frozenset[str]) -> Iterator[Hit]:
    for match in _WORD.finditer(text):
        word = re.sub(r"[:'’]s$", "", match.group())
        head = re.split(r"[-'’]", word.casefold())[0]
        stem = head.removesuffix("s")
        if (
            not word[0].isupper()
            or word.isupper()
            or not word.replace("-", "").isalpha()
            or {head, stem, word.casefold()} & quiet
        ):
            continue
        if not _BEGINS.search(text[max(0, match.start() - 12) : match.start()]):
            yield Hit(match.start(), match.end(), Sign.PERHAPS_NAME, word)
