"""A process that is killed in the middle of a transaction loses nothing that it had said was saved."""

import signal
import subprocess
import sys
from pathlib import Path

from coder.workflow.project import open_project
from coder.workflow.session import Session

ACKNOWLEDGED = 12

# Decides, says so after each call has returned, and then begins a transaction so large that SQLite must write
# half of it into the file before its end.
CODER = f"""
import sys, time
from pathlib import Path
from coder.domain.coding import Coding, Segment, give
from coder.workflow.project import open_project
from coder.workflow.session import Session

project = open_project(Path(sys.argv[1]))
session = Session(project, "1", "q", "eva")
answer = session.answers[0].id
for place in range({ACKNOWLEDGED}):
    coding = Coding(1 + place % 3, Segment(place, place + 1), "eva")
    session.apply(answer, "give", lambda work: give(work, coding))
    print(place, flush=True)
with project.file.writing() as db:
    db.conn.execute("pragma cache_size=2")
    db.conn.execute("delete from coding")
    for number in range(2, 6):
        db.conn.execute("insert into work (answer, nothing_by) values (?, ?)", (number, "x" * 50_000))
    print("inside", flush=True)
    time.sleep(60)
"""


def test_every_acknowledged_decision_outlives_a_killed_process(small_files: Path, root: Path) -> None:
    path = small_files / "small.db"
    with subprocess.Popen(
        [sys.executable, "-c", CODER, str(path)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as child:
        assert child.stdout is not None
        said = []
        for line in child.stdout:
            said.append(line.strip())
            if said[-1] == "inside":
                break
        journal = path.with_name(f"{path.name}-journal")
        assert journal.stat().st_size > 0
        child.send_signal(signal.SIGKILL)
    assert said == [*map(str, range(ACKNOWLEDGED)), "inside"]

    with open_project(path) as project:
        session = Session(project, "1", "q", "eva")
        work = session.work(session.answers[0].id)
        assert [coding.segment.start for coding in work.codings] == list(range(ACKNOWLEDGED))
        assert not any(session.work(answer.id).nothing for answer in session.answers)
        for _ in range(ACKNOWLEDGED):
            assert session.undo().what == "give"
        assert session.undo().answer is None
