"""Know when a push was answered for certain: the platform brings it again, three times in all, until it has heard something."""

from datetime import datetime, timedelta
from typing import Final

LAST_ATTEMPT: Final = 3
"""So often a platform brings a push; after the last one nothing proves that a reply was not taken."""

PUSH_LASTS: Final = timedelta(seconds=5)
SURELY_READ: Final = timedelta(seconds=2.5)
"""A reply given so soon is read unless the connection breaks at once."""

ROUND_TRIP: Final = timedelta(seconds=1.5)
"""So soon, at the latest, a push comes again whose connection broke."""


def sure_at(received_at: datetime, given_at: datetime) -> datetime:
    """Return when a reply to a push is known to have been taken, if the push has not come again by then.

    A push whose connection breaks comes again at once. One that got its reply late may have been given up by the platform
    before the reply arrived: that shows when its five seconds are over.
    """
    if given_at - received_at <= SURELY_READ:
        return given_at + ROUND_TRIP
    return max(given_at + ROUND_TRIP, received_at + PUSH_LASTS + ROUND_TRIP)


def attempt_of(written_at: datetime, pushed_at: datetime, before: int) -> int:
    """Return which delivery of a push this is, 1 the first; ``before`` is what the last one that reached us was.

    The platform's own clock tells of those that never reached us.
    """
    return max(before, int((pushed_at - written_at) / PUSH_LASTS)) + 1
