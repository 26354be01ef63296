"""Small tables of what a language's tokeniser does not know: abbreviations, names written many ways, conjunctions.

A language without a table works, with fewer comforts: add a row to give it one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of one language; every word in lower case.

    `leading` are abbreviations that something always follows, so that their full stop never ends a sentence;
    `shortened` are some that a tokeniser does not know, and that may end one where no lower-case word follows.
    `one_word` maps the ways a name is written to the one it counts as. `adversatives` open a clause after a comma, and
    without one where an `opener` follows. `ordinals` says that a number with a full stop is an ordinal number.
    """

    leading: frozenset[str] = frozenset()
    shortened: frozenset[str] = frozenset()
    one_word: Mapping[str, str] = field(default_factory=dict)
    adversatives: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    ordinals: bool = False


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SWEDISH = Words(
    leading=_set(
        "ang. art. avd. bl.a. bla. ca. c:a. cirka. d.v.s. dr. dvs. enl. ex. exkl. exv. f.d. f.n. fd. fr.o.m. from. gm. "
        "inkl. innev. jfr. kap. kl. m.a.o. max. min. mom. motsv. nr. näml. p.g.a. pga. prof. punkt. resp. s. s.k. sid. "
        "sk. st. t.ex. t.o.m. tel. tex. tfn. tom. u.a. ung. vol. äv. övr."
    ),
    shortened=_set("adm. arb. ekon. förv. handl. org. sekr. soc. utb. verks."),
    one_word={
        "af": "arbetsförmedling",
        "a.f": "arbetsförmedling",
        "a.f.": "arbetsförmedling",
        "arbetsf": "arbetsförmedling",
        "arbetsförm": "arbetsförmedling",
        "fk": "försäkringskassa",
    },
    adversatives=_set("men däremot medan"),
    openers=_set(
        "alla behöver dagens de den det detta dom du där då enligt finns fungerar får för ha har här i ibland idag "
        "inte jag just kan kommunen man med många ni när nu och ofta om på samtidigt sedan ska som sällan så trots "
        "tyvärr under upplever ut vi vid vissa vår våra är även över"
    ),
)

_ENGLISH = Words(
    leading=_set("approx. art. ca. cf. ch. dr. e.g. eg. i.e. ie. incl. mr. mrs. ms. no. nos. p. pp. prof. vs."),
    adversatives=_set("but however whereas"),
    openers=_set("he i in it sometimes that the there they this we when you"),
)

_DANISH = Words(
    leading=_set("bl.a. ca. dvs. f.eks. fx. inkl. jf. kap. kl. nr. pga. s. s.k."),
    adversatives=_set("men derimot mens"),
    ordinals=True,
)

_GERMAN = Words(
    leading=_set("bzw. ca. d.h. evtl. ggf. inkl. nr. s. sog. vgl. z.b."),
    adversatives=_set("aber jedoch"),
    ordinals=True,
)

_FINNISH = Words(leading=_set("esim. ks. n. nro. ns. s."), adversatives=_set("mutta"), ordinals=True)

_TABLES: Mapping[str, Words] = {
    "sv": _SWEDISH,
    "en": _ENGLISH,
    "da": _DANISH,
    "nb": _DANISH,
    "nn": _DANISH,
    "de": _GERMAN,
    "fi": _FINNISH,
}

_NOTHING = Words()


def words(language: str) -> Words:
    """The table of a language, an empty one where there is none."""
    return _TABLES.get(language, _NOTHING)


def is_known(language: str) -> bool:
    """True for a language that has a table."""
    return language in _TABLES
