"""The pacer keeps every limit, whatever is asked of it, and wastes nothing of what is allowed."""

import asyncio
import heapq
from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.pacing import LEAD_S, Pacer, Plan
from bot.errors import TryLater

PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE = 30, 1.05, 20
ASKED = st.lists(
    st.tuples(
        st.integers(0, 40),  # the chat; the first five are groups
        st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.3, 4.0]),  # seconds since the one before
        st.floats(0, 0.2),  # how late the loop wakes us
    ),
    max_size=300,
)

SOME_TIME = st.sampled_from([0.0, 0.01, 0.1, 0.4])


def go(plan: Plan, chat: str, is_group: bool, now: float) -> float:
    """Send a message that takes no time; return when it went."""
    plan.give_leave(chat, is_group, now)
    at = plan.start(chat, is_group, now)
    assert at <= now + LEAD_S
    plan.arrive(chat, is_group, at)
    return at


def play(asked: list[tuple[int, float, float]]) -> list[tuple[str, float]]:
    """Return who went when, if everybody goes as soon as the plan and the loop allow."""
    plan, now, starts = Plan(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE), 1000.0, []
    for chat, pause, late in asked:
        now += pause
        name, is_group = str(chat), chat < 5
        due_at = max(plan.leave_due_at(now), plan.chat_due_at(name, is_group))
        if due_at > now:
            now = due_at + late
        now = go(plan, name, is_group, now)
        starts.append((name, now))
    return starts


def most_within(times: list[float], seconds: float) -> int:
    return max((bisect_left(times, at + seconds) - place for place, at in enumerate(times)), default=0)


@settings(deadline=None)
@given(ASKED)
def test_no_limit_is_ever_broken(asked: list[tuple[int, float, float]]) -> None:
    starts = play(asked)
    assert most_within([at for _, at in starts], 1.0) <= PER_SECOND
    per_chat = defaultdict(list)
    for chat, at in starts:
        per_chat[chat].append(at)
    for chat, times in per_chat.items():
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))
        if int(chat) < 5:
            assert most_within(times, 60.0) <= PER_GROUP_MINUTE - 1


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.001, 0.005, 0.01, 0.03]), min_size=1, max_size=20))
def test_what_is_allowed_is_used_even_when_the_loop_wakes_us_late(lateness: list[float]) -> None:
    starts = play([(100 + number, 0.0, lateness[number % len(lateness)]) for number in range(1000)])
    assert (len(starts) - 1) / (starts[-1][1] - starts[0][1]) >= 28


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), *[SOME_TIME] * 3), min_size=1, max_size=8), st.integers(6, 8))
@example([(8, 0.0, 0.4, 0.0), (40, 0.0, 0.0, 0.0)], 8)
@example([(8, 0.4, 0.0, 0.0), (40, 0.0, 0.0, 0.0)], 8)
def test_however_unevenly_messages_travel_the_platform_never_counts_too_many(
    spells: list[tuple[int, float, float, float]], at_once: int
) -> None:
    plan, now = Plan(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE), 0.0
    arrivals: list[float] = []
    coming: list[tuple[float, int, str, tuple[float, float] | None]] = []
    travels = [(mark, there, back) for messages, mark, there, back in spells for _ in range(messages)]

    def next_event() -> None:
        """Let a marked message start, or an answer come back."""
        at, number, chat, travel = heapq.heappop(coming)
        if travel is None:
            plan.arrive(chat, False, at)
        else:
            start_at = plan.start(chat, False, at)
            arrivals.append(start_at + travel[0])
            heapq.heappush(coming, (start_at + sum(travel), number, chat, None))

    for number, (mark, there, back) in enumerate(travels):
        while coming and (len(coming) == at_once or coming[0][0] <= max(now, plan.leave_due_at(now))):
            now = max(now, coming[0][0])
            next_event()
        now = max(now, plan.leave_due_at(now))
        plan.give_leave(str(number), False, now)
        heapq.heappush(coming, (now + mark, number, str(number), (there, back)))
    while coming:
        next_event()
    assert most_within(sorted(arrivals), 1.0) <= PER_SECOND


def test_a_chat_rests_from_the_moment_at_which_its_message_is_there() -> None:
    plan = Plan(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE)
    plan.give_leave("slow", True, 0.0)
    assert plan.start("slow", True, 0.4) == 0.4
    plan.arrive("slow", True, 0.8)
    assert plan.chat_due_at("slow", True) == pytest.approx(0.8 + PER_CHAT_S)


def test_leave_that_nobody_used_lapses_and_is_nobodys_loss() -> None:
    plan, now = Plan(PER_SECOND, 0.0, PER_GROUP_MINUTE), 0.0
    for number in range(200):
        while (due_at := plan.leave_due_at(now)) > now:
            now = due_at
        if number % 2:
            go(plan, f"used {number}", False, now)
        else:
            plan.give_leave(f"unused {number}", False, now)
    assert now < 200 / 28 + 4


def test_leave_that_nobody_uses_at_all_stops_nothing_for_long() -> None:
    plan, now = Plan(PER_SECOND, 0.0, PER_GROUP_MINUTE), 0.0
    for number in range(5 * PER_SECOND):
        while (due_at := plan.leave_due_at(now)) > now:
            now = due_at
        plan.give_leave(str(number), False, now)
    assert now < 12


def test_messages_that_take_their_time_count_once() -> None:
    plan, now = Plan(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE), 0.0
    for _ in range(PER_GROUP_MINUTE - 1):
        now = max(now, plan.leave_due_at(now), plan.chat_due_at("group", True))
        plan.give_leave("group", True, now)
        plan.arrive("group", True, plan.start("group", True, now + 0.01) + 0.02)
    assert plan.chat_due_at("group", True) > now + 30
    plan = Plan(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE)
    for number in range(1000):
        now = max(now, plan.leave_due_at(now))
        plan.give_leave(str(number), False, now)
        plan.arrive(str(number), False, plan.start(str(number), False, now + 0.03) + 0.01)
    assert plan.leave_due_at(now) - now < 0.1


def test_little_is_remembered_however_many_chats_there_are() -> None:
    plan = Plan(1_000_000, PER_CHAT_S, PER_GROUP_MINUTE)
    for number in range(20_000):
        go(plan, str(number), number % 10 == 0, number * 0.033)
        assert plan.remembered < 300


class Clock:
    """Be a clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 1e-6)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(asyncio, "sleep", clock.sleep)
    return clock


async def test_a_chat_that_has_to_wait_steps_aside_and_holds_up_nobody(clock: Clock) -> None:
    pacer = Pacer(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE, clock)
    await pacer.ready_for("a")
    with pytest.raises(TryLater) as refused:
        await pacer.ready_for("a")
    assert refused.value.after.total_seconds() == pytest.approx(PER_CHAT_S)
    await pacer.ready_for("b")
    assert clock.now < 0.1
    clock.now += PER_CHAT_S
    await pacer.ready_for("a")


async def test_two_members_of_one_group_do_not_pass_side_by_side(clock: Clock) -> None:
    pacer = Pacer(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE, clock)
    outcomes = await asyncio.gather(*(pacer.ready_for("-100", True) for _ in range(5)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), *[TryLater] * 4]


async def test_who_comes_first_goes_first(clock: Clock) -> None:
    pacer = Pacer(PER_SECOND, PER_CHAT_S, PER_GROUP_MINUTE, clock)
    order: list[int] = []

    async def send(number: int) -> None:
        await pacer.ready_for(str(number))
        async with pacer.begin(str(number)):
            order.append(number)

    await asyncio.gather(*map(send, range(100)))
    assert order == list(range(100))
    assert 100 / clock.now >= 28


async def test_someone_who_gives_up_waiting_takes_nothing_from_the_others() -> None:
    pacer = Pacer(3, 0.0, PER_GROUP_MINUTE)
    for name in "abc":
        await pacer.ready_for(name)
        async with pacer.begin(name):
            pass
    gone = asyncio.create_task(pacer.ready_for("gone"))
    await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(5):
        await pacer.ready_for("d")
    assert gone.cancelled()
