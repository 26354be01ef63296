"""Damage in a project file is seen: in its pages, in its rows, and in its references."""

from coder.storage.damage import broken_references, damage
from coder.workflow.project import Project


def test_a_whole_file_has_none(small: Project) -> None:
    assert damage(small.file.db) == []
    assert broken_references(small.file.db) == 0


def test_a_row_that_breaks_a_rule_of_its_table_is_seen(small: Project) -> None:
    db = small.file.db.conn
    db.execute("pragma ignore_check_constraints=on")
    db.execute("insert into coding (answer, code, start, end, analyst, origin) values (1, 1, 5, 2, 'eva', 'hand')")
    db.execute("pragma ignore_check_constraints=off")
    (line,) = damage(small.file.db)
    assert "coding" in line


def test_an_index_that_lacks_a_row_is_seen(small: Project) -> None:
    db = small.file.db.conn
    db.execute("insert into coding (answer, code, start, end, analyst, origin) values (1, 1, 0, 2, 'eva', 'hand')")
    db.execute("pragma writable_schema=on")
    db.execute("update sqlite_master set sql = 'create index coding_code on coding(start)' where name = 'coding_code'")
    db.execute("pragma writable_schema=reset")
    assert any("coding_code" in line for line in damage(small.file.db))


def test_a_reference_that_leads_nowhere_is_counted(small: Project) -> None:
    db = small.file.db.conn
    db.execute("pragma foreign_keys=off")
    db.execute("insert into coding (answer, code, start, end, analyst, origin) values (1, 99, 0, 2, 'eva', 'hand')")
    db.execute("pragma foreign_keys=on")
    assert broken_references(small.file.db) == 1
