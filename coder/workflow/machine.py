"""The machine that a batch run codes with: a fitted suggester, the gate that its suggestions pass, and what is new.

It is made from a project once and then needs no project: the same codings, codebook, uncoded texts, versions and seed
always make the same machine, whoever asks and in whatever order answers come.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder import __version__
from coder.domain.acceptance import Candidate, Gate, codings
from coder.domain.answers import Answer
from coder.domain.codebook import Codebook, fingerprint
from coder.domain.coding import Segment, Work
from coder.domain.errors import CoderError
from coder.domain.suggestion import Evidence
from coder.storage import touched
from coder.workflow.project import Project
from coder.workflow.splitting import marked, once, parts
from coder.workflow.suggesting import current, evidence_in

if TYPE_CHECKING:
    from coder.suggest.fitted import Fitted
    from coder.suggest.gate import Marked
    from coder.suggest.novelty import Novelty, Said
    from coder.suggest.scoring import Best, Scorer

# What decides which code a text gets, beside the program: another version of one may give another result.
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "simplemma", "spacy")

_NOTHING = Work()
# Bytes of what words add to scores: full after some ten thousand answers, and half as much again saves no time.
_REMEMBERED = 24_000_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a machine may do without a person: keep a promised precision, or take every score from `least` on.

    One of the two is None. `whole` codes answers as a whole, one code each, and not clause by clause. `seed` settles
    which uncoded texts are read, which are looked at for new topics, and which of very many answers are left out
    together where the machine is judged.
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
    """What the machine makes of an answer: its work, and whether it left something for being unlike what was read."""

    answer: Answer
    work: Work
    new: bool = False


@dataclass
class Machine:
    """Codes answers to one question, some at a time. For use by one thread.

    `read` are the texts of the answers that analysts have finished, as suggesters see them that had not learnt from the
    respondent: what is new is told by them.
    """

    codebook: Codebook
    terms: Terms
    model: Model
    gate: Gate
    fitted: Fitted
    read: Sequence[Said] = ()
    novelty: Novelty | None = None
    _unread: Sequence[Said] = field(default=(), init=False, repr=False)
    _passages: Sequence[tuple[Answer, Segment]] = field(default=(), init=False, repr=False)
    _scorer: Scorer | None = field(default=None, init=False, repr=False)

    def look_at(self, answers: Sequence[Answer]) -> None:
        """Learn what is new in a round from some of its answers that nobody has coded; the model is of them too."""
        from coder.suggest.novelty import Novelty  # noqa: PLC0415 - brings scikit-learn

        split = [once(answer, self._parts(answer)) for answer in answers]
        self._unread = self._said(answers, split)
        self._passages = [(one, segment) for one, own in zip(answers, split, strict=True) for segment in own]
        self.novelty = Novelty(self.codebook.language, self.terms.seed).fit(self.read, self._unread)
        looked_at = sorted((one.group, one.text) for one in self._unread)
        self.model = replace(self.model, id=_digest((self.model.id, looked_at)))

    def code(self, answers: Sequence[Answer], run: int | None = None) -> list[Decided]:
        """What the machine makes of each answer. What is unlike all that was read before it leaves to people."""
        split = [self._parts(answer) for answer in answers]
        said = self._said(answers, split)
        seen = iter(zip(said, self._new(said), strict=True))
        decided = []
        for answer, own in zip(answers, split, strict=True):
            taken, held = [], False
            for segment in own:
                one, new = next(seen)
                held = held or new
                if one.taken and one.best is not None and not new:
                    taken.append((segment, one.best))
            work = Work(codings(answer, taken, whole=self.terms.whole, run=run)) if taken else _NOTHING
            decided.append(Decided(answer, work, held))
        return decided

    def topics(self, but: Collection[int] = ()) -> list[Candidate]:
        """Candidates for new codes among the answers looked at, none `but` some: what is left of them to people."""
        if self.novelty is None or not self.novelty.telling_:
            return []
        from coder.suggest.topics import topics  # noqa: PLC0415 - brings scikit-learn

        held = zip(self._passages, self._unread, self._new(self._unread), strict=True)
        left = [
            (passage, one)
            for passage, one, new in held
            if passage[0].id not in but and one.best is not None and (new or not one.taken)
        ]
        said, looked_at = [one for _, one in left], len({one.group for one in self._unread})
        values, language = self.novelty.p_values(said), self.codebook.language
        found = topics(said, values, self.read, looked_at, language, seed=self.terms.seed)
        return [replace(one, passages=tuple(left[place][0] for place in places)) for one, places in found]

    def _said(self, answers: Sequence[Answer], split: Sequence[Sequence[Segment]]) -> list[Said]:
        """The parts of answers with the code that fits each best, in order."""
        from coder.suggest.novelty import Said  # noqa: PLC0415 - brings scikit-learn

        texts = [segment.of(answer.text) for answer, own in zip(answers, split, strict=True) for segment in own]
        groups = (answer.respondent.key for answer, own in zip(answers, split, strict=True) for _ in own)
        return [
            Said(text, group, one, _takes(self.gate, one))
            for text, group, one in zip(texts, groups, self._best(texts), strict=True)
        ]

    def _new(self, said: Sequence[Said]) -> list[bool]:
        """Which of the texts that the gate would let through are unlike all that was read."""
        # Who asks for a score and no promise gets every suggestion of that score.
        if self.novelty is None or self.gate.promise is None:
            return [False] * len(said)
        return self.novelty.new(said)

    def _parts(self, answer: Answer) -> tuple[Segment, ...]:
        return parts(answer, self.codebook.language, whole=self.terms.whole)

    def _best(self, texts: Sequence[str]) -> list[Best | None]:
        if self._scorer is None:
            from coder.suggest.scoring import Scorer  # noqa: PLC0415 - brings scikit-learn

            self._scorer = Scorer(self.fitted, _REMEMBERED)
        return self._scorer.best(texts)


def machine(
    project: Project,
    question: str,
    terms: Terms,
    background: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Machine:
    """The machine that a project's codings make for a question, over all rounds.

    `background` are texts to be coded that nobody has: see `suggesting.background`. With them a machine says what the
    workbench says. It is as precise as without, and more so where a new round has other shares of the codes than what
    was coded: there it keeps a promise that it would break without, and gives some codes fewer. `progress` is told how
    many steps of judging it are through. Raises CoderError where the codebook has no codes.
    """
    codebook = project.codebook(question)
    if not codebook.active:
        raise CoderError(f"the codebook {codebook.key} has no codes", "Give it codes before a round is coded with it.")
    with project.file.reading() as db:
        evidence = current(codebook, evidence_in(db, question))
        finished = list(touched.finished(db, question))
    from coder.suggest.classifier import CodebookSuggester  # noqa: PLC0415 - brings scikit-learn
    from coder.suggest.fitted import fitted  # noqa: PLC0415
    from coder.suggest.gate import gate, left_out, trials  # noqa: PLC0415

    suggester = CodebookSuggester().fit(codebook.in_use, evidence, background)
    read = list(marked(finished, codebook, whole=terms.whole))
    best = left_out(suggester, read, terms.seed, progress)
    if terms.least is not None or terms.promise is None:
        let = Gate(least=terms.least or 0.0)
    else:
        examples = Counter(code for one in read for code in frozenset().union(*one.codes))
        found = gate(list(trials(read, best)), suggester.codes_, examples, terms.promise)
        let = replace(found, answers=len(read))
    model = _model(codebook, evidence, background, read, terms)
    return Machine(codebook, terms, model, let, fitted(suggester), _said(read, best, let))


def _said(read: Sequence[Marked], best: Sequence[Sequence[Best | None]], let: Gate) -> list[Said]:
    from coder.suggest.novelty import Said  # noqa: PLC0415 - brings scikit-learn

    return [
        Said(text, answer.group, one, _takes(let, one))
        for answer, own in zip(read, best, strict=True)
        for text, one in zip(answer.texts, own, strict=True)
    ]


def _takes(let: Gate, best: Best | None) -> bool:
    return best is not None and let.takes(best)


def _model(
    codebook: Codebook, evidence: Sequence[Evidence], background: Sequence[str], read: Sequence[Marked], terms: Terms
) -> Model:
    """The same codebook, codings, uncoded texts, seed and versions always give the same identifier."""
    from importlib.metadata import version  # noqa: PLC0415 - slow, and needed here alone

    from coder.text.fields import lists_version  # noqa: PLC0415 - brings spaCy

    versions = {"coder": __version__, "fields": lists_version(), **{name: version(name) for name in _LIBRARIES}}
    learnt = sorted((item.group, item.text, item.code, item.round) for item in evidence)
    judged = sorted((one.group, one.texts, [sorted(codes) for codes in one.codes]) for one in read)
    made_from = (versions, codebook.language, codebook.themes, codebook.codes, learnt, background, judged, terms.seed)
    return Model(_digest(made_from), len(evidence), codebook.key, fingerprint(codebook), versions)


def _digest(made_from: object) -> str:
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:12]
