"""Polling confirms nothing that is not in the record, and no trouble ends it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import Conflict

from bot.channels.telegram import kinds
from bot.channels.telegram.poll import AT_LEAST_S, LONGEST_PAUSE_S, WAIT_S, Polling
from bot.domain.messages import Author
from bot.errors import RecordUnavailable, TryLater, UnreadablePayload
from bot.settings import Settings
from tests.channels.telegram.fake.troubles import Trouble, refusal
from tests.channels.telegram.test_payload import raw
from tests.channels.telegram.webhook_house import House, counted, eventually, open_house

Answer = list[dict[str, Any]] | Exception


@dataclass
class Script:
    """Be Telegram, the record and the clock, by script; ``done`` is set when every answer was given."""

    answers: list[Answer]
    refuse: dict[int, list[Exception]] = field(default_factory=dict)
    asked: list[int | None] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    states: list[bool] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def updates(self, offset: int | None, timeout_s: int, allowed: Sequence[str]) -> list[dict[str, Any]]:
        assert (timeout_s, tuple(allowed)) == (WAIT_S, kinds.READ)
        self.asked.append(offset)
        if not self.answers:
            self.done.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def take(self, raw: dict[str, Any]) -> None:
        if "update_id" not in raw:
            raise UnreadablePayload("no id")
        if self.refuse.get(raw["update_id"]):
            raise self.refuse[raw["update_id"]].pop(0)
        self.taken.append(raw["update_id"])

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def play(self) -> None:
        polling = asyncio.create_task(Polling(self, self.take, self.states.append, pause=self.pause).run())
        async with asyncio.timeout(10):
            await self.done.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


def batch(*ids: int) -> list[dict[str, Any]]:
    return [{"update_id": update_id} for update_id in ids]


async def test_an_offset_is_confirmed_after_all_before_it_are_written() -> None:
    script = Script([batch(5, 6), batch(7)])
    await script.play()
    assert (script.asked, script.taken, script.pauses) == ([None, 7, 8], [5, 6, 7], [])


async def test_after_an_empty_answer_the_offset_is_forgotten_so_that_a_new_count_of_ids_is_seen() -> None:
    script = Script([batch(900), [], batch(3), []])
    await script.play()
    assert script.asked == [None, 901, None, 4, None]
    assert script.taken == [900, 3]


async def test_a_record_that_is_away_is_waited_for_and_nothing_overtakes() -> None:
    script = Script([batch(1, 2, 3)], refuse={2: [RecordUnavailable("busy")] * 3 + [TryLater("no name")]})
    await script.play()
    assert (script.taken, script.asked) == ([1, 2, 3], [None, 4])
    assert len(script.pauses) == 4 and all(0 < pause <= LONGEST_PAUSE_S for pause in script.pauses)


async def test_an_update_without_an_id_stops_nobody() -> None:
    script = Script([[{"message": {}}, *batch(8)], [{"x": 1}], batch(9)])
    await script.play()
    assert (script.taken, script.asked) == ([8, 9], [None, 9, 9, 10])
    assert len(script.pauses) == 1


async def test_a_server_that_does_not_hold_the_question_is_not_asked_without_a_pause() -> None:
    script = Script([[], [], batch(1), []])
    await script.play()
    assert script.pauses == [AT_LEAST_S] * 3


async def test_trouble_with_the_net_is_answered_with_longer_and_longer_pauses() -> None:
    script = Script([OSError()] * 12 + [batch(1)] + [OSError()])
    await script.play()
    assert script.states == [False] * 12 + [True, False]
    assert script.pauses[0] <= 1.0 and max(script.pauses) <= LONGEST_PAUSE_S
    assert max(script.pauses[6:12]) > 10 * script.pauses[0]
    assert script.pauses[12] <= 1.0
    assert script.taken == [1]


async def test_a_pause_that_telegram_asks_for_is_kept() -> None:
    script = Script([TryLater("too fast", timedelta(seconds=47))])
    await script.play()
    assert script.pauses == [47]


async def test_a_conflict_is_told_once_with_its_remedy(logged: Callable[[], str]) -> None:
    script = Script([Conflict("webhook"), Conflict("webhook"), batch(1)])
    await script.play()
    lines = logged()
    assert lines.count("refuses to be polled") == 1 and "tingjian telegram delete-webhook" in lines
    assert script.taken == [1]


@pytest.fixture
async def house(chosen: Settings) -> AsyncIterator[House]:
    async with open_house(chosen, mode="polling", webhook_secret=None) as opened:
        yield opened


async def test_a_customer_is_answered_and_the_commands_are_offered(house: House) -> None:
    house.api.answers.add_updates([house.message("hello"), house.message("again")])
    await house.arrived("echo hello", "echo again")

    async def offered() -> bool:
        return len(house.api.record.of("setMyCommands")) == 3

    await eventually(offered)
    assert counted("tingjian_channel_up", channel="telegram") == 1
    assert house.api.record.wrong == []


async def test_updates_of_a_batch_that_was_confirmed_too_late_are_answered_once(house: House) -> None:
    updates = [house.message("hello"), house.message("again")]
    for _ in range(3):
        house.api.answers.add_updates(updates)
    await house.arrived("echo hello", "echo again")
    assert await house.said_by(Author.CUSTOMER) == ["hello", "again"]


async def test_polling_comes_back_after_every_kind_of_trouble(house: House) -> None:
    troubles = [
        Trouble("reset", method="getUpdates"), Trouble("half", method="getUpdates"),
        refusal(502, "Bad Gateway", method="getUpdates"), refusal(409, "Conflict", method="getUpdates"),
    ]  # fmt: skip
    house.api.troubles.extend(troubles)
    house.api.answers.add_updates([house.message("hello")])
    await house.arrived("echo hello")
    assert all(trouble.times == 0 for trouble in troubles)


@pytest.mark.parametrize("status", [400, 404])
async def test_a_server_that_does_not_tell_our_name_keeps_nobody_waiting(chosen: Settings, status: int) -> None:
    nameless = refusal(status, "Not Found", method="getMe", times=1_000)
    async with open_house(chosen, nameless, mode="polling", webhook_secret=None) as house:
        house.api.answers.add_updates([raw("group_mention"), raw("group_reply_to_us"), house.message("hello")])
        await house.arrived("echo hello")
        replied = await house.said_by(Author.CUSTOMER, "-1001234500042:5550101")
    assert replied == ["and on Sunday?"]


async def test_a_front_that_polls_stops_at_once(chosen: Settings) -> None:
    async with open_house(chosen, mode="polling", webhook_secret=None) as house:
        house.api.answers.add_updates([house.message("hello")])
        await house.arrived("echo hello")
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 5


async def test_a_token_that_telegram_does_not_know_is_said_and_asked_about_once_a_minute(
    chosen: Settings, logged: Callable[[], str]
) -> None:
    async with open_house(chosen, mode="polling", webhook_secret=None, token="1:unknown") as house:

        async def refused() -> bool:
            return house.api.record.refused(401) >= 2

        await eventually(refused)
        assert len(house.api.record.of("getUpdates")) == 1
    lines = logged()
    assert "does not know our token" in lines and "1:unknown" not in lines
