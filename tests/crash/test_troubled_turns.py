import time
from pathlib import Path

import pytest
import requests

from bot.domain.messages import Author, Turn
from tests.crash.house import House
from tests.crash.waiting import eventually
from tests.crash.writers import Writer, recorder_customer

pytestmark = pytest.mark.crash

ASK = "What are your opening hours?"


@pytest.fixture
def ready(house: House) -> House:
    house.wait_until_ready()
    return house


def settle(house: House, *writers: Writer, within: float = 60) -> None:
    asked_at = time.monotonic()
    for writer in writers:
        eventually(lambda who=writer.external_id: house.record.is_settled(who, asked_at), within, "an answer")  # type: ignore[misc]


def brain_log(house: House) -> str:
    return Path(house.folder / "brain.log").read_text()


def test_a_message_on_which_the_understanding_hangs_goes_to_a_person_and_holds_nobody_up(ready: House) -> None:
    workers, silent = set(ready.worker_pids()), brain_log(ready).count("brain.worker_silent")
    stuck = recorder_customer(ready.url, "stuck")
    stuck.write("I sink in quicksand")
    asked_at = time.monotonic()
    neighbours = [recorder_customer(ready.url, f"neighbour-{n}") for n in range(8)]
    for neighbour in neighbours:
        neighbour.write(ASK)
    settle(ready, *neighbours, within=30)
    assert all(len(ready.record.of(n.external_id).messages) >= 2 for n in neighbours)
    settle(ready, stuck)
    assert time.monotonic() - asked_at < 60
    told = ready.record.of("stuck")
    assert (told.owners, told.written[0].turn) == (["waiting"], Turn.DEAD)
    assert told.said_to(told.written[0], Author.SYSTEM) and not told.said_to(told.written[0])
    assert brain_log(ready).count("brain.worker_silent") == silent + 3
    eventually(lambda: len(set(ready.worker_pids()) - workers) >= 1 and ready.is_ready(), 10, "a new worker")


def test_a_poisonous_message_is_tried_three_times_and_the_next_one_is_still_read(ready: House) -> None:
    failures = brain_log(ready).count("brain.turn_failed")
    unlucky = recorder_customer(ready.url, "unlucky")
    unlucky.write("this is poison")
    unlucky.write(ASK)
    settle(ready, unlucky)
    told = ready.record.of("unlucky")
    poison, next_one = told.written
    assert (poison.turn, poison.attempts, told.owners) == (Turn.DEAD, 3, ["waiting"])
    assert (next_one.turn, next_one.attempts) == (Turn.DONE, 0)
    assert told.handoffs[0].reason.value == "brain_failed"
    assert brain_log(ready).count("brain.turn_failed") == failures + 3
    assert requests.get(f"{ready.url}/readyz", timeout=5).status_code == 200


def test_no_log_quotes_a_customer(ready: House) -> None:
    logs = brain_log(ready) + (ready.folder / "front.log").read_text()
    assert not any(words in logs for words in ("quicksand", "poison", "opening hours", "乌龙茶", "customer-1"))
