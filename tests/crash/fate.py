"""Kill at moments that nobody chose: spread over the messages, not over the clock."""

import random
import threading
from collections import Counter
from collections.abc import Callable

import psutil

from tests.crash.house import House
from tests.crash.waiting import eventually

VICTIMS = ("front", "worker", "worker", "supervisor", "front", "worker", "front", "worker")


class Fate(threading.Thread):
    """Strike each victim when one more share of the messages has been accepted."""

    def __init__(self, house: House, accepted: Callable[[], int], expected: int, seed: int = 7) -> None:
        super().__init__(daemon=True)
        self.struck: Counter[str] = Counter()
        self._house, self._accepted = house, accepted
        self._moments = sorted(random.Random(seed).sample(range(expected // 20, expected), len(VICTIMS)))

    def run(self) -> None:
        for moment, victim in zip(self._moments, VICTIMS, strict=True):
            eventually(lambda due=moment: self._accepted() >= due, 600, "the moment to strike")  # type: ignore[misc]
            self._strike(victim)
            self.struck[victim] += 1

    def _strike(self, victim: str) -> None:
        if victim == "front":
            self._house.front.kill()
        elif victim == "supervisor":
            self._house.brain.kill()
        else:
            eventually(self._kill_a_worker, 60, "a worker to kill")

    def _kill_a_worker(self) -> bool:
        workers = self._house.worker_pids()
        if len(workers) != len(self._house.brain_urls):
            return False
        psutil.Process(workers[self.struck["worker"] % len(workers)]).kill()
        return True
