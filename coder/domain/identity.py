"""What in a quote may tell who wrote it, or whom it is about: a warning before it is published, never a guarantee."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from coder.domain.contact import contacts
from coder.domain.person_names import is_given, is_name, is_surname, of_people
from coder.domain.sign import Hit, Sign

_WORD = re.compile(r"\w+(?:[-'’:]\w+)*")
# Before a word that begins a sentence, a line, a quotation or a list item, a capital letter says nothing.
_BEGINS = re.compile(r"(?:^|[.!?:;\n\"”“»«'‘(\[•*\u2010-\u2015/-]|\d[.)])\s*$")
_LONGEST_NAME = 4  # words
_KIND_OF_PLACE = frozenset({"kommun", "kommuns", "stad", "stads", "län", "läns", "region", "regionen"})
# Authorities, programmes and other words that carry a capital and name no person and no place.
# fmt: off
_ALLOWED = frozenset((
    "arbetsförmedling", "arbetsförmedlingen", "försäkringskassan", "skatteverket", "migrationsverket",
    "socialtjänsten", "socialstyrelsen", "skolverket", "boverket", "skr", "kommun", "kommunen", "region",
    "regionen", "staten", "riksdagen", "regeringen", "sverige", "svenska", "samordningsförbundet", "finsam",
    "jobbspår", "dua", "sfi", "esf", "eu", "af", "fk", "internet", "teams", "skype", "google", "excel", "word",
    "covid", "corona", "ungdomstorget", "jobbtorg", "komvux", "arbetsmarknadsenheten", "arbetsmarknad",
    "vuxenutbildningen", "nystartsjobb", "ni", "er", "rom", "rusta", "matcha", "ame", "arbetsformedlingen",
    "forsakringskassan", "europeiska",
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
    words = list(_WORD.finditer(text))
    guessed = _names(text, words, names, quiet), _people(text, words, quiet), _capitals(text, words, quiet)
    for hit in chain(contacts(text, quiet), *guessed):
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


def _genitive(name: str) -> str:
    return "" if name[-1].casefold() in "sxz" else "s"


def _names(text: str, words: Sequence[re.Match[str]], names: Names, quiet: frozenset[str]) -> Iterator[Hit]:
    for place, word in enumerate(words):
        for length in range(min(names.longest, len(words) - place), 0, -1):
            last = words[place + length - 1]
            said = " ".join(one.group() for one in words[place : place + length])
            # Luleå:s and Luleå’s are said too.
            plain = re.sub(r"[:'’]s$", "", said)
            if (said in names.forms or plain in names.forms) and said.casefold() not in quiet:
                yield Hit(word.start(), last.end(), Sign.NAME, text[word.start() : last.end()])
                break


def _people(text: str, words: Sequence[re.Match[str]], quiet: frozenset[str]) -> Iterator[Hit]:
    """Common names of people, wherever in a sentence and in whatever letters they stand."""
    past = 0
    for place, word in enumerate(words):
        if place < past or not is_name(word.group()):
            continue
        together = _together(text, words, place)
        count, telling = of_people(together)
        said = together[:count]
        if all(_quiet(one, quiet) for one in said):
            continue
        capital = all(one[0].isupper() for one in said)
        after = together[count] if len(together) > count else ""
        if capital and is_given(said[0]) and after.istitle() and not _quiet(after, quiet):
            # Whatever follows a given name with a capital letter is the surname.
            said, telling = [*said, after], True
        elif count > 1:
            telling = telling or (capital and is_given(said[0]) and is_surname(said[-1]))
        past = place + len(said)
        if telling:
            start, end = word.start(), words[past - 1].end()
            sign = Sign.NAME if capital or len(said) > 1 else Sign.PERHAPS_NAME
            yield Hit(start, end, sign, text[start:end])


def _together(text: str, words: Sequence[re.Match[str]], place: int) -> list[str]:
    """The word at a place and the few after it that only a blank parts from one another."""
    found = [words[place].group()]
    for one, other in pairwise(words[place : place + _LONGEST_NAME]):
        if text[one.end() : other.start()] != " ":
            break
        found.append(other.group())
    return found


def _capitals(text: str, words: Sequence[re.Match[str]], quiet: frozenset[str]) -> Iterator[Hit]:
    for match in words:
        word = re.sub(r"[:'’]s$", "", match.group())
        if not word[0].isupper() or word.isupper() or not word.replace("-", "").isalpha() or _quiet(word, quiet):
            continue
        if not _BEGINS.search(text[max(0, match.start() - 12) : match.start()]):
            yield Hit(match.start(), match.end(), Sign.PERHAPS_NAME, word)


def _quiet(word: str, quiet: frozenset[str]) -> bool:
    """Whether a word with a capital letter names nobody: an allowed one, or a compound of an abbreviation."""
    head, *rest = re.split(r"[-'’]", word)
    folded = head.casefold()
    return bool({folded, folded.removesuffix("s"), word.casefold()} & quiet) or bool(
        rest and head.isupper() and rest[-1].islower()
    )
