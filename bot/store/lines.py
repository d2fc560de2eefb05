"""Let transactions wait in line for their thread, those that somebody outside waits for before all others."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

R = TypeVar("R")
_Waiting = deque[tuple["Future[Any]", Callable[[], Any]]]


class Lines:
    """Run jobs in threads: the first of those that are urgent, else the first of the others. What was given is run."""

    def __init__(self, threads: int, name: str) -> None:
        self._threads: Final = ThreadPoolExecutor(threads, name)
        self._urgent: Final[_Waiting] = deque()
        self._others: Final[_Waiting] = deque()

    def submit(self, job: Callable[[], R], *, is_urgent: bool = False) -> "Future[R]":
        """Put a job in line; each one calls for a thread, which then takes whichever is first."""
        place: Future[R] = Future()
        (self._urgent if is_urgent else self._others).append((place, job))
        self._threads.submit(self._run_first)
        return place

    def close(self) -> None:
        """Run what waits, then let the threads go."""
        self._threads.shutdown(wait=True)

    def _run_first(self) -> None:
        try:
            place, job = self._urgent.popleft()
        except IndexError:
            place, job = self._others.popleft()
        try:
            place.set_result(job())
        except BaseException as error:
            place.set_exception(error)
