"""What we know is told in full, and what is forgotten is gone."""

from bot import demo
from bot.domain.arrivals import Edit
from bot.domain.attachments import Attachment
from bot.domain.conversation import Reason
from bot.domain.hearing import consents_in, expressed_in
from bot.domain.messages import Delivery, Reply
from bot.services import (
    complaints,
    consents,
    handoffs,
    messaging,
    preferences,
    privacy,
    satisfaction,
    speaking,
)
from bot.store.unit_of_work import Database, UnitOfWork
from tests import build

TEXT = "我叫王小明，我喜欢蓝色，优惠活动可以发给我，东西坏了"


def busy_customer(database: Database) -> None:
    received = build.receive(database, TEXT)
    database.perform(preferences.hear, received.message_id, expressed_in(TEXT), build.NOW)
    database.perform(consents.hear, received.message_id, consents_in(TEXT), build.NOW)
    database.perform(complaints.open_complaint, received.message_id, build.NOW)
    database.perform(satisfaction.record_rating, received.message_id, received.conversation_id, 2, build.NOW)
    database.perform(demo.give_orders, build.identity(database).customer_id, build.NOW)
    turn = build.take_turn(database, received.conversation_id)
    database.perform(handoffs.request_person, received.message_id, Reason.WISH, TEXT, build.NOW)
    database.perform(messaging.answer, turn, [Reply("好的")], build.NOW)


def test_what_we_know_is_told_in_full(database: Database) -> None:
    busy_customer(database)
    with database.reading() as uow:
        known = privacy.what_we_know(uow, build.identity(database).customer_id)
    assert (known.messages, known.orders, len(known.complaints), len(known.preferences)) == (1, 3, 1, 2)
    assert known.marketing_allowed and known.channels == ("web",)


def test_a_forgotten_customer_leaves_no_word_behind_and_can_still_be_answered(database: Database) -> None:
    busy_customer(database)
    customer_id = build.identity(database).customer_id
    for _ in range(2):
        database.perform(privacy.forget, customer_id, build.NOW)
    with database.reading() as uow:
        rows = [
            *uow.messages.of_customer(customer_id), *uow.complaints.of_customer(customer_id),
            *uow.ratings.of_customer(customer_id), *uow.conversations.handoffs_of(customer_id),
            *uow.customers.identities_of(customer_id), uow.customers.get(customer_id),
            *uow.audit.of_subject(f"customer:{customer_id}"),
        ]  # fmt: skip
        assert "蓝色" not in repr([vars(row) for row in rows]) and "王小明" not in repr([vars(row) for row in rows])
        assert uow.promises.of_customer(customer_id) == [] == uow.shop.orders_of(customer_id)
        on_their_way = [m.text for m in uow.messages.of_customer(customer_id) if m.delivery is Delivery.PENDING]
        assert on_their_way == ["好的"]


def test_whoever_was_forgotten_is_a_customer_without_a_past_when_they_write_again(database: Database) -> None:
    busy_customer(database)
    customer_id = build.identity(database).customer_id
    database.perform(privacy.forget, customer_id, build.NOW)
    build.receive(database, "又来了")
    assert database.perform(demo.give_orders, customer_id, build.NOW) == 0
    with database.reading() as uow:
        known = privacy.what_we_know(uow, customer_id)
    assert (known.name, known.preferences, known.complaints, known.marketing_allowed) == (None, (), (), False)


def test_files_and_earlier_wordings_are_forgotten_except_what_is_on_its_way(database: Database) -> None:
    photo = Attachment("photo", "secret-file", "passport.png", details={"phone": "12345"})
    said = build.take(database, build.written(1, "my passport", kind="photo", attachment=photo))
    build.take(database, Edit(build.written(1, "my new passport", kind="photo", attachment=photo), 5))
    assert isinstance(said, messaging.Received)
    agent, ours = build.user(database), Attachment("document", name="contract.pdf", size=3)

    def send_two(uow: UnitOfWork) -> list[int]:
        conversation = handoffs.locked(uow, said.conversation_id)
        sent = [speaking.as_person(uow, conversation, agent.id, "", None, build.NOW, attachment=ours) for _ in range(2)]
        for message in sent:
            uow.uploads.add(message.id, b"pdf")
        sent[0].delivery = Delivery.SENT
        return [message.id for message in sent]

    gone, going = database.perform(send_two)
    customer_id = build.identity(database, channel="telegram").customer_id
    with database.reading() as uow:
        assert privacy.what_we_know(uow, customer_id).messages == 1
    database.perform(privacy.forget, customer_id, build.NOW)
    with database.reading() as uow:
        kept = {message.id: message for message in uow.messages.of_customer(customer_id)}
        assert uow.versions.of([said.message_id]) == {}
        assert (uow.uploads.content(gone), uow.uploads.content(going)) == (None, b"pdf")  # type: ignore[arg-type]
    assert (kept[said.message_id].attachment, kept[gone].attachment, kept[going].attachment) == (None, None, ours)
    assert kept[said.message_id].platform_id == "1"
