"""The door: who is let in, what is refused, and that nobody learns from a refusal."""

import asyncio
import hashlib
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.wechat.channel import PATH
from bot.domain.messages import Author
from bot.settings import Settings
from tests.channels.wechat.fake.tencent import APP_ID, TOKEN, Push, Tencent
from tests.channels.wechat.house import LIN, House, ago, counted, open_house

FORBIDDEN = (403, '{"error": "not allowed"}')
NEW_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"


def plain(house: House, body: bytes | str) -> Push:
    """Return a push of any body whose signature is right: in plain mode it covers the time alone."""
    signed = house.tencent.push(house.tencent.text(LIN, "x"))
    return replace(signed, body=body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body)


async def check_url(house: House, echostr: str, **changed: str) -> tuple[int, str, str | None, str | None]:
    params = house.tencent.push({}).params | {"echostr": echostr} | changed
    async with house.client.get(PATH, params=params) as response:
        return (
            response.status,
            await response.text(),
            response.content_type,
            response.headers.get("X-Content-Type-Options"),
        )


async def test_the_check_of_our_address_is_answered_with_what_it_says_as_text(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        assert await check_url(house, "5927782489442352469") == (200, "5927782489442352469", "text/plain", "nosniff")
        script = "<script>alert(1)</script>"
        assert await check_url(house, script) == (200, script, "text/plain", "nosniff")
        assert (await check_url(house, script, signature="0" * 40))[:2] == FORBIDDEN


@pytest.mark.parametrize("mode", ["plain", "safe"])
async def test_whoever_proves_nothing_is_refused_in_the_same_words(chosen: Settings, mode: Any) -> None:
    async with open_house(chosen, mode=mode) as house:
        push = house.tencent.push(house.tencent.text(LIN, "hello"))
        name = "signature" if mode == "plain" else "msg_signature"
        right = push.params[name]
        for wrong in (None, "", "0" * 40, right.upper(), f" {right}", right[:-1], right + "0"):
            assert await house.post(push, **{name: wrong}) == FORBIDDEN
        for gone in ("timestamp", "nonce"):
            assert await house.post(push, **{gone: None}) == FORBIDDEN
        twice = [*push.params.items(), (name, right)]
        async with house.client.post(PATH, params=twice, data=push.body) as response:
            assert (response.status, await response.text()) == FORBIDDEN
        assert await house.written() == []


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
async def test_a_push_that_was_signed_too_long_ago_or_from_now_is_refused(chosen: Settings, mode: Any) -> None:
    async with open_house(chosen, mode=mode) as house:
        fields = house.tencent.text(LIN, "hello")
        for moment in (ago(hours=1), ago(seconds=310), ago(hours=-1)):
            assert await house.post(house.tencent.push(fields, at=moment)) == FORBIDDEN
        assert (await house.post(house.tencent.push(fields, at=ago(seconds=200))))[0] == 200


async def test_a_recorded_signature_does_not_carry_another_envelope(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0) as house:
        first, second = (house.tencent.push(house.tencent.text(LIN, words)) for words in ("one", "two"))
        assert (await house.post(first))[0] == 200
        assert await house.post(replace(first, body=second.body)) == FORBIDDEN
        assert await house.said_by(Author.CUSTOMER) == ["one"]


async def test_the_same_plain_push_twice_with_other_words_is_taken_once_and_tells_an_alarm(chosen: Settings) -> None:
    async with open_house(chosen, mode="plain", passive_budget_s=0) as house:
        fields = house.tencent.text(LIN, "one")
        push = house.tencent.push(fields)
        alarms = counted("tingjian_forged_repetitions_total", channel="wechat")
        assert await house.post(push) == (200, "success")
        assert await house.post(replace(push, body=push.body.replace(b"one", b"two"))) == (200, "success")
        assert await house.said_by(Author.CUSTOMER) == ["one"]
        assert counted("tingjian_forged_repetitions_total", channel="wechat") == alarms + 1


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '&{chr(97 + n)};&{chr(97 + n)};'>" for n in range(9)
) + "]><xml><Content>&j;</Content></xml>"  # fmt: skip
MESSAGE = (
    f"<ToUserName>gh_0123456789ab</ToUserName><FromUserName>{LIN}</FromUserName><CreateTime>1767600000</CreateTime>"
    "<MsgType>text</MsgType><Content>hi</Content>"
)
BROKEN: dict[str, bytes | str] = {
    "external entity": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><xml><Content>&e;</Content></xml>",
    "external document type": "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><xml/>",
    "parameter entity": "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]><xml/>",
    "a billion laughs": BOMB,
    "twenty thousand deep": "<xml>" + "<a>" * 20_000 + "</a>" * 20_000 + "</xml>",
    "truncated": "<xml><Content>",
    "empty": b"",
    "not XML": "hello",
    "not JSON": "{hello",
    "JSON twenty thousand deep": "{\"a\":" * 20_000 + "1" + "}" * 20_000,
    "JSON with a name twice": '{"a": 1, "a": 2}',
    "two roots": "<xml></xml><xml></xml>",
    "another root": "<html></html>",
    "no number": f"<xml>{MESSAGE}</xml>",
    "number 0": f"<xml>{MESSAGE}<MsgId>0</MsgId></xml>",
    "number in words": f"<xml>{MESSAGE}<MsgId>one</MsgId></xml>",
    "no type": f"<xml>{MESSAGE.replace('MsgType', 'Type')}<MsgId>7</MsgId></xml>",
    "content twice": f"<xml>{MESSAGE}<Content>ho</Content><MsgId>7</MsgId></xml>",
    "a moment in words": f"<xml>{MESSAGE.replace('1767600000', 'abc')}<MsgId>7</MsgId></xml>",
    "a long sender": f"<xml>{MESSAGE.replace(LIN, 'x' * 300)}<MsgId>7</MsgId></xml>",
    "a path as sender": f"<xml>{MESSAGE.replace(LIN, '../../x')}<MsgId>7</MsgId></xml>",
    "UTF-16": f"<xml>{MESSAGE}<MsgId>7</MsgId></xml>".encode("utf-16"),
    "no UTF-8": b"<xml><Content>\xff\xfe</Content></xml>",
    "lone surrogate": "<xml><Content>\ud83d</Content></xml>",
}  # fmt: skip


async def test_signed_rubbish_is_refused_without_a_trace_and_neighbours_are_served(chosen: Settings) -> None:
    async with open_house(chosen, mode="plain") as house:
        for name, body in BROKEN.items():
            status, said = await house.post(plain(house, body))
            assert status == 400, name
            assert said.startswith('{"error": ') and "Traceback" not in said and len(said) < 200, name
        assert await house.written() == []
        assert await house.says("still there?") == "echo still there?"


async def test_rubbish_in_place_of_an_envelope_is_refused_like_a_strangers(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        fields = house.tencent.text(LIN, "hello")
        push = house.tencent.push(fields)
        others = [
            Tencent(lambda: ago(), app_id="wx0000000000000000", windows=house.tencent.windows),
            Tencent(lambda: ago(), aes_key=NEW_KEY, windows=house.tencent.windows),
            Tencent(lambda: ago(), mode="plain", windows=house.tencent.windows),
        ]
        for other in others:
            assert await house.post(other.push(fields)) == FORBIDDEN
        for body in (
            b"",
            b"<xml/>",
            b"{}",
            b"<xml><Encrypt></Encrypt></xml>",
            *map(_bytes, list(BROKEN.values())[:12]),
        ):
            assert await house.post(replace(push, body=body)) == FORBIDDEN
        for encrypted in ("", "short", "A" * 43, "A" * 44, "===="):
            assert await house.post(sealed(push, encrypted)) == FORBIDDEN
        assert await house.written() == []


async def test_an_account_that_is_not_ours_is_refused(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        fields = house.tencent.text(LIN, "hello") | {"ToUserName": "gh_somebody_else"}
        assert await house.post(house.tencent.push(fields)) == FORBIDDEN


async def test_the_key_before_is_still_accepted_and_answered_with(chosen: Settings) -> None:
    async with open_house(
        chosen, aes_key=NEW_KEY, aes_key_before="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    ) as house:
        assert await house.says("你好") == "echo 你好"


async def test_a_control_character_in_a_message_is_replaced_and_answered(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        assert await house.says("a\x08b ]]> c") == "echo a\ufffdb ]]> c"


async def test_too_much_is_cut_off(chosen: Settings) -> None:
    async with open_house(chosen, mode="plain") as house:
        assert (await house.post(plain(house, b"x" * 300_000)))[0] == 413
        async with house.client.put(PATH) as response:
            assert response.status == 405


async def test_fifty_deliveries_of_one_push_at_once_are_one_message(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        fields = house.tencent.text(LIN, "hello")
        answers = await asyncio.gather(*(house.post(house.tencent.push(fields)) for _ in range(50)))
        assert {status for status, _ in answers} == {200}
        await house.settled("sent")
        assert await house.said_by(Author.CUSTOMER) == ["hello"]
        assert len(house.brain.texts("/turn")) == 1


def sealed(push: Push, encrypted: str) -> Push:
    """Return a push whose envelope is another, with a signature that fits it."""
    joined = "".join(sorted((TOKEN, push.params["timestamp"], push.params["nonce"], encrypted)))
    signature = hashlib.sha1(joined.encode()).hexdigest()
    body = f"<xml><ToUserName>{APP_ID}</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode()
    return replace(push, params=push.params | {"msg_signature": signature}, body=body)


def _bytes(body: bytes | str) -> bytes:
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
