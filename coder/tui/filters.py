"""What the list of answers can be filtered by: how far an answer has come."""

from coder.domain.counting import State

FILTERS: tuple[tuple[str, frozenset[State]], ...] = (
    ("", frozenset(State)),
    ("not done", frozenset(State) - {State.DONE}),
    ("untouched", frozenset({State.UNTOUCHED})),
    ("machine-coded", frozenset({State.AUTO})),
    ("begun", frozenset({State.BEGUN})),
    ("clash", frozenset({State.CLASH})),
    ("done", frozenset({State.DONE})),
)
