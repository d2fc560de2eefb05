"""Keep what customers like and do not like, with proof, and let people decide what may be used."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, tzinfo

from bot.domain.ids import CustomerId, MessageId, PreferenceId, new_id
from bot.domain.messages import Message
from bot.domain.preferences import Expressed, Polarity, Preference, PreferenceState
from bot.domain.script import fold
from bot.domain.time_limits import ends_at
from bot.domain.users import User
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Heard:
    """Say which preferences now stand because of a message: the new ones and those said before."""

    new: tuple[Preference, ...]
    known: tuple[Preference, ...]

    @property
    def standing(self) -> tuple[Preference, ...]:
        """Return all that the message expressed, known ones first."""
        return self.known + self.new


def hear(
    uow: UnitOfWork, message_id: MessageId, expressed: Iterable[Expressed], now: datetime, zone: tzinfo = UTC
) -> Heard:
    """Keep what a message expressed, once; what contradicts it and is older gives way.

    "This month" ends by the calendar of the ``zone``. What the customer took back out of this very message is not heard
    again. Raises NotFound.
    """
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    from_here = uow.preferences.from_message(message_id)
    new: list[Preference] = []
    known: list[Preference] = []
    for expression in expressed:
        same = [p for p in from_here if _is_the_same(p, expression)]
        if not same:
            same = [
                p
                for p in uow.preferences.of_customer(message.customer_id, standing=True)
                if _is_the_same(p, expression)
            ]
        if same:
            known += [p for p in same if p.state in (PreferenceState.HEARD, PreferenceState.APPROVED)]
            continue
        preference = _keep(uow, message, expression, ends_at(fold(expression.time_limit), now, zone), now)
        from_here.append(preference)
        new.append(preference)
    return Heard(tuple(new), tuple(known))


def approve(uow: UnitOfWork, preference_id: PreferenceId, user: User, now: datetime) -> Preference:
    """Let a preference be used. Raises NotFound or NotReviewable."""
    preference = _get(uow, preference_id)
    preference.approve(user.id, now)
    return _changed(uow, preference, user.id, "preference.approved", now)


def reject(uow: UnitOfWork, preference_id: PreferenceId, user: User, now: datetime) -> Preference:
    """Keep a preference from being used. Raises NotFound or NotReviewable."""
    preference = _get(uow, preference_id)
    preference.reject(user.id, now)
    return _changed(uow, preference, user.id, "preference.rejected", now)


def withdraw(uow: UnitOfWork, preference_id: PreferenceId, customer_id: CustomerId, now: datetime) -> Preference:
    """Let a customer take back what they said; nobody can take back what is another customer's. Raises NotFound."""
    preference = _get(uow, preference_id)
    if preference.customer_id != customer_id:
        raise NotFound("preference")
    if preference.state is PreferenceState.WITHDRAWN:
        return preference
    preference.state, preference.valid_until = PreferenceState.WITHDRAWN, now
    return _changed(uow, preference, "customer", "preference.withdrawn", now)


def usable(uow: UnitOfWork, customer_id: CustomerId, now: datetime) -> list[Preference]:
    """Return what the assistant may act on, oldest first: nothing sensitive that nobody approved, nobody else's taste."""
    standing = uow.preferences.of_customer(customer_id, standing=True)
    return [preference for preference in standing if preference.may_be_used(now)]


def _keep(
    uow: UnitOfWork, message: Message, expression: Expressed, ends_at: datetime | None, now: datetime
) -> Preference:
    preference = Preference(
        PreferenceId(new_id()), message.customer_id, message.id, valid_until=ends_at, heard_at=now, valid_from=now,
        **{part.name: getattr(expression, part.name) for part in fields(expression)},
    )  # fmt: skip
    for older in uow.preferences.of_customer(message.customer_id, standing=True):
        if older.is_contradicted_by(expression):
            older.give_way_to(preference)
            uow.record("customer", "preference.superseded", f"preference:{older.id}", now, by=preference.id)
    uow.preferences.add(preference)
    return _changed(uow, preference, "customer", "preference.heard", now)


def _is_the_same(preference: Preference, expression: Expressed) -> bool:
    positive = frozenset({Polarity.LIKE, Polarity.WANT})
    same_side = (preference.polarity in positive) == (expression.polarity in positive)
    return same_side and preference.speaks_of_the_same(expression)


def _get(uow: UnitOfWork, preference_id: PreferenceId) -> Preference:
    preference = uow.preferences.get(preference_id)
    if preference is None:
        raise NotFound("preference")
    return preference


def _changed(uow: UnitOfWork, preference: Preference, actor: str, action: str, now: datetime) -> Preference:
    uow.record(actor, action, f"preference:{preference.id}", now)
    uow.tell("preference", now, customer_id=preference.customer_id, preference_id=preference.id, state=preference.state)
    return preference
