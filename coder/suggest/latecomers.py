"""Codes that came after much had been coded: the rounds before them could not speak for them, and speak not against."""

from collections.abc import Sequence

import numpy as np

from coder.suggest.linear import Floats, Ints

# Codings that a code is taken to have missed beside those of its own time. With fewer it is thrust on other texts while
# it has a handful of codings, with more it is not suggested for its own.
_ROOM = 40.0


def latecomers(rounds: Sequence[int], target: Ints, labels: int) -> Floats:
    """What the scores of each code are raised by, 0 for those of the first round and for those that nobody gave.

    `rounds` and `target` have the round and the code of each coding, both numbered from 0. A code first given in a
    later round looks as rare as if all that was coded had been offered it. What it is raised by is the logarithm of how
    many codings there are over how many since it came: prior correction, after G. King and L. Zeng (2001), Logistic
    regression in rare events data.
    """
    found = np.zeros(labels)
    when = np.asarray(rounds, dtype=np.intp)
    for code in np.unique(target):
        since = when >= when[target == code].min()
        if not since.all():
            found[code] = max(0.0, np.log(len(when) / (since.sum() + _ROOM)))
    return found
