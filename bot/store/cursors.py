"""Keep how far each account of a platform has been read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.store.tables import cursors


class Cursors:
    """Find and move the place behind the last page of an account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, channel: str, account: str, *, lock: bool = False) -> str:
        """Return the cursor, empty where nothing was read yet. ``lock`` keeps others from moving it."""
        query = sa.select(cursors.c.cursor).where(cursors.c.channel == channel, cursors.c.account == account)
        return self._session.scalar(query.with_for_update() if lock else query) or ""

    def accounts(self, channel: str) -> list[str]:
        """Return the accounts of a channel of which something was read."""
        return list(self._session.scalars(sa.select(cursors.c.account).where(cursors.c.channel == channel)))

    def put(self, channel: str, account: str, cursor: str, at: datetime) -> None:
        """Move the place; raises IntegrityError if somebody else makes its row at this very moment."""
        mine = cursors.c.channel == channel, cursors.c.account == account
        moved = self._session.execute(
            sa.update(cursors).where(*mine).values(cursor=cursor, read_at=at).returning(cursors.c.account)
        )
        if moved.first() is None:
            row = {"channel": channel, "account": account, "cursor": cursor, "read_at": at}
            self._session.execute(sa.insert(cursors), row)
