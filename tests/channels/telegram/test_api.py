"""What we call, as the Bot API's own description wants it."""

import asyncio
import dataclasses
import json
import logging
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.error import Conflict

from bot.channels.telegram.api import Me
from bot.domain.messages import Button
from bot.errors import BotError, TryLater, Undeliverable
from tests.channels.telegram.fake.server import TOKEN
from tests.channels.telegram.fake.spec import Spec, Wrong, spec_or_skip
from tests.channels.telegram.fake.troubles import Trouble
from tests.channels.telegram.outbox import api_at, outgoing, telegram

GROUP = "-100200:7"


def rows(call: Any) -> list[list[str]]:
    return [[button["text"] for button in row] for row in call.parameters["reply_markup"]["inline_keyboard"]]


async def test_nothing_is_called_until_something_is_asked_for() -> None:
    async with telegram() as (fake, api):
        assert fake.record.calls == []
        assert await api.me() == await api.me() == Me(424242, "tingjian_bot")
        assert len(fake.record.calls) == 1


@pytest.mark.parametrize(
    ("told", "me"),
    [
        ({"id": 666, "username": "TestNameBot"}, Me(666, "TestNameBot")),
        ({"id": 666}, Me(666, "")),
        ({}, None),
        ([], None),
    ],
)
async def test_of_ourselves_no_more_is_needed_than_the_id(told: object, me: Me | None) -> None:
    async with telegram() as (fake, api):
        fake.troubles.append(Trouble(method="getMe", body=json.dumps({"ok": True, "result": told}).encode()))
        if me is None:
            with pytest.raises(TryLater):
                await api.me()
        else:
            assert await api.me() == me


async def test_words_go_as_they_are_without_markup_or_previews() -> None:
    text = "*not bold* _nor_ [this](https://example.com) </b> & <i> {slot} {{7*7}} `${jndi:x}` %s"
    async with telegram() as (fake, api):
        assert await api.send(outgoing(text)) == "1001"
        [call] = fake.record.of("sendMessage")
    assert call.parameters == {"chat_id": 7, "text": text, "link_preview_options": {"is_disabled": True}}


async def test_long_words_go_in_pieces_with_the_buttons_under_the_last() -> None:
    text = "你好👨‍👩‍👧 " * 1500
    async with telegram() as (fake, api):
        parts = api.parts(outgoing(text, buttons=("ok",)))
        for part in range(parts):
            await api.send(outgoing(text, buttons=("ok",), part=part))
        calls = fake.record.of("sendMessage")
    assert parts == len(calls) > 3
    assert ["reply_markup" in call.parameters for call in calls] == [False] * (parts - 1) + [True]
    assert "".join("".join(fake.record.texts(7)).split()) == "".join(text.split())


async def test_in_a_group_the_answer_hangs_under_the_question_and_goes_to_the_group() -> None:
    async with telegram() as (fake, api):
        await api.send(outgoing(to=GROUP, is_public=True, answers="77"))
        await api.send(outgoing(to=GROUP, is_public=True, answers="press:5"))
        await api.send(outgoing(to="7", answers="77"))
        first, second, private = (call.parameters for call in fake.record.of("sendMessage"))
    assert first["chat_id"] == -100200
    assert first["reply_parameters"] == {"message_id": 77, "allow_sending_without_reply": True}
    assert "reply_parameters" not in second | private


@pytest.mark.parametrize(
    ("titles", "laid_out"),
    [
        (tuple("12345"), [list("12345")]),
        (("查订单", "运费", "转人工"), [["查订单", "运费", "转人工"]]),
        (("Where is my order right now?", "Talk to a person"), [["Where is my order right now?"], ["Talk to a person"]]),
        (tuple("abcdefghij"), [list("abcdefgh"), list("ij")]),
        (("two\nlines", "\u200b", ""), [["two lines"]]),
        (("长" * 80,), [["长" * 47 + "…"]]),
    ],
)  # fmt: skip
async def test_buttons_lie_where_they_can_be_read(titles: tuple[str, ...], laid_out: list[list[str]]) -> None:
    async with telegram() as (fake, api):
        await api.send(outgoing(buttons=titles))
        [call] = fake.record.of("sendMessage")
    assert rows(call) == laid_out


async def test_a_button_carries_our_message_and_its_number_whatever_it_would_say() -> None:
    many = tuple(Button(title=f"t{number}", payload="很长" * 200) for number in range(130))
    async with telegram() as (fake, api):
        await api.send(dataclasses.replace(outgoing(), buttons=many))
        [call] = fake.record.of("sendMessage")
    sent = [button["callback_data"] for row in call.parameters["reply_markup"]["inline_keyboard"] for button in row]
    assert sent == [f"b:5:{n}" for n in range(100)]


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u2060\ufeff", "\u3164\u2800", "\u202e", "\ufe0f\u0301"])
async def test_what_nobody_could_see_is_never_sent(text: str) -> None:
    async with telegram() as (fake, api):
        with pytest.raises(Undeliverable):
            await api.send(outgoing(text))
        assert api.parts(outgoing(text)) == 1
    assert fake.record.calls == []


async def test_characters_that_no_server_takes_are_replaced() -> None:
    async with telegram() as (fake, api):
        await api.send(outgoing("a\x00b\ud83dc\x1b[31m \u202eRTL"))
    assert fake.record.texts(7) == ["a\ufffdb\ufffdc\ufffd[31m \u202eRTL"]


@pytest.mark.parametrize("to", ["", "abc", "-", "7.0", "9" * 30, "٣", ":7"])
async def test_an_id_that_telegram_cannot_have_is_refused_before_the_call(to: str) -> None:
    async with telegram() as (fake, api):
        with pytest.raises(Undeliverable):
            await api.send(outgoing(to=to))
        await api.typing(to)
        await api.remove_buttons(to, "x")
    assert fake.record.calls == []


async def test_updates_come_as_they_are_and_one_that_cannot_be_parsed_hides_no_other() -> None:
    given: list[Any] = [{"update_id": 5, "poll": {"broken": True}}, "nonsense", {"update_id": 6, "new_kind": 1}]
    async with telegram() as (fake, api):
        fake.answers.updates = [given[0], given[2]]
        assert await api.updates(None, 0, ["message", "poll"]) == [given[0], given[2]]
        assert await api.updates(6, 0, ["message"]) == [given[2]]
        assert await api.updates(7, 0, []) == []
        fake.troubles.append(Trouble(body=b'{"ok": true, "result": [{"update_id": 5}, "nonsense"]}'))
        assert await api.updates(7, 0, []) == [{"update_id": 5}]
        asked = fake.record.of("getUpdates")[1].parameters
    assert asked == {"offset": 6, "timeout": 0, "allowed_updates": ["message"]}


async def test_a_long_poll_outlasts_the_patience_with_other_calls() -> None:
    async with telegram() as (fake, api):
        polling = asyncio.create_task(api.updates(1, 2, []))
        await asyncio.sleep(1.2)  # longer than any other call may take
        fake.answers.add_updates([{"update_id": 1}])
        assert await polling == [{"update_id": 1}]


async def test_a_webhook_and_polling_exclude_each_other() -> None:
    async with telegram() as (fake, api):
        await api.set_webhook("https://example.org/channels/telegram", "secret_1", ["message"], 40)
        assert fake.record.calls[-1].parameters == {
            "url": "https://example.org/channels/telegram", "secret_token": "secret_1",
            "allowed_updates": ["message"], "max_connections": 40,
        }  # fmt: skip
        assert (await api.webhook())["url"] == "https://example.org/channels/telegram"
        with pytest.raises(Conflict):
            await api.updates(None, 0, [])
        await api.delete_webhook()
        assert await api.updates(None, 0, []) == []


async def test_the_commands_are_told_in_the_languages_of_customers() -> None:
    async with telegram() as (fake, api):
        await api.set_commands()
        told = [call.parameters for call in fake.record.of("setMyCommands")]
    assert [one.get("language_code") for one in told] == [None, "en", "zh"]
    assert [command["command"] for command in told[0]["commands"]] == ["start", "help", "human", "language"]
    assert told[2]["commands"][2]["description"] == "转人工"


async def test_small_signs_are_given_and_their_failure_hurts_nobody() -> None:
    async with telegram() as (fake, api):
        await api.typing("7")
        await api.answer_press("press-1", None)
        await api.answer_press("press-2", "x" * 500)
        await api.remove_buttons("7", "1001")
        typing, first, second, edit = (call.parameters for call in fake.record.calls)
        assert typing == {"chat_id": 7, "action": "typing"}
        assert first == {"callback_query_id": "press-1"}
        assert len(second["text"]) == 190
        assert edit == {"chat_id": 7, "message_id": 1001}
        for deed in ("hang", "reset", "half"):
            fake.troubles.append(Trouble(deed))
            await api.typing("7")
        fake.troubles.append(Trouble(status=400, body=b"{}", times=3))
        await api.typing("7")
        await api.answer_press("old", None)
        await api.remove_buttons("7", "1001")
    await api_at("http://127.0.0.1:1").typing("7")


async def test_a_token_that_is_not_known_is_said_once_and_loudly_and_tried_again_later() -> None:
    async with telegram() as (fake, _):
        stranger = api_at(fake.url, token="1:wrong")
        with capture_logs() as logged:
            for _ in range(3):
                with pytest.raises(TryLater) as refused:
                    await stranger.send(outgoing())
                assert refused.value.after.total_seconds() == 60
        await stranger.close()
    assert [line["log_level"] for line in logged if "token" in line["event"]] == ["error"]


async def test_the_token_and_the_words_stay_out_of_every_log_and_error(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with telegram() as (fake, api):
        await api.send(outgoing("秘密 words"))
        for trouble in (Trouble(body=b'{"ok": true, "resu'), Trouble("half"), Trouble("reset"), Trouble(status=502)):
            fake.troubles.append(trouble)
            with pytest.raises(BotError) as raised:
                await api.send(outgoing("秘密 words"))
            assert TOKEN not in repr(raised.value) + str(raised.value) and "秘密" not in repr(raised.value)
            assert raised.value.__cause__ is None and raised.value.__suppress_context__
        await api.typing("7")
        fake.files["f"] = b"x"
        await api.fetch("f")
    logged = caplog.text + "".join(capfd.readouterr())
    assert TOKEN.partition(":")[2] not in logged and "秘密" not in logged


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("sendMesage", {}),
        ("sendMessage", {"text": "x"}),
        ("sendMessage", {"chat_id": "7", "text": "x" * 4097}),
        ("sendMessage", {"chat_id": "7", "text": "\u200b"}),
        ("sendMessage", {"chat_id": "7", "text": "x", "colour": "red"}),
        ("sendMessage", {"chat_id": "7", "text": "x", "disable_notification": "1"}),
        ("sendMessage", {"chat_id": "7", "text": "x", "reply_parameters": '{"message": 1}'}),
        ("sendMessage", {"chat_id": "7", "text": b"a file"}),
        ("getUpdates", {"timeout": "soon"}),
        ("getUpdates", {"allowed_updates": '["mesage"]'}),
        ("setWebhook", {"url": "https://x", "secret_token": "with space"}),
        ("sendMessage", {"chat_id": "7", "text": "x", "reply_markup":
            '{"inline_keyboard": [[{"text": "t", "callback_data": "' + "很" * 22 + '"}]]}'}),
    ],
)  # fmt: skip
def test_the_fake_finds_fault_with_what_the_api_would_not_take(method: str, given: dict[str, str | bytes]) -> None:
    spec: Spec = spec_or_skip()
    with pytest.raises(Wrong):
        spec.check(method, given)
