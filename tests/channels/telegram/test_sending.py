"""The outbox against a Telegram in trouble: nothing is lost, nothing is said twice, nobody waits for somebody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.channels.delivery import Sender
from bot.channels.pacing import Pacer
from bot.channels.registry import Registry
from bot.clock import utc_now
from bot.store.unit_of_work import Database
from tests import build
from tests.channels.outboxes import queue, said, states, until
from tests.channels.telegram.courier import TelegramCourier
from tests.channels.telegram.fake.server import FakeTelegram
from tests.channels.telegram.fake.troubles import Trouble, refusal, too_fast
from tests.channels.telegram.outbox import telegram


@dataclass
class House:
    """Be a sender with a record on one side and a fake Telegram on the other."""

    fake: FakeTelegram
    sender: Sender
    database: Database

    def trouble(self, trouble: Trouble) -> None:
        self.fake.troubles.append(trouble)

    def queue(self, who: str, *texts: str) -> Any:
        conversation, identity = queue(self.database, who, *texts)
        self.sender.wake(identity)
        return conversation

    def states(self, conversation: Any) -> list[str]:
        return states(self.database, conversation)

    async def all_sent(self, *conversations: Any) -> None:
        await until(lambda: all(set(self.states(c)) == {"sent"} for c in conversations))


@asynccontextmanager
async def house(database: Database) -> AsyncIterator[House]:
    async with telegram() as (fake, api):
        sender = Sender(database, Registry(TelegramCourier(api, Pacer(300, 0.01, 200))), utc_now, chance=lambda: 0.5)
        try:
            yield House(fake, sender, database)
        finally:
            await sender.stop(0.2)


async def test_an_answer_goes_out_with_its_receipt(database: Database) -> None:
    async with house(database) as h:
        conversation = h.queue("7", "one", "two")
        await h.all_sent(conversation)
        assert h.fake.record.texts(7) == ["one", "two"]
        with database.reading() as uow:
            identity = build.identity(database, "7", "telegram")
            receipts = [uow.receipts.message_of(identity.id, str(taken.message_id)) for taken in h.fake.record.taken]
    assert receipts == [message.id for message in said(database, conversation)]


@pytest.mark.parametrize("given", [1, 1.0, "1"])
async def test_fault_11_too_fast_holds_up_one_chat_and_calls_no_more_than_needed(
    sqlite_database: Database, given: Any
) -> None:
    async with house(sqlite_database) as h:
        h.trouble(too_fast(given, chat=7))
        slow, other = h.queue("7", "one", "two"), h.queue("8", "one", "two", "three")
        await h.all_sent(other)
        assert h.states(slow) == ["pending", "pending"]
        await h.all_sent(slow)
        calls = [call for call in h.fake.record.of("sendMessage") if call.parameters["chat_id"] == 7]
    assert [call.status for call in calls] == [429, 200, 200]
    assert calls[1].at - calls[0].at >= 1


async def test_fault_11_a_chat_that_must_wait_an_hour_keeps_nobody_else_waiting(sqlite_database: Database) -> None:
    async with house(sqlite_database) as h:
        h.trouble(too_fast(3600, chat=7, times=1000))
        waiting = h.queue("7", "one")
        await until(lambda: h.fake.record.refused(429) == 1)
        others = [h.queue(str(chat), "one", "two", "three") for chat in range(100, 140)]
        await h.all_sent(*others)
        [message] = said(sqlite_database, waiting)
    assert message.delivery == "pending" and message.due_at is not None
    assert 3590 < (message.due_at - utc_now()).total_seconds() <= 3600
    assert h.fake.record.refused(429) == 1


@pytest.mark.parametrize(
    "trouble", [Trouble(status=500), Trouble(status=502, body=b"<html>"), Trouble(status=503, body=b'{"ok": fal'), too_fast()],
    ids=["500", "502", "503", "429 without a number"],
)  # fmt: skip
async def test_fault_12_what_telegram_did_not_take_is_tried_again(sqlite_database: Database, trouble: Trouble) -> None:
    async with house(sqlite_database) as h:
        h.trouble(replace(trouble))
        conversation = h.queue("7", "one", "two")
        await h.all_sent(conversation)
    assert h.fake.record.texts(7) == ["one", "two"]


@pytest.mark.parametrize("deed", ["hang", "reset", "half"])
async def test_fault_12_what_telegram_may_have_taken_is_flagged_and_not_repeated(
    sqlite_database: Database, deed: str
) -> None:
    async with house(sqlite_database) as h:
        h.trouble(Trouble(deed, is_taken=True))
        conversation = h.queue("7", "one", "two")
        await until(lambda: h.states(conversation) == ["ambiguous", "sent"])
    assert h.fake.record.texts(7) == ["one", "two"]


@pytest.mark.parametrize(
    "refused", [refusal(403, "Forbidden: bot was blocked by the user"), refusal(400, "Bad Request: chat not found")]
)
async def test_fault_13_a_customer_who_blocked_us_is_marked_and_not_written_to_again(
    sqlite_database: Database, refused: Trouble
) -> None:
    async with house(sqlite_database) as h:
        h.trouble(replace(refused, chat=7))
        gone, other = h.queue("7", "one", "two"), h.queue("8", "one")
        await h.all_sent(other)
        await until(lambda: h.states(gone) == ["failed", "failed"])
        assert len([call for call in h.fake.record.calls if call.parameters["chat_id"] == 7]) == 1
    assert not build.identity(sqlite_database, "7", "telegram").reachable
    assert build.identity(sqlite_database, "8", "telegram").reachable
    assert said(sqlite_database, gone)[0].failure


async def test_fault_14_a_message_that_telegram_does_not_like_fails_and_the_next_one_goes(
    sqlite_database: Database,
) -> None:
    async with house(sqlite_database) as h:
        h.trouble(refusal(400, "Bad Request: can't parse entities"))
        conversation = h.queue("7", "bad", "\u200b", "x" * 5000, "good")
        await until(lambda: h.states(conversation) == ["failed", "failed", "sent", "sent"])
    assert [len(text) for text in h.fake.record.texts(7)] == [4096, 904, 4]
    assert "parse entities" in (said(sqlite_database, conversation)[0].failure or "")


async def test_a_group_that_grew_is_followed_to_its_new_id(sqlite_database: Database) -> None:
    async with house(sqlite_database) as h:
        h.trouble(refusal(400, "Bad Request: upgraded", chat=-77, migrate_to_chat_id=-100500))
        conversation = h.queue("-77:7", "one", "two")
        await h.all_sent(conversation)
    assert h.fake.record.texts(-100500) == ["one", "two"]


async def test_a_piece_that_fails_in_the_middle_is_tried_again_and_no_piece_comes_twice(
    sqlite_database: Database,
) -> None:
    text = "".join(f"{number:07d} " for number in range(2000))
    async with house(sqlite_database) as h:
        conversation = h.queue("7", text, "next")
        await until(lambda: len(h.fake.record.taken) >= 1)
        h.trouble(Trouble(status=500))
        await h.all_sent(conversation)
    *pieces, last = h.fake.record.texts(7)
    assert (" ".join(pieces), last) == (text.strip(), "next")


async def test_a_process_that_ends_leaves_no_more_in_doubt_than_it_had_in_its_hands(sqlite_database: Database) -> None:
    async with house(sqlite_database) as h:
        h.trouble(Trouble("hang", times=1000))
        conversations = [h.queue(str(chat), "one", "two") for chat in range(100, 120)]
        await until(lambda: len(h.fake.record.calls) == TelegramCourier.at_once)
        await asyncio.sleep(0)
        sending = sum(states(sqlite_database, c).count("sending") for c in conversations)
    assert sending == TelegramCourier.at_once
