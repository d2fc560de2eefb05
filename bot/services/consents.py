"""Keep what customers allowed us; silence means no."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.domain.consent import Consent, ConsentWish
from bot.domain.ids import ConsentId, CustomerId, MessageId, new_id
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork

EVERYWHERE: Final = "all"
"""The channel of a no: whoever says "no more advertising" means all of it."""


def hear(uow: UnitOfWork, message_id: MessageId, wishes: Iterable[ConsentWish], now: datetime) -> list[Consent]:
    """Keep the yes or no that a message expressed, once.

    A yes holds for the channel it was said on only; a no holds everywhere. Raises NotFound.
    """
    message = uow.messages.get(message_id)
    conversation = uow.conversations.get(message.conversation_id) if message else None
    if message is None or conversation is None:
        raise NotFound("message")
    known = {c.purpose: c for c in uow.consents.of_customer(message.customer_id) if c.message_id == message_id}
    heard: list[Consent] = []
    for wish in wishes:
        if wish.purpose not in known:
            channel = conversation.channel if wish.granted else EVERYWHERE
            known[wish.purpose] = Consent(
                ConsentId(new_id()),
                message.customer_id,
                wish.purpose,
                channel,
                wish.granted,
                wish.quote,
                now,
                message_id,
            )
            _add(uow, known[wish.purpose], now)
        heard.append(known[wish.purpose])
    return heard


def holds(uow: UnitOfWork, customer_id: CustomerId, purpose: str, channel: str) -> bool:
    """Say whether we may: the latest word for this channel, or for everywhere, decides."""
    said = [
        consent
        for consent in uow.consents.of_customer(customer_id)
        if consent.purpose == purpose and consent.channel in (channel, EVERYWHERE)
    ]
    return bool(said) and said[-1].granted


def _add(uow: UnitOfWork, consent: Consent, now: datetime) -> None:
    uow.consents.add(consent)
    uow.record(
        "customer", "consent.given" if consent.granted else "consent.refused", f"customer:{consent.customer_id}", now,
        purpose=consent.purpose, channel=consent.channel, message_id=consent.message_id,
    )  # fmt: skip
    uow.tell("consent", now, customer_id=consent.customer_id, purpose=consent.purpose, granted=consent.granted)
