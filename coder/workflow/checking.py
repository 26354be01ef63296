"""What stands between a project and its publication: damage, clashes, uncoded answers, data that contradict."""

from dataclasses import dataclass

from coder.domain.answers import Kind, canonical, is_blank
from coder.domain.coding import require_segment
from coder.domain.errors import CoderError
from coder.domain.tables import OptionTable
from coder.storage import surveys, works
from coder.workflow import report
from coder.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to see to: its kind, the round and question it concerns, how many, and in words."""

    kind: str
    round: str
    question: str
    count: int
    words: str


def check(project: Project) -> list[Finding]:
    """All findings of a project, in the order of its rounds and questions; empty where there are none."""
    found = _integrity(project)
    for one in project.rounds():
        for asked in project.questions(one.key):
            table = report.table(project, asked.key, one.key)
            if isinstance(table, OptionTable):
                if table.against_routing:
                    names = ", ".join(table.against_routing[:5])
                    words = f"answered though the routing does not lead there: {names}"
                    found.append(Finding("routing", one.key, asked.key, len(table.against_routing), words))
                continue
            if table.clashes:
                words = "clashes are counted provisionally until someone chooses"
                found.append(Finding("clash", one.key, asked.key, table.clashes, words))
            if table.uncoded:
                words = "answers have neither a code nor the mark nothing to code"
                found.append(Finding("uncoded", one.key, asked.key, table.uncoded, words))
            unthemed = sum(row.count.count for row in table.unthemed)
            if unthemed:
                words = "counted under codes that have no theme yet"
                found.append(Finding("unthemed", one.key, asked.key, unthemed, words))
    return found


def _integrity(project: Project) -> list[Finding]:
    """Damage that SQLite or our own rules can see: broken references, texts that changed, segments outside them."""
    with project.file.reading() as db:
        broken = db.conn.execute("pragma foreign_key_check").fetchall()
        damage = [row[0] for row in db.conn.execute("pragma integrity_check(20)") if row[0] != "ok"]
    found = [Finding("integrity", "", "", len(broken), "references that lead nowhere")] if broken else []
    found += [Finding("integrity", "", "", 1, words) for words in damage]
    for one in project.rounds():
        for asked in project.questions(one.key):
            if asked.kind is not Kind.OPEN:
                continue
            with project.file.reading() as db:
                held = works.load(db, one.key, asked.key)
                raws = {key: answer.raw for key, answer in surveys.held_answers(db, one.key, asked.key).items()}
                answers = surveys.answers(db, one.key, asked.key)
            changed = sum(canonical(raws[answer.respondent.key]) != answer.text for answer in answers)
            if changed:
                words = "answers whose text is not what was imported"
                found.append(Finding("integrity", one.key, asked.key, changed, words))
            outside = 0
            for answer in answers:
                for coding in held[answer.id].codings if answer.id in held and not is_blank(answer.text) else ():
                    try:
                        require_segment(answer, coding.segment)
                    except CoderError:
                        outside += 1
            if outside:
                found.append(Finding("integrity", one.key, asked.key, outside, "codings that lie outside their answer"))
    return found
