"""An analyst's own memo on a code or theme."""

from coder.domain.codebook import Code, Theme
from coder.domain.memo import Kind, Memo, Subject
from coder.workflow import memos
from coder.workflow.revising import scope_of
from coder.workflow.session import Session


def memo_of(session: Session, entry: Theme | Code) -> Memo | None:
    """The memo that this analyst wrote last on an entry."""
    found = memos.memos(session.project, subject=_subject(entry))
    mine = [memo for memo in found if memo.analyst == session.analyst]
    return mine[-1] if mine else None


def write_memo(session: Session, entry: Theme | Code, text: str) -> None:
    """Write it, or write it anew; an empty text removes it. It can be undone."""
    held, scope = memo_of(session, entry), scope_of(session.round, session.question)
    if held is None:
        memos.add(session.project, _subject(entry), text, session.analyst, scope)
    elif text.strip():
        memos.rewrite(session.project, held.id, text, session.analyst, scope)
    else:
        memos.remove(session.project, held.id, session.analyst, scope)


def _subject(entry: Theme | Code) -> Subject:
    return Subject(Kind.CODE if isinstance(entry, Code) else Kind.THEME, entry.id)
