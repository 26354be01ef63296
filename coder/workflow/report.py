"""Tables of a round, open and closed questions alike, and the answers behind their counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from coder.domain.answers import Kind, Question, swedish_order
from coder.domain.audit import with_intervals
from coder.domain.codebook import Codebook
from coder.domain.counting import Tally
from coder.domain.quoting import quote
from coder.domain.tables import Count, OptionRow, OptionTable, ThemeTable
from coder.domain.tallied import theme_table
from coder.storage import surveys
from coder.workflow import audit
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.one_pass import Passed, Passing, passed
from coder.workflow.project import Project
from coder.workflow.provenance import stopped


def table(
    project: Project, question: str, round_key: str, *, passing: Passing = iter, progress: Progress = unwatched
) -> ThemeTable | OptionTable:
    """The table of a question in a round: themes and codes of an open one, options of a closed one.

    `passing` is handed every answer to an open question on its way to the count, and hands it on.
    """
    asked = project.question(question, round_key)
    if asked.kind is Kind.CLOSED:
        return _option_table(project, asked, round_key)
    codebook = project.codebook(question)
    with project.file.reading() as db:
        answers = passing(passed(db, codebook, question=question, round_key=round_key, progress=progress))
        made = count(codebook, answers, asked=asked, round_key=round_key)
        latest = audit.latest_now(db, codebook, question=question, round_key=round_key)
        return audited(made, latest, stopped(project, question, round_key)[0])


def audited(made: ThemeTable, latest: audit.AuditState | None, ahead: int) -> ThemeTable:
    """The table with the intervals that an audit gives its counts, or with how many answers one still waits for.

    Where people have read every answer to the end there is nothing left to estimate. `ahead` answers are those that
    the machine's last run has not come to.
    """
    made = replace(made, ahead=ahead)
    if latest is None or (latest.complete and not latest.left):
        return made
    if latest.measured is None:
        return replace(made, waiting=latest.waiting, outside=latest.outside)
    return with_intervals(made, latest.measured, latest.sampled)


def count(codebook: Codebook, answers: Iterable[Passed], *, asked: Question, round_key: str) -> ThemeTable:
    """Lay out a theme table from answers; blank ones stand outside the base."""
    total, base, nothing, uncoded = Tally(), 0, 0, 0
    examples: dict[int, list[str]] = defaultdict(list)
    for one in answers:
        if one.answer.blank:
            continue
        base += 1
        nothing += one.work.nothing
        uncoded += one.work.uncoded
        total.add(one.decision)
        for settled in one.decision:
            if settled.counted.example:
                examples[settled.code].append(quote(settled.counted, one.answer.text))
    return theme_table(
        codebook,
        total,
        question=asked.key,
        text=asked.text,
        round_key=round_key,
        base=base,
        uncoded=uncoded,
        nothing_to_code=nothing,
        examples=examples,
    )


def _option_table(project: Project, asked: Question, round_key: str) -> OptionTable:
    with project.file.reading() as db:
        given = surveys.replies(db, round_key, asked.key)
        routes = {other: surveys.replies(db, round_key, other) for other, _ in asked.asked_if}
        against = [key for key in given if any(routes[other].get(key) != option for other, option in asked.asked_if)]
        who = surveys.held_respondents(db, round_key) if against else {}
        put = {one.key: one.text for one in surveys.questions(db, round_key)} if asked.asked_if else {}
    counts = Counter(given.values())
    return OptionTable(
        question=asked.key,
        text=asked.text,
        round=round_key,
        base=len(given),
        options=tuple(OptionRow(option, Count(counts[option], len(given))) for option in asked.options),
        routing=asked.asked_if,
        against_routing=tuple(sorted((who[key].name or key for key in against), key=swedish_order)),
        routing_texts=tuple(put.get(other) or other for other, _ in asked.asked_if),
    )
