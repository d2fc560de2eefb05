"""Say what a channel is, and know the ones that are in use."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from aiohttp import web

from bot.domain.attachments import Attachment
from bot.domain.messages import Address, Outgoing
from bot.domain.reply_plan import Bundle, Terms


class Channel(Protocol):
    """Be one platform whose reader comes to us (the web chat): what is marked as sent is there to be fetched."""

    name: str
    takes_files: bool
    """Whether somebody at the desk can send a file there."""

    def add_routes(self, app: web.Application) -> None:
        """Add the channel's webhooks and pages; nothing is called on the network here."""

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show or hide that an answer is being written; never fails."""


@runtime_checkable
class Courier(Channel, Protocol):
    """Be one platform to which messages have to be brought, over a network that may fail."""

    at_once: int
    """How many sends may be under way at the same time: should this process be killed, so many are in doubt."""

    def parts(self, outgoing: Outgoing) -> int:
        """Return in how many pieces a message goes there; the platform may limit their length."""

    async def ready_for(self, to: Address) -> None:
        """Wait until the platform's limits allow one more message, and count it.

        Raises TryLater when it is this customer's chat that has to rest.
        """

    async def send(self, outgoing: Outgoing) -> str | None:
        """Give one piece (``outgoing.part``) of a message to the platform and return its id there, if it has one.

        Raises TryLater when it may go later, Moved when the customer has another id now, Unreachable or Undeliverable
        when it never will. Any other exception means that nobody knows whether it arrived.
        """


@runtime_checkable
class Planned(Channel, Protocol):
    """Be a platform that allows only so many messages: what goes next, how, and whether at all, is decided with a plan."""

    at_once: int
    """How many calls may be under way at the same time; replies to pushes are not counted."""

    def terms(self, to: Address) -> Terms:
        """Return what can be offered to this customer now: the length of a message, and the pushes that wait for a reply."""

    async def ready_for(self, to: Address) -> None:
        """Wait until the platform's pace allows one more call, as a courier does; raises TryLater."""

    async def give(self, bundle: Bundle) -> str | None:
        """Give a bundle to the platform and return its id there, if it has one.

        One that replies to a push has been given when nothing shows any more that it was not taken. Raises what a courier's
        ``send`` raises, WindowClosed when the platform allows no more, NotTaken when the push did not wait or came again.
        """


@runtime_checkable
class FileKeeper(Channel, Protocol):
    """Be a platform that keeps the files which customers send."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the content of a file; raises TryLater, or Undeliverable when it is gone or too large."""


@runtime_checkable
class Worker(Channel, Protocol):
    """Be a channel that works by itself while the front runs."""

    async def run(self) -> None:
        """Work until cancelled; return when there is nothing to do."""


@runtime_checkable
class Overtaken(Channel, Protocol):
    """Be a platform whose deliveries may overtake each other."""

    def settling(self, age_s: float) -> float:
        """Return the seconds for which a message that came so long ago waits: an earlier one may still be under way."""


class Registry:
    """Hold the channels by name."""

    def __init__(self, *channels: Channel) -> None:
        self._channels = {channel.name: channel for channel in channels}
        self.fetched = frozenset(channel.name for channel in channels if not isinstance(channel, Courier | Planned))
        """The names of the channels whose readers fetch for themselves: nothing there is ever half sent."""
        self._overtaken = {channel.name: channel for channel in channels if isinstance(channel, Overtaken)}

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._channels.values())

    def get(self, name: str) -> Channel | None:
        """Return the channel of that name; None when it is not in use any more."""
        return self._channels.get(name)

    def courier(self, name: str) -> Courier | None:
        """Return the channel of that name if messages have to be brought there."""
        channel = self._channels.get(name)
        return channel if isinstance(channel, Courier) else None

    def planned(self, name: str) -> Planned | None:
        """Return the channel of that name if what goes there is decided with a plan."""
        channel = self._channels.get(name)
        return channel if isinstance(channel, Planned) else None

    def settling(self, name: str, age_s: float) -> float:
        """Return the seconds for which a message of a channel waits: 0 where deliveries come in order."""
        channel = self._overtaken.get(name)
        return channel.settling(max(0.0, age_s)) if channel is not None else 0.0

    def workers(self) -> list[Worker]:
        """Return the channels that work by themselves."""
        return [channel for channel in self if isinstance(channel, Worker)]


CHANNELS = web.AppKey("channels", Registry)
"""Where the app keeps them, for the front and for the desk."""
