"""Pour a crowd's updates over a house, kill its front meanwhile if that is wanted, and see what came of it."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.crash.crowd_outcome import ANSWER, Outcome
from tests.crash.reaper import Reaper
from tests.crash.telegram_house import SECRET, TelegramHouse
from tests.crash.telegram_platform import Platform
from tests.crash.telegram_updates import Crowd, Delivered, Postman
from tests.crash.waiting import eventually

FAST: Final = {"TELEGRAM_PER_SECOND": "1000"}
"""What is tested is the front: of the limits only that of one chat stays, one message a second."""
QUIET_WITHIN_S: Final = 600


@dataclass(frozen=True)
class Scene:
    """Be a house with Telegram at its door, and the seed of everything that is left to chance."""

    house: TelegramHouse
    platform: Platform
    seed: int


@dataclass(frozen=True)
class Flood:
    """Be what came of it."""

    scene: Scene
    outcome: Outcome[int]
    delivered: Delivered
    wrong: Sequence[str]
    lasted_s: float


@contextmanager
def scene(folder: Path, mode: str, plan: Sequence[str] = ()) -> Iterator[Scene]:
    """Set it up; ``plan`` arms the lives of the front with failpoints."""
    platform = Platform()
    house = TelegramHouse(folder, api_base=platform.url, token=platform.token, mode=mode, **FAST)
    try:
        house.start(plan)
        yield Scene(house, platform, random.randrange(1_000_000))
    finally:
        house.close()
        platform.close()


def pour(scene: Scene, crowd: Crowd, *, times: int = 5, spread: int | None = None, kills: int = 0) -> Flood:
    """Deliver to the webhook (or, with ``times`` 0, leave to be polled) and wait until everything is answered."""
    house, updates, started_at = scene.house, crowd.updates(), time.monotonic()
    reaper = Reaper(house, kills, 2 * len(updates), scene.seed)
    reaper.start()
    delivered = Delivered()
    if times == 0:
        scene.platform.post(updates)
    else:
        spread = len(updates) if spread is None else spread
        postman = Postman(house.webhook, SECRET, updates, times=times, seed=scene.seed, spread=spread)
        postman.start()
        postman.join(QUIET_WITHIN_S)
        assert not postman.is_alive()
        delivered = postman.delivered
    eventually(
        lambda: house.progress() >= len(updates) and house.record.is_quiet(), QUIET_WITHIN_S, "all being answered"
    )
    reaper.join(QUIET_WITHIN_S)
    assert not reaper.is_alive()
    eventually(house.record.is_quiet, QUIET_WITHIN_S, "all being answered")
    lasted_s = time.monotonic() - started_at
    house.wait_until_ready()
    record = scene.platform.record()
    return Flood(
        scene, Outcome.of(_reached(crowd, record["taken"]), house.messages), delivered, record["wrong"], lasted_s
    )


def _reached(crowd: Crowd, taken: list[dict[str, Any]]) -> dict[int, list[str]]:
    reached: dict[int, list[str]] = {chat: [] for chat in crowd.chats}
    for one in taken:
        if one["text"].startswith(ANSWER):
            reached[one["chat"]].append(one["text"])
    return reached
