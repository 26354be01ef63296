"""A project whose round a made-up machine has been through, for tests of what comes after it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coder.domain.acceptance import Candidate
from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.storage import candidates, journal, runs, works
from coder.storage.runs import Run
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session

MACHINE = "auto"


def by_machine(answer: Answer, codes: Mapping[int, float], at: Mapping[int, Segment] | None = None) -> Work:
    """A machine's work: these codes with these scores, on the whole answer where `at` names no segment."""
    places, whole = at or {}, Segment(0, len(answer.text))
    return Work(
        tuple(
            Coding(code, places.get(code, whole), MACHINE, Origin.AUTO, score, whole=code not in places)
            for code, score in codes.items()
        )
    )


def machine_codes(
    project: Project,
    question: str,
    round_key: str,
    said: Mapping[int, Mapping[int, float]],
    at: Mapping[int, Segment] | None = None,
) -> None:
    """Have the machine code answers: score by code, by answer; `at` places codes on segments."""
    session = Session(project, round_key, question, MACHINE)
    answers = {answer.id: answer for answer in session.answers}
    with project.file.writing() as db:
        done = {number: by_machine(answers[number], codes, at) for number, codes in said.items()}
        changes = works.replacements(db, done, MACHINE)
        journal.record(db, changes, analyst=MACHINE, what="autocode", at=project.clock(), scope=None)


def by_hand(session: Session, answer: int, *codes: int) -> None:
    """Have the analyst settle an answer: these codes on all of it, or nothing to code."""
    whole = Segment(0, len(session.standing(answer).answer.text))
    given = tuple(Coding(code, whole, session.analyst, whole=True) for code in codes)
    session.apply(
        answer, "code", lambda work: Work(given, done=bool(given), nothing_by="" if given else session.analyst)
    )


def half_by_machine(small: Project) -> Project:
    """Five answers: the first by hand, three coded by machine (1 and 2 are codes of theme 1), the last one left."""
    session = Session(small, "1", "q", "eva")
    first, second, third, fourth, _ = (answer.id for answer in session.answers)
    by_hand(session, first, 1)
    machine_codes(small, "q", "1", {second: {1: 0.9, 4: 0.7}, third: {2: 0.8}, fourth: {4: 0.6}})
    return small


def in_places(path: Path, question: str, round_key: str, said: Mapping[str, Mapping[int, float]]) -> dict[str, int]:
    """Have the machine code answers by their respondents' names; the ids of all answers by those names."""
    with open_project(path) as project:
        ids = {one.respondent.name: one.id for one in Session(project, round_key, question, MACHINE).answers}
        machine_codes(project, question, round_key, {ids[name]: codes for name, codes in said.items()})
    return ids


def found_alike(
    project: Project,
    question: str,
    round_key: str,
    found: Mapping[tuple[str, ...], Sequence[tuple[int, Segment]]],
    *,
    seed: int = 0,
    unit: str = "segment",
) -> None:
    """Have a run of the machine leave candidates: segments of answers, by the words that mark them."""
    answers = {one.id: one for one in Session(project, round_key, question, MACHINE).answers}
    run = Run(round_key, question, "m", "b", "f", 1, unit, seed, {}, {}, "2024-02-01T08:00:00")
    with project.file.writing() as db:
        kept = [
            Candidate(words, (), len(places), (), tuple((answers[number], segment) for number, segment in places))
            for words, places in found.items()
        ]
        candidates.keep(db, runs.begin(db, run), kept)
