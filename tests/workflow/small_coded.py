"""The small survey coded by hand, as products of all kinds are made of it."""

from coder.domain.coding import Coding, Origin, Segment, choose, give
from coder.workflow.project import Project
from coder.workflow.session import Session


def small_coded(project: Project) -> Session:
    """Åsele with a clash of two codes in A, Ale with one in A chosen out of two, Zorn with one without a theme."""
    session = Session(project, "1", "q", "eva")
    of = {answer.respondent.name: answer.id for answer in session.answers}
    ids = {(session.codebook.theme_name(code.id), code.name): code.id for code in session.codebook.codes}
    one, two, loose = ids["A", "ett"], ids["A", "två"], ids["", "lös"]
    theme = session.codebook.theme_of[one]
    assert theme is not None
    for name, code, start, end, origin in (
        ("Åsele", one, 0, 3, Origin.HAND),
        ("Åsele", two, 4, 7, Origin.HAND),
        ("Ale", one, 0, 3, Origin.ACCEPTED),
        ("Ale", two, 4, 7, Origin.HAND),
        ("Zorn", loose, 0, 3, Origin.HAND),
    ):
        coding = Coding(code, Segment(start, end), "eva", origin, example=name == "Zorn")
        session.apply(of[name], "code", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
    session.apply(of["Ale"], "choose", lambda work: choose(work, theme, two))
    return session
