import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from bot.desk import events
from tests.desk.conftest import Enter
from tests.desk.house import Browser, House


async def follow(browser: Browser, after: int | None = None) -> AsyncIterator[tuple[str, int, dict[str, Any]]]:
    headers = {"Last-Event-ID": str(after)} if after is not None else {}
    async with browser.client.get("/desk/events", headers=headers) as answer:
        assert answer.status == 200
        line: dict[str, str] = {}
        async for raw in answer.content:
            text = raw.decode().strip()
            if text:
                name, _, value = text.partition(": ")
                line[name] = value
            elif "event" in line:
                yield line["event"], int(line.get("id", 0)), json.loads(line["data"])
                line = {}


async def take(
    stream: AsyncIterator[tuple[str, int, dict[str, Any]]], number: int
) -> list[tuple[str, int, dict[str, Any]]]:
    return [await asyncio.wait_for(anext(stream), 5) for _ in range(number)]


async def test_what_was_missed_comes_first_and_then_what_happens_without_gap_or_repetition(
    house: House, enter: Enter
) -> None:
    house.hire("lina")
    browser = await enter("lina")
    house.hear("first secret words", "a")
    stream = follow(browser, 0)
    missed = house.look(lambda uow: uow.feed.latest())
    lines = await take(stream, missed)
    await asyncio.to_thread(house.hear, "second secret words", "a")
    lines += await take(stream, 1)
    assert [seq for _, seq, _ in lines] == list(range(1, missed + 2))
    assert "secret" not in json.dumps([line for _, _, line in lines])
    await stream.aclose()  # type: ignore[attr-defined]


async def test_who_was_away_for_too_long_is_told_to_load_afresh(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter("lina")
    for number in range(events.MOST_MISSED + 1):
        house.database.perform(lambda uow, n=number: uow.tell("profile", house.clock(), customer_id=str(n)))
    for after in (0, 10**12):
        stream = follow(browser, after)
        ((name, seq, _),) = await take(stream, 1)
        assert name == "resync" and seq == house.look(lambda uow: uow.feed.latest())
        await stream.aclose()  # type: ignore[attr-defined]


async def test_a_place_that_is_no_number_is_refused(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter("lina")
    answer = await browser.client.get("/desk/events", headers={"Last-Event-ID": "x"})
    assert answer.status == 400
