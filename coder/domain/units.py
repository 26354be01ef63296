"""Tables that count the units which respondents cover, and not the respondents."""

from dataclasses import replace

from coder.domain.tables import CodeRow, Count, Membership, OptionTable, ThemeTable, Unit


def in_units(table: ThemeTable | OptionTable, behind: Membership) -> ThemeTable | OptionTable:
    """The table with every respondent as many times as it covers units, in the counts and in the base alike.

    What the counting rule has made of the answers stays: a respondent's units are counted where the respondent is.
    Raises ProjectChangedError where `behind` are not the respondents of the table.
    """
    behind.require_same(table)
    base = sum(member.covers for member in behind.members)
    units: dict[int, int] = {}
    for member in behind.members:
        for place in member.counted:
            units[place] = units.get(place, 0) + member.covers
    if isinstance(table, OptionTable):
        options = tuple(
            replace(option, count=Count(units.get(place, 0), base)) for place, option in enumerate(table.options)
        )
        return replace(table, base=base, options=options, unit=Unit.UNITS)

    def counted(codes: tuple[CodeRow, ...]) -> tuple[CodeRow, ...]:
        return tuple(replace(code, count=Count(units.get(code.id, 0), base)) for code in codes)

    # A respondent has one counted code within a theme, so the theme's units are those of its codes.
    themes = tuple(
        replace(
            theme,
            codes=counted(theme.codes),
            count=Count(sum(units.get(code.id, 0) for code in theme.codes), base),
        )
        for theme in table.themes
    )
    without = {code.id for code in table.unthemed}
    return replace(
        table,
        base=base,
        themes=themes,
        unthemed=counted(table.unthemed),
        with_unthemed=sum(member.covers for member in behind.members if not without.isdisjoint(member.counted)),
        unit=Unit.UNITS,
        sampled=None,
    )
