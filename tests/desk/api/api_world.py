"""Build a small shop's record through the real services, and an app that serves it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from aiohttp import web

from bot import settings
from bot.desk.api import add_api
from bot.domain.arrivals import Edit
from bot.domain.attachments import Attachment, Detail
from bot.domain.complaints import Complaint, Severity, case_number
from bot.domain.consent import Consent
from bot.domain.conversation import Reason
from bot.domain.ids import (
    ComplaintId,
    ConsentId,
    ConversationId,
    CustomerId,
    MessageId,
    OrderId,
    PreferenceId,
    PromiseId,
    RatingId,
    UserId,
    new_id,
)
from bot.domain.messages import Incoming, Reading, Reply
from bot.domain.orders import Order, OrderState
from bot.domain.preferences import Polarity, Preference
from bot.domain.promises import Promise
from bot.domain.satisfaction import Rating
from bot.domain.users import Role, User
from bot.edge import metrics
from bot.edge.keys import CLOCK, DATABASE, SETTINGS
from bot.services import delivery, edits, handoffs, messaging
from bot.store.tables import metadata
from bot.store.unit_of_work import Database, UnitOfWork

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TOKEN = "a token that is long enough"


@dataclass(frozen=True)
class Story:
    """Be the ids of one customer's story."""

    customer_id: CustomerId
    conversation_id: ConversationId
    message_id: MessageId


def open_database(home: Path) -> Database:
    database = Database(f"sqlite:///{home / 'test.db'}", threads=2)
    metadata.create_all(database.engine)
    return database


def serve(database: Database, token: str | None = TOKEN) -> web.Application:
    app = web.Application()
    app[DATABASE] = database
    app[CLOCK] = lambda: NOW
    app[SETTINGS] = replace(settings.read(None), api_token=token)
    app.router.add_get("/metrics", metrics.expose)
    add_api(app)
    return app


def hear(uow: UnitOfWork, external_id: str, text: str, at: datetime = NOW, *, account: str = "shop") -> Story:
    """Receive one message, with its reading."""
    platform_id = new_id()
    incoming = Incoming(
        "telegram", account, external_id, platform_id, text, display_name="Lin <b>Mei</b>", username="mei"
    )
    received = messaging.receive(uow, incoming, at)
    assert isinstance(received, messaging.Received)
    uow.messages.add_reading(Reading(received.message_id, "complaint", 0.93, "en", -1, at, ["delivery"]))
    message = uow.messages.get(received.message_id)
    assert message is not None
    return Story(message.customer_id, received.conversation_id, received.message_id)


def answer(uow: UnitOfWork, story: Story, text: str, at: datetime = NOW) -> None:
    """Answer the open message as the bot and send the answer."""
    turn = messaging.next_turn(uow, story.conversation_id, at)
    assert isinstance(turn, messaging.NextTurn)
    messaging.answer(uow, turn, [Reply(text)], at)
    message = uow.messages.get(story.message_id)
    assert message is not None
    outgoing = delivery.take_next(uow, message.identity_id, False, at)
    assert not isinstance(outgoing, delivery.SendLater | delivery.NothingToSend)
    delivery.sent(uow, outgoing.message_id, new_id(), at)


def show_photo(uow: UnitOfWork, external_id: str, at: datetime = NOW) -> None:
    """Receive a photo and then another caption for it."""
    details: dict[str, Detail] = {"width": 90, "ratio": 1.5, "spoiler": False, "tags": ["cup", "blue"], "title": "x"}
    photo = Attachment("photo", "a-secret-reference", "cup.jpg", "image/jpeg", 2_048, details)
    incoming = Incoming("telegram", "shop", external_id, new_id(), "this cup", "photo", attachment=photo)
    messaging.receive(uow, incoming, at)
    edits.edit(uow, Edit(replace(incoming, text="that cup"), 2**50), at + timedelta(seconds=5))


def tell_story(uow: UnitOfWork, external_id: str = "424242") -> Story:
    """Play a customer who complains, has wishes, gets a person and rates: every list of the record has something."""
    story = hear(uow, external_id, "My parcel is late, and no more calls please")
    answer(uow, story, "I am sorry.", NOW + timedelta(seconds=1))
    customer_id, conversation_id, message_id = story.customer_id, story.conversation_id, story.message_id
    agent = User(UserId(new_id()), f"mia-{new_id()}", "Mia", Role.AGENT, "x", NOW)
    uow.users.add(agent)
    show_photo(uow, external_id, NOW + timedelta(seconds=1))
    wish = hear(uow, external_id, "A person!", NOW + timedelta(seconds=2))
    handoffs.bring_person(uow, wish.message_id, Reason.WISH, "Someone is coming.", NOW + timedelta(seconds=2))
    handoffs.claim(uow, conversation_id, agent, NOW + timedelta(seconds=3))
    complaint = Complaint(
        ComplaintId(new_id()), case_number(NOW, message_id), customer_id, conversation_id, message_id,
        "delivery", Severity.LOW, "My parcel is late", NOW, NOW + timedelta(hours=48),
    )  # fmt: skip
    uow.complaints.add(complaint)
    uow.promises.add(Promise(PromiseId(new_id()), customer_id, conversation_id, "call back", NOW, NOW, complaint.id))
    wish_heard = Preference(
        PreferenceId(new_id()),
        customer_id,
        message_id,
        "contact",
        "calls",
        Polarity.AVOID,
        "no more calls",
        0.8,
        NOW,
        NOW,
    )
    uow.preferences.add(wish_heard)
    uow.consents.add(Consent(ConsentId(new_id()), customer_id, "marketing", "telegram", False, "no more calls", NOW))
    uow.ratings.add(Rating(RatingId(new_id()), customer_id, conversation_id, 4, "4", NOW, agent_id=agent.id))
    number, price = f"TJ{1000 + message_id}", Decimal("12.50")
    teapot = Order(OrderId(new_id()), number, customer_id, OrderState.SHIPPED, "1 × teapot", price, "CNY", NOW)
    uow.shop.add_order(teapot)
    return story
