"""Respondents and what they answered, some hundreds at a time, beside what the project holds already."""

from coder.domain.answers import Respondent, Round
from coder.storage import incoming, surveys
from coder.storage.database import Database
from coder.workflow.project import Project


def place(db: Database) -> tuple[int, dict[str, int]]:
    """The numbers of the small survey's round and of its questions."""
    found = {key: surveys.question_number(db, key) or 0 for key in ("q", "ja")}
    return surveys.save_round(db, Round("1")), found


def test_respondents_get_numbers_in_order_and_keep_those_they_have(small: Project) -> None:
    with small.file.writing() as db:
        before = incoming.numbers(db, ["0119", "0114"])
        after = incoming.numbers(db, ["n2", "0114", "n1"])
        assert incoming.numbers(db, ["n1", "n2", "0119"]) == {
            "n1": after["n1"], "n2": after["n2"], "0119": before["0119"],
        }  # fmt: skip
    assert after["0114"] == before["0114"] < before["0119"] < after["n2"] < after["n1"]


def test_who_was_met_is_told_with_the_first_line_over_all_calls(small: Project) -> None:
    with small.file.writing() as db, incoming.record_of_met(db):
        assert list(incoming.met(db, [(1, 2), (2, 3), (1, 4), (1, 5)])) == [(4, 2), (5, 2)]
        assert list(incoming.met(db, [(3, 6), (2, 7), (1, 8)])) == [(7, 3), (8, 2)]
    with small.file.writing() as db, incoming.record_of_met(db):
        assert list(incoming.met(db, [(1, 2)])) == []


def test_what_is_held_is_found_for_those_who_are_asked_for_alone(small: Project) -> None:
    with small.file.writing() as db:
        one, asked = place(db)
        who = incoming.numbers(db, ["0114", "0118", "nobody"])
        held = incoming.participants(db, one, who.values())
        assert held == {
            who["0114"]: Respondent("0114", "Ale", {"grupp": "stad"}),
            who["0118"]: Respondent("0118", "Bo", {"grupp": "stad"}),
        }
        answers = incoming.answers(db, one, asked["q"], who.values())
        assert {number: answer.raw for number, answer in answers.items()} == {
            who["0114"]: "ett två tre",
            who["0118"]: "inget alls",
        }
        assert incoming.replies(db, one, asked["ja"], who.values()) == {who["0114"]: "Ja"}


def test_what_is_saved_replaces_what_was_held(small: Project) -> None:
    with small.file.writing() as db:
        one, asked = place(db)
        who = incoming.numbers(db, ["0114", "ny"])
        people = {who[key]: Respondent(key, "N", {"grupp": "land"}, 2) for key in who}
        incoming.save_participants(db, one, people)
        assert incoming.participants(db, one, people) == people
        before = incoming.answers(db, one, asked["q"], who.values())
        incoming.save_answers(db, one, asked["q"], {who["0114"]: "nu\r\nså", who["ny"]: ""})
        after = incoming.answers(db, one, asked["q"], who.values())
        assert {number: answer.raw for number, answer in after.items()} == {who["0114"]: "nu\r\nså", who["ny"]: ""}
        assert after[who["0114"]].id == before[who["0114"]].id
        assert surveys.text_of(db, after[who["0114"]].id) == "nu\nså"
        incoming.save_replies(db, one, asked["ja"], {who["0114"]: "", who["ny"]: "Nej"})
        assert incoming.replies(db, one, asked["ja"], who.values()) == {who["ny"]: "Nej"}
        assert surveys.respondents(db, "1") == 7
