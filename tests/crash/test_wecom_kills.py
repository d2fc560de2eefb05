"""Kill the front with SIGKILL while it pulls and answers: each message is there once and in order, answered once or flagged."""

from collections.abc import Iterator

import pytest

from tests.crash.wecom_burst import GO_ON, Burst, pour, scene
from tests.crash.wecom_platform import Crowd

pytestmark = pytest.mark.crash

CROWD = Crowd(customers=125, each=4)
AT_RANDOM = 20
AT_ONCE = 4
"""As many sends are under way at the same time, so many may be in doubt after one kill."""
NAMED = ["front.mid_page:9", "front.after_page:3", "front.before_page:2", "front.mid_page:13", "front.after_send:5"]


@pytest.fixture(scope="module")
def burst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Burst]:
    with scene(tmp_path_factory.mktemp("wecom"), NAMED) as where:
        yield pour(where, CROWD, AT_RANDOM)


def texts_of(burst: Burst, external_id: str) -> list[str]:
    """Return what a customer wrote; who was still owed an answer at the end wrote once more."""
    more = [GO_ON] if burst.outcome.written[external_id][-1] == GO_ON else []
    return CROWD.texts(external_id) + more


def test_enough_was_killed(burst: Burst, capsys: pytest.CaptureFixture[str]) -> None:
    house = burst.scene.house
    with capsys.disabled():
        print(
            f"\nseed {burst.scene.seed}: {house.front.kills} kills ({house.front.killed_by_us} at random, "
            f"{dict(house.front.killed_at)}) over {len(CROWD.writes())} messages in {burst.lasted_s:.0f} s; "
            f"{burst.outcome.doubts} ambiguous answers (at most {house.most_unsure_after_one_kill} after one kill), "
            f"deliveries {dict(burst.outcome.deliveries)}"
        )
    assert house.front.killed_by_us >= AT_RANDOM
    assert house.front.killed_at["front.mid_page"] >= 1


def test_each_message_is_there_once_and_each_customers_stand_in_order(burst: Burst) -> None:
    assert burst.outcome.written == {one: texts_of(burst, one) for one in CROWD.ids}


def test_each_message_has_one_answer_in_order(burst: Burst) -> None:
    assert burst.outcome.answers == {one: [f"echo {text}" for text in texts_of(burst, one)] for one in CROWD.ids}


def test_what_did_not_arrive_is_in_doubt_and_nothing_arrives_twice(burst: Burst) -> None:
    assert set(burst.outcome.deliveries) <= {"sent", "ambiguous"}
    for external_id, answers in burst.outcome.answers.items():
        read, unsure = burst.outcome.reached[external_id], burst.outcome.unsure[external_id]
        assert read == [answer for answer in answers if answer in read]
        assert set(answers) - set(read) <= set(unsure)


def test_no_kill_leaves_more_in_doubt_than_was_under_way(burst: Burst) -> None:
    assert burst.scene.house.most_unsure_after_one_kill <= AT_ONCE


def test_wecom_was_asked_nothing_that_it_does_not_allow(burst: Burst) -> None:
    assert burst.refused == []


def test_no_log_quotes_a_customer(burst: Burst) -> None:
    log = burst.scene.house.log()
    assert not any(words in log for words in ("message 0 of", "echo ", *CROWD.ids[:3]))
