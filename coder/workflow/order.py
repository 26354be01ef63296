"""In which order to read answers."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from coder.domain.answers import Answer
from coder.domain.coding import Work
from coder.workflow.advising import Adviser

_NONE: Mapping[int, Work] = MappingProxyType({})


class Order(StrEnum):
    """The orders there are, in words for a reader. The surest first is none: what is learnt so tells nothing new."""

    AS_THEY_CAME = "as they came"
    LEAST_SURE = "least sure first"
    BY_THEME = "by theme"
    NEAR_DUPLICATES = "near-duplicates together"


def ordered(adviser: Adviser, answers: Sequence[Answer], order: Order, works: Mapping[int, Work] = _NONE) -> list[int]:
    """The ids of the answers in the order they are to be read; the same input always gives the same order.

    Loads scikit-learn for every order but the first: not for the thread that draws the screen. `works` is what has been
    decided about answers, by id.
    """
    if order is Order.LEAST_SURE:
        return _least_sure(adviser, answers)
    if order is Order.BY_THEME:
        return _by_theme(adviser, answers, works)
    if order is Order.NEAR_DUPLICATES:
        return together(answers, near_duplicates(adviser, answers))
    return [answer.id for answer in answers]


def near_duplicates(adviser: Adviser, answers: Sequence[Answer]) -> list[tuple[int, ...]]:
    """The ids of answers that say the same in the same words, in groups of two or more, in the answers' order.

    Code one, and offer its codes for the rest.
    """
    from coder.suggest.near_duplicates import near_duplicates as groups  # noqa: PLC0415 - brings scikit-learn

    read = [answer for answer in answers if _says_something(answer)]
    found = groups([answer.text for answer in read], adviser.codebook.language)
    return [tuple(read[place].id for place in group) for group in found]


def together(answers: Sequence[Answer], groups: Iterable[tuple[int, ...]]) -> list[int]:
    """The ids of the answers as they came, but each group of near-duplicates at the place of its first."""
    places = {answer.id: place for place, answer in enumerate(answers)}
    beside = dict(places)
    for group in groups:
        beside.update(dict.fromkeys(group, places[group[0]]))
    return sorted(places, key=lambda number: (beside[number], places[number]))


def _least_sure(adviser: Adviser, answers: Sequence[Answer]) -> list[int]:
    """The answers to learn most from first; those without a word last."""
    read = [answer for answer in answers if _says_something(answer)]
    places = adviser.least_sure([answer.text for answer in read])
    return [read[place].id for place in places] + [one.id for one in answers if not _says_something(one)]


def _by_theme(adviser: Adviser, answers: Sequence[Answer], works: Mapping[int, Work]) -> list[int]:
    """In published order of the theme, then the code, that an answer has, or else is likeliest to have.

    Within a code as they came; answers without a code last.
    """
    codebook = adviser.codebook
    last = len(codebook.codes)
    found = adviser.best([answer.text for answer in answers], top=1)
    ranks = {}
    for answer, suggestions in zip(answers, found, strict=True):
        codings = works[answer.id].codings if answer.id in works else ()
        code = codings[0].code if codings else suggestions[0].code if suggestions else None
        ranks[answer.id] = last if code is None else codebook.rank.get(code, last)
    return sorted(ranks, key=ranks.__getitem__)


def _says_something(answer: Answer) -> bool:
    return any(sign.isalnum() for sign in answer.text)
