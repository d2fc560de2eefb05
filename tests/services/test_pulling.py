"""A page of messages and the place behind it are written together or not at all, and nobody's page is written twice."""

import threading
from typing import Any

import pytest

from bot.domain.arrivals import Arrival, Bounce, Ignored
from bot.domain.ids import MessageId
from bot.domain.messages import Delivery, Incoming, Reply
from bot.errors import TryLater
from bot.services import pulling
from bot.services.messaging import Received
from bot.services.pulling import Outrun, Taken
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def arrival(key: str, content: Any = None) -> Arrival:
    return Arrival(
        "wecom", "wkShop", key, f"digest of {key}", content or Incoming("wecom", "wkShop", "wmLin", key, key)
    )


def take(database: Database, after: str, keys: str, cursor: str) -> Taken | Outrun:
    return database.perform(pulling.take_page, "wecom", "wkShop", after, [arrival(key) for key in keys], cursor, NOW)


def place(database: Database) -> str:
    with database.reading() as uow:
        return pulling.place(uow, "wecom", "wkShop")


def written(database: Database) -> list[str]:
    with database.reading() as uow:
        identity = uow.customers.known_as("wecom", "wkShop", "wmLin")
        return [one.text for one in uow.messages.of_customer(identity.customer_id)] if identity else []


def test_pages_follow_each_other_and_the_place_moves_with_them(database: Database) -> None:
    assert place(database) == ""
    taken = take(database, "", "ab", "c1")
    assert isinstance(taken, Taken) and all(isinstance(one, Received) for one in taken.outcomes)
    take(database, "c1", "cd", "c2")
    assert (place(database), written(database)) == ("c2", ["a", "b", "c", "d"])
    with database.reading() as uow:
        assert uow.cursors.accounts("wecom") == ["wkShop"]


def test_who_reads_from_an_old_place_has_been_outrun(database: Database) -> None:
    take(database, "", "ab", "c1")
    assert take(database, "", "ab", "c9") == Outrun()
    assert (place(database), written(database)) == ("c1", ["a", "b"])


def test_a_message_that_comes_on_two_pages_is_taken_once(database: Database) -> None:
    take(database, "", "ab", "c1")
    take(database, "c1", "bc", "c2")
    assert written(database) == ["a", "b", "c"]


def test_a_page_on_which_one_message_has_to_wait_leaves_nothing_behind(database: Database) -> None:
    first = take(database, "", "a", "c1")
    assert isinstance(first, Taken) and isinstance(first.outcomes[0], Received)
    conversation_id = first.outcomes[0].conversation_id
    build.answer(database, conversation_id, Reply("hello"))
    with database.reading() as uow:
        identity = uow.customers.known_as("wecom", "wkShop", "wmLin")
    assert identity is not None
    outgoing = build.take_outgoing(database, identity)
    bounce = Bounce("wmLin", "name", MessageId(outgoing.message_id), conversation_id[:12], "blocked")
    page = [arrival("b"), arrival("f", bounce), arrival("e", Ignored("x"))]
    with pytest.raises(TryLater):
        database.perform(pulling.take_page, "wecom", "wkShop", "c1", page, "c2", NOW)
    assert (place(database), written(database)) == ("c1", ["a", "hello"])
    assert build.messages(database, conversation_id)[-1].delivery is Delivery.SENDING


def test_many_who_read_the_same_page_write_it_once(database: Database) -> None:
    outcomes: list[Taken | Outrun] = []
    start = threading.Barrier(6)

    def read() -> None:
        start.wait()
        outcomes.append(take(database, "", "abc", "c1"))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(one).__name__ for one in outcomes) == ["Outrun"] * 5 + ["Taken"]
    assert written(database) == ["a", "b", "c"]
