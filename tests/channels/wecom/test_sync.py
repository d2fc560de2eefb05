"""A puller writes nothing that it would ask for again, and no trouble of one account ends it or another's."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.wecom.accounts import Accounts
from bot.channels.wecom.api import Account, Page
from bot.channels.wecom.names import AT_ONCE, Names
from bot.channels.wecom.sync import CAREFUL_AFTER, LONGEST_PAUSE_S, Puller
from bot.clock import utc_now
from bot.domain.allowance import Grant
from bot.domain.arrivals import Arrival
from bot.errors import TryLater
from bot.services import pulling
from bot.services.arrivals import Outcome
from bot.services.messaging import Received
from bot.store.unit_of_work import Database

GRANT = Grant(5, timedelta(hours=48))
Answer = Page | Exception


def page(numbers: Sequence[int], cursor: str, *, has_more: bool = False) -> Page:
    messages: list[dict[str, Any]] = [
        {"msgid": f"m{number}", "send_time": 1_770_000_000, "origin": 3, "external_userid": "wmLin", "msgtype": "text",
         "text": {"content": f"words {number}"}}
        for number in numbers
    ]  # fmt: skip
    return Page(messages, cursor, has_more)


@dataclass
class Script:
    """Be WeCom by script; ``done`` is set when every answer was given."""

    answers: list[Answer]
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    states: list[bool] = field(default_factory=list)
    writers: list[tuple[str, ...]] = field(default_factory=list)
    followed: list[tuple[str, Outcome]] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def messages(self, account: str, cursor: str, callback_token: str | None) -> Page:
        self.asked.append((cursor, callback_token))
        if not self.answers:
            self.done.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def names(self, external_ids: Sequence[str]) -> dict[str, str]:
        return dict.fromkeys(external_ids, "Lin")

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def before(self, account: str, external_ids: Sequence[str]) -> None:
        self.writers.append((account, *external_ids))

    def follow(self, arrival: Arrival, outcome: Outcome) -> None:
        self.followed.append((arrival.key, outcome))

    def puller(self, database: Database, account: str = "wkShop", poll_s: float = 0.001) -> Puller:
        return Puller(
            account, self, database, utc_now, Names(self), grant=GRANT, poll_s=poll_s, before=self.before, follow=self.follow,
            on_state=self.states.append, pause=self.pause,
        )  # fmt: skip

    async def play(self, puller: Puller) -> None:
        pulling_ = asyncio.create_task(puller.run())
        async with asyncio.timeout(20):
            await self.done.wait()
        pulling_.cancel()
        await asyncio.gather(pulling_, return_exceptions=True)


def written(database: Database) -> list[str]:
    with database.reading() as uow:
        identity = uow.customers.known_as("wecom", "wkShop", "wmLin")
        return [one.text for one in uow.messages.of_customer(identity.customer_id)] if identity else []


async def test_each_page_is_asked_for_from_where_the_last_one_ended(sqlite_database: Database) -> None:
    script = Script([page([1, 2], "c1", has_more=True), page([3], "c2"), page([], "c2"), page([4], "c3")])
    await script.play(script.puller(sqlite_database))
    assert [cursor for cursor, _ in script.asked] == ["", "c1", "c2", "c2", "c3"]
    assert written(sqlite_database) == ["words 1", "words 2", "words 3", "words 4"]
    assert [key for key, outcome in script.followed if isinstance(outcome, Received)] == ["m1", "m2", "m3", "m4"]
    assert (script.pauses, script.writers[:2]) == ([], [("wkShop", "wmLin")] * 2)


async def test_a_page_that_cannot_be_had_is_asked_for_again_after_longer_and_longer_pauses(
    sqlite_database: Database,
) -> None:
    troubles: list[Answer] = [TryLater("busy"), *(OSError() for _ in range(9))]
    script = Script([page([1], "c1", has_more=True), *troubles, page([2], "c2"), TryLater("busy")])
    await script.play(script.puller(sqlite_database))
    assert written(sqlite_database) == ["words 1", "words 2"]
    assert {cursor for cursor, _ in script.asked[1:12]} == {"c1"}
    assert len(script.pauses) == 11 and all(0 < pause <= LONGEST_PAUSE_S for pause in script.pauses)
    assert max(script.pauses[6:10]) > 10 * script.pauses[0] and script.pauses[10] <= 0.5
    assert script.states == [False] * 10 + [True, False]


async def test_a_callbacks_token_is_used_until_it_fails(sqlite_database: Database) -> None:
    script = Script([page([1], "c1", has_more=True), TryLater("95007"), page([2], "c2")])
    puller = script.puller(sqlite_database)
    puller.wake("token")
    await script.play(puller)
    assert [token for _, token in script.asked] == ["token", "token", None, None]


async def test_who_was_outrun_goes_on_from_where_the_other_is(sqlite_database: Database) -> None:
    class Rival(Script):
        """Let another process write the first page while we ask for it."""

        async def messages(self, account: str, cursor: str, callback_token: str | None) -> Page:
            found = await super().messages(account, cursor, callback_token)
            if cursor == "":
                args = ("wecom", account, "", [], "c1", utc_now())
                await sqlite_database.write(pulling.take_page, *args)
            return found

    script = Rival([page([1], "c1"), page([2], "c2")])
    await script.play(script.puller(sqlite_database))
    assert [cursor for cursor, _ in script.asked] == ["", "c1", "c2"]
    assert written(sqlite_database) == ["words 2"]


async def test_a_message_that_always_fails_is_put_aside_and_those_behind_it_are_read(sqlite_database: Database) -> None:
    class Poisoned(Script):
        """Give one customer a name that no code of ours can read."""

        async def names(self, external_ids: Sequence[str]) -> dict[str, str]:
            return {one: 7 if one == "wmBad" else "Lin" for one in external_ids}  # type: ignore[misc]

    bad = page([2], "c1")
    bad.messages[0]["external_userid"] = "wmBad"
    whole = Page([*page([1], "").messages, *bad.messages, *page([3], "").messages], "c1", has_more=False)
    script = Poisoned([whole] * (CAREFUL_AFTER + 1))
    await script.play(script.puller(sqlite_database))
    assert written(sqlite_database) == ["words 1", "words 3"]
    assert [cursor for cursor, _ in script.asked] == [""] * (CAREFUL_AFTER + 1) + ["c1"]
    with sqlite_database.reading() as uow:
        assert uow.customers.known_as("wecom", "wkShop", "wmBad") is None
        assert uow.arrivals.digest("wecom", "wkShop", "m2") is not None


@pytest.mark.property
@pytest.mark.parametrize("seed", range(5))
async def test_whatever_goes_wrong_everything_is_taken_once_and_in_order(seed: int, sqlite_database: Database) -> None:
    chance = random.Random(seed)
    log, places = [page([number], "").messages[0] for number in range(60)], {"": 0}

    class Fickle(Script):
        """Give pages of any size, with troubles, and again from any cursor that was given."""

        async def messages(self, account: str, cursor: str, callback_token: str | None) -> Page:
            if chance.random() < 0.3:
                raise chance.choice([TryLater("busy"), OSError(), ValueError()])
            start = places[cursor]
            end = min(len(log), start + chance.randint(1, 7))
            if start == len(log):
                self.done.set()
            places[behind := f"c{end}-{chance.random()}"] = end
            return Page(log[start:end], behind, chance.random() < 0.5)

    script = Fickle([])
    await script.play(script.puller(sqlite_database))
    assert written(sqlite_database) == [f"words {number}" for number in range(60)]


async def test_an_account_that_wecom_refuses_keeps_no_other_from_being_read(sqlite_database: Database) -> None:
    scripts = {"wkBad": Script([TryLater("busy")] * 3), "wkShop": Script([page([1], "c1")])}

    class Both:
        """List both accounts."""

        async def accounts(self) -> list[Account]:
            return [Account(one, one) for one in scripts]

    accounts = Accounts(Both(), sqlite_database, lambda one: scripts[one].puller(sqlite_database, one))
    running = asyncio.create_task(accounts.run())
    async with asyncio.timeout(20):
        await asyncio.gather(*(script.done.wait() for script in scripts.values()))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert written(sqlite_database) == ["words 1"]


@dataclass
class Directory:
    """Know the names of those whose ids are even."""

    asked: list[list[str]] = field(default_factory=list)
    is_busy: bool = False

    async def names(self, external_ids: Sequence[str]) -> dict[str, str]:
        self.asked.append(list(external_ids))
        if self.is_busy:
            raise TryLater("busy")
        return {one: f"name {one}" for one in external_ids if int(one) % 2 == 0}


async def test_names_are_asked_for_once_and_a_hundred_at_a_time() -> None:
    directory = Directory()
    names, ids = Names(directory), [str(number) for number in range(AT_ONCE + 20)]
    assert await names.of([*ids, *ids]) == {one: f"name {one}" for one in ids[::2]}
    assert [len(asked) for asked in directory.asked] == [AT_ONCE, 20]
    await names.of(ids)
    assert len(directory.asked) == 2


async def test_where_names_cannot_be_had_messages_do_not_wait_for_them() -> None:
    directory = Directory(is_busy=True)
    names = Names(directory)
    assert await names.of(["2"]) == {} == await names.of(["2", "4"])
    assert len(directory.asked) == 1
