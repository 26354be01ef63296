"""The tables that every project began with: the statements of the first step of `migrations`, never edited."""

FIRST_SCHEMA = (
    """create table codebook (
        id integer primary key,
        key text not null unique,
        language text not null,
        question text not null
    ) strict""",
    """create table theme (
        id integer primary key,
        codebook integer not null references codebook(id),
        name text not null,
        definition text not null default '',
        position integer not null
    ) strict""",
    """create table code (
        id integer primary key,
        codebook integer not null references codebook(id),
        theme integer references theme(id),
        name text not null,
        definition text not null default '',
        examples text not null default '[]' check (json_valid(examples)),
        aliases text not null default '[]' check (json_valid(aliases)),
        position integer not null
    ) strict""",
    "create index code_theme on code(theme)",
    """create table round (
        id integer primary key,
        key text not null unique,
        opens text,
        closes text,
        frame integer check (frame > 0)
    ) strict""",
    """create table question (
        id integer primary key,
        key text not null unique,
        kind text not null check (kind in ('open', 'closed')),
        codebook integer references codebook(id),
        check ((kind = 'open') = (codebook is not null))
    ) strict""",
    # A question as it was put in one round: wording, options and routing may differ from the round before.
    """create table asked (
        round integer not null references round(id),
        question integer not null references question(id),
        text text not null default '',
        options text not null default '[]' check (json_valid(options)),
        asked_if text not null default '[]' check (json_valid(asked_if)),
        position integer not null,
        primary key (round, question)
    ) strict""",
    """create table respondent (
        id integer primary key,
        key text not null unique
    ) strict""",
    # A respondent's name and attributes as they were in one round: municipalities change group and county.
    """create table participation (
        round integer not null references round(id),
        respondent integer not null references respondent(id),
        name text not null default '',
        attributes text not null default '{}' check (json_valid(attributes)),
        primary key (round, respondent)
    ) strict""",
    """create table reply (
        round integer not null references round(id),
        question integer not null references question(id),
        respondent integer not null references respondent(id),
        option text not null,
        primary key (round, question, respondent)
    ) strict""",
    # `raw` is what the file held; every offset refers to `text`, the canonical form of it.
    """create table answer (
        id integer primary key,
        round integer not null references round(id),
        question integer not null references question(id),
        respondent integer not null references respondent(id),
        raw text not null,
        text text not null,
        unique (round, question, respondent)
    ) strict""",
    # Numbers are never used twice: an undone coding comes back under its own.
    """create table coding (
        id integer primary key autoincrement,
        answer integer not null references answer(id),
        code integer not null references code(id),
        start integer not null check (start >= 0),
        end integer not null check (end > start),
        whole integer not null default 0 check (whole in (0, 1)),
        analyst text not null check (analyst <> ''),
        origin text not null check (origin in ('hand', 'accepted', 'auto')),
        score real check (score between 0 and 1),
        example integer not null default 0 check (example in (0, 1)),
        unique (answer, code, start, end, analyst)
    ) strict""",
    "create index coding_code on coding(code)",
    # The primary key is the once-per-theme rule: there is room for one counted code, and no second.
    """create table choice (
        answer integer not null references answer(id),
        theme integer not null references theme(id),
        code integer not null references code(id),
        analyst text not null check (analyst <> ''),
        primary key (answer, theme)
    ) strict""",
    """create table work (
        answer integer primary key references answer(id),
        cuts text check (cuts is null or json_valid(cuts)),
        nothing_by text not null default '',
        done integer not null default 0 check (done in (0, 1)),
        note text not null default ''
    ) strict""",
    # The journal: who, when, what, and the rows before and after. Rows are added and never changed.
    """create table event (
        id integer primary key,
        at text not null,
        analyst text not null,
        what text not null,
        answer integer references answer(id),
        reverses integer references event(id),
        changes text not null check (json_valid(changes))
    ) strict""",
    # What can be undone and redone, by analyst and by what they were coding (`scope`: round and question). Undone
    # decisions can be redone until the next decision.
    """create table undo (
        event integer primary key references event(id),
        analyst text not null,
        scope text not null,
        undone integer not null default 0 check (undone in (0, 1))
    ) strict""",
    "create index undo_stack on undo(analyst, scope, undone)",
    # Where an analyst stood, so that reopening stands there again.
    """create table place (
        analyst text primary key,
        round text not null,
        question text not null,
        answer integer references answer(id),
        segment integer not null default 0
    ) strict""",
)
