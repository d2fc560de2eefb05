"""Pushes that wait: each takes one reply, comes again if it was not taken, and is let go when the house is slow."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.wechat.passive import CROWD, LARGEST_CROWD, PROBE_EVERY, Held, Slots
from bot.clock import utc_now
from bot.domain.ids import IdentityId
from bot.errors import NotTaken

LIN = IdentityId("lin")
SHORT_S = 0.02


def hold(slots: Slots, key: str = "push", who: IdentityId = LIN, *, age_s: float = 0) -> Held | None:
    now = utc_now()
    return slots.open(who, key, now - timedelta(seconds=age_s), now)


def held_by(slots: Slots, key: str = "push", who: IdentityId = LIN) -> Held:
    held = hold(slots, key, who)
    assert held is not None
    return held


async def begun(slots: Slots, key: str = "push", text: str = "words") -> "asyncio.Task[None]":
    """Give a reply, and go on while nobody knows yet whether it was taken."""
    giving = asyncio.create_task(slots.give(LIN, key, text))
    await asyncio.sleep(0)
    return giving


async def test_a_push_takes_the_reply_that_is_given_to_it_and_no_second_one() -> None:
    slots = Slots(utc_now, 5)
    held = held_by(slots)
    assert [slot.key for slot in slots.of(LIN)] == ["push"]
    giving = await begun(slots)
    assert await slots.wait(held) == "words"
    assert slots.of(LIN) == ()
    with pytest.raises(NotTaken):
        await slots.give(LIN, "push", "more")
    slots.close()
    await giving


async def test_a_reply_whose_push_comes_again_was_not_taken() -> None:
    slots = Slots(utc_now, 5)
    held_by(slots)
    giving = await begun(slots)
    again = held_by(slots)
    with pytest.raises(NotTaken):
        await giving
    assert not again.reply.done()


async def test_a_reply_whose_connection_was_seen_to_break_was_not_taken() -> None:
    slots = Slots(utc_now, 5)
    held = held_by(slots)
    giving = await begun(slots)
    slots.lost(held)
    with pytest.raises(NotTaken):
        await giving


async def test_a_push_that_comes_again_while_it_waits_takes_the_place_of_the_broken_one() -> None:
    slots = Slots(utc_now, 5)
    first, second = held_by(slots), held_by(slots)
    assert await slots.wait(first) is None
    giving = await begun(slots)
    assert await slots.wait(second) == "words"
    slots.close()
    await giving


async def test_a_reply_in_the_last_moment_is_said_and_never_lost() -> None:
    for after_s in (0.0, SHORT_S * 0.9, SHORT_S, SHORT_S * 1.1):
        slots = Slots(utc_now, SHORT_S)
        held = held_by(slots)
        waiting = asyncio.create_task(slots.wait(held))
        await asyncio.sleep(after_s)
        giving = await begun(slots)
        said = await waiting
        slots.close()
        if said is None:
            with pytest.raises(NotTaken):
                await giving
        else:
            await giving


async def test_the_last_delivery_of_a_push_is_not_held() -> None:
    slots = Slots(utc_now, 5)
    assert hold(slots, age_s=10) is None
    assert [hold(slots, "other") is not None for _ in range(3)] == [True, True, False]


async def test_a_push_that_waits_in_vain_is_receipted() -> None:
    slots = Slots(utc_now, SHORT_S)
    assert await slots.wait(held_by(slots)) is None


async def test_a_slow_house_holds_a_push_only_now_and_then() -> None:
    now = utc_now()
    slots = Slots(lambda: now, SHORT_S)
    slots.is_slow = True
    slots.release(held_by(slots, "probe"))
    assert hold(slots, "too soon") is None
    now += PROBE_EVERY
    assert hold(slots, "next probe") is not None


async def test_a_slow_house_holds_one_push_at_a_time_until_one_is_answered() -> None:
    slots = Slots(utc_now, SHORT_S)
    slots.is_slow = True
    probe = held_by(slots, "probe")
    assert hold(slots, "other", IdentityId("other")) is None
    giving = await begun(slots, "probe")
    assert await slots.wait(probe) == "words"
    assert all(hold(slots, f"push{n}", IdentityId(f"c{n}")) is not None for n in range(3))
    slots.close()
    await giving


async def test_a_crowd_is_let_go_long_before_its_time() -> None:
    slots = Slots(utc_now, 60)
    crowd = [held_by(slots, f"push{n}", IdentityId(f"c{n}")) for n in range(CROWD + 1)]
    async with asyncio.timeout(10):
        assert await asyncio.gather(*map(slots.wait, crowd)) == [None] * len(crowd)


async def test_where_there_is_no_other_way_even_a_slow_house_holds_many() -> None:
    slots = Slots(utc_now, SHORT_S, needs_replies=True)
    slots.is_slow = True
    found = [hold(slots, f"push{n}", IdentityId(f"c{n}")) for n in range(LARGEST_CROWD + 2)]
    assert [held is not None for held in found] == [True] * (LARGEST_CROWD + 1) + [False]


async def test_a_house_without_patience_or_about_to_stop_holds_nothing() -> None:
    assert hold(Slots(utc_now, 0)) is None
    slots = Slots(utc_now, 60)
    held = held_by(slots)
    slots.close()
    assert await slots.wait(held) is None
    assert hold(slots, "another") is None
