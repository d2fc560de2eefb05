"""Say what a channel is, and know the ones that are in use."""

from collections.abc import Iterator
from typing import Protocol

from aiohttp import web

from bot.domain.messages import Address, Outgoing


class Channel(Protocol):
    """Be one platform.

    ``repeatable`` says that a message sent twice shows once there (the platform knows our message ids); on all others
    a send whose outcome is unknown is flagged and not repeated.
    """

    name: str
    repeatable: bool

    def add_routes(self, app: web.Application) -> None:
        """Add the channel's webhooks and pages; nothing is called on the network here."""

    async def send(self, outgoing: Outgoing) -> str | None:
        """Give a message to the platform and return its id there, if it has one.

        Raises TryLater when it may go later, Undeliverable when it never will. Any other exception means that nobody
        knows whether it arrived.
        """

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show or hide that an answer is being written; never fails."""


class Registry:
    """Hold the channels by name."""

    def __init__(self, *channels: Channel) -> None:
        self._channels = {channel.name: channel for channel in channels}

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._channels.values())

    def get(self, name: str) -> Channel | None:
        """Return the channel of that name; None when it is not in use any more."""
        return self._channels.get(name)

    @property
    def repeatable(self) -> frozenset[str]:
        """The names of the channels on which repeating does no harm."""
        return frozenset(channel.name for channel in self if channel.repeatable)
