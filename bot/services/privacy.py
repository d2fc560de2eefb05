"""Tell customers what we know of them, and forget them when they ask."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.complaints import ComplaintState
from bot.domain.customer import Customer
from bot.domain.ids import CustomerId
from bot.domain.messages import Author, Delivery
from bot.domain.preferences import Preference
from bot.errors import NotFound
from bot.services import consents
from bot.store.unit_of_work import UnitOfWork

_ON_ITS_WAY = (Delivery.PENDING, Delivery.SENDING)


@dataclass(frozen=True)
class KnownAboutCustomer:
    """Be what the record holds about a customer, short enough to be said in a chat."""

    name: str | None
    channels: tuple[str, ...]
    messages: int
    orders: int
    complaints: tuple[str, ...]
    preferences: tuple[Preference, ...]
    marketing_allowed: bool


def what_we_know(uow: UnitOfWork, customer_id: CustomerId) -> KnownAboutCustomer:
    """Return what the record holds; complaints by number, open ones only. Raises NotFound."""
    customer = _get(uow, customer_id)
    channels = tuple(sorted({identity.channel for identity in uow.customers.identities_of(customer_id)}))
    written = [
        m for m in uow.messages.of_customer(customer_id) if m.author is Author.CUSTOMER and (m.text or m.attachment)
    ]
    return KnownAboutCustomer(
        customer.name,
        channels,
        len(written),
        len(uow.shop.orders_of(customer_id)),
        tuple(case.number for case in uow.complaints.of_customer(customer_id, open_only=True)),
        tuple(uow.preferences.of_customer(customer_id, standing=True)),
        any(consents.holds(uow, customer_id, "marketing", channel) for channel in channels),
    )


def forget(uow: UnitOfWork, customer_id: CustomerId, now: datetime) -> None:
    """Forget a customer: their words in every version, files, names, tags, preferences, consents, promises, orders go.

    What stays, and why: the empty rows, so that counts and case numbers remain true; scores and topics, which name
    nobody; the external id, because the goodbye has to reach them and their next word must find a customer without a
    past; the platform's ids of messages and the receipts of ours, which are numbers and keep a late repetition from
    bringing the words back; one audit line that says when it happened and nothing else. Deliveries that could not be
    read name nobody we know: they go with their age. Open cases are closed. Consents go too: without one, silence means
    no. Words of ours that are just on their way stay until they are out; kept ones never go. Raises NotFound.
    """
    customer = _get(uow, customer_id)
    customer.name, customer.tags, customer.forgotten_at = None, [], now
    # Locked, so that no edit puts the words that it finds now beside its own afterwards.
    for identity in uow.customers.identities_of(customer_id, lock=True):
        identity.display_name = identity.username = None
    uow.versions.forget(customer_id)
    uow.uploads.forget(customer_id)
    _blank_words(uow, customer_id)
    _close_cases(uow, customer_id, now)
    gone = [
        *uow.preferences.of_customer(customer_id),
        *uow.consents.of_customer(customer_id),
        *uow.promises.of_customer(customer_id),
        *uow.shop.orders_of(customer_id),
    ]
    for row in gone:
        uow.session.delete(row)
    uow.record("customer", "customer.forgotten", f"customer:{customer_id}", now)
    uow.tell("customer", now, customer_id=customer_id)


def _blank_words(uow: UnitOfWork, customer_id: CustomerId) -> None:
    for message in uow.messages.of_customer(customer_id):
        if message.delivery is Delivery.KEPT:
            message.delivery = Delivery.WITHHELD
        if message.delivery not in _ON_ITS_WAY:
            message.text, message.buttons, message.attachment, message.edited_at = "", [], None, None
    for handoff in uow.conversations.handoffs_of(customer_id):
        handoff.summary = ""
    for rating in uow.ratings.of_customer(customer_id):
        rating.words = ""


def _close_cases(uow: UnitOfWork, customer_id: CustomerId, now: datetime) -> None:
    for case in uow.complaints.of_customer(customer_id):
        case.words, case.root_cause = "", None
        if case.state is not ComplaintState.RESOLVED:
            case.state, case.resolved_at = ComplaintState.RESOLVED, now
        case.outcome = "forgotten"


def _get(uow: UnitOfWork, customer_id: CustomerId) -> Customer:
    customer = uow.customers.get(customer_id)
    if customer is None:
        raise NotFound("customer")
    return customer
