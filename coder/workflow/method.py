"""How a table's numbers came about, gathered from the project."""

from collections import Counter

from coder import __version__
from coder.domain.answers import Kind, swedish_order
from coder.domain.codebook import Codebook, fingerprint
from coder.domain.memo import Kind as Subjects
from coder.domain.tables import MethodNote, OptionTable, ThemeTable
from coder.workflow import behind, memos, report
from coder.workflow.project import Project

PROGRAM = f"coder {__version__}"


def method_note(project: Project, question: str, round_key: str) -> MethodNote:
    """The method note of a question in a round, as of now by the project's clock."""
    if project.question(question, round_key).kind is Kind.CLOSED:
        return note_on(project, report.table(project, question, round_key))
    held = behind.read(project, question, round_key)
    return note_on(project, held.table(), held)


def note_on(
    project: Project,
    table: ThemeTable | OptionTable,
    held: behind.Held | None = None,
) -> MethodNote:
    """The note on a table that was just made, of an open question from what it was made of."""
    made_at = project.clock()
    if isinstance(table, OptionTable) or held is None:
        return MethodNote(table.question, table.round, table.base, made_at, PROGRAM)
    given = Counter(settled.counted.analyst for decision in held.decisions.values() for settled in decision)
    return MethodNote(
        question=table.question,
        round=table.round,
        base=table.base,
        made_at=made_at,
        program=PROGRAM,
        codebook=held.codebook.key,
        fingerprint=fingerprint(held.codebook),
        analysts=tuple(sorted(given.items(), key=lambda pair: (-pair[1], swedish_order(pair[0])))),
        origins=table.origins,
        clashes=table.clashes,
        uncoded=table.uncoded,
        nothing_to_code=table.nothing_to_code,
        memos=_memos(project, held.codebook, table.question),
    )


def _memos(project: Project, codebook: Codebook, question: str) -> tuple[str, ...]:
    """The memos that say how the question was coded, what each is about first."""
    words = []
    for memo in memos.memos(project):
        subject = memo.subject
        if subject.kind is Subjects.PROJECT:
            words.append(memo.text)
        elif subject.kind is Subjects.QUESTION and memo.question == question:
            words.append(f"{question}: {memo.text}")
        elif subject.kind is Subjects.THEME and subject.id in codebook.theme_by_id:
            words.append(f"{codebook.theme_by_id[subject.id].name}: {memo.text}")
        elif subject.kind is Subjects.CODE and subject.id in codebook.code_by_id:
            words.append(f"{codebook.code_name(subject.id)}: {memo.text}")
    return tuple(words)
