"""A project, made or opened: the handle that every job works through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from coder.domain.answers import Kind, Question, Round
from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.storage import codebooks, database, surveys
from coder.workflow.command_line import typed


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Project:
    """An open project. Everything in it is read and written through jobs that take this handle.

    It belongs to the thread that opened it. `clock` gives the time that the journal writes.
    """

    file: database.ProjectFile
    clock: Callable[[], datetime] = field(default=_now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the project lies."""
        return self.file.path

    @property
    def typed(self) -> str:
        """The path as it is typed in a command."""
        return typed(self.path)

    def typed_with(self, question: str, round_key: str) -> str:
        """The path, a question and a round as they are typed in a command."""
        return f"{self.typed} -q {typed(question)} -r {typed(round_key)}"

    def close(self) -> None:
        """Close the project; nothing is pending."""
        self.file.close()

    def rounds(self) -> list[Round]:
        """The rounds, oldest first."""
        with self.file.reading() as db:
            return surveys.rounds(db)

    def questions(self, round_key: str) -> list[Question]:
        """The questions of a round in the order they were put."""
        with self.file.reading() as db:
            return surveys.questions(db, round_key)

    def round(self, key: str) -> Round:
        """The round of that key; raises CoderError naming those there are."""
        found = {one.key: one for one in self.rounds()}
        if key not in found:
            raise CoderError(f"the project has no round {key!r}", _those_there("Rounds", list(found)))
        return found[key]

    def question(self, key: str, round_key: str) -> Question:
        """A question as it was put in a round; raises CoderError naming those there are."""
        self.round(round_key)
        found = {one.key: one for one in self.questions(round_key)}
        if key not in found:
            raise CoderError(f"round {round_key} has no question {key!r}", _those_there("Questions", list(found)))
        return found[key]

    def open_questions(self, round_key: str) -> list[Question]:
        """The open questions of a round."""
        return [one for one in self.questions(round_key) if one.kind is Kind.OPEN]

    def open_places(self, round_key: str | None, question: str | None) -> set[tuple[str, str]]:
        """The (round, question) pairs of the open questions, of one round or question where it is named.

        Raises CoderError where there is no such round, or no such open question in it.
        """
        rounds = [one.key for one in (self.rounds() if round_key is None else [self.round(round_key)])]
        every = {(key, asked.key) for key in rounds for asked in self.open_questions(key)}
        found = {place for place in every if question in (None, place[1])}
        if question is not None and not found:
            where = "the project" if round_key is None else f"round {round_key}"
            there = sorted({key for _, key in every})
            raise CoderError(f"{where} has no open question {question!r}", _those_there("Open questions", there))
        return found

    def codebook(self, question: str) -> Codebook:
        """The codebook an open question is coded with; before any survey is imported, the one whose key ends in it."""
        with self.file.reading() as db:
            keys = codebooks.keys(db)
            key = codebooks.of_question(db, question)
            if key is None:
                if (standing := surveys.standing(db, question)) and standing[0] is Kind.CLOSED:
                    raise CoderError(
                        f"{question} is a closed question, and is not coded",
                        "Name an open one; `coder table` tells all.",
                    )
                # A codebook is usable before its survey: `af-mindre-bra` serves the question `mindre_bra`.
                wanted = question.replace("_", "-")
                matching = [one for one in keys if one in (question, wanted)] or [
                    one for one in keys if one.endswith(f"-{wanted}")
                ]
                matching = matching or (keys if len(keys) == 1 and not surveys.rounds(db) else [])
                key = min(matching, key=len) if matching else None
            codebook = codebooks.load(db, key) if key else None
        if codebook is None:
            raise CoderError(
                f"the project has no codebook for the question {question!r}",
                f"{_those_there('Codebooks', keys)} Import the survey, or name the question as its codebook.",
            )
        return codebook


def create(path: Path, books: Sequence[Codebook]) -> Project:
    """A new project that holds the codebooks. Refuses an existing file; on any error no file is left."""
    twice = {book.key for book in books if sum(other.key == book.key for other in books) > 1}
    if twice:
        raise CoderError(f"two codebooks have the key {min(twice)!r}", "Give each codebook a key of its own.")
    file = database.create(path)
    try:
        with file.writing() as db:
            for book in books:
                codebooks.add(db, book)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return Project(file)


def open_project(path: Path) -> Project:
    """The project in an existing file; raises CoderError for any other file."""
    return Project(database.open_existing(path))


def _those_there(kind: str, names: Sequence[str]) -> str:
    return f"{kind} there: {', '.join(names)}." if names else f"There are no {kind.lower()} yet."
