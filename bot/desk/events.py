"""Tell open pages, at once and without a gap, that something changed; what changed they fetch themselves.

A line names ids, owner, author and delivery, never words of a customer. ``Last-Event-ID`` is the place in the feed from which a page goes on.
"""

import asyncio
import contextlib
import json
from typing import Any, Final

from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from bot.desk import auth, reading
from bot.domain.audit import FeedEvent
from bot.edge.feed import Listener
from bot.edge.keys import DATABASE, FEED
from bot.services.users import SignedIn
from bot.store.unit_of_work import UnitOfWork

MOST_MISSED: Final = 500
"""Lines that are read again after a break; who missed more loads the page afresh."""
BEAT_S: Final = 15.0
"""How often, at least, the session behind an open stream is looked at again."""
_SHOWN: Final = ("message_id", "author", "owner", "delivery")


STREAMS = web.AppKey("streams", set[asyncio.Task[Any]])


class TooOld(Exception):
    """Say that a page has been away for too long to catch up line by line."""


async def stream(request: web.Request) -> web.StreamResponse:
    """Follow the feed until the page goes away or its session ends."""
    asked = reading.message_id(request.headers.get("Last-Event-ID") or request.query.get("after"))
    task = asyncio.current_task()
    streams = request.app[STREAMS]
    if task is not None:
        streams.add(task)
    try:
        with request.config_dict[FEED].listen() as listener:
            async with sse_response(request) as response:
                with contextlib.suppress(ConnectionError):
                    await _follow(request, response, listener, asked)
    finally:
        if task is not None:
            streams.discard(task)
    return response


async def end_streams(desk: web.Application) -> None:
    """End every open stream, so that the process can stop."""
    streams = desk[STREAMS]
    for task in tuple(streams):
        task.cancel()


async def _follow(request: web.Request, response: EventSourceResponse, listener: Listener, asked: int | None) -> None:
    loop = asyncio.get_running_loop()
    seq = asked if asked is not None else await request.config_dict[DATABASE].read(_latest)
    seq = await _catch_up(request, response, seq)
    looked_at = loop.time()
    while response.is_connected():
        event = await listener.next(BEAT_S)
        if listener.overflowed:
            listener.resume()
            seq = await _catch_up(request, response, seq)
        elif event is not None and event.seq > seq:
            await _send(response, event)
            seq = event.seq
        if loop.time() - looked_at >= BEAT_S or event is None:
            if not isinstance(await auth.look_up(request), SignedIn):
                await response.send("{}", event="signed-out")
                return
            looked_at = loop.time()


async def _catch_up(request: web.Request, response: EventSourceResponse, seq: int) -> int:
    """Send what was missed and return the place reached; ``resync`` when that would be too much or cannot be known."""
    try:
        missed = await request.config_dict[DATABASE].read(_missed, seq)
    except TooOld:
        latest = await request.config_dict[DATABASE].read(_latest)
        await response.send("{}", event="resync", id=str(latest))
        return latest
    for event in missed:
        await _send(response, event)
        seq = event.seq
    return seq


async def _send(response: EventSourceResponse, event: FeedEvent) -> None:
    line = {"kind": event.kind, "conversation": event.conversation_id, "customer": event.customer_id}
    line |= {name: event.details[name] for name in _SHOWN if name in event.details}
    await response.send(json.dumps(line), event="change", id=str(event.seq))


def _missed(uow: UnitOfWork, seq: int) -> list[FeedEvent]:
    latest, oldest = uow.feed.latest(), uow.feed.oldest()
    if seq > latest or latest - seq > MOST_MISSED or (oldest and seq < oldest - 1):
        raise TooOld
    return uow.feed.after(seq, MOST_MISSED)


def _latest(uow: UnitOfWork) -> int:
    return uow.feed.latest()
