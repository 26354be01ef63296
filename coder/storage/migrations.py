"""The schema, as numbered steps. A step that has landed is never edited: a change is a new step.

sqlite-utils keeps the record of the steps taken; `user_version` repeats their number, so that an older program can
tell a newer project from the first hundred bytes of the file.
"""

from sqlite_utils import Database, Migrations

from coder.storage.first_schema import FIRST_SCHEMA

steps = Migrations("coder")


def latest() -> int:
    """The number of the newest schema this program knows."""
    return len(steps._migrations)


@steps()
def m001_project(db: Database) -> None:
    """Codebooks, rounds, answers, codings, choices, the journal and the undo stack."""
    for statement in FIRST_SCHEMA:
        db.conn.execute(statement)


@steps()
def m002_units_and_exports(db: Database) -> None:
    """How many units a respondent covers, what the frame was drawn from, and which files were written when."""
    for statement in _UNITS_AND_EXPORTS:
        db.conn.execute(statement)


@steps()
def m003_living_codebook(db: Database) -> None:
    """Entries that are merged, split or retired; which codebook an event changed; memos."""
    for statement in _LIVING_CODEBOOK:
        db.conn.execute(statement)


@steps()
def m004_audits(db: Database) -> None:
    """Blind samples of what a machine decided, with a copy of its decisions as they were when the sample was drawn."""
    for statement in _AUDITS:
        db.conn.execute(statement)


@steps()
def m005_runs(db: Database) -> None:
    """What coded by machine: the runs, and which of them each coding came from."""
    for statement in _RUNS:
        db.conn.execute(statement)


@steps()
def m006_shortened_quotes(db: Database) -> None:
    """What is left of an example's quote where an analyst has shortened it."""
    db.conn.execute(_SHORTENED_QUOTES)


@steps()
def m007_frame(db: Database) -> None:
    """Everybody who was asked in a round, so that it shows where those who did not answer are."""
    db.conn.execute(_FRAME)


@steps()
def m008_candidates(db: Database) -> None:
    """Candidates for new codes, and what has become of each."""
    for statement in _CANDIDATES:
        db.conn.execute(statement)


@steps()
def m009_notes_are_memos(db: Database) -> None:
    """The one note that an answer could have, made a memo on it by whoever wrote it last; its column stays empty."""
    for statement in _NOTES_ARE_MEMOS:
        db.conn.execute(statement)


@steps()
def m010_how_far_a_run_came(db: Database) -> None:
    """How many answers a run has not come to yet; unknown of the runs of before."""
    db.conn.execute(_HOW_FAR)


@steps()
def m011_what_an_export_was_asked_for(db: Database) -> None:
    """The options that a file was written with; unknown of the files of before."""
    db.conn.execute(_ASKED)


@steps()
def m012_runs_on_files(db: Database) -> None:
    """The name of a run that coded files outside the project, whose codings came in from there; none had before."""
    db.conn.execute(_ON_FILES)


_UNITS_AND_EXPORTS = (
    "alter table participation add column covers integer not null default 1 check (covers > 0)",
    # Null where everybody there is was asked.
    "alter table round add column drawn_from integer check (drawn_from > 0)",
    # Files that were written from the project: `event` is the last one of the journal by then.
    """create table export (
        path text not null,
        round text not null,
        question text not null,
        what text not null,
        at text not null,
        event integer not null,
        primary key (path, round, question)
    ) strict""",
)

_LIVING_CODEBOOK = (
    "alter table code add column merged_into integer references code(id) check (merged_into <> id)",
    "alter table code add column split_from integer references code(id)",
    "alter table code add column retired integer not null default 0 check (retired in (0, 1))",
    "alter table theme add column aliases text not null default '[]' check (json_valid(aliases))",
    "alter table theme add column retired integer not null default 0 check (retired in (0, 1))",
    # The codebook that an event changed; null for an event that changed none.
    "alter table event add column codebook integer references codebook(id)",
    "create index event_codebook on event(codebook) where codebook is not null",
    # Always empty: its sequence remembers the last number given to an entry, so that an undone entry's number is never
    # given to another one.
    "create table entry_number (id integer primary key autoincrement, kind text not null) strict",
    # What a memo is about: one of these, a segment of an answer, or with none of them the project.
    """create table memo (
        id integer primary key autoincrement,
        question integer references question(id),
        theme integer references theme(id),
        code integer references code(id),
        answer integer references answer(id),
        start integer check (start >= 0),
        end integer check (end > start),
        text text not null check (text <> ''),
        analyst text not null check (analyst <> ''),
        at text not null,
        check ((question is not null) + (theme is not null) + (code is not null) + (answer is not null) <= 1),
        check ((start is null) = (end is null) and (start is null or answer is not null))
    ) strict""",
    "create index memo_answer on memo(answer) where answer is not null",
)

_AUDITS = (
    # `event` is the one that took the machine's codings off the sampled answers. An audit is withdrawn, never deleted.
    """create table audit (
        id integer primary key,
        round integer not null references round(id),
        question integer not null references question(id),
        analyst text not null check (analyst <> ''),
        at text not null,
        seed text not null,
        event integer references event(id),
        withdrawn integer not null default 0 check (withdrawn in (0, 1))
    ) strict""",
    # All answers that the machine had decided on; `place` is that in the sample, null where it was not drawn.
    """create table audit_answer (
        audit integer not null references audit(id),
        answer integer not null references answer(id),
        place integer,
        codings text not null default '[]' check (json_valid(codings)),
        choices text not null default '[]' check (json_valid(choices)),
        primary key (audit, answer)
    ) strict""",
    "create index audit_sample on audit_answer(answer) where place is not null",
)

_RUNS = (
    # A run outlives its codings: a coding that an analyst took over, or that is undone, still names it.
    """create table run (
        id integer primary key autoincrement,
        round text not null,
        question text not null,
        model text not null check (model <> ''),
        codebook text not null,
        fingerprint text not null,
        trained_on integer not null check (trained_on >= 0),
        unit text not null check (unit in ('segment', 'answer')),
        seed integer not null,
        thresholds text not null check (json_valid(thresholds)),
        versions text not null check (json_valid(versions)),
        at text not null
    ) strict""",
    "create index run_question on run(round, question)",
    # Null for what an analyst coded, and for what came from a file.
    "alter table coding add column run integer references run(id)",
)

# [start, end] pairs counted from the segment's start; none where the segment is quoted in full.
_SHORTENED_QUOTES = "alter table coding add column kept text not null default '[]' check (json_valid(kept))"

# By key and not by number: who was asked need not have answered in any round.
_FRAME = """create table frame (
    round integer not null references round(id),
    respondent text not null check (respondent <> ''),
    name text not null default '',
    attributes text not null default '{}' check (json_valid(attributes)),
    unique (round, respondent)
) strict"""

_NOTES_ARE_MEMOS = (
    """insert into memo (answer, text, analyst, at)
        select work.answer, work.note, coalesce(event.analyst, 'unknown'), coalesce(event.at, '') from work
        left join event on event.id = (
            select max(id) from event where event.answer = work.answer and event.what = 'note')
        where work.note <> ''""",
    "update work set note = ''",
)

# 0 for a run that went through all of them.
_HOW_FAR = "alter table run add column ahead integer check (ahead >= 0)"

# Empty for a run on the project's own answers.
_ON_FILES = "alter table run add column files text not null default ''"

# The words of the command and of each option, without the project and the file: [["table"], ["-q", "bra"], …].
_ASKED = "alter table export add column asked text not null default '[]' check (json_valid(asked))"

_CANDIDATES = (
    # `passages` are [answer, start, end, mark of the answer's text]. Those of older runs stay, so that what was made of
    # them can be undone.
    """create table candidate (
        id integer primary key autoincrement,
        run integer not null references run(id),
        words text not null check (json_valid(words)),
        passages text not null check (json_valid(passages)),
        state text not null check (state in ('open', 'coded', 'dismissed'))
    ) strict""",
    "create index candidate_run on candidate(run)",
)
