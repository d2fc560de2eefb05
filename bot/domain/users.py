"""Say who works at the desk and what each role may see."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import UserId


class Role(StrEnum):
    """Name what somebody does here: agents talk, marketers review preferences, admins do both and see the audit."""

    AGENT = "agent"
    MARKETER = "marketer"
    ADMIN = "admin"


@dataclass(eq=False)
class User:
    """Be somebody who can sign in at the desk."""

    id: UserId
    name: str
    display_name: str
    role: Role
    password_hash: str
    created_at: datetime
    active: bool = True
    failed_sign_ins: int = 0
    locked_until: datetime | None = None


@dataclass(eq=False)
class Session:
    """Be one signed-in browser; only a hash of its cookie is kept."""

    token_hash: str
    user_id: UserId
    csrf: str
    created_at: datetime
    expires_at: datetime
