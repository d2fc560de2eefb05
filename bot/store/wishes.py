"""Keep what customers want of us: preferences, consents and ratings."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.consent import Consent
from bot.domain.ids import ConversationId, CustomerId, MessageId, PreferenceId
from bot.domain.preferences import Preference, PreferenceState
from bot.domain.satisfaction import Rating
from bot.store.pages import Page, fetch_page
from bot.store.tables import consents, ratings
from bot.store.tables import preferences_ as preferences

_STANDING = (PreferenceState.HEARD, PreferenceState.APPROVED)


class Preferences:
    """Find, add and list preferences."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, preference_id: PreferenceId) -> Preference | None:
        return self._session.get(Preference, preference_id)

    def add(self, preference: Preference) -> None:
        self._session.add(preference)
        self._session.flush()

    def from_message(self, message_id: MessageId) -> list[Preference]:
        return list(self._session.scalars(sa.select(Preference).where(preferences.c.message_id == message_id)))

    def of_customer(self, customer_id: CustomerId, *, standing: bool = False) -> list[Preference]:
        """Return a customer's preferences, oldest first; ``standing`` leaves out rejected and replaced ones."""
        query = sa.select(Preference).where(preferences.c.customer_id == customer_id)
        if standing:
            query = query.where(preferences.c.state.in_(_STANDING))
        return list(self._session.scalars(query.order_by(preferences.c.heard_at, preferences.c.id)))

    def page(
        self, *, state: PreferenceState | None, kind: str | None, words: str | None, cursor: str | None, limit: int
    ) -> Page[Preference]:
        """Return preferences, newest first; ``words`` is looked for literally in object and quote."""
        query = sa.select(Preference)
        if state is not None:
            query = query.where(preferences.c.state == state)
        if kind is not None:
            query = query.where(preferences.c.kind == kind)
        if words:
            found_in_object = preferences.c.object.icontains(words, autoescape=True)
            query = query.where(sa.or_(found_in_object, preferences.c.quote.icontains(words, autoescape=True)))
        return fetch_page(self._session, query, preferences.c.heard_at, preferences.c.id, cursor, limit)


class Consents:
    """Add consents and say which ones hold."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, consent: Consent) -> None:
        self._session.add(consent)
        self._session.flush()

    def of_customer(self, customer_id: CustomerId) -> list[Consent]:
        query = sa.select(Consent).where(consents.c.customer_id == customer_id)
        return list(self._session.scalars(query.order_by(consents.c.given_at, consents.c.id)))


class Ratings:
    """Add ratings and find them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, rating: Rating) -> None:
        self._session.add(rating)
        self._session.flush()

    def from_message(self, message_id: MessageId) -> Rating | None:
        return self._session.scalars(sa.select(Rating).where(ratings.c.message_id == message_id)).first()

    def of_customer(self, customer_id: CustomerId) -> list[Rating]:
        query = sa.select(Rating).where(ratings.c.customer_id == customer_id).order_by(ratings.c.given_at)
        return list(self._session.scalars(query))

    def of_conversation(self, conversation_id: ConversationId) -> list[Rating]:
        return list(self._session.scalars(sa.select(Rating).where(ratings.c.conversation_id == conversation_id)))
