"""Stream to a visitor what is said to them, from where they stopped reading."""

import json
from typing import Final

from aiohttp_sse import EventSourceResponse

from bot.channels.web.payload import show
from bot.domain.audit import FeedEvent
from bot.domain.ids import IdentityId, MessageId
from bot.domain.messages import Delivery
from bot.edge.feed import Feed
from bot.services import visits
from bot.services.visits import State
from bot.store.unit_of_work import Database

HEARTBEAT_S: Final = 15.0


class Stream:
    """Be one open event stream of a visitor."""

    def __init__(
        self, database: Database, feed: Feed, identity_id: IdentityId, after: MessageId, out: EventSourceResponse
    ) -> None:
        self._database, self._feed, self._out = database, feed, out
        self._identity_id, self._after = identity_id, after
        self._state: State | None = None

    async def run(self) -> None:
        """Send what the visitor has not seen, then all that comes, until they go."""
        with self._feed.listen(self._identity_id) as lines:
            await self._catch_up()
            while self._out.is_connected():
                line = await lines.next(HEARTBEAT_S)
                if lines.overflowed:
                    lines.resume()
                    await self._catch_up()
                elif line is not None and line.kind == "typing":
                    await self._send("typing", {"author": line.details["author"], "on": line.details["on"]})
                elif line is not None and not _is_unseen(line):
                    await self._show_news()

    async def _catch_up(self) -> None:
        while await self._show_news():
            pass

    async def _show_news(self) -> bool:
        """Send one page of news and, if it changed, the state; return whether there was a message.

        For a line of the feed one page is enough: every message that is sent has a line of its own.
        """
        shown = await self._database.read(visits.news, self._identity_id, self._after)
        for message in shown.messages:
            name = shown.names.get(message.agent_id) if message.agent_id else None
            await self._send("message", show(message, name), str(message.id))
            self._after = message.id
        if shown.state != self._state:
            self._state = shown.state
            await self._send("state", state_for_page(shown.state))
        return bool(shown.messages)

    async def _send(self, event: str, data: object, event_id: str | None = None) -> None:
        await self._out.send(json.dumps(data, ensure_ascii=False), event=event, id=event_id)


def _is_unseen(line: FeedEvent) -> bool:
    """Say whether a line tells of a message that the visitor does not see: their own, or one that has not gone out."""
    return line.kind == "message" and line.details["delivery"] != Delivery.SENT


def state_for_page(state: State) -> dict[str, object]:
    """Return a state as the page reads it."""
    shown: dict[str, object] = {"owner": state.owner.value, "rating": state.rating}
    if state.agent:
        shown["agent"] = state.agent
    return shown
