"""The versions of a codebook, found in the journal: what each change was, and the way back to one of them."""

from dataclasses import dataclass

from coder.domain.codebook import Codebook, fingerprint
from coder.domain.errors import CoderError
from coder.domain.theme_edits import Return
from coder.storage import codebooks
from coder.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Version:
    """A codebook as one change left it. `event` is the change's number in the journal, 0 for the taking in."""

    fingerprint: str
    event: int
    at: str
    analyst: str
    what: str
    codebook: Codebook


def versions(project: Project, question: str) -> list[Version]:
    """Every version of a question's codebook, oldest first; the last is the one in force."""
    key = project.codebook(question).key
    with project.file.reading() as db:
        states = codebooks.history(db, key)
    return [
        Version(fingerprint(book), 0, "", "", "taken in", book)
        if event is None
        else Version(fingerprint(book), event.id, event.at, event.analyst, event.what, book)
        for event, book in states
    ]


def version(project: Project, question: str, name: str) -> Version:
    """The version that a name means: the beginning of its fingerprint, `first` or `now`.

    Of several with one fingerprint, which are all alike, the latest. Raises CoderError where none or several are meant.
    """
    found = versions(project, question)
    if name in ("first", "now"):
        return found[0 if name == "first" else -1]
    fitting = {one.fingerprint: one for one in found if name and one.fingerprint.startswith(name.lower())}
    if len(fitting) != 1:
        what = "several versions" if fitting else "no version"
        raise CoderError(
            f"{what} of the codebook {found[0].codebook.key} begin{'' if fitting else 's'} with {name!r}",
            "`coder codebook log` lists them; `first` and `now` are names too.",
        )
    return next(iter(fitting.values()))


def back_to(project: Project, question: str, name: str) -> Return:
    """The edit that brings the content of a version back."""
    wanted = version(project, question, name)
    return Return(wanted.codebook, wanted.fingerprint)
