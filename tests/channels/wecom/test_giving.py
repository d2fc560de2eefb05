"""A send that is repeated under the same name is known again: the customer reads it once."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channel_settings.wecom import WecomSettings
from bot.channels.tencent.refusals import Unanswered
from bot.channels.tencent.wire import Patience
from bot.channels.wecom.api import WecomApi
from bot.channels.wecom.giving import Giver
from bot.channels.wecom.sessions import Sessions
from bot.clock import utc_now
from bot.domain.attachments import Attachment
from bot.domain.messages import Reply
from bot.domain.reply_plan import Bundle, Piece
from bot.errors import TryLater, Undeliverable, WindowClosed
from bot.services import messaging
from bot.services.messaging import Received
from bot.store.unit_of_work import Database
from tests import build
from tests.channels.wechat.fake.troubles import Trouble, refusal
from tests.channels.wecom.fake.server import CORP_ID, SECRET, FakeWecom
from tests.channels.wecom.fake.talk import BOT
from tests.channels.wecom.house import AES_KEY, LIN, SHOP, TOKEN


@pytest.fixture
async def wecom() -> AsyncIterator[FakeWecom]:
    async with FakeWecom(SHOP) as served:
        served.talk.wrote(SHOP, LIN, content="hello")
        served.talk.sessions[SHOP, LIN].state = BOT
        yield served


@pytest.fixture
async def giver(wecom: FakeWecom, sqlite_database: Database) -> AsyncIterator[Giver]:
    settings = WecomSettings(CORP_ID, SECRET, TOKEN, AES_KEY, api_base=wecom.url)
    patience = Patience(answer=0.5, pauses=(0.0, 0.0))
    api = WecomApi(settings, sqlite_database, utc_now, patience=patience)
    yield Giver(api, sqlite_database, Sessions(api, sqlite_database, utc_now))
    await api.close()


@pytest.fixture
def bundle(sqlite_database: Database) -> Bundle:
    """Return an answer that is about to be sent for the first time."""
    incoming = replace(build.incoming(who=LIN, channel="wecom"), account=SHOP)
    received = sqlite_database.perform(messaging.receive, incoming, utc_now())
    assert isinstance(received, Received)
    build.answer(sqlite_database, received.conversation_id, Reply("hi"), now=utc_now())
    answer = build.messages(sqlite_database, received.conversation_id)[-1]
    with sqlite_database.reading() as uow:
        identity = uow.customers.known_as("wecom", SHOP, LIN)
    assert identity is not None
    return Bundle(identity.address, (Piece(answer.id, 0, "hi"),), "hi", 1)


async def test_a_repetition_has_the_same_name_and_is_read_once(wecom: FakeWecom, giver: Giver, bundle: Bundle) -> None:
    name = await giver.give(bundle)
    assert await giver.give(replace(bundle, attempt=2)) == name
    assert [taken.msgid for taken in wecom.talk.taken] == [name]
    assert len(wecom.refused(40058)) == 1


async def test_a_new_message_whose_name_is_taken_is_in_doubt(wecom: FakeWecom, giver: Giver, bundle: Bundle) -> None:
    wecom.troubles.append(Trouble("answer", 502, path="kf/send_msg", is_taken=True))
    with pytest.raises(Unanswered):
        await giver.give(bundle)
    assert wecom.talk.texts(LIN) == ["hi"]


async def test_the_next_piece_has_a_name_of_its_own(wecom: FakeWecom, giver: Giver, bundle: Bundle) -> None:
    await giver.give(bundle)
    await giver.give(replace(bundle, pieces=(Piece(bundle.message_id, 1, "more"),), text="more"))
    assert wecom.talk.texts(LIN) == ["hi", "more"]


async def test_a_file_is_uploaded_and_sent_as_what_it_is(wecom: FakeWecom, giver: Giver, bundle: Bundle) -> None:
    picture = Attachment("photo", name="茶.png", media_type="image/png")
    await giver.give(replace(bundle, text="", attachment=picture, content=b"picture of tea"))
    assert (wecom.talk.texts(LIN), wecom.media) == (["[image media0]"], {"media0": b"picture of tea"})


async def test_an_upload_that_is_not_answered_has_told_the_customer_nothing(
    wecom: FakeWecom, giver: Giver, bundle: Bundle
) -> None:
    wecom.troubles.append(Trouble("answer", 502, path="media/upload", times=9))
    picture = Attachment("photo", media_type="image/png")
    with pytest.raises(TryLater):
        await giver.give(replace(bundle, text="", attachment=picture, content=b"picture of tea"))
    assert wecom.talk.taken == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (95001, WindowClosed),
        (95002, WindowClosed),
        (45009, TryLater),
        (48002, TryLater),
        (40003, Undeliverable),
        (40096, Undeliverable),
    ],
)
async def test_a_refusal_is_said_in_our_words(
    wecom: FakeWecom, giver: Giver, bundle: Bundle, code: int, kind: type[Exception]
) -> None:
    wecom.troubles.append(refusal(code, path="kf/send_msg", times=9))
    with pytest.raises(kind) as raised:
        await giver.give(bundle)
    assert type(raised.value) is kind and "refused, hints" not in str(raised.value)
