"""The gate before publication."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coder.domain.answers import Kind, Question
from coder.domain.coding import Origin
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.how_many import form
from coder.domain.identity import Names, signs
from coder.domain.tables import Count, OptionTable, ThemeTable, named_counts
from coder.exporters import wording
from coder.storage import surveys
from coder.workflow.checking import Finding, broken, frame_notes, look
from coder.workflow.command_line import typed
from coder.workflow.examples import Example, Reader, names_in
from coder.workflow.exports import overtaken
from coder.workflow.long_run import Parts, Progress, unwatched
from coder.workflow.one_pass import Passed, parts_of
from coder.workflow.project import Project

# What is found that a reader must be told of, and that does not make a published number wrong.
_NOTED = frozenset({"routing", "unthemed", "interval", "unmeasured", "stopped"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a publication allows.

    A count from 1 to below `disclosure` may give somebody away; None allows any. `most_auto` is the largest share of
    counted codings, in percent, that no person has looked at; None allows any. `allowed` words are never names.
    """

    disclosure: int | None = None
    most_auto: float | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands in the way of publication, and what is only to be known before it."""

    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def gate(
    project: Project,
    limits: Limits | None = None,
    *,
    round_key: str | None = None,
    question: str | None = None,
    progress: Progress = unwatched,
) -> Gate:
    """All that stands between a project and its publication, one round or question of it where they are named.

    No finding where nothing does: no damage, clash or uncoded answer, every code in use defined and exemplified, no
    quote that may identify anybody, no count below the limit, no file that a later decision has overtaken.
    """
    scope = [
        (one.key, asked)
        for one in project.rounds()
        if round_key in (None, one.key)
        for asked in project.questions(one.key)
        if question in (None, asked.key)
    ]
    if round_key is not None:
        project.round(round_key)
    if question is not None and not scope:
        raise CoderError(f"the project has no question {question!r}", "Check the key; it is that of the survey file.")
    places = {(key, asked.key) for key, asked in scope}
    inspector = _Inspector(project, limits or Limits(), names_in(project), parts_of(project, places, progress))
    found = broken(project)
    found += [one for key, asked in scope for one in inspector.answers(asked, key)]
    for key, latest in {asked.key: key for key, asked in scope if asked.kind is Kind.OPEN}.items():
        found += inspector.codebook(key, latest)
    old, unknown = overtaken(project, places)
    findings = [one for one in found if one.kind not in _NOTED]
    told = frame_notes(project, dict.fromkeys(key for key, _ in scope))
    return Gate((*findings, *old), (*(one for one in found if one.kind in _NOTED), *told, *unknown))


@dataclass(slots=True)
class _Inspector:
    """What is looked at question by question; `quoted` are the codes that have a flagged example, by question."""

    project: Project
    limits: Limits
    names: Names
    parts: Parts
    quoted: dict[str, set[int]] = field(default_factory=dict)

    def answers(self, asked: Question, round_key: str) -> Iterator[Finding]:
        """What a look at a question's answers in one round finds: unfinished work, telling quotes, small counts."""
        reader = Reader(self.project.codebook(asked.key), self.names, self.limits.allowed) if asked.codebook else None

        def read(answers: Iterator[Passed]) -> Iterator[Passed]:
            for one in answers:
                if reader is not None:
                    reader.read(one)
                yield one

        looked = look(self.project, asked, round_key, passing=read, progress=self.parts.part())
        yield from looked.findings
        yield from self._numbers(looked.table)
        if isinstance(looked.table, ThemeTable):
            yield from self._machine(looked.table)
        if reader is not None:
            quoted = self.quoted.setdefault(asked.key, set())
            quoted.update(one.code for one in reader.flagged if one.status is not Status.SET_ASIDE)
            yield from self._quotes(asked, round_key, reader.flagged)

    def codebook(self, question: str, latest: str) -> Iterator[Finding]:
        """What the codebook lacks, and what it would give away: its examples are printed too. `latest` is a round."""
        book, quoted = self.project.codebook(question), self.quoted.get(question, set())
        code = f"`coder code {self.project.typed} -q {typed(question)}`, k"

        def full(number: int) -> str:
            theme, name = book.theme_name(number), book.code_name(number)
            return f"{theme}: {name}" if theme else name

        bare = tuple(full(code.id) for code in book.active if not code.definition)
        if bare:
            todo = f"Write each a definition ({code}, then d), or import a codebook that has them."
            yield Finding("definition", "", question, len(bare), f"{_codes(bare)} no definition", bare, todo)
        silent = tuple(full(code.id) for code in book.active if not code.examples and code.id not in quoted)
        if silent:
            propose = f"`coder examples {self.project.typed_with(question, latest)} --propose 2`"
            todo = f"{propose} proposes some; f in the workbench flags."
            yield Finding("example", "", question, len(silent), f"{_codes(silent)} no example", silent, todo)
        telling = tuple(
            f"{full(code.id)}: {hit.text}"
            for code in book.active
            for text in code.examples
            for hit in signs(text, self.names, self.limits.allowed)[:1]
        )
        if telling:
            words = f"{form(len(telling), 'example', 'examples')} in the codebook may identify somebody"
            todo = "Write another example, or --allow a word that names nobody."
            yield Finding("identity", "", question, len(telling), words, telling, todo)

    def _quotes(self, asked: Question, round_key: str, flagged: Sequence[Example]) -> Iterator[Finding]:
        """Chosen quotes that may identify somebody."""
        telling = [one for one in flagged if one.signs]
        if not telling:
            return
        with self.project.file.reading() as db:
            called = surveys.called(db, round_key, {one.respondent for one in telling})
        where = tuple(
            f"{called.get(one.respondent) or '–'} ({one.respondent}), {one.name}: "
            + ", ".join(dict.fromkeys(hit.text for hit in one.signs))
            for one in telling
        )
        scope = self.project.typed_with(asked.key, round_key)
        todo = (
            f"Shorten the quote (`coder examples {scope} --shorten RESPONDENT TEXT`), take its flag off (f in the "
            "workbench), or --allow a word that names nobody."
        )
        yield Finding(
            "identity", round_key, asked.key, len(telling), f"{_quotes(telling)} may identify somebody", where, todo
        )

    def _numbers(self, table: ThemeTable | OptionTable) -> Iterator[Finding]:
        """Counts that are too small to be told."""
        place, least = (table.round, table.question), self.limits.disclosure
        if least is not None:
            small = tuple(f"{name}: {count.count}" for name, count in _cells(table) if 0 < count.count < least)
            if small:
                todo = "Merge the code or option with a neighbour, or leave its row out of what is published."
                yield Finding(
                    "disclosure",
                    *place,
                    len(small),
                    f"{form(len(small), 'count is', 'counts are')} below {least}",
                    small,
                    todo,
                )

    def _machine(self, table: ThemeTable) -> Iterator[Finding]:
        """Too much that no person has looked at, what nobody has measured of it, and what is measured to be wrong."""
        place, most = (table.round, table.question), self.limits.most_auto
        scope = self.project.typed_with(table.question, table.round)
        share = Count(table.origins.get(Origin.AUTO, 0), sum(table.origins.values()))
        if most is not None and share.percent > most:
            words = f"of {share.base} counted codings were seen by nobody: {share.percent:.1f} %, more than {most:g} %"
            yield Finding("auto", *place, share.count, words, todo=f"Read them: `coder review {scope}`.")
        if share.count and table.sampled is None and not (table.waiting or table.outside):
            words = f"of {share.base} counted codings are a machine's, and nobody has measured how often it is wrong"
            yield Finding(
                "unmeasured", *place, share.count, words, todo=f"`coder audit {scope} --size N` draws a sample."
            )
        wrong = tuple(f"{name}: {wording.number(count)}" for name, count in _cells(table) if count.beyond)
        if wrong:
            words = form(len(wrong), "count lies outside its own interval", "counts lie outside their own intervals")
            todo = "The machine has counted too many or too few there: quote the interval, or read on (`coder review`)."
            yield Finding("interval", *place, len(wrong), words, wrong, todo)


def _codes(names: Sequence[str]) -> str:
    return form(len(names), "code has", "codes have")


def _quotes(chosen: Sequence[Example]) -> str:
    return form(len(chosen), "chosen quote", "chosen quotes")


def _cells(table: ThemeTable | OptionTable) -> Iterator[tuple[str, Count]]:
    return ((": ".join(names), count) for names, count in named_counts(table))
