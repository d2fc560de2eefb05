"""Every way in which WeChat or the net can fail, and what it means for a message."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.tencent.refusals import Unanswered
from bot.errors import BotError, TryLater, Undeliverable, Unreachable, WindowClosed
from bot.store.unit_of_work import Database
from tests.channels.wechat.fake.tencent import APP_SECRET
from tests.channels.wechat.fake.troubles import Trouble, refusal
from tests.channels.wechat.lines import OPENID, line

SEND = "custom/send"


async def outcome(database: Database, trouble: Trouble) -> tuple[BotError, int]:
    """Return what sending raises while WeChat is in trouble, and how often it was tried; the next must go through."""
    async with line(database) as there:
        there.fake.troubles.append(trouble)
        with pytest.raises(BotError) as raised:
            await there.api.send_text(OPENID, "first")
        tries = len(there.fake.record.of(SEND))
        there.fake.troubles.clear()
        await there.api.send_text(OPENID, "second")
        assert there.fake.record.texts(OPENID)[-1] == "second"
    return raised.value, tries


@pytest.mark.parametrize(
    ("errcode", "kind", "tries"),
    [
        (-1, TryLater, 3), (45009, TryLater, 1), (45011, TryLater, 1), (45033, TryLater, 1),
        (45015, WindowClosed, 1), (45047, WindowClosed, 1),
        (43004, Unreachable, 1), (43019, Unreachable, 1), (48002, Unreachable, 1), (50005, Unreachable, 1),
        (40003, Unreachable, 1),
        (40008, Undeliverable, 1), (40033, Undeliverable, 1), (40200, Undeliverable, 1), (44004, Undeliverable, 1),
        (45002, Undeliverable, 1), (45098, Undeliverable, 1), (47001, Undeliverable, 1), (48001, Undeliverable, 1),
        (48004, Undeliverable, 1), (99999, Undeliverable, 1),
    ],
)  # fmt: skip
async def test_each_error_code_means_one_thing(
    errcode: int, kind: type[BotError], tries: int, sqlite_database: Database
) -> None:
    error, tried = await outcome(sqlite_database, refusal(errcode, path=SEND, times=99))
    assert type(error) is kind and tried == tries
    assert "req_id" not in str(error)


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("body", [b"", b"<html>bad gateway</html>", b"[]"])
async def test_trouble_at_wechats_end_is_tried_three_times(status: int, body: bytes, sqlite_database: Database) -> None:
    error, tries = await outcome(sqlite_database, Trouble(status=status, body=body, path=SEND, times=99))
    assert type(error) is TryLater and tries == 3


async def test_passing_trouble_is_not_even_noticed(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        there.fake.troubles += [refusal(-1, path=SEND), Trouble(status=502, path=SEND)]
        await there.api.send_text(OPENID, "hello")
    assert there.fake.record.texts(OPENID) == ["hello"]


async def test_a_gate_that_is_too_narrow_means_later(sqlite_database: Database) -> None:
    error, tries = await outcome(sqlite_database, Trouble(status=429, path=SEND, times=99))
    assert type(error) is TryLater and tries == 1


async def test_a_wall_in_between_is_not_run_against_again(sqlite_database: Database) -> None:
    error, tries = await outcome(sqlite_database, Trouble(status=403, body=b"<html>", path=SEND, times=99))
    assert type(error) is Undeliverable and tries == 1


@pytest.mark.parametrize("deed", ["reset", "half", "hang"])
@pytest.mark.parametrize("is_taken", [True, False])
async def test_whatever_may_have_arrived_is_never_sent_twice(
    deed: str, is_taken: bool, sqlite_database: Database
) -> None:
    async with line(sqlite_database) as there:
        there.fake.troubles.append(Trouble(deed, path=SEND, is_taken=is_taken))
        with pytest.raises(Unanswered):
            await there.api.send_text(OPENID, "once")
    assert len(there.fake.record.of(SEND)) == 1
    assert there.fake.record.texts(OPENID) == ["once"] * is_taken


@pytest.mark.parametrize("body", [b"", b"oops", b"[]"])
async def test_an_answer_that_cannot_be_read_leaves_it_open_whether_the_message_arrived(
    body: bytes, sqlite_database: Database
) -> None:
    error, tries = await outcome(sqlite_database, Trouble(body=body, path=SEND))
    assert type(error) is Unanswered and tries == 1


async def test_a_gateway_that_waited_in_vain_leaves_it_open_too(sqlite_database: Database) -> None:
    error, tries = await outcome(sqlite_database, Trouble(status=504, path=SEND))
    assert type(error) is Unanswered and tries == 1


async def test_where_nobody_listens_nothing_arrived_and_later_it_may(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        await there.api.token()
        await there.fake.go_down()
        with pytest.raises(TryLater):
            await there.api.send_text(OPENID, "hello")
        await there.fake.come_up()
        await there.api.send_text(OPENID, "hello")
    assert there.fake.record.texts(OPENID) == ["hello"]


@pytest.mark.parametrize("deed", ["reset", "half", "hang"])
async def test_what_may_be_repeated_is_repeated(deed: str, sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        there.fake.troubles += [Trouble(deed, path="media/upload"), Trouble(deed, path="stable_token")]
        await there.api.upload("image/png", b"png")
        assert (await there.api.quota()).left > 0
    assert len(there.fake.record.of("media/upload")) == 2


async def test_a_burst_outlives_the_end_of_its_token_with_one_fetch(sqlite_database: Database) -> None:
    """FAULTS 15: 40001 in mid burst is one fetch for all, and every message arrives once."""
    async with line(sqlite_database) as there:
        everybody = [f"o{number}" for number in range(30)]
        for openid in everybody:
            there.customers.text(openid, "hello")
            await there.api.send_text(openid, "1")
        there.fake.tokens.invalidate()
        await asyncio.gather(*(there.api.send_text(openid, "2") for openid in everybody))
        assert all(there.fake.record.texts(openid) == ["1", "2"] for openid in everybody)
        assert there.fake.tokens.fetches == 2 and there.fake.tokens.forced == []


async def test_a_token_is_given_up_before_wechat_does(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        await there.api.send_text(OPENID, "1")
        there.time.pass_by(minutes=115)
        await there.api.send_text(OPENID, "2")
    assert there.fake.tokens.fetches == 2
    assert there.fake.record.refused(40001, 42001) == 0


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_a_token_that_stays_refused_is_forced_anew_once_and_then_waited_for(
    errcode: int, sqlite_database: Database
) -> None:
    async with line(sqlite_database) as there:
        there.fake.troubles.append(refusal(errcode, path=SEND, times=99))
        for _ in range(4):
            with pytest.raises(TryLater):
                await there.api.send_text(OPENID, "hello")
        assert len(there.fake.tokens.forced) == 1
        there.fake.troubles.clear()
        there.time.pass_by(minutes=2)
        await there.api.send_text(OPENID, "hello")
    assert there.fake.record.texts(OPENID) == ["hello"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(lambda there: setattr(there.fake.tokens, "is_listed", False), "40164"),
     (lambda there: setattr(there.fake.tokens, "secret", "another"), "40125"),
     (lambda there: setattr(there.fake.tokens, "app_id", "another"), "40013")],
)  # fmt: skip
async def test_what_only_the_operator_can_mend_is_said_once_and_waited_for(
    spoil: Callable[[object], None], reason: str, sqlite_database: Database, logged: Callable[[], str]
) -> None:
    async with line(sqlite_database) as there:
        spoil(there)
        for _ in range(2):
            with pytest.raises(TryLater, match=reason) as raised:
                await there.api.send_text(OPENID, "hello")
            assert raised.value.after == timedelta(minutes=1)
    assert logged().count("no access token") == 1


async def test_neither_token_nor_secret_nor_words_leak(
    sqlite_database: Database, logged: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    told = []
    async with line(sqlite_database) as there:
        for trouble in (refusal(40001, path=SEND, times=9), Trouble("reset", path=SEND), Trouble("half", path=SEND),
                        Trouble(status=500, path=SEND, times=9), Trouble(body=b"oops", path=SEND)):  # fmt: skip
            there.fake.troubles[:] = [trouble]
            with pytest.raises(BotError) as raised:
                await there.api.send_text(OPENID, "very private")
            told.append(repr(raised.value) + repr(raised.value.__cause__))
        there.fake.troubles.clear()
        token = await there.api.token()
    said = logged() + "".join(told)
    for secret in (token, token[:12], APP_SECRET, "very private", OPENID):
        assert secret not in said
