"""Examples for publication: those flagged, what speaks against them, and segments that could be chosen too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coder.domain.coding import Coding, Segment, Work
from coder.domain.counting import Status, statuses
from coder.domain.errors import CoderError
from coder.domain.identity import Hit, Names, name_forms, signs
from coder.domain.quoting import kept_from, quote, shorten, shortened
from coder.domain.typical import Candidate, propose
from coder.storage import history, surveys
from coder.workflow import behind
from coder.workflow.project import Project
from coder.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Example:
    """A segment flagged as an example, or proposed as one (`status` is then *counted*).

    `text` is the quote as it is printed, with … where an analyst has left words out. `signs` are what in it may
    identify somebody. A flagged example that is set aside is not in the table.
    """

    code: int
    theme: str
    name: str
    respondent: str
    text: str
    flagged: bool
    status: Status
    signs: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A segment whose flag went with its coding. `now` names the codes that the very same segment carries instead."""

    theme: str
    name: str
    respondent: str
    text: str
    analyst: str
    at: str
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a question in a round, in published order, and those that were lost with their coding."""

    examples: tuple[Example, ...]
    changed: tuple[Changed, ...]


def examples(
    project: Project, question: str, round_key: str, *, number: int = 0, allowed: Iterable[str] = ()
) -> Examples:
    """The flagged examples of a question, and up to `number` proposals a code beside them.

    A proposal is counted, typical of its code and short, quotes nobody twice while others are left, and holds nothing
    that may identify anybody. `allowed` words are never taken for names.
    """
    _require_open(project, question, round_key)
    held = behind.read(project, question, round_key)
    reader = _Reader(held, names_in(project), tuple(allowed))
    flagged = list(reader.flagged())
    proposed = reader.proposed(flagged, number) if number else []
    ordered = sorted([*flagged, *proposed], key=lambda one: (held.codebook.rank[one.code], not one.flagged))
    return Examples(tuple(ordered), tuple(_changed(project, held)))


def shorten_example(
    project: Project, question: str, round_key: str, respondent: str, edited: str, *, analyst: str
) -> str:
    """Shorten the respondent's flagged example that `edited` fits, and return the quote as it is printed now.

    `edited` is the snippet with … in the place of words left out; the snippet itself brings the full quote back. The
    decision is the analyst's, and undone as any other. Raises CoderError where it fits no flagged example, or several.
    """
    _require_open(project, question, round_key)
    session = Session(project, round_key, question, analyst)
    answer = next((one for one in session.answers if one.respondent.key == respondent), None)
    flagged = [one for one in session.work(answer.id).codings if one.example] if answer is not None else []
    if answer is None or not flagged:
        raise CoderError(
            f"respondent {respondent} has no flagged example for {question} in round {round_key}",
            "`coder examples` lists those that are flagged; flag one in the workbench with f.",
        )
    fitting: dict[Coding, tuple[Segment, ...]] = {}
    refused: list[CoderError] = []
    for coding in flagged:
        try:
            fitting[coding] = kept_from(coding.segment.of(answer.text), edited)
        except CoderError as error:
            refused.append(error)
    if not fitting:
        raise refused[0]
    if len({coding.segment for coding in fitting}) > 1:
        raise CoderError(
            f"the quote fits {len(fitting)} flagged examples of respondent {respondent}",
            "Keep more words, so that it fits one.",
        )

    def change(work: Work) -> Work:
        for coding, kept in fitting.items():
            work = shorten(work, coding, kept)
        return work

    session.apply(answer.id, "shorten an example", change)
    coding, kept = next(iter(fitting.items()))
    return shortened(coding.segment.of(answer.text), kept)


def names_in(project: Project) -> Names:
    """The names of all respondents of the project and of the counties they lie in, as they stand in running text."""
    found: set[str] = set()
    with project.file.reading() as db:
        for one in surveys.rounds(db):
            for respondent in surveys.held_respondents(db, one.key).values():
                found.add(respondent.name)
                found.update(value for value in respondent.attributes.values() if value.casefold().endswith(" län"))
    return name_forms(found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """The segments of one question in one round, each looked at for what may identify somebody."""

    held: behind.Held
    names: Names
    allowed: tuple[str, ...]

    def flagged(self) -> Iterator[Example]:
        for answer in self.held.answers:
            decision = self.held.decisions.get(answer.id, ())
            status = statuses(decision)
            for coding in self.held.works[answer.id].codings if decision else ():
                if coding.example:
                    quoted = Candidate(answer.respondent.key, quote(coding, answer.text))
                    yield self._example(coding.code, quoted, status[coding.identity])

    def proposed(self, flagged: Sequence[Example], number: int) -> Iterator[Example]:
        free: dict[int, list[Candidate]] = defaultdict(list)
        for answer in self.held.answers:
            for settled in self.held.decisions.get(answer.id, ()):
                text = settled.counted.segment.of(answer.text)
                if not (settled.counted.example or settled.clash or signs(text, self.names, self.allowed)):
                    free[settled.code].append(Candidate(answer.respondent.key, text))
        taken = frozenset(one.respondent for one in flagged)
        for code, places in propose(free, number, taken).items():
            for place in places:
                yield self._example(code, free[code][place], Status.COUNTED, flagged=False)

    def _example(self, code: int, one: Candidate, status: Status, flagged: bool = True) -> Example:
        codebook = self.held.codebook
        return Example(
            code=codebook.stands[code],
            theme=codebook.theme_name(code),
            name=codebook.code_name(code),
            respondent=one.respondent,
            text=one.text,
            flagged=flagged,
            status=status,
            signs=tuple(signs(one.text, self.names, self.allowed)),
        )


def _changed(project: Project, held: behind.Held) -> Iterator[Changed]:
    with project.file.reading() as db:
        lost = history.lost_examples(db, held.round, held.question)
    answers, codebook = {answer.id: answer for answer in held.answers}, held.codebook
    for one in lost:
        answer, segment = answers[one.answer], Segment(one.start, one.end)
        work = held.works.get(one.answer, Work())
        now = [codebook.code_name(coding.code) for coding in work.codings if coding.segment == segment]
        if one.code in codebook.code_by_id:
            theme, name = codebook.theme_name(one.code), codebook.code_name(one.code)
            text = segment.of(answer.text)
            yield Changed(theme, name, answer.respondent.key, text, one.analyst, one.at, tuple(now))


def _require_open(project: Project, question: str, round_key: str) -> None:
    asked = project.question(question, round_key)
    if not asked.codebook:
        raise CoderError(f"{question} is a closed question and has no examples", "Name an open question.")
