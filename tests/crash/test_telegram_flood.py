"""Deliver two thousand updates five times, shuffled, on forty connections: each is one message, answered once, in order."""

from collections.abc import Iterator

import pytest

from tests.crash.telegram_flood import Flood, pour, scene
from tests.crash.telegram_updates import Crowd

pytestmark = pytest.mark.crash

CROWD = Crowd(customers=200, each=10)
TIMES = 5
SLOWEST_S = 10


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flood]:
    with scene(tmp_path_factory.mktemp("flood"), "webhook") as where:
        yield pour(where, CROWD, times=TIMES)


def test_every_request_is_acknowledged_at_once(flood: Flood, capsys: pytest.CaptureFixture[str]) -> None:
    delivered = flood.delivered
    with capsys.disabled():
        print(
            f"\nseed {flood.scene.seed}: {delivered.acknowledged} requests in {delivered.lasted_s:.0f} s, the slowest "
            f"{delivered.slowest_s:.1f} s; everything answered after {flood.lasted_s:.0f} s"
        )
    assert (delivered.statuses, delivered.broken) == ({200: 2_000 * TIMES}, 0)
    assert delivered.slowest_s < SLOWEST_S


def test_each_update_is_one_message_and_each_customers_stand_in_order(flood: Flood) -> None:
    assert sum(map(len, flood.outcome.written.values())) == 2_000
    assert flood.outcome.written == {chat: CROWD.texts(chat) for chat in CROWD.chats}


def test_each_message_is_answered_once_and_in_order(flood: Flood) -> None:
    answers = {chat: [f"echo {text}" for text in CROWD.texts(chat)] for chat in CROWD.chats}
    assert flood.outcome.answers == answers
    assert flood.outcome.reached == answers
    assert flood.outcome.deliveries == {"sent": 2_000}


def test_telegram_was_asked_nothing_wrong(flood: Flood) -> None:
    assert flood.wrong == []
