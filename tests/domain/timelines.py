"""Play a customer, a platform that counts like Tencent, and a network between it and us, in virtual time.

The platform opens windows, brings each push up to three times and refuses every call that no open window allows. The house on the
other side is the real planner and the real ledger, with the least that is needed around them.
"""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, Protocol

from bot.domain.allowance import Grant, Occasion, Opening
from bot.domain.pushes import LAST_ATTEMPT, PUSH_LASTS

START: Final = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SLOWEST_S: Final = 0.7
"""The longest way through the network, one way, for which the house is made."""

BUDGET: Final = timedelta(seconds=4.2)
ANSWER_BEFORE: Final = timedelta(seconds=0.3)
CALL_GIVEN_UP_S: Final = 10.0


@dataclass(frozen=True)
class Act:
    """Be something the customer does: ``after_s`` seconds after the last, with a turn of so long that says so much."""

    after_s: float
    occasion: Occasion | None
    turn_s: float
    bubbles: tuple[int, ...]


@dataclass
class Terms:
    """Be what the platform gives, and how it attributes a message when several windows are open."""

    can_send: bool
    grants: dict[Occasion, Grant]
    attributes_to: str = "all"


class Clock:
    """Let things happen in the order of their times."""

    def __init__(self) -> None:
        self.now = START
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def at(self, moment: datetime, then: Callable[[], None]) -> None:
        heapq.heappush(self._due, (max(moment, self.now), next(self._count), then))

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        self.at(self.now + timedelta(seconds=seconds), then)

    def run(self, until: datetime | None = None) -> None:
        while self._due and (until is None or self._due[0][0] <= until):
            self.now, _, then = heapq.heappop(self._due)
            then()
        if until is not None:
            self.now = max(self.now, until)


class House(Protocol):
    """Be the side under test, as the platform meets it."""

    def pushed(self, push: "Push", attempt: "Attempt") -> None: ...


@dataclass
class Push:
    """Be something that the platform has to tell us."""

    key: str
    act: Act
    written_at: datetime
    attempts: int = 0


class Attempt:
    """Be one connection by which a push is brought; it takes one response."""

    def __init__(self, platform: "Platform", push: Push) -> None:
        self._platform, self.push = platform, push
        self.began_at = platform.clock.now
        self.is_open = True

    def respond(self, text: str | None) -> None:
        """Answer; the platform hears it only if it arrives in time on a connection that holds."""
        platform = self._platform
        if platform.random.random() < platform.broken:
            platform.clock.after(platform.way_s(), lambda: platform.cut(self))
        else:
            platform.clock.after(platform.way_s(), lambda: platform.heard(self, text))


@dataclass
class Window:
    opened_at: datetime
    closes_at: datetime
    left: int


@dataclass
class Platform:
    """Count like Tencent, and remember all that reached the customer and all that had to be refused."""

    clock: Clock
    terms: Terms
    random: Random
    broken: float = 0.0
    unknown: float = 0.0
    seen: list[str] = field(default_factory=list)
    refused: list[datetime] = field(default_factory=list)
    windows: dict[Occasion, Window] = field(default_factory=dict)
    house: House | None = None

    def way_s(self) -> float:
        """Return how long something is under way between the platform and us."""
        return self.random.uniform(0.001, SLOWEST_S if self.random.random() < 0.3 else 0.05)

    def act(self, key: str, act: Act) -> None:
        """Let the customer do something."""
        if act.occasion is not None:
            grant = self.terms.grants[act.occasion]
            self.windows[act.occasion] = Window(self.clock.now, self.clock.now + grant.lasts, grant.allowed)
        self._bring(Push(key, act, self.clock.now))

    def call(self, text: str, answered: Callable[[bool | None], None]) -> None:
        """Take a message by the API; ``answered`` hears True, False (refused), or None when nobody will ever know."""
        fate = self.random.random()
        if fate < self.unknown / 2:
            self.clock.after(CALL_GIVEN_UP_S, lambda: answered(None))
            return
        is_lost = fate < self.unknown
        self.clock.after(self.way_s(), lambda: self._take(text, answered, is_lost))

    def _take(self, text: str, answered: Callable[[bool | None], None], is_lost: bool) -> None:
        accepted = self._count()
        if accepted:
            self.seen.append(text)
        else:
            self.refused.append(self.clock.now)
        if is_lost:
            self.clock.after(CALL_GIVEN_UP_S, lambda: answered(None))
        else:
            self.clock.after(self.way_s(), lambda: answered(accepted))

    def _count(self) -> bool:
        able = [window for window in self.windows.values() if self.clock.now < window.closes_at and window.left > 0]
        if not self.terms.can_send or not able:
            return False
        able.sort(key=lambda window: window.opened_at)
        counted = {"all": able, "oldest": able[:1], "newest": able[-1:]}[self.terms.attributes_to]
        for window in counted:
            window.left -= 1
        return True

    def _bring(self, push: Push) -> None:
        push.attempts += 1
        attempt = Attempt(self, push)
        is_lost = push.attempts == 1 and self.random.random() < self.broken
        if not is_lost and self.house is not None:
            house = self.house
            self.clock.after(self.way_s(), lambda: house.pushed(push, attempt))
        self.clock.at(attempt.began_at + PUSH_LASTS, lambda: self.cut(attempt))

    def heard(self, attempt: Attempt, text: str | None) -> None:
        if attempt.is_open:
            attempt.is_open = False
            if text is not None:
                self.seen.append(text)

    def cut(self, attempt: Attempt) -> None:
        if attempt.is_open:
            attempt.is_open = False
            if attempt.push.attempts < LAST_ATTEMPT:
                self._bring(attempt.push)


def opening_of(push: Push, terms: Terms) -> Opening | None:
    """Return what a push says about windows; platforms tell whole seconds."""
    if push.act.occasion is None:
        return None
    at = push.written_at.replace(microsecond=0)
    return Opening("customer", push.act.occasion, at, terms.grants[push.act.occasion])
