import threading
import time
from collections import Counter
from dataclasses import dataclass

import pytest
import requests

from bot.domain.messages import Author, Delivery, Turn
from tests.crash.fate import Fate
from tests.crash.house import House
from tests.crash.record import Told
from tests.crash.waiting import eventually
from tests.crash.writers import Writer, recorder_customer, web_visitor

pytestmark = pytest.mark.crash

BURSTS = (
    ("你们几点开门", "运费多少钱", "怎么开发票"),
    ("What are your opening hours?",),
    ("我要投诉，快递太慢了", "我喜欢乌龙茶"),
    ("How can I pay?", "Do you ship to Hong Kong?", "How do I return an item?", "可以用支付宝吗"),
    ("怎麼付款",),
    ("请问怎么退货", "门市幾點關門", "配送要几天", "thanks a lot", "运费多少钱"),
)
CUSTOMERS = 20
MESSAGES = CUSTOMERS * sum(map(len, BURSTS))


@dataclass(frozen=True)
class Story:
    """Be who wrote, what the record tells of each, and how long it took."""

    tales: list[tuple[Writer, Told]]
    lasted_s: float


@pytest.fixture(scope="module")
def story(house: House) -> Story:
    """Play the whole story: twenty customers write, everything is killed again and again, all is quiet in the end."""
    house.wait_until_ready()
    half = CUSTOMERS // 2
    writers = [recorder_customer(house.url, f"customer-{n}") for n in range(half)]
    writers += [web_visitor(house.url) for _ in range(half)]
    started_at = time.monotonic()
    fate = Fate(house, lambda: sum(len(writer.accepted) for writer in writers), MESSAGES)
    talks = [threading.Thread(target=talk, args=(house, writer), daemon=True) for writer in writers]
    for thread in (fate, *talks):
        thread.start()
    for thread in (*talks, fate):
        thread.join(600)
    assert not any(thread.is_alive() for thread in (fate, *talks))
    eventually(house.record.is_quiet, 120, "the house being quiet")
    lasted_s = time.monotonic() - started_at
    return Story([(writer, house.record.of(writer.external_id)) for writer in writers], lasted_s)


def talk(house: House, writer: Writer) -> None:
    """Write in bursts; go on when the last one is answered."""
    for burst in BURSTS:
        writer.write_all(burst)
        written_at = time.monotonic()
        eventually(lambda since=written_at: house.record.is_settled(writer.external_id, since), 300, "an answer")  # type: ignore[misc]


@pytest.fixture
def tales(story: Story) -> list[tuple[Writer, Told]]:
    return story.tales


def test_enough_was_killed(house: House, story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    tales = story.tales
    front, brain, workers = house.front, house.brain, house.workers_killed
    kills = front.kills + brain.kills + workers
    rows = [message for _, told in tales for message in told.messages]
    with capsys.disabled():
        print(
            f"\n{kills} kills ({front.killed_by_us} front at random, {dict(front.killed_at)}, {workers} workers, "
            f"{brain.kills} supervisor) over {sum(len(writer.accepted) for writer, _ in tales)} messages in "
            f"{story.lasted_s:.0f} s; {sum(writer.refusals for writer, _ in tales)} posts repeated, "
            f"{sum(row.delivery is Delivery.AMBIGUOUS for row in rows)} ambiguous sends (at most "
            f"{house.most_unsure_after_one_kill} after one kill), "
            f"{sum(row.turn is Turn.DEAD for row in rows)} given up"
        )
    assert kills >= 30
    assert sum(len(writer.accepted) for writer, _ in tales) == MESSAGES >= 300
    # A random kill may find a front that is just dying at a named point: then it counts there.
    assert len(front.killed_at) == 4 and front.killed_by_us >= 1 and front.kills >= 12
    assert workers >= 8 and brain.kills >= 1


def test_every_accepted_message_is_in_the_record_once_and_in_order(tales: list[tuple[Writer, Told]]) -> None:
    for writer, told in tales:
        assert [message.platform_id for message in told.written] == writer.accepted


def test_every_message_is_answered_once_and_in_order(tales: list[tuple[Writer, Told]]) -> None:
    for _, told in tales:
        answered = [said.in_reply_to for said in told.messages if said.author is Author.BOT]
        left_to_a_person = [message.id for message in told.written if message.id not in answered]
        assert not left_to_a_person or told.handoffs
        assert answered == [message.id for message in told.written if message.id not in left_to_a_person]


def test_hardly_anybody_had_to_go_to_a_person(tales: list[tuple[Writer, Told]]) -> None:
    """Three of some thirty killed workers may have held the same message; who goes to a person is told so."""
    assert sum(bool(told.handoffs) for _, told in tales) <= 2
    given_up = [message for _, told in tales for message in told.written if message.turn is Turn.DEAD]
    assert len(given_up) <= 2


def test_an_action_that_ran_twice_wrote_once(tales: list[tuple[Writer, Told]]) -> None:
    for _, told in tales:
        if not told.handoffs:
            assert (len(told.complaints), len(told.preferences)) == (1, 1)


def test_nothing_reached_the_platform_twice(house: House, tales: list[tuple[Writer, Told]]) -> None:
    delivered = Counter(message_id for _, message_id in house.platform.deliveries)
    assert max(delivered.values()) == 1
    for writer, told in tales[: CUSTOMERS // 2]:
        reached = [message_id for to, message_id in house.platform.deliveries if to == writer.external_id]
        assert reached == sorted(reached)
        sent = {said.id for said in told.messages if said.delivery is Delivery.SENT}
        unsure = {said.id for said in told.messages if said.delivery is Delivery.AMBIGUOUS}
        assert sent <= set(reached) <= sent | unsure


def test_at_most_one_send_is_in_doubt_after_a_kill_and_it_is_flagged(
    house: House, tales: list[tuple[Writer, Told]]
) -> None:
    outgoing = [said for _, told in tales for said in told.messages if said.author is not Author.CUSTOMER]
    assert {said.delivery for said in outgoing} <= {Delivery.SENT, Delivery.AMBIGUOUS}
    unsure = [said for said in outgoing if said.delivery is Delivery.AMBIGUOUS]
    assert 0 < len(unsure) <= house.front.kills
    assert house.most_unsure_after_one_kill == 1
    assert all(said.failure for said in unsure)


def test_a_web_visitor_sees_every_answer(tales: list[tuple[Writer, Told]]) -> None:
    for _, told in tales[CUSTOMERS // 2 :]:
        assert all(said.delivery is Delivery.SENT for said in told.messages if said.author is not Author.CUSTOMER)


def test_the_house_is_healthy_afterwards(house: House, tales: list[tuple[Writer, Told]]) -> None:
    eventually(house.is_ready, 30, "the house being ready")
    assert all(message.turn is not Turn.OPEN for _, told in tales for message in told.written)
    assert requests.get(f"{house.url}/readyz", timeout=5).json() == {"ready": True, "missing": []}
