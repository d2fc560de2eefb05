"""Let a marketer decide which preferences may be used."""

from datetime import datetime

from bot.domain.ids import PreferenceId
from bot.domain.preferences import Preference
from bot.domain.users import User
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork


def approve(uow: UnitOfWork, preference_id: PreferenceId, user: User, now: datetime) -> Preference:
    """Let a preference be used. Raises NotFound or NotReviewable."""
    preference = _existing(uow, preference_id)
    preference.approve(user.id, now)
    _note(uow, preference, user, now)
    return preference


def reject(uow: UnitOfWork, preference_id: PreferenceId, user: User, now: datetime) -> Preference:
    """Keep a preference from being used. Raises NotFound or NotReviewable."""
    preference = _existing(uow, preference_id)
    preference.reject(user.id, now)
    _note(uow, preference, user, now)
    return preference


def _existing(uow: UnitOfWork, preference_id: PreferenceId) -> Preference:
    preference = uow.preferences.get(preference_id)
    if preference is None:
        raise NotFound("preference")
    return preference


def _note(uow: UnitOfWork, preference: Preference, user: User, now: datetime) -> None:
    uow.record(user.id, f"preference.{preference.state}", f"preference:{preference.id}", now)
    uow.tell("profile", now, customer_id=preference.customer_id)
