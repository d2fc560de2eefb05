"""Share one access token between all processes: one fetches while the others wait.

A lease says who fetches. Its version fences off whoever comes back after the lease has passed to somebody else.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.platform_tokens import PlatformToken
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Good:
    """Be a token that may be used until the moment given."""

    token: str = field(repr=False)
    until: datetime


@dataclass(frozen=True)
class ToFetch:
    """Say that the caller has to fetch a token now, under this version.

    ``refused`` is the token that the platform no longer takes, if there is one; ``may_force``: a new one may be forced.
    """

    version: int
    refused: str | None = field(repr=False)
    may_force: bool


@dataclass(frozen=True)
class BeingFetched:
    """Say that somebody else is at it: look again in a moment."""


def look(uow: UnitOfWork, channel: str, account: str, now: datetime) -> Good | None:
    """Return the token if there is a good one; a look that writes nothing."""
    return _good(uow.platform_tokens.get(channel, account), now)


def obtain(uow: UnitOfWork, channel: str, account: str, now: datetime) -> Good | ToFetch | BeingFetched:
    """Return the token, or give the lease to whoever comes first."""
    kept = uow.platform_tokens.get(channel, account, lock=True)
    if kept is None:
        kept = PlatformToken(channel, account)
        uow.platform_tokens.add(kept)
    if (good := _good(kept, now)) is not None:
        return good
    if kept.is_leased(now):
        return BeingFetched()
    return ToFetch(kept.lease(now), kept.refused, kept.may_force(now))


def keep(
    uow: UnitOfWork, channel: str, account: str, version: int, token: str, life: timedelta, now: datetime, *,
    forced: bool = False,
) -> Good | None:  # fmt: skip
    """Keep a fetched token and return it; None when the lease has passed to somebody else meanwhile."""
    kept = uow.platform_tokens.get(channel, account, lock=True)
    if kept is None or kept.version != version:
        return None
    kept.renew(token, life, now, forced=forced)
    return _good(kept, now)


def give_up(uow: UnitOfWork, channel: str, account: str, version: int) -> None:
    """Give the lease back: nothing could be fetched."""
    kept = uow.platform_tokens.get(channel, account, lock=True)
    if kept is not None and kept.version == version:
        kept.leased_until = None


def refuse(uow: UnitOfWork, channel: str, account: str, token: str) -> None:
    """Note that the platform does not take a token any more; nothing happens if there is a newer one already."""
    kept = uow.platform_tokens.get(channel, account, lock=True)
    if kept is not None:
        kept.refuse(token)


def _good(kept: PlatformToken | None, now: datetime) -> Good | None:
    if kept is None or kept.token is None or kept.good_until is None or not kept.is_good(now):
        return None
    return Good(kept.token, kept.good_until)
