"""Follow the feed of the profile and pass every line to whoever listens in this process.

One follower for all: what this process has just committed is passed on at once, and twice a second it looks for what
others (the brain) have committed. A listener that does not keep up is told to resynchronise from the database and loses nothing.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import structlog

from bot.domain.audit import FeedEvent
from bot.store.unit_of_work import Database, UnitOfWork

LOOK_EVERY_S: Final = 0.5
BACKLOG: Final = 1_000
PAGE: Final = 500
log = structlog.get_logger(__name__)


class Listener:
    """Be one follower: a bounded queue of lines; ``overflowed`` says that some were dropped."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[FeedEvent] = asyncio.Queue(BACKLOG)
        self.overflowed = False

    async def next(self, timeout_s: float | None = None) -> FeedEvent | None:
        """Return the next line, or None when ``timeout_s`` passed without one or lines were dropped."""
        if self.overflowed:
            return None
        # Not asyncio.wait_for: on Python 3.11 it swallows a cancellation that comes together with the result.
        try:
            async with asyncio.timeout(timeout_s):
                return await self._queue.get()
        except TimeoutError:
            return None

    def resume(self) -> None:
        """Begin afresh after an overflow; the caller has read the database again."""
        self.overflowed = False

    def offer(self, event: FeedEvent) -> None:
        if self.overflowed:
            return
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            self.overflowed = True
            while not self._queue.empty():
                self._queue.get_nowait()


class Feed:
    """Read new lines of the feed and offer each to all listeners whom it concerns, in order."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: defaultdict[str | None, set[Listener]] = defaultdict(set)
        self._poked = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.seq = 0

    @contextlib.contextmanager
    def listen(self, identity_id: str | None = None) -> Iterator[Listener]:
        """Listen from now on to the lines about one identity, or to every line."""
        listener = Listener()
        self._listeners[identity_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[identity_id].discard(listener)
            if not self._listeners[identity_id]:
                del self._listeners[identity_id]

    def whisper(self, event: FeedEvent) -> None:
        """Tell those who listen to an identity what is true for the moment only (somebody is typing); it is not kept."""
        self._offer(event, event.details["identity_id"])

    async def start(self) -> None:
        """Remember where the feed stands; lines from here on are passed on."""
        self._loop = asyncio.get_running_loop()
        self.seq = await self._database.read(_latest)
        self._database.on_feed = self.poke

    def poke(self, events: list[FeedEvent]) -> None:
        """Say, from any thread, what this process has just committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take, events)

    async def run(self) -> None:
        """Pass lines on until cancelled; a database that fails is asked again."""
        while True:
            try:
                await self._pass_on()
            except Exception as error:  # the edge: whatever the database says, keep following
                log.warning("feed unreadable", reason=type(error).__name__)
                await asyncio.sleep(LOOK_EVERY_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._poked.wait()
            self._poked.clear()

    async def _pass_on(self) -> None:
        """Pass on what is new. A page that is not full was the last: what came after it has poked us again."""
        while True:
            events = await self._database.read(_after, self.seq)
            for event in events:
                self._tell(event)
            if len(events) < PAGE:
                return

    def _take(self, events: list[FeedEvent]) -> None:
        """Pass on our own lines without reading them again; if lines of others may stand before them, read them all."""
        for event in events:
            if event.seq > self.seq + 1:
                self._poked.set()
                return
            self._tell(event)

    def _tell(self, event: FeedEvent) -> None:
        """Offer a line to all and to those who listen to its identity; only once, whichever way it came."""
        if event.seq <= self.seq:
            return
        self.seq = event.seq
        self._offer(event, None)
        if (identity_id := event.details.get("identity_id")) is not None:
            self._offer(event, identity_id)

    def _offer(self, event: FeedEvent, identity_id: str | None) -> None:
        for listener in tuple(self._listeners.get(identity_id, ())):
            listener.offer(event)


def _latest(uow: UnitOfWork) -> int:
    return uow.feed.latest()


def _after(uow: UnitOfWork, seq: int) -> list[FeedEvent]:
    return uow.feed.after(seq, PAGE)
