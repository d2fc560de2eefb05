"""Kill the front with SIGKILL in the middle of a flood: nothing is lost, nothing is answered twice, the rest is flagged."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.crash.telegram_flood import Flood, pour, scene
from tests.crash.telegram_updates import Crowd

pytestmark = pytest.mark.crash

AT_ONCE = 8
"""As many sends are under way at the same time, so many may be in doubt after one kill."""
POINTS = ("front.after_send", "front.after_ack", "front.before_answer", "front.before_send")
OVERTAKEN_BY = 500


@dataclass(frozen=True)
class Plan:
    """Be how a mode is tried: the first lives of the front end at named points, passed so often; others at random."""

    crowd: Crowd
    times: int
    named: list[str]
    at_random: int
    least: int


PLANS = {
    "webhook": Plan(Crowd(200, 10), times=5, named=[f"{point}:40" for point in POINTS] * 3, at_random=8, least=10),
    "polling": Plan(Crowd(40, 10), times=0, named=[f"{point}:20" for point in POINTS], at_random=3, least=5),
}


@pytest.fixture(scope="module", params=PLANS)
def flood(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flood]:
    plan = PLANS[request.param]
    with scene(tmp_path_factory.mktemp(request.param), request.param, plan.named) as where:
        yield pour(where, plan.crowd, times=plan.times, spread=OVERTAKEN_BY, kills=plan.at_random)


def crowd_of(flood: Flood) -> Crowd:
    return PLANS[flood.scene.house.mode].crowd


def test_enough_was_killed(flood: Flood, capsys: pytest.CaptureFixture[str]) -> None:
    house, front = flood.scene.house, flood.scene.house.front
    with capsys.disabled():
        print(
            f"\n{house.mode}, seed {flood.scene.seed}: {front.kills} kills ({front.killed_by_us} at random, "
            f"{dict(front.killed_at)}) over {len(crowd_of(flood).updates())} updates in {flood.lasted_s:.0f} s; "
            f"{flood.delivered.broken} requests repeated, {flood.outcome.doubts} ambiguous sends (at most "
            f"{house.most_unsure_after_one_kill} after one kill)"
        )
    assert front.kills >= PLANS[house.mode].least
    assert front.killed_by_us >= 1 and front.killed_at.total() >= 1


def test_each_update_is_one_message_and_each_customers_stand_in_order(flood: Flood) -> None:
    crowd = crowd_of(flood)
    assert set(flood.delivered.statuses) <= {200}
    assert flood.outcome.written == {chat: crowd.texts(chat) for chat in crowd.chats}


def test_each_message_has_one_answer_in_order(flood: Flood) -> None:
    crowd = crowd_of(flood)
    assert flood.outcome.answers == {chat: [f"echo {text}" for text in crowd.texts(chat)] for chat in crowd.chats}


def test_what_did_not_arrive_is_in_doubt_and_nothing_arrives_twice(flood: Flood) -> None:
    assert set(flood.outcome.deliveries) <= {"sent", "ambiguous"}
    for chat, answers in flood.outcome.answers.items():
        reached, unsure = flood.outcome.reached[chat], flood.outcome.unsure[chat]
        assert reached == [answer for answer in answers if answer in reached]
        assert set(answers) - set(reached) <= set(unsure)


def test_no_kill_leaves_more_in_doubt_than_was_under_way(flood: Flood) -> None:
    house = flood.scene.house
    assert 0 < house.most_unsure_after_one_kill <= AT_ONCE
    assert flood.outcome.doubts <= AT_ONCE * house.front.kills


def test_telegram_was_asked_nothing_wrong(flood: Flood) -> None:
    assert flood.wrong == []
