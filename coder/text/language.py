"""Tokens and lemmas of one language: a blank spaCy pipeline with lemmas from simplemma's dictionaries.

spaCy's tokeniser works one run of non-space characters at a time, and lemmas here depend on nothing but the word. So
what a run becomes is remembered, and a text costs one look-up a run instead of one pass of a pipeline.
"""

from functools import cache, lru_cache

import spacy
from simplemma import lemmatize
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES
from spacy.language import Language
from spacy.tokens import Doc

from coder.domain.errors import CoderError
from coder.text.words import is_known, words

_LEMMAS = "coder_lemmas"
_REMEMBERED = 10_000
# No word is this long; a longer run is a link or a line of signs, and is cut so that no single one can stall.
LONGEST_RUN = 200
_BEFORE_STOP = frozenset("abcdefghijklmnopqrstuvwxyzåäöéüæø")


class Lemmatiser:
    """A spaCy component that sets every token's lemma, in lower case.

    simplemma's dictionaries know the form a word has inside a sentence, so a word is lower-cased first. A language
    without a dictionary gets the lower-cased form.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._known = language in SUPPORTED_LANGUAGES
        self._one_word = words(language).one_word

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a document's tokens."""
        for token in doc:
            token.lemma_ = self.lemma(token.text)
        return doc

    def lemma(self, word: str) -> str:
        """The dictionary form of a word, and one form for a name that is written in many ways."""
        lower = word.lower()
        bare = _without_genitive(lower)
        if bare in self._one_word:
            return self._one_word[bare]
        if not self._known or not lower.isalpha():
            return lower
        return str(lemmatize(lower, lang=self.language)).lower()


def _without_genitive(word: str) -> str:
    """An acronym without the ending that a colon ties to it: `af:s` and `af´s` are `af`."""
    for mark in (":", "'", "’", "´", "`"):
        head, found, tail = word.partition(mark)
        if found and head and len(tail) <= 2:
            return head
    return word


@Language.factory(_LEMMAS)
def _component(nlp: Language, name: str) -> Lemmatiser:  # noqa: ARG001 - the signature is spaCy's
    return Lemmatiser(str(nlp.lang))


class Analyser:
    """What one language's texts are made of. Ask `analyser` for one: it is kept."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.nlp = spacy.blank(language)
        self.nlp.add_pipe(_LEMMAS)
        self._lemmatiser = Lemmatiser(language)
        rules = frozenset(map(str, getattr(self.nlp.tokenizer, "rules", None) or ()))
        self.abbreviations = frozenset(rule.lower() for rule in rules if rule.endswith("."))
        # Where letters alone are one word: in the languages that have been looked at, but for what the rules name.
        self._divided = rules if is_known(language) else None
        self._run = lru_cache(maxsize=_REMEMBERED)(self._analyse)

    def lemmas(self, text: str) -> list[str]:
        """The lemmas of a text's words in order, in lower case; signs and white space are left out."""
        return [lemma for run in text.split() for lemma in self._run(run[:LONGEST_RUN])]

    def run_lemmas(self, run: str) -> tuple[str, ...]:
        """The lemmas of one run of non-space characters: of `och/eller` there are two."""
        return self._run(run[:LONGEST_RUN])

    def is_small(self, word: str) -> bool:
        """True for a word that carries no meaning of its own, such as an article or a conjunction."""
        return bool(self.nlp.vocab[word.lower()].is_stop)

    def _analyse(self, run: str) -> tuple[str, ...]:
        # Past spaCy it is quicker, and a word that never comes again does not stay in its vocabulary.
        if self._divided is not None and run not in self._divided:
            # A sign that ends a clause stands by itself; a full stop, at least after a lower-case letter.
            word = run[:-1] if run[-1] in ",!?" or (run[-1] == "." and run[-2:-1] in _BEFORE_STOP) else run
            if word.isalpha() and word not in self._divided:
                return (self._lemmatiser.lemma(word),)
        return tuple(token.lemma_ for token in self.nlp(run) if any(sign.isalnum() for sign in token.text))


@cache
def analyser(language: str) -> Analyser:
    """The analyser of a language, by its ISO code (`sv`). Raises CoderError where spaCy has no tokeniser for it."""
    try:
        return Analyser(language)
    except (ImportError, ValueError) as error:
        raise CoderError(
            f"the language {language!r} is not one that can be split into words",
            "Give the codebook's language as a code that spaCy has, such as sv, en, fi or de; xx fits any language.",
        ) from error
