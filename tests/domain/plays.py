"""Make random plays of customer, platform and network, play them to their end, and see that nothing was lost on the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Protocol

from hypothesis import strategies as st

from bot.domain.allowance import Grant, Occasion
from tests.domain.timelines import Act, Clock, House, Platform, Terms

LIMIT = 2048
Tag = tuple[int, int]


class Played(House, Protocol):
    """Be a house of which can be asked what it believes; tags name what it said: the bubble and the place in it."""

    def waiting(self) -> list[Tag]: ...

    def believed_sent(self) -> list[Tag]: ...


@dataclass(frozen=True)
class Play:
    """Be everything that is left to chance."""

    acts: list[Act]
    terms: Terms
    seed: int
    broken: float
    unknown: float


TURNS = st.one_of(st.floats(0, 1), st.floats(3, 6), st.floats(0, 60), st.floats(54, 61))
PAUSES = st.one_of(st.floats(0, 0.5), st.floats(0, 8), st.floats(50, 65), st.floats(172_700, 172_900))
BUBBLES = st.lists(st.one_of(st.integers(8, 60), st.integers(900, 2_048), st.integers(2_048, 7_000)), max_size=7)
ACTS = st.builds(
    Act,
    PAUSES,
    st.sampled_from([Occasion.MESSAGE, Occasion.MESSAGE, Occasion.MESSAGE, Occasion.EVENT, None]),
    TURNS,
    BUBBLES.map(tuple),
)
TERMS = st.builds(
    Terms,
    st.sampled_from([True, True, False]),
    st.builds(
        lambda messages, events: {
            Occasion.MESSAGE: Grant(messages, timedelta(hours=48)), Occasion.EVENT: Grant(events, timedelta(minutes=1)),
        },
        st.integers(0, 5), st.integers(0, 3),
    ),
    st.sampled_from(["all", "oldest", "newest"]),
)  # fmt: skip
PLAYS = st.builds(
    Play, st.lists(ACTS, min_size=1, max_size=8), TERMS, st.integers(0, 2**32), st.sampled_from([0.0, 0.0, 0.2]),
    st.sampled_from([0.0, 0.0, 0.2]),
)  # fmt: skip


def play_of(seed: int) -> Play:
    """Make a play by chance alone: ten times as quick as hypothesis, which in return makes a failing one small."""
    random = Random(seed)
    acts = [_act(random) for _ in range(random.randint(1, 10))]
    grants = {
        Occasion.MESSAGE: Grant(random.randint(0, 5), timedelta(hours=48)),
        Occasion.EVENT: Grant(random.randint(0, 3), timedelta(minutes=1)),
    }
    terms = Terms(random.random() < 0.7, grants, random.choice(["all", "oldest", "newest"]))
    return Play(acts, terms, seed, random.choice([0.0, 0.0, 0.2]), random.choice([0.0, 0.0, 0.2]))


def _act(random: Random) -> Act:
    after_s = random.uniform(*random.choice([(0, 0.5), (0, 8), (50, 65), (172_700, 172_900)]))
    occasion = random.choice([Occasion.MESSAGE] * 3 + [Occasion.EVENT, None])
    turn_s = random.uniform(*random.choice([(0, 1), (3, 6), (0, 60), (54, 61)]))
    lengths = [(8, 60), (900, LIMIT), (LIMIT, 7_000)]
    return Act(
        after_s, occasion, turn_s, tuple(random.randint(*random.choice(lengths)) for _ in range(random.randint(0, 7)))
    )


def play_through(play: Play, house_of: Callable[[Clock, Platform, Terms], Played]) -> None:
    """Play, then let the customer write on until the house has nothing left; fail if anything went wrong."""
    clock = Clock()
    platform = Platform(clock, play.terms, Random(play.seed), play.broken, play.unknown)
    house = house_of(clock, platform, play.terms)
    at = clock.now
    for number, act in enumerate(play.acts):
        at += timedelta(seconds=act.after_s)
        clock.run(at)
        platform.act(f"push{number}", act)
    clock.run()
    check(platform, house)
    platform.broken = platform.unknown = 0.0
    for number in range(400):
        if not house.waiting():
            break
        clock.run(clock.now + timedelta(seconds=30))
        platform.act(f"afterwards{number}", Act(0, Occasion.MESSAGE, 0, ()))
        clock.run()
    assert not house.waiting(), "lost: it never left the house"
    check(platform, house)


def check(platform: Platform, house: Played) -> None:
    assert platform.refused == []
    assert all(len(text.encode()) <= LIMIT for text in platform.seen)
    seen = [tag for text in platform.seen for tag in tags_in(text)]
    assert seen == sorted(set(seen)), "out of order, or twice"
    assert set(house.believed_sent()) <= set(seen), "lost: the house believes that it arrived"


def tags_in(text: str) -> list[Tag]:
    return [(int(bubble), int(place)) for bubble, place in re.findall(r"\[(\d+)\.(\d+)\]", text)]
