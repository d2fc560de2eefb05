"""Serve the front with one more channel, whose platform is a recording HTTP server: ``python -m tests.crash.recorded_front``.

The web channel can repeat a send without harm. Most platforms cannot: what reaches them twice, the customer reads twice.
"""

import os
from collections.abc import Iterable

import aiohttp
from aiohttp import web

from bot import front, logs, processes, settings
from bot.channels.registry import Channel
from bot.domain.messages import Address, Incoming, Outgoing
from bot.edge.json_body import read_object
from bot.edge.keys import CLOCK, DATABASE
from bot.serve import serve_front
from bot.services import messaging

CHANNEL = "recorder"
PLATFORM_URL = "RECORDER_URL"


class RecorderChannel:
    """Post every message to the platform; nothing there knows our message ids."""

    name = CHANNEL
    takes_files = False
    at_once = 1

    def __init__(self, platform_url: str) -> None:
        self._platform_url = platform_url

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/channels/recorder/messages", receive)

    def parts(self, outgoing: Outgoing) -> int:
        return 1

    async def ready_for(self, to: Address) -> None:
        """Be always ready: this platform has no limits."""

    async def send(self, outgoing: Outgoing) -> str | None:
        body = {"message_id": outgoing.message_id, "to": outgoing.to.external_id, "text": outgoing.text}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._platform_url, json=body, raise_for_status=True) as answer,
        ):
            return str((await answer.json())["id"])

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show nothing: this platform has no such sign."""


async def receive(request: web.Request) -> web.Response:
    """Take a message as a webhook does: 202 when it is in the record."""
    body = await read_object(request)
    incoming = Incoming(CHANNEL, CHANNEL, body["who"], body["id"], body["text"])
    await request.app[DATABASE].write(messaging.receive, incoming, request.app[CLOCK]())
    return web.json_response({}, status=202)


def channels(app: web.Application) -> Iterable[Channel]:
    return (*front.our_channels(app), RecorderChannel(os.environ[PLATFORM_URL]))


if __name__ == "__main__":
    logs.configure()
    chosen = settings.read(None)
    serve_front(chosen, processes.brain_urls(chosen), processes.brain_token(chosen), channels)
