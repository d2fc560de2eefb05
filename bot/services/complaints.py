"""Open complaints, once per grievance, each with a promise that has a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.complaints import PROMISED_WITHIN, Complaint, Severity, case_number
from bot.domain.grievance_topics import OTHER, topic_of
from bot.domain.grievances import REMEDIES, severity_of, wants_of
from bot.domain.ids import ComplaintId, MessageId, PromiseId, new_id
from bot.domain.messages import Message
from bot.domain.orders import find_order_number
from bot.domain.promises import Promise
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

NEAR: Final = timedelta(days=14)
"""How long after its latest word a case takes in what is said about the same matter in another conversation."""
_RANK = (Severity.LOW, Severity.MEDIUM, Severity.HIGH)


@dataclass(frozen=True)
class Opened:
    """Say that a case was opened from this message, now or when the message was first dealt with."""

    complaint: Complaint


@dataclass(frozen=True)
class Joined:
    """Say that the message belongs to a case that was open already."""

    complaint: Complaint


def open_complaint(
    uow: UnitOfWork, message_id: MessageId, now: datetime, *, topic: str | None = None, severity: Severity | None = None
) -> Opened | Joined:
    """Open a case from a message, in its own words, and promise a first answer by a time.

    A second grievance about the same matter joins the open case: nobody wants two numbers for one trouble. The same
    message twice changes nothing. Raises NotFound.
    """
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    known = uow.complaints.from_message(message_id)
    if known is not None:
        return Opened(known)
    topic = topic or topic_of(message.text)
    severity = severity or severity_of(message.text)
    case = _open_case_about(uow, message, topic, now)
    if case is not None:
        _join(uow, case, message, severity, now)
        return Joined(case)
    case = _open(uow, message, topic, severity, now)
    return Opened(case)


def _open(uow: UnitOfWork, message: Message, topic: str, severity: Severity, now: datetime) -> Complaint:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    ordinal = uow.complaints.opened_between(midnight, midnight + timedelta(days=1)) + 1
    case = Complaint(
        ComplaintId(new_id()), case_number(now, ordinal), message.customer_id, message.conversation_id, message.id,
        topic, severity, message.text, now, now + PROMISED_WITHIN[severity], wants=wants_of(message.text),
    )  # fmt: skip
    uow.complaints.add(case)
    _promise(uow, case, message, now)
    uow.record("customer", "complaint.opened", f"complaint:{case.id}", now, topic=topic, severity=severity)
    _tell(uow, case, now)
    return case


def _join(uow: UnitOfWork, case: Complaint, message: Message, severity: Severity, now: datetime) -> None:
    """Add the message to the case; a graver tone raises the severity and brings the promised time forward."""
    if message.id in case.joined:
        return
    case.joined = [*case.joined, message.id]
    wanted = {*case.wants, *wants_of(message.text)}
    case.wants = [remedy for remedy in REMEDIES if remedy in wanted]
    if _RANK.index(severity) > _RANK.index(case.severity):
        case.severity = severity
        case.due_at = min(case.due_at, now + PROMISED_WITHIN[severity])
        for promise in uow.promises.for_complaint(case.id):
            promise.due_at = min(promise.due_at, case.due_at)
    uow.record("customer", "complaint.joined", f"complaint:{case.id}", now, message_id=message.id, severity=severity)
    _tell(uow, case, now)


def _open_case_about(uow: UnitOfWork, message: Message, topic: str, now: datetime) -> Complaint | None:
    """Return the latest open case that the words belong to: about the same order, or of the same topic and near in time.

    Words without a topic of their own, like "and nobody answers!", belong to what this conversation was about.
    """
    order = find_order_number(message.text)
    for case in reversed(uow.complaints.of_customer(message.customer_id, open_only=True)):
        told = [found for found in map(uow.messages.get, [case.message_id, *map(MessageId, case.joined)]) if found]
        orders = {find_order_number(one.text) for one in told} - {None}
        here = case.conversation_id == message.conversation_id
        near = here or any(now - one.written_at <= NEAR for one in told)
        same_topic = topic == case.topic or (here and topic == OTHER)
        if near and same_topic and (order is None or not orders or order in orders):
            return case
    return None


def _promise(uow: UnitOfWork, case: Complaint, message: Message, now: datetime) -> None:
    customer = uow.customers.get(message.customer_id)
    what = say(customer.language if customer else "zh-Hans", "promise-first-answer", number=case.number)
    uow.promises.add(
        Promise(PromiseId(new_id()), case.customer_id, case.conversation_id, what, now, case.due_at, case.id)
    )


def _tell(uow: UnitOfWork, case: Complaint, now: datetime) -> None:
    uow.tell("complaint", now, conversation_id=case.conversation_id, customer_id=case.customer_id, complaint_id=case.id)
