"""Let people of the house sign in at the desk, and say who may do what there.

Hashing a password takes long on purpose. It is never done inside a transaction: a sign-in is `begin_sign_in` (a look),
`matches` (the slow part, outside) and `finish_sign_in` (the write, which decides).
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.domain.customer import clean_name
from bot.domain.ids import UserId, new_id
from bot.domain.users import Role, Session, User
from bot.errors import Conflict, NotFound, Refused
from bot.store.unit_of_work import UnitOfWork

SESSION_LASTS: Final = timedelta(hours=12)
FREE_TRIES: Final = 5
"""Wrong passwords after which an account rests; every further one doubles the rest."""
FIRST_REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(hours=1)
LONGEST_PASSWORD: Final = 1_024
SHORTEST_PASSWORD: Final = 10
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id with 19 MiB: two at a time still fit beside everything else in a small front."""


class BadUser(Refused):
    """Refuse a sign-in name, display name or password that cannot be used."""


class NameTaken(Conflict):
    """Refuse a second user of the same sign-in name."""


class LastAdmin(Conflict):
    """Refuse to leave the desk without anybody who can let others in."""


@dataclass(frozen=True)
class Attempt:
    """Be one try to sign in, before its password is looked at; an unknown name looks just like a known one."""

    user_id: UserId | None
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class SignedIn:
    """Be a signed-in browser: ``token`` goes into its cookie and is kept nowhere else."""

    user: User
    session: Session
    token: str = field(repr=False)


@dataclass(frozen=True)
class NotSignedIn:
    """Say no, without saying why: unknown name, wrong password, resting and inactive accounts look the same."""


def new_password() -> str:
    """Return a random password that can be read out: 20 characters in groups, about 100 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return the argon2id hash; slow. Raises BadUser for a password that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadUser(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return _HASHER.hash(_as_bytes(password))


@cache
def decoy_hash() -> str:
    """Return the hash that stands in for unknown users, so that they take as long as known ones; first call slow."""
    return _HASHER.hash(secrets.token_bytes(32))


def add_user(
    uow: UnitOfWork, name: str, display_name: str, role: Role, password_hash: str, now: datetime, actor: str = "system"
) -> User:
    """Let somebody in. Raises BadUser or NameTaken."""
    name = name.strip().casefold()
    if not _NAME.fullmatch(name):
        raise BadUser("a sign-in name has 2 to 32 letters a-z, digits, dots, dashes or underscores")
    shown = clean_name(display_name)
    if shown is None:
        raise BadUser("a display name is needed")
    if uow.users.by_name(name) is not None:
        raise NameTaken(f"{name} exists already")
    user = User(UserId(new_id()), name, shown, role, password_hash, now)
    uow.users.add(user)
    uow.record(actor, "user.added", f"user:{user.id}", now, role=role)
    return user


def change_role(uow: UnitOfWork, user_id: UserId, role: Role, actor: str, now: datetime) -> User:
    """Give somebody another role and end their sessions, so that no page of the old role stays open."""
    user = _existing(uow, user_id)
    if user.role is role:
        return user
    _keep_an_admin(uow, user)
    before, user.role = user.role, role
    uow.users.end_sessions_of(user_id)
    uow.record(actor, "user.role_changed", f"user:{user_id}", now, before=before, after=role)
    return user


def change_password(uow: UnitOfWork, user_id: UserId, password_hash: str, actor: str, now: datetime) -> User:
    """Replace a password, forgive past failures and end all sessions."""
    user = _existing(uow, user_id)
    user.password_hash, user.failed_sign_ins, user.locked_until = password_hash, 0, None
    uow.users.end_sessions_of(user_id)
    uow.record(actor, "user.password_changed", f"user:{user_id}", now)
    return user


def deactivate(uow: UnitOfWork, user_id: UserId, actor: str, now: datetime) -> User:
    """Shut somebody out, at once; what they did stays in the record under their name."""
    user = _existing(uow, user_id)
    if user.active:
        _keep_an_admin(uow, user)
        user.active = False
        uow.users.end_sessions_of(user_id)
        uow.record(actor, "user.deactivated", f"user:{user_id}", now)
    return user


def activate(uow: UnitOfWork, user_id: UserId, actor: str, now: datetime) -> User:
    """Let somebody in again who was shut out."""
    user = _existing(uow, user_id)
    if not user.active:
        user.active = True
        uow.record(actor, "user.activated", f"user:{user_id}", now)
    return user


def begin_sign_in(uow: UnitOfWork, name: str) -> Attempt:
    """Find what a password must be compared with; for a name that nobody has it is a decoy."""
    name = name.strip().casefold()
    user = uow.users.by_name(name) if _NAME.fullmatch(name) else None
    return Attempt(user.id, user.password_hash) if user else Attempt(None, decoy_hash())


def matches(attempt: Attempt, password: str) -> bool:
    """Compare, slowly and always; a password beyond all measure is refused without hashing it."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return _HASHER.verify(attempt.password_hash, _as_bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def finish_sign_in(uow: UnitOfWork, attempt: Attempt, matched: bool, now: datetime) -> SignedIn | NotSignedIn:
    """Open a session under a new token, or count the failure; locks are looked at here, so no burst slips past them."""
    user = uow.users.get(attempt.user_id) if attempt.user_id else None
    if user is None:
        uow.record("system", "user.sign_in_failed", "user:unknown", now)
        return NotSignedIn()
    uow.users.by_name(user.name, lock=True)
    uow.session.refresh(user)
    if not user.active or (user.locked_until is not None and user.locked_until > now):
        uow.record("system", "user.sign_in_refused", f"user:{user.id}", now, active=user.active)
        return NotSignedIn()
    if not matched or user.password_hash != attempt.password_hash:
        _count_failure(uow, user, now)
        return NotSignedIn()
    user.failed_sign_ins, user.locked_until = 0, None
    uow.users.end_expired_sessions(now)
    token = secrets.token_urlsafe(32)
    session = Session(hash_token(token), user.id, secrets.token_urlsafe(32), now, now + SESSION_LASTS)
    uow.users.open_session(session)
    uow.record(user.id, "user.signed_in", f"user:{user.id}", now)
    return SignedIn(user, session, token)


def find_session(uow: UnitOfWork, token: str, now: datetime) -> SignedIn | NotSignedIn:
    """Return who holds the cookie's token, if its session still stands."""
    session = uow.users.session(hash_token(token))
    user = uow.users.get(session.user_id) if session else None
    if session is None or user is None or not user.active or session.expires_at <= now:
        return NotSignedIn()
    return SignedIn(user, session, token)


def sign_out(uow: UnitOfWork, token: str, now: datetime) -> None:
    """End one session; its cookie is worth nothing any more."""
    found = find_session(uow, token, now)
    uow.users.end_session(hash_token(token))
    if isinstance(found, SignedIn):
        uow.record(found.user.id, "user.signed_out", f"user:{found.user.id}", now)


def hash_token(token: str) -> str:
    """Return what is kept of a cookie's token: a leaked table opens no session."""
    return hashlib.sha256(_as_bytes(token)).hexdigest()


def _count_failure(uow: UnitOfWork, user: User, now: datetime) -> None:
    user.failed_sign_ins += 1
    uow.record("system", "user.sign_in_failed", f"user:{user.id}", now, failures=user.failed_sign_ins)
    beyond = user.failed_sign_ins - FREE_TRIES
    if beyond >= 0:
        rest = min(FIRST_REST * 2 ** min(beyond, 20), LONGEST_REST)
        user.locked_until = now + rest
        uow.record("system", "user.locked_out", f"user:{user.id}", now, seconds=int(rest.total_seconds()))


def _keep_an_admin(uow: UnitOfWork, user: User) -> None:
    others = [one for one in uow.users.all() if one.role is Role.ADMIN and one.active and one.id != user.id]
    if user.role is Role.ADMIN and user.active and not others:
        raise LastAdmin("the last admin stays admin")


def _existing(uow: UnitOfWork, user_id: UserId) -> User:
    user = uow.users.get(user_id)
    if user is None:
        raise NotFound("user")
    return user


def _as_bytes(secret: str) -> bytes:
    return secret.encode("utf-8", "surrogatepass")
