"""The fingerprint that says whether two counts were made with the same codebook."""

from dataclasses import replace

import pytest

from coder.domain.codebook import Code, Codebook, Theme, fingerprint

BOOK = Codebook(
    "t",
    "sv",
    "Vad?",
    (Theme(1, "A"), Theme(2, "B", "om b")),
    (Code(1, "ett", 1, "om ett", ("exempel",), ("alias",)), Code(2, "två", 1), Code(3, "lös")),
)


def _codes(**changes: object) -> Codebook:
    return replace(BOOK, codes=(replace(BOOK.codes[0], **changes), *BOOK.codes[1:]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        _codes(name="ETT"),
        _codes(definition="annat"),
        _codes(retired=True),
        _codes(theme=2),
        _codes(theme=None),
        _codes(merged_into=2),
        replace(BOOK, codes=BOOK.codes[:2]),
        replace(BOOK, codes=(BOOK.codes[1], BOOK.codes[0], BOOK.codes[2])),
        replace(BOOK, themes=BOOK.themes[::-1]),
        replace(BOOK, themes=(BOOK.themes[0], Theme(2, "B"))),
    ],
    ids=["name", "definition", "retired", "theme", "no theme", "merged", "gone", "order", "themes", "about theme"],
)
def test_it_changes_with_what_a_count_means(changed: Codebook) -> None:
    assert fingerprint(changed) != fingerprint(BOOK)


@pytest.mark.parametrize(
    "same",
    [
        _codes(examples=("annat",)),
        _codes(aliases=()),
        replace(
            BOOK,
            themes=(Theme(7, "A"), Theme(8, "B", "om b")),
            codes=(replace(BOOK.codes[0], id=11, theme=7), Code(12, "två", 7), Code(13, "lös")),
        ),
    ],
    ids=["examples", "aliases", "ids"],
)
def test_it_stays_with_examples_aliases_and_a_projects_own_numbers(same: Codebook) -> None:
    assert fingerprint(same) == fingerprint(BOOK)


def test_it_is_twelve_hexadecimal_digits() -> None:
    assert len(fingerprint(BOOK)) == 12
    assert set(fingerprint(BOOK)) <= set("0123456789abcdef")
