"""Codebooks in the project: taken in whole, given back in published order."""

import json
from typing import Any

from sqlite_utils import Database

from coder.domain.codebook import Code, Codebook, Theme


def keys(db: Database) -> list[str]:
    """The keys of the project's codebooks, in the order they were taken in."""
    return [row[0] for row in db.conn.execute("select key from codebook order by id")]


def add(db: Database, codebook: Codebook) -> int:
    """Take a codebook in; its entries get ids of the project's own. Returns the codebook's number."""
    number = _insert(db, "codebook", key=codebook.key, language=codebook.language, question=codebook.question)
    themes = {
        theme.id: _insert(db, "theme", codebook=number, name=theme.name, definition=theme.definition, position=place)
        for place, theme in enumerate(codebook.themes)
    }
    for place, code in enumerate(codebook.codes):
        _insert(
            db,
            "code",
            codebook=number,
            theme=None if code.theme is None else themes[code.theme],
            name=code.name,
            definition=code.definition,
            examples=_list(code.examples),
            aliases=_list(code.aliases),
            position=place,
        )
    return number


def load(db: Database, key: str) -> Codebook | None:
    """The codebook of that key with the project's ids, None where there is none."""
    found = db.conn.execute("select id, key, language, question from codebook where key = ?", (key,)).fetchone()
    if found is None:
        return None
    themes = tuple(
        Theme(*row)
        for row in db.conn.execute(
            "select id, name, definition from theme where codebook = ? order by position, id", (found[0],)
        )
    )
    codes = tuple(
        Code(row[0], row[1], row[2], row[3], tuple(json.loads(row[4])), tuple(json.loads(row[5])))
        for row in db.conn.execute(
            "select id, name, theme, definition, examples, aliases from code where codebook = ? order by position, id",
            (found[0],),
        )
    )
    return Codebook(found[1], found[2], found[3], themes, codes)


def of_question(db: Database, question: str) -> str | None:
    """The key of the codebook that an open question is coded with."""
    row = db.conn.execute(
        "select codebook.key from question join codebook on codebook.id = question.codebook where question.key = ?",
        (question,),
    ).fetchone()
    return None if row is None else str(row[0])


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _insert(db: Database, table: str, **values: Any) -> int:
    columns, places = ", ".join(values), ", ".join("?" for _ in values)
    statement = f"insert into {table} ({columns}) values ({places})"
    return int(db.conn.execute(statement, tuple(values.values())).lastrowid or 0)
