"""Play with a platform that counts: windows open, and what goes next is taken by the plan."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.allowance import Grant, Occasion, Opening
from bot.domain.arrivals import Content, Ignored
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId
from bot.domain.messages import Delivery, Reply
from bot.domain.reply_plan import Bundle, Slot, Terms
from bot.services import arrivals, bundle_outcomes, planned
from bot.services.delivery import NothingToSend, SendLater
from bot.services.messaging import Received
from bot.services.planned import Kept
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

MESSAGE = Grant(5, timedelta(hours=48))
EVENT = Grant(3, timedelta(minutes=1))


def size(text: str) -> int:
    return len(text.encode())


def cut(text: str) -> list[str]:
    """Cut a text into lines: easy to see, and any cut will do."""
    return [line for line in text.split("\n") if line]


TERMS = Terms(size, 40, cut, lambda _id, buttons: " / ".join(button["title"] for button in buttons), lambda _: "more")


def with_slot(key: str = "push", answer_by: datetime = NOW + timedelta(seconds=3)) -> Terms:
    return replace(TERMS, slots=(Slot(key, answer_by),))


def opening(occasion: Occasion, at: datetime = NOW, *, who: str = "v1", grant: Grant | None = None) -> Opening:
    return Opening(who, occasion, at, grant or (MESSAGE if occasion is Occasion.MESSAGE else EVENT))


def take(
    database: Database, content: Content, opens: Opening | None, now: datetime = NOW, key: str | None = None
) -> object:
    """Have a delivery taken that may open a window."""
    return database.perform(arrivals.take, replace(build.arrival(content, key), opens=opens), now)


def write(database: Database, text: str = "hello", now: datetime = NOW, *, grant: Grant = MESSAGE) -> ConversationId:
    """Let the customer write, which opens a window."""
    content = build.incoming(text, channel="telegram")
    received = take(database, content, opening(Occasion.MESSAGE, now, grant=grant), now)
    assert isinstance(received, Received)
    return received.conversation_id


def act(database: Database, now: datetime = NOW) -> None:
    """Let the customer press the menu, which opens a short window."""
    take(database, Ignored("CLICK"), opening(Occasion.EVENT, now), now)


def answered(database: Database, *texts: str, grant: Grant = MESSAGE) -> tuple[ConversationId, Identity]:
    """Let the customer write and the bot answer."""
    conversation_id = write(database, grant=grant)
    build.answer(database, conversation_id, *map(Reply, texts))
    return conversation_id, build.identity(database, "v1", "telegram")


def next_of(
    database: Database, identity: Identity, terms: Terms = TERMS, now: datetime = NOW
) -> Bundle | Kept | SendLater | NothingToSend:
    return database.perform(planned.take_next, identity.id, terms, now)


def bundle_of(database: Database, identity: Identity, terms: Terms = TERMS, now: datetime = NOW) -> Bundle:
    """Take what goes next, which must exist."""
    found = next_of(database, identity, terms, now)
    assert isinstance(found, Bundle)
    return found


def send_all(database: Database, identity: Identity, terms: Terms = TERMS, now: datetime = NOW) -> list[str]:
    """Send until nothing more may go; return the texts."""
    texts = []
    while isinstance(found := next_of(database, identity, terms, now), Bundle):
        database.perform(bundle_outcomes.sent, found, None, now)
        texts.append(found.text)
    return texts


def states(database: Database, conversation_id: ConversationId) -> list[Delivery | None]:
    return [state for _, state, _ in build.delivered(database, conversation_id)]


def left(database: Database, identity: Identity, now: datetime = NOW) -> int:
    with database.reading() as uow:
        found = uow.allowances.ledger(identity.id).left(now)
    return found.count if found else 0
