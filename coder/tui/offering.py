"""The lists of suggestions on the screen: they stay as they are while a finger may be on its way to a digit."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from coder.domain.coding import Segment
from coder.domain.suggestion import Suggestion
from coder.tui.advice import Counsel

Listed = tuple[int, Segment]
Suggested = tuple[Suggestion, ...]

# How long suggestions that are two decisions old wait for newer ones before they are shown.
_GRACE = 0.3
# How long after a list has become another one a digit still means the one before: from the eye to the finger.
_GLANCE = 0.5
_LISTS = 9


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is on the screen for a segment, since when it is the active one, and the list before, if there was one."""

    listed: Listed
    since: float
    found: Suggested | None = None
    before: Suggested | None = None
    changed: float = 0.0


class Offering:
    """The list for the active segment, by answer and segment, and those that were on the screen before it.

    `waited` is called where no newer suggestions have come in time, so that older ones are shown.
    """

    def __init__(self, counsel: Counsel, waited: Callable[[], None]) -> None:
        self._counsel = counsel
        self._waited = waited
        self._glance = _GLANCE
        self._offer: _Offer | None = None
        self._lists: dict[Listed, Suggested] = {}  # the latest last

    def of(self, listed: Listed, usable: Collection[int]) -> Suggested | None:
        """The suggestions shown for a segment, of the codes that are `usable`; None while there are none yet.

        Once shown they stay as they are until another segment is read: a list that changed between the eye and the
        finger would give a code that nobody meant. They know all decisions but the last, or the last two where the
        adviser is slow; none that are older are shown. Only a list without scores becomes another one, when they come.
        """
        now = time.monotonic()
        offer = self._offer
        if offer is None or offer.listed != listed:
            offer = _Offer(listed, now)
            asyncio.get_running_loop().call_later(_GRACE, self._late, listed)
        recent = self._counsel.recent(*listed, but=2 if now - offer.since >= _GRACE else 1)
        if recent and not scored(offer.found):
            found = self._counsel.suggestions(*listed)
            # They may have been found before a code was merged, retired or undone.
            found = None if found is None else tuple(one for one in found if one.code in usable)
            if offer.found is None or scored(found):
                offer = _Offer(listed, offer.since, found, offer.found, now)
        self._offer = offer
        if offer.found is not None:
            self._lists.pop(listed, None)
            self._lists[listed] = offer.found
            if len(self._lists) > _LISTS:
                del self._lists[next(iter(self._lists))]
        return offer.found

    def seen(self) -> Mapping[Listed, Suggested]:
        """The lists that a key pressed now may mean: each as it is, or as it was a moment ago."""
        offer = self._offer
        if offer is None or offer.before is None or time.monotonic() - offer.changed >= self._glance:
            return dict(self._lists)
        return {**self._lists, offer.listed: offer.before}

    def forget(self) -> None:
        """Have the list made anew, as the codes that can be suggested are others now."""
        self._offer = None

    def _late(self, listed: Listed) -> None:
        if self._offer is not None and (self._offer.listed, self._offer.found) == (listed, None):
            self._waited()


def scored(found: Suggested | None) -> bool:
    """True where there is enough evidence to say how sure the suggestions are."""
    return bool(found) and any(one.known for one in found or ())
