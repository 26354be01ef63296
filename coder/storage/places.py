"""Where each analyst stood when the workbench was last used."""

from sqlite_utils import Database

from coder.domain.place import Place


def load(db: Database, analyst: str) -> Place | None:
    """Where the analyst stood, None for one who has not been here."""
    row = db.conn.execute("select round, question, answer, segment from place where analyst = ?", (analyst,)).fetchone()
    return None if row is None else Place(*row)


def save(db: Database, analyst: str, place: Place) -> None:
    """Note where the analyst stands."""
    db.conn.execute(
        """insert into place (analyst, round, question, answer, segment) values (?, ?, ?, ?, ?)
        on conflict (analyst) do update set round = excluded.round, question = excluded.question,
        answer = excluded.answer, segment = excluded.segment""",
        (analyst, place.round, place.question, place.answer, place.segment),
    )
