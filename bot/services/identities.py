"""Know who writes and where they are reached: find them, welcome strangers, keep names fresh, follow those who move."""

from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import Owner
from bot.domain.customer import Customer, Identity, clean_name
from bot.domain.ids import CustomerId, identity_id_of, new_id
from bot.domain.language import detect, is_language
from bot.domain.messages import Incoming
from bot.domain.own_words import Words, words_in
from bot.store.unit_of_work import UnitOfWork


def known(uow: UnitOfWork, channel: str, account: str, external_id: str) -> Identity | None:
    """Return the identity that a channel knows by this id, or knew before they moved; locked against other writers."""
    found = uow.customers.known_as(channel, account, external_id, lock=True)
    return found or uow.customers.identity(identity_id_of(channel, account, external_id), lock=True)


def writer_of(uow: UnitOfWork, incoming: Incoming, now: datetime) -> Identity:
    """Return who writes, locked, so that one customer's messages are numbered in the order of their commits.

    A stranger becomes a customer.
    """
    return known(uow, incoming.channel, incoming.account, incoming.external_id) or _welcome(uow, incoming, now)


def from_old_place(identity: Identity, incoming: Incoming) -> Incoming:
    """Return a message as it is to be kept; a straggler from where the customer was before they moved gets an id apart.

    In the new place the platform counts from the beginning: the same number is another message there.
    """
    if identity.external_id == incoming.external_id:
        return incoming
    platform_id = f"{incoming.external_id}/{incoming.platform_id}"
    return replace(incoming, platform_id=platform_id, platform_order=None, reply_to=None)


def keep_fresh(uow: UnitOfWork, identity: Identity, incoming: Incoming, now: datetime) -> None:
    """Note what a new message tells of its writer: the names as they are now, and that they can be reached.

    A channel that tells a display name tells the user name too, if there is one. What we call the customer is theirs to
    say; the platform's name only fills the gap.
    """
    note_reach(uow, identity, True, now)
    name, username = clean_name(incoming.display_name), clean_name(incoming.username)
    if name is None or (name, username) == (identity.display_name, identity.username):
        return
    identity.display_name, identity.username = name, username
    customer = uow.customers.get(identity.customer_id)
    if customer is not None and customer.name is None:
        customer.name = name
    uow.tell("customer", now, customer_id=identity.customer_id)


def note_reach(uow: UnitOfWork, identity: Identity, reachable: bool, now: datetime) -> bool:
    """Note whether words can reach the customer there; return whether that is news."""
    if identity.reachable is reachable:
        return False
    identity.reachable = reachable
    _record(uow, identity, "identity.reachable" if reachable else "identity.blocked", now)
    latest = uow.conversations.latest_of(identity.id)
    open_one = latest.id if latest is not None and latest.owner is not Owner.CLOSED else None
    uow.tell("customer", now, conversation_id=open_one, customer_id=identity.customer_id)
    return True


def move(uow: UnitOfWork, identity: Identity, external_id: str, now: datetime) -> bool:
    """Let the channel know the (locked) identity by another id; return False if somebody else has that one.

    The platform counts messages anew there: the old receipts and message ids would be taken for new ones.
    """
    holder = uow.customers.known_as(identity.channel, identity.account, external_id)
    if holder is not None:
        return holder.id == identity.id
    identity.external_id = external_id
    uow.messages.leave_place(identity.id)
    uow.receipts.forget(identity.id)
    _record(uow, identity, "identity.moved", now)
    return True


def _record(uow: UnitOfWork, identity: Identity, action: str, now: datetime) -> None:
    subject = f"customer:{identity.customer_id}"
    uow.record("system", action, subject, now, channel=identity.channel, identity_id=identity.id)


def _welcome(uow: UnitOfWork, incoming: Incoming, now: datetime) -> Identity:
    hint = incoming.language_hint if is_language(incoming.language_hint) else "zh-Hans"
    name = clean_name(incoming.display_name)
    # A command is in no language, and forwarded words are in somebody else's.
    has_own_words = incoming.kind != "command" and words_in(incoming.kind, incoming.text) is Words.OWN
    language = detect(incoming.text, hint) if has_own_words else hint
    customer = Customer(CustomerId(new_id()), language, now, name=name)
    identity_id = identity_id_of(incoming.channel, incoming.account, incoming.external_id)
    identity = Identity(
        identity_id, customer.id, incoming.channel, incoming.account, incoming.external_id, now, name,
        username=clean_name(incoming.username), is_public=incoming.is_public,
    )  # fmt: skip
    uow.customers.add(customer, identity)
    uow.tell("customer", now, customer_id=customer.id)
    return identity
