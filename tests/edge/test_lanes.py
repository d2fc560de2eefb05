"""Lanes work on many keys at once, on each key one step at a time, and lose no wake-up."""

import asyncio
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edge.lanes import Lanes


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=40), st.integers(0, 3))
def test_every_piece_of_work_is_done_once_and_never_two_of_a_key_at_a_time(keys: list[str], yields: int) -> None:
    left: Counter[str] = Counter()
    done: Counter[str] = Counter()
    busy: set[str] = set()

    async def step(key: str) -> float | None:
        if not left[key]:
            return None
        assert key not in busy
        busy.add(key)
        left[key] -= 1
        for _ in range(yields):
            await asyncio.sleep(0)
        busy.discard(key)
        done[key] += 1
        return None  # the worst case: more work is only ever found by a wake-up

    async def play() -> None:
        lanes: Lanes[str] = Lanes("test", step)
        for number, key in enumerate(keys):
            left[key] += 1
            lanes.wake(key)
            if number % 3 == 0:
                await asyncio.sleep(0)
        async with asyncio.timeout(5):
            while sum(done.values()) < len(keys):
                for key in set(keys):
                    lanes.wake(key)
                await asyncio.sleep(0)
        await lanes.stop(1)

    asyncio.run(play())
    assert done == Counter(keys)


async def test_a_pause_ends_when_the_key_is_woken() -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def step(_key: str) -> float | None:
        if not first.is_set():
            first.set()
            return 60.0
        second.set()
        return None

    lanes: Lanes[str] = Lanes("test", step)
    lanes.wake("a")
    await first.wait()
    lanes.wake("a")
    async with asyncio.timeout(5):
        await second.wait()
    await lanes.stop(1)


async def test_a_step_that_fails_does_not_stop_its_neighbours() -> None:
    done = asyncio.Event()

    async def step(key: str) -> float | None:
        if key == "bad":
            raise LookupError
        done.set()
        return None

    lanes: Lanes[str] = Lanes("test", step)
    lanes.wake("bad")
    lanes.wake("good")
    async with asyncio.timeout(5):
        await done.wait()
    await lanes.stop(0.1)


async def test_stopping_lets_a_step_finish_and_starts_no_other() -> None:
    began, finish, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def step(_key: str) -> float | None:
        began.set()
        await finish.wait()
        ended.set()
        return 0

    lanes: Lanes[str] = Lanes("test", step)
    lanes.wake("a")
    await began.wait()
    stopping = asyncio.create_task(lanes.stop(5))
    await asyncio.sleep(0)
    lanes.wake("b")
    finish.set()
    await stopping
    assert ended.is_set()
