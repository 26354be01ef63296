"""Codebooks in the project: taken in whole, given back in published order, changed row by row."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.errors import ProjectChangedError
from coder.storage.journal import Change, Event, Row, differences, of_codebook

_TABLES: dict[str, tuple[str, ...]] = {
    "theme": ("id", "codebook", "name", "definition", "position", "aliases", "retired"),
    "code": (
        "id",
        "codebook",
        "theme",
        "name",
        "definition",
        "examples",
        "aliases",
        "position",
        "merged_into",
        "split_from",
        "retired",
    ),
}


def keys(db: Database) -> list[str]:
    """The keys of the project's codebooks, in the order they were taken in."""
    return [row[0] for row in db.conn.execute("select key from codebook order by id")]


def number_of(db: Database, key: str) -> int:
    """The number of the codebook of that key."""
    return int(db.conn.execute("select id from codebook where key = ?", (key,)).fetchone()[0])


def add(db: Database, codebook: Codebook) -> int:
    """Take a codebook in; its entries get ids of the project's own. Returns the codebook's number."""
    cursor = db.conn.execute(
        "insert into codebook (key, language, question) values (?, ?, ?)",
        (codebook.key, codebook.language, codebook.question),
    )
    number = int(cursor.lastrowid or 0)
    themes = _numbered(db, "theme", [theme.id for theme in codebook.themes])
    codes = _numbered(db, "code", [code.id for code in codebook.codes])
    for place, theme in enumerate(codebook.themes):
        _insert(db, "theme", {**_theme_row(theme, number, place), "id": themes[theme.id]})
    for place, code in enumerate(codebook.codes):
        row = {**_code_row(code, number, place), "id": codes[code.id], "merged_into": None, "split_from": None}
        _insert(db, "code", {**row, "theme": None if code.theme is None else themes[code.theme]})
    for code in codebook.codes:
        kin = [None if one is None else codes.get(one) for one in (code.merged_into, code.split_from)]
        if any(kin):
            db.conn.execute("update code set merged_into = ?, split_from = ? where id = ?", (*kin, codes[code.id]))
    return number


def load(db: Database, key: str) -> Codebook | None:
    """The codebook of that key with the project's ids, None where there is none."""
    found = db.conn.execute("select id, key, language, question from codebook where key = ?", (key,)).fetchone()
    return None if found is None else _codebook(found[1:], _rows(db, found[0]))


def changes(db: Database, before: Codebook, after: Codebook) -> list[Change]:
    """The row changes that lead from one state of a codebook to the next.

    Raises ProjectChangedError where the project no longer holds `before`. Call it inside the transaction that writes.
    """
    if load(db, before.key) != before:
        raise ProjectChangedError(
            f"somebody else has changed the codebook {before.key} meanwhile",
            "Nothing was written; look at it as it is now and decide again.",
        )
    number = number_of(db, before.key)
    held = _rows(db, number)
    themes = _placed([_theme_row(theme, number, 0) for theme in after.themes], held["theme"], group=None)
    codes = _placed([_code_row(code, number, 0) for code in after.codes], held["code"], group="theme")
    # New themes come before the codes that lie in them, so undoing takes the codes away first.
    return differences("theme", held["theme"].values(), themes, ("id",)) + differences(
        "code", held["code"].values(), codes, ("id",)
    )


def history(db: Database, key: str) -> list[tuple[Event | None, Codebook]]:
    """Every state of a codebook with the event that made it, oldest first; None made the first one: it was taken in.

    Found by taking the journal's changes back from how it is now.
    """
    found = db.conn.execute("select id, key, language, question from codebook where key = ?", (key,)).fetchone()
    rows = _rows(db, found[0])
    states: list[tuple[Event | None, Codebook]] = []
    for event in reversed(of_codebook(db, found[0])):
        states.append((event, _codebook(found[1:], rows)))
        for change in reversed(event.changes):
            if change.table in rows:
                _take_back(rows[change.table], change)
    return [(None, _codebook(found[1:], rows)), *reversed(states)]


def of_question(db: Database, question: str) -> str | None:
    """The key of the codebook that an open question is coded with."""
    row = db.conn.execute(
        "select codebook.key from question join codebook on codebook.id = question.codebook where question.key = ?",
        (question,),
    ).fetchone()
    return None if row is None else str(row[0])


def coded_with(db: Database, key: str) -> list[tuple[str, str]]:
    """The (round, question) pairs that are coded with a codebook, oldest round first."""
    rows = db.conn.execute(
        """select round.key, question.key from asked join round on round.id = asked.round
        join question on question.id = asked.question join codebook on codebook.id = question.codebook
        where codebook.key = ? order by coalesce(round.opens, '9999'), round.id, asked.position""",
        (key,),
    )
    return [(row[0], row[1]) for row in rows]


def not_in_use(db: Database, codes: set[int]) -> str | None:
    """The name of one of these codes that can't be given as things stand, None where all can."""
    places = ", ".join("?" for _ in codes)
    row = db.conn.execute(
        f"""select code.name from code left join theme on theme.id = code.theme where code.id in ({places})
        and (code.merged_into is not null or code.retired or coalesce(theme.retired, 0)) order by code.id""",
        tuple(codes),
    ).fetchone()
    return None if row is None else str(row[0])


def _take_back(rows: dict[int, Row], change: Change) -> None:
    if change.before is None:
        assert change.after is not None
        del rows[change.after["id"]]
    else:
        rows[change.before["id"]] = change.before


def _rows(db: Database, codebook: int) -> dict[str, dict[int, Row]]:
    """The rows of a codebook, by table and id."""
    return {
        table: {
            row[0]: dict(zip(columns, row, strict=True))
            for row in db.conn.execute(
                f"select {', '.join(columns)} from {table} where codebook = ? order by position, id", (codebook,)
            )
        }
        for table, columns in _TABLES.items()
    }


def _codebook(names: tuple[str, str, str], rows: Mapping[str, Mapping[int, Row]]) -> Codebook:
    def ordered(table: str) -> list[Row]:
        return sorted(rows[table].values(), key=lambda row: (row["position"], row["id"]))

    themes = tuple(
        Theme(row["id"], row["name"], row["definition"], tuple(json.loads(row["aliases"])), bool(row["retired"]))
        for row in ordered("theme")
    )
    places = {theme.id: place for place, theme in enumerate(themes)}
    codes = tuple(
        Code(
            id=row["id"],
            name=row["name"],
            theme=row["theme"],
            definition=row["definition"],
            examples=tuple(json.loads(row["examples"])),
            aliases=tuple(json.loads(row["aliases"])),
            merged_into=row["merged_into"],
            split_from=row["split_from"],
            retired=bool(row["retired"]),
        )
        for row in sorted(ordered("code"), key=lambda row: places.get(row["theme"], len(places)))
    )
    return Codebook(*names, themes, codes)


def _theme_row(theme: Theme, codebook: int, place: int) -> dict[str, Any]:
    return {
        "id": theme.id,
        "codebook": codebook,
        "name": theme.name,
        "definition": theme.definition,
        "position": place,
        "aliases": _list(theme.aliases),
        "retired": int(theme.retired),
    }


def _code_row(code: Code, codebook: int, place: int) -> dict[str, Any]:
    return {
        "id": code.id,
        "codebook": codebook,
        "theme": code.theme,
        "name": code.name,
        "definition": code.definition,
        "examples": _list(code.examples),
        "aliases": _list(code.aliases),
        "position": place,
        "merged_into": code.merged_into,
        "split_from": code.split_from,
        "retired": int(code.retired),
    }


def _placed(rows: list[dict[str, Any]], held: Mapping[int, Row], group: str | None) -> Iterator[dict[str, Any]]:
    """The rows with positions that rise within each group; a row keeps the position it has where that will do."""
    last = max((row["position"] for row in held.values()), default=-1)
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[group] if group else None, []).append(row)
    for members in groups.values():
        reached = -1
        for row in members:
            own = held[row["id"]]["position"] if row["id"] in held else last + 1
            reached = own if own > reached else reached + 1
            yield {**row, "position": reached}


def _numbered(db: Database, table: str, ids: list[int]) -> dict[int, int]:
    """A number of the project's own for each id of a codebook from elsewhere."""
    row = db.conn.execute(
        f"""select max((select coalesce(max(id), 0) from {table}),
        (select coalesce(max(seq), 0) from sqlite_sequence where name = 'entry_number'))"""
    ).fetchone()
    return {one: number for number, one in enumerate(ids, int(row[0]) + 1)}


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _insert(db: Database, table: str, row: Mapping[str, Any]) -> None:
    places = ", ".join("?" for _ in row)
    db.conn.execute(f"insert into {table} ({', '.join(row)}) values ({places})", tuple(row.values()))
