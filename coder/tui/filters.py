"""What the list of answers can be filtered by, how far an answer has come, and what its orders are called there."""

from coder.domain.counting import State
from coder.workflow.order import Order
from coder.workflow.session import Counts

FILTERS: tuple[tuple[str, frozenset[State]], ...] = (
    ("", frozenset(State)),
    ("not done", frozenset(State) - {State.DONE}),
    ("untouched", frozenset({State.UNTOUCHED})),
    ("machine-coded", frozenset({State.AUTO})),
    ("begun", frozenset({State.BEGUN})),
    ("clash", frozenset({State.CLASH})),
    ("done", frozenset({State.DONE})),
)

# As listed, by name, goes without saying.
SHORT_ORDERS = {
    Order.LEAST_SURE: "least sure",
    Order.BY_THEME: "by theme",
    Order.NEAR_DUPLICATES: "duplicates",
}


def list_title(number: int, words: str, shown: int, counts: Counts, order: Order, *, review: str = "") -> str:
    """What stands above the list: its order and filter, and how many answers it shows or remain.

    `review` is what there is to say of a review instead of its order.
    """
    filtered = " ".join(word for word in (FILTERS[number][0], f"“{words}”" if words else "") if word)
    named = "review" if review else SHORT_ORDERS.get(order)
    if review and not filtered:
        return f" {review}"
    if filtered:
        left = f"{filtered}: {shown}"
        named = None if review else named
    else:
        left = f"{counts.remaining} left" if named else f"{counts.remaining} of {counts.base} remain"
    return f" {named} · {left}" if named else f" {left}"
