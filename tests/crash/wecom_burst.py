"""Let a crowd write to three accounts of WeCom while the front is killed again and again, and see what came of it."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.crash.channel_house import ChannelHouse
from tests.crash.crowd_outcome import ANSWER, Outcome
from tests.crash.reaper import Reaper
from tests.crash.waiting import eventually
from tests.crash.wecom_platform import Crowd, WecomPlatform, account_of

QUIET_WITHIN_S: Final = 300
CHUNK: Final = 20
AHEAD: Final = 120
"""The crowd is at most so far ahead of what was written down and sent, so that kills find both under way."""
GO_ON: Final = "go on"


@dataclass(frozen=True)
class Scene:
    """Be a house with WeCom at its door, and the seed of everything that is left to chance."""

    house: ChannelHouse
    platform: WecomPlatform
    seed: int


@dataclass(frozen=True)
class Burst:
    """Be what came of it; ``refused`` are path and code of every call that WeCom refused."""

    scene: Scene
    outcome: Outcome[str]
    refused: list[tuple[str, int]]
    lasted_s: float


@contextmanager
def scene(folder: Path, plan: Sequence[str]) -> Iterator[Scene]:
    """Set it up; ``plan`` arms the lives of the front with failpoints."""
    platform = WecomPlatform()
    house = ChannelHouse(folder, "wecom", platform.settings)
    try:
        house.start(plan)
        yield Scene(house, platform, random.randrange(1_000_000))
    finally:
        house.close()
        platform.close()


def pour(scene: Scene, crowd: Crowd, kills: int) -> Burst:
    """Let everybody write, and wait until everything is answered; who was owed more than WeCom allows writes once more."""
    house, writes, started_at = scene.house, crowd.writes(), time.monotonic()
    reaper = Reaper(house, kills, 2 * len(writes), scene.seed)
    reaper.start()
    for start in range(0, len(writes), CHUNK):
        due = 2 * start - AHEAD
        eventually(lambda due=due: house.progress() >= due, QUIET_WITHIN_S, "the crowd being heard")  # type: ignore[misc]
        scene.platform.write(writes[start : start + CHUNK], house.url)
    eventually(lambda: _all_written(house, len(writes)), QUIET_WITHIN_S, "all being written down and answered")
    reaper.join(QUIET_WITHIN_S)
    assert not reaper.is_alive()
    eventually(house.record.is_quiet, QUIET_WITHIN_S, "all being answered")
    house.wait_until_ready()
    owed = [external_id for external_id in crowd.ids if _is_owed(house.messages(external_id))]
    if owed:
        scene.platform.write([(account_of(one), one, GO_ON) for one in owed], house.url)
        eventually(
            lambda: not any(_is_owed(house.messages(one)) for one in owed), QUIET_WITHIN_S, "the rest being sent"
        )
    record = scene.platform.record()
    refused = [(path, code) for path, code in record["refused"]]
    return Burst(
        scene, Outcome.of(_read(crowd, record["taken"]), house.messages), refused, time.monotonic() - started_at
    )


def _all_written(house: ChannelHouse, count: int) -> bool:
    return house.progress() >= count and house.record.is_quiet()


def _is_owed(messages: list[dict[str, Any]]) -> bool:
    said = [one for one in messages if one["author"] != "customer"]
    asked = [one for one in messages if one["author"] == "customer"]
    return len(said) < len(asked) or any(one["delivery"] in ("kept", "pending", "sending") for one in said)


def _read(crowd: Crowd, taken: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the answers that each customer has read: what was sent may hold several, joined."""
    read: dict[str, list[str]] = {external_id: [] for external_id in crowd.ids}
    for one in taken:
        read[one["external_id"]] += [words for words in one["text"].split("\n\n") if words.startswith(ANSWER)]
    return read
