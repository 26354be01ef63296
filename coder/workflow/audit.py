"""An audit of the machine: a random sample of what it decided, coded by a person who does not see the machine's answer.

Drawing it takes the machine's codings off the sampled answers, so that nobody can see them, and keeps a copy of what it
had decided about every answer it could have drawn. Once the sample is coded, the copy and the codings say how many
answers belong to each theme, with an interval that holds whatever the machine got wrong.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from coder.domain.agreement import Agreement, agreement
from coder.domain.audit import Examined, Key, Measured, counted_under, is_read, is_settled, measure
from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Work
from coder.domain.counting import decide
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.domain.sampling import Sampled, draw, size_for
from coder.storage import audits, journal, runs, surveys, works
from coder.storage.audits import Audit
from coder.storage.database import Database
from coder.workflow.drawable import require_finished, require_none_open, why_none
from coder.workflow.project import Project

__all__ = ["Audit", "AuditState", "draw_audit", "latest_in", "latest_now", "state", "withdraw"]


@dataclass(frozen=True)
class AuditState:
    """How far an audit has come. `read` of the sample are coded; `sample` are its answers in the order to read them.

    `clashes` of the others a person is done with but for a clash that is open in them: they are not read.
    `measured` is by theme and code, and `agreement` how often the machine was right on the sample; both are None until
    all are read. `outside` are the respondents, by their keys, whose answers could not be drawn, as those that came or
    got another text later, and that no person is done with: then the whole can't be measured either. `left` of those
    that could be drawn no person has read to the end, and `since` of them a machine has decided otherwise after the
    drawing. What is measured is how many answers belong, and that holds whatever a later run says of them; how good the
    later run is the sample can't tell, as it has learnt from it.
    """

    audit: Audit
    sample: tuple[int, ...]
    read: int
    clashes: int = 0
    outside: tuple[str, ...] = ()
    measured: Mapping[Key, Measured] | None = None
    since: int = 0
    left: int = 0
    agreement: Agreement | None = None

    @property
    def complete(self) -> bool:
        """True where every count has an interval."""
        return self.measured is not None

    @property
    def sampled(self) -> Sampled:
        """What the intervals rest on."""
        one = self.audit
        return Sampled(
            one.drawn,
            one.population,
            since=self.since,
            analyst=one.analyst,
            at=one.at,
            seed=one.seed,
            agreement=self.agreement,
        )

    @property
    def waiting(self) -> int:
        """How many of the sample are yet to be coded, or have an open clash."""
        return self.audit.drawn - self.read


def draw_audit(
    project: Project,
    question: str,
    round_key: str,
    *,
    analyst: str,
    size: int | None = None,
    half_width: float | None = None,
    seed: str | None = None,
) -> Audit:
    """Draw the sample that measures the machine, once: so many answers, or enough for intervals of that half-width.

    `half_width` is a share in 0..1 of the answers that the machine decided on. Without a seed one is made up, and
    stored. Raises CoderError where a sample is being coded already, or where no machine has coded anything.
    """
    project.question(question, round_key)
    seed = secrets.token_hex(8) if seed is None else seed
    at = project.clock()
    with project.file.writing() as db:
        require_none_open(project, db, round_key, question)
        require_finished(project, round_key, question)
        by_key, coded = {}, 0
        for number, key, auto in audits.candidates(db, round_key, question):
            by_key[key] = number
            coded += auto
        if not coded:
            raise CoderError(
                f"no answer to {question} in round {round_key} is coded by machine", why_none(db, round_key, question)
            )
        wanted = size_for(half_width, len(by_key)) if size is None and half_width is not None else size
        if wanted is None or not 1 <= wanted <= len(by_key):
            size_asked = how_many(wanted, "answer") if wanted else "no answers"
            raise CoderError(
                f"a sample of {size_asked} can't be drawn from {len(by_key)}",
                f"Ask for 1 to {len(by_key)}, or for the half-width that the intervals may have.",
            )
        sample = [by_key[key] for key in draw(by_key, wanted, seed)]
        number = audits.add(
            db, round_key, question, analyst=analyst, at=at.isoformat(timespec="milliseconds"), seed=seed
        )
        # The copy comes first: then codings may go.
        audits.copy(db, number, by_key.values(), sample)
        held = works.of_answers(db, sample)
        rows = works.replacements(db, {answer: _bare(held[answer]) for answer in sample}, analyst)
        what = f"audit: {wanted} of {how_many(len(by_key), 'answer')} drawn in {round_key}/{question}"
        audits.with_event(db, number, journal.record(db, rows, analyst=analyst, what=what, at=at, scope=None))
        return next(one for one in audits.of(db, round_key, question) if one.id == number)


def withdraw(project: Project, question: str, round_key: str, *, analyst: str) -> Audit:
    """Give the latest audit up: it measures nothing any more, and what nobody has coded gets its codings back.

    Raises CoderError where there is none to give up.
    """
    with project.file.writing() as db:
        audit = audits.latest(db, round_key, question)
        if audit is None:
            raise CoderError(f"there is no audit of {question} in round {round_key}", "Nothing was changed.")
        held = works.of_answers(db, audits.sample(db, audit.id))
        rows = [
            change.reversed()
            for change in reversed(journal.read(db, audit.event).changes)
            if change.before is not None
            and change.table in ("coding", "choice")
            and change.before["answer"] in held
            and not held[change.before["answer"]].by_hand
            and not held[change.before["answer"]].codings
        ]
        audits.withdraw(db, audit.id)
        what = f"audit withdrawn in {round_key}/{question}"
        journal.record(db, rows, analyst=analyst, what=what, at=project.clock(), scope=None)
    return replace(audit, withdrawn=True)


def state(project: Project, question: str, round_key: str) -> AuditState | None:
    """How far the latest audit of a round and question has come; None where none was drawn or it was withdrawn."""
    project.question(question, round_key)
    codebook = project.codebook(question)
    with project.file.reading() as db:
        audit = audits.latest(db, round_key, question)
        if audit is None:
            return None
        base = [one.id for one in surveys.answers(db, round_key, question) if not one.blank]
        return _state(db, audit, codebook, base, works.load(db, round_key, question))


def latest_in(
    db: Database, codebook: Codebook, base: Iterable[int], held: Mapping[int, Work], *, question: str, round_key: str
) -> AuditState | None:
    """The latest audit of a round and question, as `state` tells of it.

    `base` are the answers that are not blank, and `held` is the work on them, read in the same transaction.
    """
    audit = audits.latest(db, round_key, question)
    return None if audit is None else _state(db, audit, codebook, base, held)


def latest_now(db: Database, codebook: Codebook, *, question: str, round_key: str) -> AuditState | None:
    """As `latest_in`, for who holds neither answers nor work: they are read only where an audit was drawn."""
    if audits.latest(db, round_key, question) is None:
        return None
    base = [one.id for one in surveys.answers(db, round_key, question) if not one.blank]
    held = works.load(db, round_key, question)
    return latest_in(db, codebook, base, held, question=question, round_key=round_key)


def _state(db: Database, audit: Audit, codebook: Codebook, base: Iterable[int], held: Mapping[int, Work]) -> AuditState:
    sample = audits.sample(db, audit.id)
    done = [work for answer in sample if is_read(work := held.get(answer, Work()))]
    read = sum(is_settled(work, decide(work, codebook)) for work in done)
    if read < len(sample):
        return AuditState(audit, tuple(sample), read, clashes=len(done) - read)
    exact, outside = Counter[Key](), []
    for answer in set(base).intersection(audits.others(db, audit)):
        work = held.get(answer, Work())
        if is_read(work):
            exact.update(counted_under(decide(work, codebook)))
        else:
            outside.append(answer)
    if outside:
        return AuditState(audit, tuple(sample), read, outside=tuple(surveys.whose(db, outside)))
    keys: list[Key] = [("theme", theme.id) for theme in codebook.themes]
    keys += [("code", code.id) for code in codebook.in_order()]
    since = left = 0
    works_on: list[tuple[Work, Work]] = []

    def examined() -> Iterator[Examined]:
        nonlocal since, left
        for one in audits.population(db, audit.id):
            work = held.get(one.answer, Work())
            then, now = (counted_under(decide(each, codebook)) for each in (one.work, work))
            if one.place is not None:
                works_on.append((one.work, work))
            read = is_read(work)
            left += not read
            since += not read and not work.by_hand and now != then
            yield Examined(then, now if read else None, one.place is not None)

    measured = measure(examined(), exact, keys)
    agreed = agreement(works_on, codebook, _promise(db, audit))
    return AuditState(audit, tuple(sample), len(sample), measured=measured, since=since, left=left, agreement=agreed)


def _promise(db: Database, audit: Audit) -> float | None:
    """What the run promised whose codings were taken off the sample; None where it is not one promise for all."""
    taken = (change.before for change in journal.read(db, audit.event).changes if change.table == "coding")
    numbers = {row.get("run") for row in taken if row is not None and row["origin"] == Origin.AUTO}
    found = [runs.read(db, number) if number else None for number in numbers]
    promises = {None if run is None else run.thresholds.get("precision") for run in found}
    return promises.pop() if len(promises) == 1 else None


def _bare(work: Work) -> Work:
    """What people have decided about an answer, not yet done with it."""
    codings = tuple(coding for coding in work.codings if coding.origin is not Origin.AUTO)
    left = {coding.code for coding in codings}
    return replace(work, codings=codings, choices={t: c for t, c in work.choices.items() if c in left}, done=False)
