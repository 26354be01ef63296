"""The gate before publication, and the files written from a project: each is noted down as it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.domain.answers import Kind, Question
from coder.domain.coding import Origin
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.identity import Names, signs
from coder.domain.tables import Count, OptionTable, ThemeTable
from coder.storage import exports, history
from coder.workflow import report
from coder.workflow.checking import Finding, check
from coder.workflow.examples import examples, names_in
from coder.workflow.project import Project

# What the plain check finds that also stands in the way of a published number.
_IN_THE_WAY = frozenset({"integrity", "clash", "uncoded"})
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What a publication allows.

    A count from 1 to below `disclosure` may give somebody away; None allows any. `most_auto` is the largest share of
    counted codings, in percent, that no person has looked at; None allows any. `allowed` words are never names.
    """

    disclosure: int | None = None
    most_auto: float | None = None
    allowed: tuple[str, ...] = ()


def gate(
    project: Project, limits: Limits | None = None, *, round_key: str | None = None, question: str | None = None
) -> list[Finding]:
    """All that stands between a project and its publication, one round or question of it where they are named.

    Empty where nothing does: no damage, clash or uncoded answer, every code in use defined and exemplified, no quote
    that may identify anybody, no count below the limit, no file that a later decision has overtaken.
    """
    limits = limits or Limits()
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
    places = {("", "")} | {(key, asked.key) for key, asked in scope}
    found = [one for one in check(project) if one.kind in _IN_THE_WAY and (one.round, one.question) in places]
    inspector = _Inspector(project, limits, names_in(project))
    for key in dict.fromkeys(asked.key for _, asked in scope if asked.kind is Kind.OPEN):
        found += inspector.codebook(key, [one for one, asked in scope if asked.key == key])
    for key, asked in scope:
        found += inspector.numbers(asked, key)
        if asked.kind is Kind.OPEN:
            found += inspector.quotes(asked, key)
    return [*found, *_files(project, places)]


@dataclass(frozen=True, slots=True)
class _Inspector:
    """What is looked at question by question."""

    project: Project
    limits: Limits
    names: Names

    def codebook(self, question: str, rounds: Sequence[str]) -> Iterator[Finding]:
        """What the codebook lacks, and what it would give away: its examples are printed too."""
        quoted = {
            one.code
            for key in rounds
            for one in examples(self.project, question, key).examples
            if one.flagged and one.status is not Status.SET_ASIDE
        }
        active = self.project.codebook(question).active
        bare = [code.name for code in active if not code.definition]
        if bare:
            yield Finding("definition", "", question, len(bare), f"codes have no definition: {_some(bare)}")
        silent = [code.name for code in active if not code.examples and code.id not in quoted]
        if silent:
            yield Finding("example", "", question, len(silent), f"codes have no example: {_some(silent)}")
        telling = [
            f"{code.name} ({hit.text})"
            for code in active
            for text in code.examples
            for hit in signs(text, self.names, self.limits.allowed)[:1]
        ]
        if telling:
            words = f"examples in the codebook may identify somebody: {_some(telling)}"
            yield Finding("identity", "", question, len(telling), words)

    def quotes(self, asked: Question, round_key: str) -> Iterator[Finding]:
        """Chosen quotes that may identify somebody."""
        found = examples(self.project, asked.key, round_key, allowed=self.limits.allowed)
        telling = [f"{one.respondent} ({one.signs[0].text})" for one in found.examples if one.signs]
        if telling:
            words = f"chosen quotes may identify somebody: {_some(telling)}"
            yield Finding("identity", round_key, asked.key, len(telling), words)

    def numbers(self, asked: Question, round_key: str) -> Iterator[Finding]:
        """Counts that are too small to be told, and too much that no person has looked at."""
        table = report.table(self.project, asked.key, round_key)
        least, most = self.limits.disclosure, self.limits.most_auto
        if least is not None:
            small = [name for name, count in _cells(table) if 0 < count.count < least]
            if small:
                words = f"counts are below {least}: {_some(small)}"
                yield Finding("disclosure", round_key, asked.key, len(small), words)
        if most is not None and isinstance(table, ThemeTable):
            share = Count(table.origins.get(Origin.AUTO, 0), sum(table.origins.values()))
            if share.percent > most:
                words = (
                    f"of {share.base} counted codings were seen by nobody: {share.percent:.1f} %, more than {most:g} %"
                )
                yield Finding("auto", round_key, asked.key, share.count, words)


def _cells(table: ThemeTable | OptionTable) -> Iterator[tuple[str, Count]]:
    if isinstance(table, OptionTable):
        yield from ((option.name, option.count) for option in table.options)
        return
    for theme in table.themes:
        yield theme.name, theme.count
        yield from ((f"{theme.name}: {code.name}", code.count) for code in theme.codes)
    yield from ((code.name, code.count) for code in table.unthemed)


def _files(project: Project, places: set[tuple[str, str]]) -> Iterator[Finding]:
    """Files that were written before the last decision on what they show, as long as they are there."""
    with project.file.reading() as db:
        for export in exports.load(db):
            if (export.round, export.question) not in places or not Path(export.path).exists():
                continue
            event, at = history.last_that_counts(db, export.round, export.question)
            if event > export.event:
                words = f"{export.what} is older than the last decision ({at[:16]}): {export.path}"
                yield Finding("export", export.round, export.question, 1, words)


def _some(names: list[str]) -> str:
    left = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {left} more" if left > 0 else "")


def note_export(project: Project, file: Path, what: str, *shown: tuple[str, str]) -> bool:
    """Note down that a file was written, with the (round, question) pairs it shows and the last decision it holds.

    False where the project can't be written to. The file is there either way: a project that is read-only or busy
    must not make a written file a failure.
    """
    path = str(file.resolve())
    at = project.clock().isoformat(timespec="milliseconds")
    try:
        with project.file.writing() as db:
            event, _ = history.last_event(db)
            exports.save(db, path, [exports.Export(path, *pair, what, at, event) for pair in shown])
    except CoderError:
        return False
    return True
