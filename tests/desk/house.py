"""Stand a desk up over a real SQLite database, with people who work there and customers who have written."""

import asyncio
import contextlib
import dataclasses
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

import bot
from bot.channels.registry import CHANNELS, Registry
from bot.channels.web.channel import WebChannel
from bot.desk.app import add_desk
from bot.domain.conversation import Reason
from bot.domain.ids import ConversationId, MessageId
from bot.domain.messages import Incoming, Reply
from bot.domain.users import Role, User
from bot.edge.feed import Feed
from bot.edge.headers import set_headers
from bot.edge.keys import CLOCK, DATABASE, FEED, SETTINGS
from bot.services import handoffs, messaging, users
from bot.settings import Settings, read
from bot.store.unit_of_work import Database
from tests.desk.platform import Mute, Platform

ROOT = Path(bot.__file__).parent
PASSWORD = "a long enough password"
_HASH: list[str] = []


class Clock:
    """Tell the time that a test has set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


def settings(home: Path, url: str, public_url: str | None = None) -> Settings:
    return dataclasses.replace(read(None), home=home, database_url=url, public_url=public_url)


def make_app(database: Database, home: Path, clock: Any, public_url: str | None = None) -> web.Application:
    app = web.Application()
    app[SETTINGS] = settings(home, database.url, public_url)
    app[DATABASE], app[CLOCK], app[FEED] = database, clock, Feed(database)
    app.on_response_prepare.append(set_headers)
    app.cleanup_ctx.append(_run_feed)
    app.router.add_static("/static/", ROOT / "static")
    app.router.add_static("/desk/static/", ROOT / "desk/static")
    app[CHANNELS] = Registry(WebChannel(app), Platform(), Mute())
    add_desk(app)
    return app


async def _run_feed(app: web.Application) -> AsyncIterator[None]:
    await app[FEED].start()
    task = asyncio.create_task(app[FEED].run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@dataclass
class House:
    """Be a desk and what is behind it."""

    database: Database
    clock: Clock

    def hire(self, name: str, role: Role = Role.AGENT, shown: str | None = None) -> User:
        if not _HASH:
            _HASH.append(users.hash_password(PASSWORD))
        return self.database.perform(users.add_user, name, shown or name.title(), role, _HASH[0], self.clock())

    def hear(self, text: str, who: str = "visitor-1", name: str | None = None, channel: str = "web") -> Any:
        number = self.clock().timestamp()
        incoming = Incoming(channel, "shop", who, f"{who}:{number}:{text[:40]}", text, display_name=name)
        self.clock.pass_(seconds=1)
        received = self.database.perform(messaging.receive, incoming, self.clock())
        assert isinstance(received, messaging.Received)
        return received

    def answer(self, conversation_id: ConversationId, *texts: str) -> None:
        self.clock.pass_(seconds=1)
        turn = self.database.perform(messaging.next_turn, conversation_id, self.clock())
        assert isinstance(turn, messaging.NextTurn)
        self.database.perform(messaging.answer, turn, [Reply(text) for text in texts], self.clock())

    def call_person(self, message_id: MessageId, reason: Reason = Reason.WISH) -> None:
        self.database.perform(handoffs.bring_person, message_id, reason, "我来帮您找同事。", self.clock())

    def look(self, service: Any, *args: Any) -> Any:
        with self.database.reading() as uow:
            return service(uow, *args)


class Browser:
    """Be one browser at the desk: it keeps cookies and knows the token of the page it last saw."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client
        self.csrf = ""

    async def open(self, path: str, **more: Any) -> tuple[int, str]:
        answer = await self.client.get(path, **more)
        page = await answer.text()
        if found := re.search(r'<meta name="csrf" content="([^"]*)"', page):
            self.csrf = found[1]
        return answer.status, page

    async def sign_in(self, name: str, password: str = PASSWORD) -> int:
        await self.open("/desk/sign-in")
        form = {"csrf": self.csrf, "name": name, "password": password}
        answer = await self.client.post("/desk/sign-in", data=form, allow_redirects=False)
        if answer.status == 303:
            await self.open("/desk/preferences" if name == "mira" else "/desk/")
        return answer.status

    async def post(self, path: str, body: dict[str, Any] | None = None, **more: Any) -> tuple[int, Any]:
        headers = {"X-CSRF-Token": self.csrf, "Accept": "application/json", **more.pop("headers", {})}
        answer = await self.client.post(path, json=body or {}, headers=headers, allow_redirects=False, **more)
        return answer.status, await answer.json() if answer.content_type == "application/json" else await answer.text()
