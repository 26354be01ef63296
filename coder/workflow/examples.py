"""Examples for publication: those flagged, what speaks against them, and segments that could be chosen too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Segment, Work
from coder.domain.counting import Status, statuses
from coder.domain.errors import CoderError
from coder.domain.identity import Names, name_forms, signs
from coder.domain.quoting import kept_from, quote, shorten, shortened
from coder.domain.sign import Hit
from coder.domain.typical import Candidate, propose
from coder.storage import frames, history, surveys
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.one_pass import Passed, passed
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
    project: Project,
    question: str,
    round_key: str,
    *,
    number: int = 0,
    allowed: Iterable[str] = (),
    progress: Progress = unwatched,
) -> Examples:
    """The flagged examples of a question, and up to `number` proposals a code beside them.

    A proposal is counted, typical of its code and short, quotes nobody twice while others are left, and holds nothing
    that may identify anybody. `allowed` words are never taken for names.
    """
    _require_open(project, question, round_key)
    codebook = project.codebook(question)
    reader = Reader(codebook, names_in(project), tuple(allowed))
    with project.file.reading() as db:
        lost = history.lost_examples(db, round_key, question)
        whose = {one.answer for one in lost}
        left: dict[int, Passed] = {}
        for one in passed(db, codebook, question=question, round_key=round_key, progress=progress):
            reader.read(one, proposing=number > 0)
            if one.answer.id in whose:
                left[one.answer.id] = one
    found = [*reader.flagged, *reader.proposed(number)]
    ordered = sorted(found, key=lambda one: (codebook.rank[one.code], not one.flagged))
    return Examples(tuple(ordered), tuple(_changed(codebook, lost, left)))


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
    """The names of all who were asked or answered and of the counties they lie in, as they stand in running text."""
    with project.file.reading() as db:
        found, values = surveys.names(db), surveys.attribute_values(db)
        for one in surveys.rounds(db):
            for asked in frames.load(db, one.key).values():
                found.add(asked.name)
                values.update(asked.attributes.values())
    return name_forms(found | {value for value in values if value.casefold().endswith(" län")})


@dataclass(slots=True)
class Reader:
    """Reads answers one by one for examples: those flagged, and segments that could be chosen too.

    A flagged quote is looked at for what may identify somebody; what could be chosen holds no sign of it.
    """

    codebook: Codebook
    names: Names
    allowed: tuple[str, ...] = ()
    flagged: list[Example] = field(default_factory=list)
    free: dict[int, list[Candidate]] = field(default_factory=lambda: defaultdict(list))

    def read(self, one: Passed, proposing: bool = False) -> None:
        """Read the next answer."""
        if not one.decision:
            return
        text, respondent = one.answer.text, one.answer.respondent.key
        if any(coding.example for coding in one.work.codings):
            status = statuses(one.decision)
            for coding in one.work.codings:
                if coding.example:
                    quoted = Candidate(respondent, quote(coding, text))
                    self.flagged.append(self._example(coding.code, quoted, status[coding.identity]))
        for settled in one.decision if proposing else ():
            words = settled.counted.segment.of(text)
            if not (settled.counted.example or settled.clash or signs(words, self.names, self.allowed)):
                self.free[settled.code].append(Candidate(respondent, words))

    def proposed(self, number: int) -> Iterator[Example]:
        """Up to so many proposals a code, of what was read for it."""
        taken = frozenset(one.respondent for one in self.flagged)
        for code, places in propose(self.free, number, taken).items() if number else ():
            for place in places:
                yield self._example(code, self.free[code][place], Status.COUNTED, flagged=False)

    def _example(self, code: int, one: Candidate, status: Status, flagged: bool = True) -> Example:
        return Example(
            code=self.codebook.stands[code],
            theme=self.codebook.theme_name(code),
            name=self.codebook.code_name(code),
            respondent=one.respondent,
            text=one.text,
            flagged=flagged,
            status=status,
            signs=tuple(signs(one.text, self.names, self.allowed)),
        )


def _changed(codebook: Codebook, lost: Iterable[history.LostExample], left: Mapping[int, Passed]) -> Iterator[Changed]:
    for one in lost:
        passed_by, segment = left[one.answer], Segment(one.start, one.end)
        codings = passed_by.work.codings
        now = [codebook.code_name(coding.code) for coding in codings if coding.segment == segment]
        if one.code in codebook.code_by_id:
            theme, name = codebook.theme_name(one.code), codebook.code_name(one.code)
            text, whom = segment.of(passed_by.answer.text), passed_by.answer.respondent.key
            yield Changed(theme, name, whom, text, one.analyst, one.at, tuple(now))


def _require_open(project: Project, question: str, round_key: str) -> None:
    asked = project.question(question, round_key)
    if not asked.codebook:
        raise CoderError(f"{question} is a closed question and has no examples", "Name an open question.")
