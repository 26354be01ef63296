"""Tables of a round, open and closed questions alike, and the answers behind their counts."""

from collections import Counter

from coder.domain.answers import Answer, Kind, Question, swedish_order
from coder.domain.audit import with_intervals
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import decide, tally
from coder.domain.quoting import quote
from coder.domain.tables import Count, OptionRow, OptionTable, ThemeTable, theme_table
from coder.storage import surveys, works
from coder.workflow import audit
from coder.workflow.project import Project


def table(project: Project, question: str, round_key: str) -> ThemeTable | OptionTable:
    """The table of a question in a round: themes and codes of an open one, options of a closed one."""
    asked = project.question(question, round_key)
    if asked.kind is Kind.CLOSED:
        return _option_table(project, asked, round_key)
    codebook = project.codebook(question)
    with project.file.reading() as db:
        answers = surveys.answers(db, round_key, question)
        held = works.load(db, round_key, question)
        base = [answer.id for answer in answers if not answer.blank]
        measured = audit.measured_in(db, codebook, base, held, question=question, round_key=round_key)
    return audited(count(codebook, answers, held, question=question, round_key=round_key), measured)


def audited(made: ThemeTable, measured: audit.AuditState | None) -> ThemeTable:
    """The table with the intervals that an audit gives its counts, where one measures them."""
    if measured is None or measured.measured is None:
        return made
    return with_intervals(made, measured.measured, measured.sampled)


def count(
    codebook: Codebook, answers: list[Answer], held: dict[int, Work], *, question: str, round_key: str
) -> ThemeTable:
    """Lay out a theme table from answers and the work on them; blank answers stand outside the base."""
    base = {answer.id: answer for answer in answers if not answer.blank}
    decisions = {number: decide(work, codebook) for number, work in held.items() if number in base}
    nothing = sum(held[number].nothing for number in decisions)
    untouched = sum(number not in held or not (held[number].codings or held[number].nothing) for number in base)
    examples: dict[int, list[str]] = {}
    for number, answer in base.items():
        for settled in decisions.get(number, ()):
            if settled.counted.example:
                examples.setdefault(settled.code, []).append(quote(settled.counted, answer.text))
    return theme_table(
        codebook,
        tally(decisions.values()),
        question=question,
        round_key=round_key,
        base=len(base),
        uncoded=untouched,
        nothing_to_code=nothing,
        examples=examples,
    )


def _option_table(project: Project, asked: Question, round_key: str) -> OptionTable:
    with project.file.reading() as db:
        given = surveys.replies(db, round_key, asked.key)
        routes = {other: surveys.replies(db, round_key, other) for other, _ in asked.asked_if}
        names = {key: one.name or key for key, one in surveys.held_respondents(db, round_key).items()}
    counts = Counter(given.values())
    against = [key for key in given if any(routes[other].get(key) != option for other, option in asked.asked_if)]
    return OptionTable(
        question=asked.key,
        text=asked.text,
        round=round_key,
        base=len(given),
        options=tuple(OptionRow(option, Count(counts[option], len(given))) for option in asked.options),
        routing=asked.asked_if,
        against_routing=tuple(sorted((names[key] for key in against), key=swedish_order)),
    )
