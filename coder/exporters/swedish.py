"""Numbers as Swedish prints them: a decimal comma, and a minus that is one."""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"


def number(value: float, decimals: int = 0) -> str:
    """A number rounded halves away from zero."""
    step = Decimal(1).scaleb(-decimals)
    # Through the shortest text of the float, so that 0.15 is the half it was written as.
    rounded = Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:f}".replace(".", ",").replace("-", MINUS)


def signed(value: float, decimals: int = 1) -> str:
    """A change: a number with its sign, none for what rounds to zero."""
    text = number(value, decimals)
    return text if text.startswith(MINUS) or not text.strip("0,") else f"+{text}"


def p_value(value: float) -> str:
    """A p value with three decimals, `<0,001` below that."""
    return "<0,001" if value < 0.0005 else number(value, 3)
