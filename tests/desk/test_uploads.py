"""A file from the desk goes along with the words, once, bounded, and is what we say it is."""

import asyncio
from typing import Any

import pytest
from aiohttp import FormData

from bot.domain.ids import ConversationId
from bot.domain.messages import Message
from bot.services.replies import LARGEST_FILE
from tests.desk import telegram_story as story
from tests.desk.conftest import Enter
from tests.desk.house import Browser, House
from tests.desk.pictures import png

PDF = b"%PDF-1.7 an invoice"


async def at_work(house: House, enter: Enter, channel: str = "web") -> tuple[Browser, str]:
    house.hire("lina")
    heard = house.hear("I want a person", channel=channel)
    house.call_person(heard.message_id)
    browser = await enter("lina")
    talk = f"/desk/conversations/{heard.conversation_id}"
    await browser.post(f"{talk}/claim")
    return browser, talk


def form(content: bytes, name: str = "invoice.pdf", text: str = "", key: str = "k", **more: str) -> FormData:
    made = FormData(quote_fields=False)  # as browsers do
    for field, value in {"text": text, "key": key, **more}.items():
        made.add_field(field, value)
    made.add_field("file", content, filename=name, content_type="text/html")
    return made


async def post(browser: Browser, talk: str, body: Any, token: str | None = None) -> tuple[int, dict[str, Any]]:
    headers = {"X-CSRF-Token": browser.csrf if token is None else token, "Accept": "application/json"}
    answer = await browser.client.post(f"{talk}/reply", data=body, headers=headers)
    told: dict[str, Any] = await answer.json()
    return answer.status, told


def sent(house: House, talk: str) -> list[Message]:
    conversation = ConversationId(talk.rsplit("/", 1)[1])
    return [one for one in house.look(lambda uow: uow.messages.of_conversation(conversation)) if one.agent_id]


async def test_a_file_goes_along_with_words_or_alone(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter)
    assert (await post(browser, talk, form(PDF, text="your invoice", key="a")))[0] == 200
    assert (await post(browser, talk, form(png(), "cup.png", key="b")))[0] == 200
    with_words, alone = sent(house, talk)
    assert (with_words.text, alone.text) == ("your invoice", "")
    for message, kind, name, media_type, content in (
        (with_words, "document", "invoice.pdf", "application/pdf", PDF), (alone, "photo", "cup.png", "image/png", png()),
    ):  # fmt: skip
        attachment = message.attachment
        assert attachment is not None
        found = (attachment.kind, attachment.name, attachment.media_type, attachment.size, attachment.file_ref)
        assert found == (kind, name, media_type, len(content), None)
        assert house.look(lambda uow, id_: uow.uploads.content(id_), message.id) == content
        answer = await browser.client.get(f"{talk}/files/{message.id}")
        assert await answer.read() == content


async def test_the_same_submission_twice_is_one_message_with_one_file(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter)
    told = await asyncio.gather(*(post(browser, talk, form(PDF, key="same")) for _ in range(4)))
    assert {status for status, _ in told} == {200}
    assert len(sent(house, talk)) == 1


@pytest.mark.parametrize(
    ("name", "content", "kind", "media_type", "kept"),
    [
        ("cup.JPG", b"\xff\xd8\xff\xe0 jpeg", "photo", "image/jpeg", "cup.JPG"),
        ("dance.gif", b"GIF89a", "document", "image/gif", "dance.gif"),
        ("new.webp", b"RIFF\x00\x00\x00\x00WEBP", "photo", "image/webp", "new.webp"),
        ("fake.png", b"<svg onload=alert(1)>", "document", "application/octet-stream", "fake.png"),
        ("page.svg", b"<svg/>", "document", "application/octet-stream", "page.svg"),
        ("../../etc/passwd", b"root", "document", "application/octet-stream", "passwd"),
        ("C:\\Users\\lina\\a.txt", b"a", "document", "text/plain", "a.txt"),
        ("huge.png", b"\x89PNG\r\n\x1a\n" + b"0" * (11 * 1024 * 1024), "document", "image/png", "huge.png"),
        ("\u202egnp.exe", b"MZ", "document", "application/octet-stream", "gnp.exe"),
        ("...", b"x", "document", "application/octet-stream", "file"),
    ],
)  # fmt: skip
async def test_we_say_ourselves_what_a_file_is(
    house: House, enter: Enter, name: str, content: bytes, kind: str, media_type: str, kept: str
) -> None:
    browser, talk = await at_work(house, enter)
    assert (await post(browser, talk, form(content, name)))[0] == 200
    attachment = sent(house, talk)[0].attachment
    assert attachment is not None
    assert (attachment.kind, attachment.media_type, attachment.name) == (kind, media_type, kept)


async def test_what_is_too_large_empty_or_too_much_is_refused_in_words(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter)
    two = form(PDF)
    two.add_field("file", PDF, filename="second.pdf")
    for body, status, code in (
        (form(b"0" * (LARGEST_FILE + 1)), 413, "file_too_large"),
        (form(b"0" * (LARGEST_FILE + 2_000_000)), 413, "file_too_large"),
        (form(b""), 400, "file_empty"),
        (form(b"", name=""), 400, "empty"),
        (form(PDF, text="x" * 4_001), 400, "too_long"),
        (form(PDF, text="x" * 300_000), 400, "too_long"),
        (form(PDF, key="k" * 65), 400, "bad_key"),
        (form(PDF, **{f"more{n}": "" for n in range(20)}), 400, "bad_form"),
        (two, 400, "too_many_files"),
    ):
        found, told = await post(browser, talk, body)
        assert (found, told["code"]) == (status, code) and told["error"]
    assert sent(house, talk) == []


async def test_the_largest_file_passes(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter)
    assert (await post(browser, talk, form(b"0" * LARGEST_FILE)))[0] == 200


CUT_OFF = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"no parts at all", CUT_OFF])
async def test_parts_that_break_off_are_no_form(house: House, enter: Enter, body: bytes) -> None:
    browser, talk = await at_work(house, enter)
    headers = {"X-CSRF-Token": browser.csrf, "Accept": "application/json"}
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data"):
        answer = await browser.client.post(f"{talk}/reply", data=body, headers=headers | {"Content-Type": kind})
        assert answer.status == 400, kind
    assert sent(house, talk) == []


async def test_no_file_goes_where_the_channel_takes_none(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter, channel="mute")
    status, told = await post(browser, talk, form(PDF))
    assert (status, told["code"]) == (400, "no_files")
    assert 'name="file"' not in (await browser.open(talk))[1]


async def test_the_form_offers_a_file_where_the_channel_takes_one(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter, channel="telegram")
    _, page = await browser.open(talk)
    assert 'name="file"' in page and 'enctype="multipart/form-data"' in page


async def test_the_plain_form_works_without_scripts(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter)
    for key, name, content in (("1", "a.pdf", PDF), ("2", "", b"")):
        body = form(content, name, text="hello", key=key, csrf=browser.csrf)
        answer = await browser.client.post(f"{talk}/reply", data=body, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, talk)
    assert [one.attachment is not None for one in sent(house, talk)] == [True, False]


async def test_a_form_with_a_file_needs_the_token_and_its_own_address(house: House, enter: Enter) -> None:
    browser, talk = await at_work(house, enter)
    for token in ("", "guessed"):
        assert (await post(browser, talk, form(PDF), token))[0] == 403
    for verb in ("claim", "hand-back", "close"):
        headers = {"X-CSRF-Token": browser.csrf, "Accept": "application/json"}
        assert (await browser.client.post(f"{talk}/{verb}", data=form(PDF), headers=headers)).status == 403
    assert sent(house, talk) == []


async def test_who_has_blocked_us_and_who_reads_along_is_said(house: House, enter: Enter) -> None:
    house.hire("lina")
    begun = story.write(house, "hello")
    public = story.meet_in_group(house)
    browser = await enter("lina")
    english = {"Accept-Language": "en"}
    _, page = await browser.open(f"/desk/conversations/{begun.conversation_id}", headers=english)
    assert "cannot be reached" not in page and "Everyone in the group" not in page and "@xiaoman_zhou" in page
    story.block(house)
    _, piece = await browser.open(f"/desk/conversations/{begun.conversation_id}/state", headers=english)
    assert "This customer cannot be reached." in piece
    _, page = await browser.open(f"/desk/conversations/{public.conversation_id}", headers=english)
    assert "Everyone in the group reads this." in page
