"""WeCom's callbacks: proved by what only WeCom and we can encrypt, acknowledged at once, and never the place of a message."""

import time
from typing import Any
from xml.etree import ElementTree

import pytest
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.channels.wecom.channel import PATH
from tests.channels.wecom.fake.server import CORP_ID
from tests.channels.wecom.house import AES_KEY, LIN, SHOP, TOKEN, House, callback, eventually

OTHER_KEY = AES_KEY[::-1]


def sealed(plain: str, *, corp_id: str = CORP_ID, key: str = AES_KEY, token: str = TOKEN) -> dict[str, str]:
    """Return the parameters of a check of our address."""
    made = ElementTree.fromstring(
        WeChatCrypto(token, key, corp_id).encrypt_message(plain, "n0nce", str(int(time.time())))
    )
    names = {"echostr": "Encrypt", "msg_signature": "MsgSignature", "timestamp": "TimeStamp", "nonce": "Nonce"}
    return {ours: made.findtext(theirs, "") for ours, theirs in names.items()}


async def asked(house: House, params: dict[str, str]) -> tuple[int, str, str]:
    async with house.client.get(PATH, params=params) as response:
        return response.status, await response.text(), response.content_type


async def posted(house: House, params: dict[str, str], body: Any) -> tuple[int, str]:
    async with house.client.post(PATH, params=params, data=body) as response:
        return response.status, await response.text()


async def test_the_check_of_our_address_is_answered_with_the_decrypted_echo(house: House) -> None:
    assert await asked(house, sealed("1616140317555161061")) == (200, "1616140317555161061", "text/plain")


async def test_an_echo_of_markup_is_text(house: House) -> None:
    assert await asked(house, sealed("<script>1</script>")) == (200, "<script>1</script>", "text/plain")


@pytest.mark.parametrize(
    "params",
    [
        {}, sealed("1") | {"msg_signature": "0" * 40}, sealed("1") | {"nonce": "other"}, sealed("1", token="another1"),
        sealed("1", key=OTHER_KEY), sealed("1", corp_id="ww-somebody-else"), sealed("1") | {"echostr": "bm8="},
    ],
)  # fmt: skip
async def test_a_stranger_learns_nothing(house: House, params: dict[str, str]) -> None:
    assert (await asked(house, params))[:2] == (403, '{"error": "not allowed"}')


async def test_a_callback_is_acknowledged_while_wecom_itself_does_not_answer(house: House) -> None:
    await house.wecom.go_down()
    began = time.monotonic()
    assert await house.call_back() == (200, "success")
    assert time.monotonic() - began < 1


async def test_a_callback_that_is_repeated_or_lost_changes_nothing(house: House) -> None:
    house.talk.wrote(SHOP, LIN, content="hello")
    params, body = callback(SHOP, house.talk.callback_token(SHOP))
    for _ in range(5):
        assert await posted(house, params, body) == (200, "success")
    await house.arrived("echo hello")


async def test_a_callbacks_token_that_is_too_old_does_not_keep_us_from_pulling(house: House) -> None:
    house.talk.wrote(SHOP, LIN, content="hello")
    params, body = callback(SHOP, "a-token-of-yesterday")
    assert await posted(house, params, body) == (200, "success")
    await house.arrived("echo hello")
    assert len(house.wecom.refused(95007)) == 1


async def test_other_events_and_accounts_are_acknowledged(house: House) -> None:
    await eventually(lambda: house.wecom.of("kf/account/list"))
    for params, body in (callback(SHOP, "t", event="change_contact"), callback("wkNotOurs", "t")):
        assert await posted(house, params, body) == (200, "success")
    await eventually(lambda: len(house.wecom.of("kf/account/list")) >= 2)


@pytest.mark.parametrize(
    "body", [b"", b"not xml", b"<xml></xml>", b"<xml><Encrypt/></xml>", b"\xff\xfe", b"<a><b></a>"]
)
async def test_a_body_that_is_no_callback_is_refused(house: House, body: bytes) -> None:
    params, _ = callback(SHOP, "t")
    status, said = await posted(house, params, body)
    assert status in (400, 403) and "Traceback" not in said


async def test_a_plain_body_is_refused_and_nothing_is_pulled_for_it(house: House) -> None:
    params, _ = callback(SHOP, "t")
    plain = "<xml><Event>kf_msg_or_event</Event><Token>t</Token><OpenKfId>wkShop</OpenKfId></xml>"
    assert (await posted(house, params, plain))[0] == 403


async def test_a_document_type_or_a_large_body_is_refused(house: House) -> None:
    params, body = callback(SHOP, "t")
    assert (await posted(house, params, '<!DOCTYPE a [<!ENTITY b "c">]>' + body))[0] == 400
    assert (await posted(house, params, body + " " * 70_000))[0] == 413
