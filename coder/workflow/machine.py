"""The machine that a batch run codes with: a fitted suggester, the gate that its suggestions pass, and what is new.

It is made from a project once and then needs no project: the same codings, codebook, versions and seed always make the
same machine, whoever asks and in whatever order answers come.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder import __version__
from coder.domain.acceptance import Candidate, Gate, codings
from coder.domain.answers import Answer
from coder.domain.codebook import Codebook, fingerprint
from coder.domain.coding import Origin, Segment, Work
from coder.domain.errors import CoderError
from coder.domain.suggestion import Evidence, Suggestion
from coder.storage import touched
from coder.workflow.project import Project
from coder.workflow.suggesting import current, evidence_in

if TYPE_CHECKING:
    from coder.suggest.fitted import Fitted
    from coder.suggest.gate import Marked
    from coder.suggest.novelty import Novelty
    from coder.suggest.scoring import Scorer

# What decides which code a text gets, beside the program: another version of one may give another result.
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "simplemma", "spacy")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a machine may do without a person: keep a promised precision, or take every score from `least` on.

    One of the two is None. `whole` codes answers as a whole, one code each, and not clause by clause. `seed` settles
    how answers are dealt to folds and which are looked at for new topics.
    """

    promise: float | None = 0.9
    least: float | None = None
    whole: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """What suggested: an identifier of all it was made from, how many codings it learnt from, and its codebook."""

    id: str
    trained_on: int
    codebook: str
    fingerprint: str
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the machine makes of an answer: its work, and whether something in it is unlike what analysts have read.

    `left` are the texts that it gave no code, each with how unsure of it the suggester is, in 0..1.
    """

    answer: Answer
    work: Work
    new: bool = False
    left: tuple[tuple[str, float], ...] = ()


@dataclass
class Machine:
    """Codes answers to one question, some at a time. For use by one thread."""

    codebook: Codebook
    terms: Terms
    model: Model
    gate: Gate
    fitted: Fitted
    read: Sequence[Marked] = ()
    novelty: Novelty | None = None
    _scorer: Scorer | None = field(default=None, init=False, repr=False)

    def look_at(self, answers: Sequence[Answer]) -> None:
        """Learn what is new in a round from some of its answers that nobody has coded."""
        from coder.suggest.novelty import Novelty, Said  # noqa: PLC0415 - brings scikit-learn

        read = [Said(text, one.group) for one in self.read for text in one.texts]
        unread = [
            Said(part.of(answer.text), answer.respondent.key) for answer in answers for part in self._parts(answer)
        ]
        self.novelty = Novelty(self.codebook.language, self.terms.seed).fit(read, unread)

    def code(self, answers: Sequence[Answer], run: int | None = None) -> list[Decided]:
        """What the machine makes of each answer. What is unlike all that was read before it leaves to people."""
        parts = [self._parts(answer) for answer in answers]
        texts = [segment.of(answer.text) for answer, own in zip(answers, parts, strict=True) for segment in own]
        groups = [answer.respondent.key for answer, own in zip(answers, parts, strict=True) for _ in own]
        best = [found[0] if found else None for found in self._suggest(texts)]
        seen = iter(zip(texts, best, self._new(texts, groups, best), strict=True))
        return [
            self._decided(answer, [(segment, *next(seen)) for segment in own], run)
            for answer, own in zip(answers, parts, strict=True)
        ]

    def topics(self, left: Sequence[tuple[str, str, float]]) -> list[Candidate]:
        """Candidates for new codes among texts left to people: (text, respondent, how unsure the suggester is)."""
        from coder.suggest.novelty import Said  # noqa: PLC0415 - brings scikit-learn

        if self.novelty is None:
            return []
        return self.novelty.topics([Said(text, group) for text, group, _ in left], [doubt for _, _, doubt in left])

    def _decided(
        self, answer: Answer, seen: Sequence[tuple[Segment, str, Suggestion | None, bool]], run: int | None
    ) -> Decided:
        """One answer from its parts: each segment, its text, the best suggestion, and whether the text is new."""
        taken, left = [], []
        for segment, text, one, new in seen:
            # Who asks for a score and no promise gets every suggestion of that score.
            if one is not None and self.gate.takes(one) and not (new and self.gate.promise is not None):
                taken.append((segment, one))
            else:
                left.append((text, 1.0 - (one.score if one else 0.0)))
        found = codings(answer, taken, whole=self.terms.whole, run=run)
        return Decided(answer, Work(found), any(new for *_, new in seen), tuple(left))

    def _new(self, texts: Sequence[str], groups: Sequence[str], best: Sequence[Suggestion | None]) -> list[bool]:
        """Which of the texts that the gate would let through are unlike all that was read."""
        found = [False] * len(texts)
        through = [place for place, one in enumerate(best) if one is not None and self.gate.takes(one)]
        if self.novelty is not None and through:
            from coder.suggest.novelty import LEVEL, Said  # noqa: PLC0415 - brings scikit-learn

            values = self.novelty.p_values([Said(texts[place], groups[place]) for place in through])
            for place, value in zip(through, values.tolist(), strict=True):
                found[place] = value <= LEVEL
        return found

    def _parts(self, answer: Answer) -> tuple[Segment, ...]:
        return _parts(answer, self.codebook.language, whole=self.terms.whole)

    def _suggest(self, texts: Sequence[str]) -> list[list[Suggestion]]:
        if self._scorer is None:
            from coder.suggest.scoring import Scorer  # noqa: PLC0415 - brings scikit-learn

            self._scorer = Scorer(self.fitted)
        return self._scorer.suggest(texts, top=1)


def machine(
    project: Project, question: str, terms: Terms, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Machine:
    """The machine that a project's codings make for a question, over all rounds.

    `progress` is told how many folds of the cross-validation are through. Raises CoderError where the codebook has no
    codes.
    """
    codebook = project.codebook(question)
    if not codebook.active:
        raise CoderError(f"the codebook {codebook.key} has no codes", "Give it codes before a round is coded with it.")
    with project.file.reading() as db:
        evidence = current(codebook, evidence_in(db, question))
        finished = list(touched.finished(db, question))
    from coder.suggest.classifier import CodebookSuggester  # noqa: PLC0415 - brings scikit-learn
    from coder.suggest.fitted import fitted  # noqa: PLC0415
    from coder.suggest.gate import gate, trials  # noqa: PLC0415

    in_use = codebook.in_use
    suggester = CodebookSuggester().fit(in_use, evidence)
    read = list(_marked(finished, codebook, whole=terms.whole))
    if terms.least is not None or terms.promise is None:
        let = Gate(least=terms.least or 0.0)
    else:
        tried = trials(in_use, evidence, read, sharpness=suggester.sharpness_, seed=terms.seed, progress=progress)
        examples = Counter(code for one in read for code in frozenset().union(*one.codes))
        let = replace(gate(tried, suggester.codes_, examples, terms.promise), answers=len(read))
    return Machine(codebook, terms, _model(codebook, evidence, read, terms), let, fitted(suggester), read)


def _parts(answer: Answer, language: str, *, whole: bool) -> tuple[Segment, ...]:
    from coder.text.clauses import clauses  # noqa: PLC0415 - brings spaCy

    return (Segment(0, len(answer.text)),) if whole else clauses(answer.text, language)


def _marked(finished: Sequence[tuple[Answer, Work]], codebook: Codebook, *, whole: bool) -> Iterator[Marked]:
    """The answers that analysts finished, split as the machine splits them, with what was given to each part."""
    from coder.suggest.gate import Marked  # noqa: PLC0415 - brings scikit-learn

    for answer, work in finished:
        parts = _parts(answer, codebook.language, whole=whole)
        given = [
            frozenset(
                codebook.stands_for(one.code)
                for one in work.codings
                if one.origin is not Origin.AUTO and one.segment.start < part.end and part.start < one.segment.end
            )
            for part in parts
        ]
        yield Marked(answer.respondent.key, tuple(part.of(answer.text) for part in parts), tuple(given))


def _model(codebook: Codebook, evidence: Sequence[Evidence], read: Sequence[Marked], terms: Terms) -> Model:
    """The same codebook, codings, seed and versions always give the same identifier."""
    from importlib.metadata import version  # noqa: PLC0415 - slow, and needed here alone

    versions = {"coder": __version__, **{name: version(name) for name in _LIBRARIES}}
    learnt = sorted((item.group, item.text, item.code) for item in evidence)
    judged = sorted((one.group, one.texts, [sorted(codes) for codes in one.codes]) for one in read)
    made_from = repr((versions, codebook.themes, codebook.codes, learnt, judged, terms.seed))
    digest = hashlib.sha256(made_from.encode()).hexdigest()[:12]
    return Model(digest, len(evidence), codebook.key, fingerprint(codebook), versions)
