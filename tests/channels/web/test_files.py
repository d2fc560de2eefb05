"""A visitor gets the files that were sent to them, and nobody else's."""

import pytest
from aiohttp import web

from bot.domain.attachments import Attachment
from bot.domain.ids import identity_id_of
from bot.domain.messages import Author, Delivery
from bot.edge.keys import CLOCK, DATABASE
from bot.services import handoffs, replies
from bot.services.replies import Enclosure
from tests import build
from tests.front.conftest import Client, brain, client, visitor
from tests.front.visitor import Visitor

__all__ = ["brain", "client", "visitor"]
SVG = Enclosure(Attachment("document", None, "drawing.svg", "image/svg+xml", 6), b"<svg/>")
PICTURE = Enclosure(Attachment("photo", None, "杯子.png", "image/png", 4), b"\x89PNG")


@pytest.fixture
def app(client: Client) -> web.Application:
    found = client.app
    assert found is not None
    return found


async def send(app: web.Application, visitor: Visitor, *enclosures: Enclosure) -> list[int]:
    """Have an agent send files to somebody who has just written; return the ids of the messages."""
    await visitor.write("I want to talk to a person")
    database, now = app[DATABASE], app[CLOCK]()
    identity = identity_id_of("web", "web", visitor.external_id)
    conversation = await database.read(lambda uow: uow.conversations.latest_of(identity))
    assert conversation is not None
    anna = await database.read(lambda uow: uow.users.by_name("anna")) or build.user(database)
    await database.write(handoffs.claim, conversation.id, anna, now)
    return [
        (await database.write(replies.reply, conversation.id, anna, "", None, now, enclosure=one)).message_id
        for one in enclosures
    ]


def url(message_id: object, visitor: Visitor) -> str:
    return f"/channels/web/files/{message_id}?visitor={visitor.token}"


async def test_a_file_is_announced_in_the_stream_and_in_the_history(app: web.Application, visitor: Visitor) -> None:
    async with visitor.listen() as events:
        picture, drawing = await send(app, visitor, PICTURE, SVG)
        told = []
        while len(told) < 2:
            message = (await events.message())["data"]
            told += [message] if message["author"] == "person" else []
    wanted = [
        (str(picture), {"name": "杯子.png", "size": 4, "is_picture": True}),
        (str(drawing), {"name": "drawing.svg", "size": 6, "is_picture": False}),
    ]
    assert [(one["id"], one["file"]) for one in told] == wanted
    kept = [one for one in (await visitor.history())["items"] if one["author"] == "person"]
    assert [(one["id"], one["file"]) for one in kept] == wanted
    for (message_id, _), enclosure in zip(wanted, (PICTURE, SVG), strict=True):
        answer = await visitor.client.get(url(message_id, visitor))
        assert await answer.read() == enclosure.content


async def test_a_file_comes_with_headers_that_let_it_do_nothing(app: web.Application, visitor: Visitor) -> None:
    picture, drawing = await send(app, visitor, PICTURE, SVG)
    await _until_sent(app, visitor, 2)
    for message_id, media_type, way in (
        (picture, "image/png", "inline"), (drawing, "application/octet-stream", "attachment"),
    ):  # fmt: skip
        answer = await visitor.client.get(url(message_id, visitor))
        assert (answer.status, answer.content_type) == (200, media_type)
        assert answer.headers["Content-Disposition"].startswith(way)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"].startswith("private")
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "sandbox" in policy
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert (await visitor.client.get(url(message_id, visitor), headers=tag)).status == 304


async def test_nobody_else_gets_it(app: web.Application, client: Client, visitor: Visitor) -> None:
    (message_id,) = await send(app, visitor, PICTURE)
    await _until_sent(app, visitor, 1)
    stranger = await Visitor.arrive(client)
    assert (await client.get(url(message_id, stranger))).status == 404
    for token in ("", "forged", visitor.token + "x"):
        assert (await client.get(f"/channels/web/files/{message_id}?visitor={token}")).status == 401


async def test_what_has_no_file_or_was_not_sent_is_not_there(app: web.Application, visitor: Visitor) -> None:
    (message_id,) = await send(app, visitor, PICTURE)
    await _until_sent(app, visitor, 1)
    for other in (message_id - 1, 10**17, "x", "-1"):
        assert (await visitor.client.get(url(other, visitor))).status == 404
    await app[DATABASE].write(lambda uow: setattr(uow.messages.get(message_id), "delivery", Delivery.WITHHELD))
    assert (await visitor.client.get(url(message_id, visitor))).status == 404


async def _until_sent(app: web.Application, visitor: Visitor, count: int) -> None:
    """Read the stream until the files of an agent have gone out."""
    async with visitor.listen() as events:
        seen = 0
        while seen < count:
            seen += (await events.message())["data"]["author"] == Author.PERSON
