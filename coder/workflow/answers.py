"""Taking the answers of a round into the project, some hundreds at a time: what is new, what changed, what may not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from coder.domain.answers import Kind, Question, Reply, Survey, canonical, is_blank
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.storage import codebooks, incoming, surveys
from coder.storage.database import Database
from coder.workflow.changed_texts import ChangedTexts, Journalled
from coder.workflow.named import Named

_AT_ONCE = 1_000

# Told of a respondent who comes again: its key, the line, and the line it came on first.
Again = Callable[[str, int, int], None]


@dataclass
class IntakeReport:
    """What an import of answers read, what it left and why. Numbers are of respondents unless said otherwise.

    Whom the routing does not lead to a question, and who left it blank, is `not_asked` and not `blank`; only questions
    with a routing stand there.
    """

    round: str
    respondents: int = 0
    new: int = 0
    unchanged: int = 0
    frame: int | None = None
    answered: dict[str, int] = field(default_factory=dict)
    blank: dict[str, int] = field(default_factory=dict)
    not_asked: dict[str, int] = field(default_factory=dict)
    changed: Named = field(default_factory=Named)
    notes: list[str] = field(default_factory=list)


def _refuse_again(key: str, line: int, first: int) -> None:
    raise CoderError(f"respondent {key!r} stands on line {first} and again on line {line}", "One row a respondent.")


def take_answers(
    db: Database,
    plan: Survey,
    replies: Iterable[tuple[int, Reply]],
    report: IntakeReport,
    *,
    journalled: Journalled,
    again: Again = _refuse_again,
    finish: Callable[[], Iterable[str]] = tuple,
    progress: Callable[[int], None] = lambda _line: None,
) -> None:
    """Take the answers of a round into the project, each with its line, and count them in the report.

    Call it inside a transaction, which an error must undo: the replies are looked at and written as they come. What
    comes from a respondent who came before is told to `again` and not taken. `journalled` writes what an answer's other
    text makes of what was decided about it, as an event. `finish` says, when all are through, what else a user should
    know of them, or raises what is wrong with them. `progress` is told the line.
    """
    _require_same_questions(db, plan)
    before = surveys.respondents(db, plan.round.key)
    with incoming.record_of_met(db):
        taking = _Taking(db, plan, report, again, journalled)
        replies = iter(replies)
        while some := list(islice(replies, _AT_ONCE)):
            taking.take(some)
            progress(some[-1][0])
    report.notes += finish()
    taking.texts.require_untouched()
    gone = before - (report.respondents - report.new)
    if gone:
        report.notes.append(
            how_many(
                gone,
                "respondent of the round is not in this file; it stays as it is",
                "respondents of the round are not in this file; they stay as they are",
            )
        )
    report.notes += taking.routing_notes()
    report.notes += taking.texts.notes()


class _Taking:
    """One file on its way into a round."""

    def __init__(self, db: Database, plan: Survey, report: IntakeReport, again: Again, journalled: Journalled) -> None:
        self.db, self.plan, self.report, self.again = db, plan, report, again
        self.texts = ChangedTexts(db, plan.round.key, journalled)
        self.round = surveys.save_round(db, plan.round)
        self.ids = {
            question.key: surveys.save_question(db, self.round, question, place)
            for place, question in enumerate(plan.questions)
        }
        report.answered = dict.fromkeys(self.ids, 0)
        report.blank = dict.fromkeys(self.ids, 0)
        report.not_asked = {question.key: 0 for question in plan.questions if question.asked_if}
        self.against: defaultdict[str, Named] = defaultdict(Named)

    def take(self, some: Sequence[tuple[int, Reply]]) -> None:
        """Take some replies in, with their lines."""
        replies = self._met_now(some)
        known = incoming.participants(self.db, self.round, replies)
        changed = {number for number, one in known.items() if one != replies[number].respondent}
        people = {number: one.respondent for number, one in replies.items() if number not in known or number in changed}
        incoming.save_participants(self.db, self.round, people)
        for question in self.plan.questions:
            values = {number: reply.values.get(question.key, "") for number, reply in replies.items()}
            self._count(question, values, replies)
            if question.kind is Kind.OPEN:
                other = self._take_open(question, values, replies)
            else:
                other = self._take_closed(question, values)
            changed |= other & known.keys()
        self._note_routing(replies.values())
        self.report.respondents += len(replies)
        self.report.new += len(replies) - len(known)
        self.report.unchanged += len(known) - len(changed)
        for number, reply in replies.items():
            if number in changed:
                self.report.changed.add(reply.respondent.key)

    def _count(self, question: Question, values: Mapping[int, str], replies: Mapping[int, Reply]) -> None:
        """Count who answered a question, who left it blank, and whom the routing led past it."""
        blank = [number for number, value in values.items() if is_blank(value)]
        past = sum(not _leads_to(question, replies[number].values) for number in blank)
        self.report.answered[question.key] += len(values) - len(blank)
        self.report.blank[question.key] += len(blank) - past
        if question.asked_if:
            self.report.not_asked[question.key] += past

    def _met_now(self, some: Sequence[tuple[int, Reply]]) -> dict[int, Reply]:
        """The replies of those who come for the first time, by number; the others are told of."""
        numbers = incoming.numbers(self.db, dict.fromkeys(reply.respondent.key for _, reply in some))
        by_line = {line: (numbers[reply.respondent.key], reply) for line, reply in some}
        twice = dict(incoming.met(self.db, ((number, line) for line, (number, _) in by_line.items())))
        for line, first in twice.items():
            self.again(by_line[line][1].respondent.key, line, first)
        return dict(by_line[line] for line in by_line if line not in twice)

    def _take_open(self, question: Question, values: dict[int, str], replies: Mapping[int, Reply]) -> set[int]:
        """Write the answers that are new or differ from those held; returns whose differ."""
        held = incoming.answers(self.db, self.round, self.ids[question.key], values)
        differing = set()
        for number, old in held.items():
            # Where only line breaks or composition differ, as after a save in another program, the old text stays.
            if old.raw == values[number] or canonical(old.raw) == canonical(values[number]):
                del values[number]
            elif self.texts.may_change(old, f"{replies[number].respondent.key} ({question.key})"):
                differing.add(number)
        incoming.save_answers(self.db, self.round, self.ids[question.key], values)
        self.texts.change([held[number].id for number in differing])
        return differing

    def _take_closed(self, question: Question, values: Mapping[int, str]) -> set[int]:
        """The same of options."""
        held = incoming.replies(self.db, self.round, self.ids[question.key], values)
        differing = {number for number, option in values.items() if held.get(number, "") != option}
        incoming.save_replies(
            self.db, self.round, self.ids[question.key], {number: values[number] for number in differing}
        )
        return differing

    def _note_routing(self, replies: Iterable[Reply]) -> None:
        routed = [question for question in self.plan.questions if question.asked_if]
        for reply in replies if routed else ():
            for question in routed:
                if _against_routing(question, reply.values):
                    self.against[question.key].add(reply.respondent.key)

    def routing_notes(self) -> list[str]:
        """Who answered what the routing does not lead to."""
        return [
            f"question {question.key}: {found.count} answered it although the routing does not lead there "
            f"({_routing(question)}): {', '.join(found.first)}{' …' if found.count > len(found.first) else ''}"
            for question in self.plan.questions
            if (found := self.against[question.key]).count
        ]


def _require_same_questions(db: Database, plan: Survey) -> None:
    known = codebooks.keys(db)
    for question in plan.questions:
        if question.kind is Kind.OPEN and question.codebook not in known:
            raise CoderError(
                f"question {question.key!r} is coded with {question.codebook!r}, which the project does not hold",
                f"Take it in with `coder codebook import`. Codebooks there: {', '.join(known) or 'none'}.",
            )
        before = surveys.standing(db, question.key)
        if before is not None and before != (question.kind, question.codebook):
            raise CoderError(
                f"question {question.key!r} was {before[0]} {before[1]} in an earlier round and is {question.kind} "
                f"{question.codebook} here".replace("  ", " "),
                "A key means one question over all rounds: give a different question a key of its own.",
            )


def _routing(question: Question) -> str:
    return ", ".join(f"{other} = {option}" for other, option in question.asked_if)


def _leads_to(question: Question, values: Mapping[str, str]) -> bool:
    return all(values.get(other, "") == option for other, option in question.asked_if)


def _against_routing(question: Question, values: Mapping[str, str]) -> bool:
    return not is_blank(values.get(question.key, "")) and not _leads_to(question, values)
