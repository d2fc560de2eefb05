"""What we say to WeChat's API arrives as it was meant, and what it says is understood."""

import pytest

from bot.channels.wechat.api import Quota
from bot.channels.wechat.media import kind_of
from bot.errors import Undeliverable, Unreachable, WindowClosed
from bot.store.unit_of_work import Database
from tests.channels.wechat.fake.sending import ESCAPE
from tests.channels.wechat.fake.windows import Allowance
from tests.channels.wechat.lines import OPENID, line


async def test_words_arrive_as_they_were_written(sqlite_database: Database) -> None:
    said = '您好 "Ü" 😀\n\\u4f60 </xml>'
    async with line(sqlite_database) as there:
        await there.api.send_text(OPENID, said)
        await there.api.send_text(OPENID, "bell\x07 half\ud83d")
    assert there.fake.record.texts(OPENID) == [said, "bell\ufffd half\ufffd"]
    assert there.fake.record.refused() == 0


def test_the_fake_knows_an_escape_from_a_backslash() -> None:
    assert ESCAPE.search('"\\u4f60"') and ESCAPE.search('"\\\\\\u4f60"')
    assert not ESCAPE.search('"\\\\u4f60"')


async def test_a_menu_to_tap_arrives_with_its_lines(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        await there.api.send_menu(OPENID, "满意吗？", [("b:5:0", "满意"), ("b:5:1", "不满意")], "谢谢")
    (taken,) = there.fake.record.taken
    assert taken.text == "满意吗？\n满意\n不满意\n谢谢"
    assert [one["id"] for one in taken.content["list"]] == ["b:5:0", "b:5:1"]


async def test_a_picture_is_lent_and_then_sent(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        kind, media_id = await there.api.upload("image/png", b"\x89PNG")
        await there.api.send_media(OPENID, kind, media_id)
    assert there.fake.media[media_id] == b"\x89PNG"
    assert there.fake.record.texts(OPENID) == ["[image]"]
    (upload,) = there.fake.record.of("media/upload")
    assert upload.asked["name"] == "file.png"


async def test_what_a_customer_sent_is_fetched_a_video_from_where_it_lies(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        there.fake.media |= {"picture-1": b"\xff\xd8", "video-1": b"mp4"}
        assert await there.api.download("picture-1") == b"\xff\xd8"
        assert await there.api.download("video-1") == b"mp4"
        with pytest.raises(Undeliverable, match="does not keep the file"):
            await there.api.download("forgotten")


@pytest.mark.parametrize(("media_type", "size"), [("application/pdf", 9), (None, 9), ("image/png", 0),
                                                  ("image/png", 11 * 1024 * 1024), ("audio/amr", 3 * 1024 * 1024)])  # fmt: skip
def test_what_wechat_does_not_take_is_never_uploaded(media_type: str | None, size: int) -> None:
    with pytest.raises(Undeliverable, match="WeChat takes"):
        kind_of(media_type, size)


async def test_the_fake_takes_five_messages_after_one_of_the_customer_and_none_after_two_days(
    sqlite_database: Database,
) -> None:
    async with line(sqlite_database) as there:
        for number in range(Allowance().per_message):
            await there.api.send_text(OPENID, str(number))
        with pytest.raises(WindowClosed, match="45047"):
            await there.api.send_text(OPENID, "one too many")
        there.customers.text(OPENID, "again")
        there.time.pass_by(hours=48)
        with pytest.raises(WindowClosed, match="45015"):
            await there.api.send_text(OPENID, "too late")
        there.customers.event(OPENID, "CLICK", EventKey="hours")
        there.time.pass_by(seconds=59)
        await there.api.send_text(OPENID, "in time")
        there.time.pass_by(seconds=1)
        with pytest.raises(WindowClosed, match="45015"):
            await there.api.send_text(OPENID, "too late")
        there.customers.event(OPENID, "unsubscribe")
        with pytest.raises(Unreachable, match="43004"):
            await there.api.send_text(OPENID, "gone")
    assert len(there.fake.record.texts(OPENID)) == 6


async def test_typing_is_shown_and_its_failure_hurts_nobody(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        await there.api.typing(OPENID, True)
        await there.api.typing("o-stranger", True)
        await there.fake.go_down()
        await there.api.typing(OPENID, False)
    assert [call.errcode for call in there.fake.record.of("custom/typing")] == [0, 45080]


async def test_an_operator_learns_addresses_and_what_is_left(sqlite_database: Database) -> None:
    async with line(sqlite_database) as there:
        assert await there.api.callback_ips() == ["127.0.0.1", "127.0.0.2"]
        assert await there.api.api_ips() == ["127.0.0.3"]
        assert await there.api.quota() == Quota(100_000, 7, 99_993)
        await there.api.clear_quota()
    assert there.fake.record.refused() == 0


async def test_the_menu_is_put_shown_and_taken_away(sqlite_database: Database) -> None:
    menu = {"button": [{"type": "click", "name": "人工", "key": "human"}]}
    async with line(sqlite_database) as there:
        await there.api.create_menu(menu)
        assert (await there.api.menu())["menu"] == menu
        await there.api.delete_menu()
        with pytest.raises(Undeliverable, match="46003"):
            await there.api.menu()
