"""What reaches somebody or numbers a person, found by its form: e-mail, web, personal number, address, telephone."""

import re
from collections.abc import Iterator
from datetime import date

from coder.domain.sign import Hit, Sign

_NUMBER = re.compile(
    r"(?P<said>\b(?:person|samordnings|p-?)(?:nummer|numret|nr)[\s:.=]{0,3}(?:är )?)?(?<![\d\w])"
    r"(?:(?P<century>19|20|18)?(?P<date>\d{6})|(?P<dashed>(?:19|20)\d\d([-./])\d\d\5\d\d))"
    r"(?P<sign>\s?[-+\u2010-\u2015\u2212]?\s?)(?P<last>\d{4})(?!\d)",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,254}\s?(?:@|\(at\)|\[at\]|\(a\)|\[a\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE
)
# A page of somebody's, or an account: an address on the web, or @ and a name.
_WEB = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)(?P<host>[\w.-]{1,253})(?P<page>/[^\s”\"'<>]{0,500})?"
    r"|(?<![\w@])(?:[\w-]{1,20}\.){0,2}(?:facebook|fb|instagram|linkedin|twitter|tiktok|youtube|snapchat|x)\.com/"
    r"[^\s”\"'<>]{1,500}"
    r"|(?<![\w@./])@[^\W\d][\w.]{1,28}(?<!\.)(?![\w(@])",
    re.IGNORECASE,
)
_POSTCODE = r"[1-9]\d\d ?\d\d(?!\d)"
_STREET = r"(?:gatan|vägen|gränd|gränden|torget|stigen|backen|allén|kajen|esplanaden)"
_ADDRESS = re.compile(
    rf"\b(?:\w{{2,40}}{_STREET}|[A-ZÅÄÖ]\w{{1,40}} (?:gata|väg|gränd|torg|plats|stig|backe|allé))"
    r" ?\d{1,3}(?:[A-Za-z]| ?[A-Z])?\b"
    rf"(?:,? {_POSTCODE}(?: [A-ZÅÄÖ]\w+)?)?"
    rf"|(?<![\w,.-])(?<!\d )[1-9]\d\d \d\d [A-ZÅÄÖ][\w-]{{1,40}}"
)
_GAP = r"[\s\-\u2010-\u2015\u2212/.]{0,2}"
_PHONE = re.compile(
    rf"(?<![\w+])(?<!\d[-./])(?:(?:\+|00)\d{{1,3}}{_GAP}(?:\(0\){_GAP})?\d|\(?0\d{{0,3}}\)?{_GAP}\d)"
    rf"(?:{_GAP}\d){{5,11}}(?!\d)"
    rf"|\b(?:tel|tfn|telefon|telefonnummer|mobil|mobilnummer|ring|sms)\b[.:]?\s{{0,2}}(\d(?:{_GAP}\d){{4,11}})(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)\d\d|(?:19|20)\d\d\s?[-/.]\s?\d\d\s?[-/.]\s?\d\d"
    r"|\d\d[.:]\d\d\s?[-\u2010-\u2015]\s?\d\d[.:]\d\d"  # from one time of day to another
)


def contacts(text: str, quiet: frozenset[str]) -> Iterator[Hit]:
    """Every such sign in a text, the surest first; some may overlap. `quiet` are folded words that name nobody."""
    yield from _emails(text)
    yield from _web(text, quiet)
    yield from _numbers(text)
    yield from _addresses(text)
    yield from _phones(text)


def is_personal_number(digits: str) -> bool:
    """True for ten digits that are a personal or coordination number: a date, and a check digit by Luhn's rule."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit() and _is_born(digits[:6])):
        return False
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_born(six: str) -> bool:
    """Whether six digits are the date of a personal number, or of a coordination number, which adds 60 to the day."""
    year, month, day = int(six[:2]), int(six[2:4]), int(six[4:])
    day -= 60 if day > 60 else 0
    return any(_is_day(century + year, month, day) for century in (1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _emails(text: str) -> Iterator[Hit]:
    for match in _EMAIL.finditer(text):
        yield Hit(match.start(), match.end(), Sign.EMAIL, match.group())


def _web(text: str, quiet: frozenset[str]) -> Iterator[Hit]:
    for match in _WEB.finditer(text):
        # The first page of an authority is nobody's.
        label = (match["host"] or "").casefold().removeprefix("www.").split(".")[0]
        if label not in quiet or match["page"]:
            said = match.group().rstrip(".,:;!?)")
            yield Hit(match.start(), match.start() + len(said), Sign.WEB, said)


def _addresses(text: str) -> Iterator[Hit]:
    for match in _ADDRESS.finditer(text):
        yield Hit(match.start(), match.end(), Sign.ADDRESS, match.group())


def _numbers(text: str) -> Iterator[Hit]:
    for match in _NUMBER.finditer(text):
        born = match["date"] or re.sub(r"\D", "", match["dashed"])[2:]
        start = match.end("said") if match["said"] else match.start()
        if is_personal_number(born + match["last"]):
            sign = Sign.PERSONAL_NUMBER
        # Ten digits on end may be anything, unless they are said to be one.
        elif match["said"] or (_is_born(born) and (match["sign"].strip() or match["century"] or match["dashed"])):
            sign = Sign.PERHAPS_PERSONAL_NUMBER
        else:
            continue
        yield Hit(start, match.end(), sign, text[start : match.end()])


def _phones(text: str) -> Iterator[Hit]:
    for match in _PHONE.finditer(text):
        said = match.group(1) or match.group()
        digits = sum(letter.isdigit() for letter in said)
        if not _DATE.fullmatch(said.strip()) and (match.group(1) or 7 <= digits <= 15):
            start, end = match.span(1) if match.group(1) else match.span()
            yield Hit(start, end, Sign.PHONE, said)
