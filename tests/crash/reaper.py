"""Kill the front at moments that nobody chose, spread over the work and not over the clock."""

import random
import threading
from typing import Final

from tests.crash.channel_house import ChannelHouse
from tests.crash.waiting import eventually

PATIENCE_S: Final = 300


class Reaper(threading.Thread):
    """Strike so many times while ``work`` is done, as the house counts its progress."""

    def __init__(self, house: ChannelHouse, kills: int, work: int, seed: int) -> None:
        super().__init__(daemon=True)
        self._house = house
        self._moments = sorted(random.Random(seed).sample(range(work // 20, work * 19 // 20), kills))

    def run(self) -> None:
        for moment in self._moments:
            eventually(lambda due=moment: self._house.progress() >= due, PATIENCE_S, "the moment to strike")  # type: ignore[misc]
            self._house.front.kill()
