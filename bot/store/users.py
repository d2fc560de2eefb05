"""Keep desk users and their sessions."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session as SqlSession

from bot.domain.ids import UserId
from bot.domain.users import Session, User
from bot.store.tables import sessions
from bot.store.tables import users_ as users


class Users:
    """Find and add users; open and end their sessions."""

    def __init__(self, session: SqlSession) -> None:
        self._session = session

    def get(self, user_id: UserId) -> User | None:
        return self._session.get(User, user_id)

    def by_name(self, name: str, *, lock: bool = False) -> User | None:
        query = sa.select(User).where(users.c.name == name)
        return self._session.scalars(query.with_for_update() if lock else query).first()

    def all(self) -> list[User]:
        return list(self._session.scalars(sa.select(User).order_by(users.c.name)))

    def add(self, user: User) -> None:
        self._session.add(user)
        self._session.flush()

    def open_session(self, session: Session) -> None:
        self._session.add(session)
        self._session.flush()

    def session(self, token_hash: str) -> Session | None:
        return self._session.get(Session, token_hash)

    def end_session(self, token_hash: str) -> None:
        self._session.execute(sa.delete(sessions).where(sessions.c.token_hash == token_hash))

    def end_sessions_of(self, user_id: UserId) -> None:
        self._session.execute(sa.delete(sessions).where(sessions.c.user_id == user_id))

    def end_expired_sessions(self, now: datetime) -> None:
        self._session.execute(sa.delete(sessions).where(sessions.c.expires_at <= now))
