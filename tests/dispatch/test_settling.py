"""A turn waits while an earlier message may still be under way; a wish for a person never does."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.clock import utc_now
from bot.dispatch.brain import Brain
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId
from bot.services import handoffs, messaging
from bot.services.messaging import NextTurn, Received
from bot.store.unit_of_work import Database
from tests import build
from tests.dispatch.scripted_brain import TOKEN, ScriptedBrain
from tests.services.arriving import owner_of, said


class Channel:
    """Say how long turns of which channel wait, and remember who asked."""

    def __init__(self) -> None:
        self.seconds, self.asked = 3_600.0, list[str]()
        self.was_asked = asyncio.Event()

    def settling(self, name: str, age_s: float) -> float:
        assert 0 <= age_s < 60
        self.asked.append(name)
        self.was_asked.set()
        return self.seconds


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
async def brain() -> AsyncIterator[ScriptedBrain]:
    async with ScriptedBrain().serve() as served:
        yield served


@pytest.fixture
async def dispatcher(sqlite_database: Database, brain: ScriptedBrain, channel: Channel) -> AsyncIterator[Dispatcher]:
    async def typing(_turn: NextTurn, _on: bool) -> None:
        return None

    asked, is_ready = Brain([brain.url], TOKEN), asyncio.Event()
    made = Dispatcher(sqlite_database, asked, utc_now, typing, fetched=frozenset(), settling=channel.settling)
    asked.on_ready = is_ready.set
    watching = asyncio.create_task(asked.watch())
    async with asyncio.timeout(10):
        await is_ready.wait()
    yield made
    await made.stop(1)
    watching.cancel()
    await asked.close()


def receive(database: Database, text: str, order: int, kind: str = "text") -> ConversationId:
    incoming = replace(build.incoming(text, platform_id=f"p{order}"), platform_order=order, kind=kind)
    received = database.perform(messaging.receive, incoming, utc_now())
    assert isinstance(received, Received)
    return received.conversation_id


async def test_a_turn_waits_and_then_the_first_in_the_platforms_order_is_answered(
    sqlite_database: Database, dispatcher: Dispatcher, brain: ScriptedBrain, channel: Channel
) -> None:
    conversation_id = receive(sqlite_database, "second", 2)
    assert await dispatcher.step(conversation_id) == 3_600
    assert brain.asked == [] and channel.asked == ["web"]
    receive(sqlite_database, "first", 1)
    channel.seconds = 0.0
    while await dispatcher.step(conversation_id) is not None:
        pass
    assert brain.texts("/turn") == ["first", "second"]


async def test_a_lane_looks_again_by_itself_when_the_time_is_over(
    sqlite_database: Database, dispatcher: Dispatcher, brain: ScriptedBrain, channel: Channel
) -> None:
    channel.seconds = 0.05
    dispatcher.wake(receive(sqlite_database, "hello", 1))
    async with asyncio.timeout(10):
        await channel.was_asked.wait()
    channel.seconds = 0.0
    await brain.asked_about("hello")


@pytest.mark.parametrize(("text", "kind"), [("转人工", "text"), ("/human", "command")])
async def test_a_wish_for_a_person_waits_for_nothing(
    sqlite_database: Database, dispatcher: Dispatcher, text: str, kind: str
) -> None:
    receive(sqlite_database, "hello", 1)
    conversation_id = receive(sqlite_database, text, 2, kind)
    assert await dispatcher.step(conversation_id) == 0
    assert owner_of(sqlite_database, conversation_id) is Owner.WAITING
    assert len(said(sqlite_database, conversation_id)) == 1


async def test_while_a_person_has_the_conversation_nothing_waits(
    sqlite_database: Database, dispatcher: Dispatcher, brain: ScriptedBrain, channel: Channel
) -> None:
    conversation_id = receive(sqlite_database, "hello", 1)
    sqlite_database.perform(handoffs.claim, conversation_id, build.user(sqlite_database), utc_now())
    assert await dispatcher.step(conversation_id) == 0
    assert brain.texts("/understand") == ["hello"] and channel.asked == []
