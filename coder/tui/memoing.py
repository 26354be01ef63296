"""What the memos of the project are about, as the workbench shows and offers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.domain.codebook import Code, Theme
from coder.domain.coding import Segment
from coder.domain.memo import Kind, Memo, Subject
from coder.tui.answer_rows import Label, part_shown
from coder.tui.labels import code_labels
from coder.tui.overview import Overview
from coder.tui.reading import Reading, around
from coder.tui.signs import MEMO, one_line
from coder.tui.widgets.answer_list import called
from coder.workflow.memos import Draft, keep
from coder.workflow.revising import scope_of
from coder.workflow.session import Session, Standing

_SHORT = 16  # characters of a name among what a memo can be about


@dataclass(frozen=True, slots=True)
class About:
    """Something a memo can be about: in words, shortly, and with the memos there are.

    `mine` is the one that the analyst at the workbench wrote last, `others` are those to be read beside it.
    """

    subject: Subject
    words: str
    short: str
    mine: Memo | None = None
    others: tuple[Memo, ...] = ()

    @property
    def marked(self) -> bool:
        """True where there is a memo."""
        return self.mine is not None or bool(self.others)


def about(shown: Overview, subject: Subject, words: str, short: str, held: Sequence[Memo] | None = None) -> About:
    """A subject with its memos: those on just that, or those that are `held` to be on it."""
    found = [memo for memo in shown.memos if memo.subject == subject] if held is None else list(held)
    mine = next((memo for memo in reversed(found) if memo.analyst == shown.analyst), None)
    # A segment may have been drawn anew since: the memo stays with the one it was written on.
    there = subject if mine is None else mine.subject
    return About(there, words, short, mine, tuple(memo for memo in found if memo is not mine))


def about_entry(shown: Overview, entry: Theme | Code) -> About:
    """A code or theme with its memos; a code has those on what was merged into it too."""
    kind, same = Kind.THEME, {entry.id}
    if isinstance(entry, Code):
        kind, same = Kind.CODE, {one for one, now in shown.codebook.stands.items() if now == entry.id}
    held = [memo for memo in shown.memos if memo.subject.kind is kind and memo.subject.id in same]
    name = one_line(entry.name)
    return about(shown, Subject(kind, entry.id), f"the {kind} {name}", f"{kind} {one_line(name, _SHORT)}", held)


def on_entry(shown: Overview, entry: Theme | Code) -> list[str]:
    """The memos on a code or theme, a line each."""
    found = about_entry(shown, entry)
    held = [*found.others, *([found.mine] if found.mine else [])]
    return [in_short(memo, shown.analyst) for memo in held]


def about_all(shown: Overview) -> list[About]:
    """The question and the project with their memos."""
    question = about(shown, shown.asked, f"the question {one_line(shown.question)}", "question")
    return [question, about(shown, Subject(), f"the project {one_line(shown.project)}", "project")]


def about_reading(
    shown: Overview, reading: Reading, here: Sequence[int], around: Sequence[int]
) -> tuple[list[About], int]:
    """All that is before the analyst's eyes, from the answer to the project, and which of them is meant first.

    That is the active segment where it carries a memo, or is coded and not all there is, and else the answer. `here`
    are the codes of what is active, `around` those of the whole answer.
    """
    answer, book = reading.answer, shown.codebook
    found = [about(shown, Subject(Kind.ANSWER, answer.id), f"the answer of {called(answer)}", "answer")]
    if reading.ready and not reading.whole:
        words = one_line(reading.segment.of(answer.text), 40)
        held = by_segment(shown, answer.id, reading.segments).get(reading.active, [])
        subject = Subject(Kind.SEGMENT, answer.id, reading.segment)
        found.append(about(shown, subject, f"the segment “{words}”", "segment", held))
    entries: dict[tuple[Kind, int], Code | Theme] = {}
    for number in (*here, *around):
        code = book.code_by_id[book.stands_for(number)]
        entries[Kind.CODE, code.id] = code
        if code.theme is not None:
            entries.setdefault((Kind.THEME, code.theme), book.theme_by_id[code.theme])
    first = len(found) - 1 if found[-1].marked or (here and len(reading.segments) > 1) else 0
    return [*found, *(about_entry(shown, entry) for entry in entries.values()), *about_all(shown)], first


def about_memo(shown: Overview, memo: Memo) -> About:
    """What a memo is about, for reading it where that is not before the analyst's eyes."""
    place = " of ".join(part for part in (memo.question, memo.round) if part)
    words = " ".join(part for part in (f"the {memo.subject.kind}", one_line(memo.where, 40), place) if part)
    return about(shown, memo.subject, words, memo.subject.kind.value)


def by_segment(shown: Overview, answer: int, segments: tuple[Segment, ...]) -> dict[int, list[Memo]]:
    """The memos on segments of an answer, by the number of the segment that each is shown at now."""
    found: dict[int, list[Memo]] = {}
    for memo in shown.noted.get(answer, ()):
        if memo.subject.segment is not None and segments:
            found.setdefault(around(segments, memo.subject.segment.start), []).append(memo)
    return found


def in_short(memo: Memo, analyst: str) -> str:
    """A memo on one line, with its author's name where that is somebody else."""
    return f"{MEMO} {one_line(memo.text)}" + ("" if memo.analyst == analyst else f" · {one_line(memo.analyst)}")


def in_head(shown: Overview, standing: Standing) -> str:
    """The memos on an answer as a whole, on one line."""
    whole = [memo for memo in shown.noted.get(standing.answer.id, ()) if memo.subject.segment is None]
    return "  ".join(in_short(memo, shown.analyst) for memo in whole)


def labels_of(shown: Overview, standing: Standing, reading: Reading) -> dict[int | None, list[Label]]:
    """What stands below the segments of an answer: their codes, and below those the memos on them."""
    part = part_shown(reading.answer.text, reading.caret)
    labels = code_labels(standing, reading.segments, part, shown.codebook, shown.analyst)
    for number, memos in by_segment(shown, standing.answer.id, reading.segments).items():
        labels.setdefault(number, []).extend(Label(f"  {in_short(memo, shown.analyst)}") for memo in memos)
    return labels


def write(session: Session, drafts: Sequence[Draft]) -> str:
    """Write memos, so that they can be undone; what was done, in words."""
    done = keep(session.project, drafts, session.analyst, scope_of(session.round, session.question))
    return "; ".join(done)
