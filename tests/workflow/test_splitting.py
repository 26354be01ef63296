"""How a machine splits answers."""

from coder.domain.answers import Answer, Respondent
from coder.domain.codebook import Code, Codebook
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.workflow.splitting import marked, once, parts

BOOK = Codebook("bok", "sv", "?", (), (Code(1, "Stöd", None), Code(2, "Tider", None)))


def answer(text: str) -> Answer:
    return Answer(1, Respondent("0001"), text)


def test_an_answer_is_split_in_clauses_or_taken_whole() -> None:
    said = answer("Bra stöd. Dåliga tider.")
    assert [part.of(said.text) for part in parts(said, "sv", whole=False)] == ["Bra stöd.", "Dåliga tider."]
    assert parts(said, "sv", whole=True) == (Segment(0, len(said.text)),)


def test_what_is_said_over_and_over_stands_once_where_it_is_said_first() -> None:
    said = answer("God dialog. Bra stöd. " + "God dialog. " * 1000)
    assert once(said, parts(said, "sv", whole=False)) == [Segment(0, 11), Segment(12, 21)]


def test_a_part_has_the_codes_that_analysts_gave_to_any_of_it_and_none_of_the_machines() -> None:
    said = answer("Bra stöd. Dåliga tider. Hej.")
    work = Work(
        (
            Coding(1, Segment(4, 8), "eva"),
            Coding(2, Segment(6, 16), "eva"),
            Coding(1, Segment(17, 22), "auto", Origin.AUTO, 0.9),
        )
    )
    (found,) = marked([(said, work)], BOOK, whole=False)
    assert found.group == "0001"
    assert found.texts == ("Bra stöd.", "Dåliga tider.", "Hej.")
    assert found.codes == (frozenset({1, 2}), frozenset({2}), frozenset())
