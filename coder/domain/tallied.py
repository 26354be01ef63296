"""A tally laid out as a theme table."""

from collections.abc import Iterable, Mapping, Sequence

from coder.domain.codebook import Codebook
from coder.domain.coding import Origin
from coder.domain.counting import Tally
from coder.domain.tables import CodeRow, Count, Origins, ThemeRow, ThemeTable


def theme_table(
    codebook: Codebook,
    tally: Tally,
    *,
    question: str,
    round_key: str,
    base: int,
    uncoded: int,
    nothing_to_code: int,
    text: str = "",
    examples: Mapping[int, Sequence[str]] | None = None,
) -> ThemeTable:
    """The table in the codebook's order; every count with how its codings came about.

    `text` is the question as it was put in that round; where it is empty the codebook's own stands for it.
    """
    quotes = examples or {}

    def counted(count: int, codes: Iterable[int]) -> Count:
        under = tuple(codes)
        came = {origin.value: sum(tally.came[code, origin] for code in under) for origin in Origin}
        return Count(count, base, origins=Origins(**came))

    def rows(theme: int | None) -> tuple[CodeRow, ...]:
        return tuple(
            CodeRow(
                code.id,
                code.name,
                counted(tally.codes[code.id], [code.id]),
                tuple(quotes.get(code.id, ())),
                codebook.is_retired(code.id),
            )
            for code in codebook.codes_of(theme)
            if tally.codes[code.id] or not codebook.is_retired(code.id)
        )

    themes = tuple(
        ThemeRow(
            theme.id,
            theme.name,
            counted(tally.themes[theme.id], [code.id for code in codebook.codes_of(theme.id)]),
            rows(theme.id),
            theme.retired,
        )
        for theme in codebook.themes
        if tally.themes[theme.id] or not theme.retired
    )
    origins = tally.origins
    return ThemeTable(
        question=question,
        text=text or codebook.question,
        round=round_key,
        base=base,
        uncoded=uncoded,
        nothing_to_code=nothing_to_code,
        clashes=tally.clashes,
        origins={origin: origins[origin] for origin in Origin},
        themes=themes,
        unthemed=rows(None),
        with_unthemed=tally.unthemed,
    )
