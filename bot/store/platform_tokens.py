"""Keep the access tokens that all processes share."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.platform_tokens import PlatformToken
from bot.store.tables import platform_tokens_ as platform_tokens


class PlatformTokens:
    """Find and add access tokens."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, channel: str, account: str, *, lock: bool = False) -> PlatformToken | None:
        query = sa.select(PlatformToken).where(
            platform_tokens.c.channel == channel, platform_tokens.c.account == account
        )
        return self._session.scalars(query.with_for_update() if lock else query).first()

    def add(self, token: PlatformToken) -> None:
        """Add the first token of an account; raises IntegrityError if somebody else does at this very moment."""
        self._session.add(token)
        self._session.flush()
