"""Be what WeCom keeps of each account: the messages behind their cursors, and who may say what in which session."""

import itertools
import random
import re
import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.channels.wechat.fake.sending import Refused

WINDOW, MOST = timedelta(hours=48), 5
TOKEN_LASTS, CODE_LASTS, KEPT = timedelta(minutes=10), timedelta(seconds=20), timedelta(days=3)
LARGEST_PAGE = 7
NEW, BOT, POOL, PERSON, ENDED = range(5)
MAY_BECOME = {NEW: {BOT, POOL, PERSON}, BOT: {POOL, PERSON, ENDED}, POOL: {PERSON, ENDED}, PERSON: {PERSON, ENDED}}
MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
Fields = dict[str, Any]


@dataclass
class Session:
    """Be one customer at one account: ``sent`` counts what came after their last message."""

    state: int = ENDED
    wrote_at: datetime | None = None
    sent: int = 0
    servicer: str = ""


@dataclass(frozen=True)
class Taken:
    """Be a message that the customer now reads; ``text`` is what can be read of it, ``items`` the ids in its menu."""

    account: str
    external_id: str
    msgid: str
    kind: str
    text: str
    items: tuple[str, ...] = ()


@dataclass
class Account:
    """Be one customer-service account; ``cursors`` are places in its log, each good for ever."""

    name: str
    log: list[Fields] = field(default_factory=list)
    cursors: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, datetime] = field(default_factory=dict)
    msgids: set[str] = field(default_factory=set)


class Talk:
    """Keep everything, by the clock that a test gives; what is refused raises ``Refused`` with WeCom's code."""

    def __init__(self, clock: Callable[[], datetime], chance: random.Random | None = None) -> None:
        self._clock, self._chance = clock, chance or random.Random(7)
        self.accounts: dict[str, Account] = {}
        self.sessions: defaultdict[tuple[str, str], Session] = defaultdict(Session)
        self.codes: dict[str, tuple[str, str, datetime]] = {}
        self.servicers: set[str] = {"li.lei"}
        self.names: dict[str, str] = {}
        self.taken: list[Taken] = []
        self._numbers = itertools.count(1)

    def open_account(self, account: str) -> None:
        self.accounts[account] = Account(f"account {account}")

    def wrote(self, account: str, external_id: str, kind: str = "text", **content: Any) -> str:
        """Let a customer write; an ended session begins anew, and the count of our messages with it."""
        session = self.sessions[account, external_id]
        if session.state == ENDED:
            session.state, session.servicer = NEW, ""
        session.wrote_at, session.sent = self._clock(), 0
        return self._add(account, 3, kind, content, external_userid=external_id)

    def served(self, account: str, external_id: str, kind: str = "text", **content: Any) -> str:
        """Let a servicer write in the WeCom client; they take the session first."""
        session = self.sessions[account, external_id]
        if session.state != PERSON:
            self.changed(account, external_id, 1, PERSON)
        session.servicer = "li.lei"
        return self._add(account, 5, kind, content, external_userid=external_id, servicer_userid="li.lei")

    def changed(self, account: str, external_id: str, change: int, state: int) -> None:
        """Let a session pass on: 1 picked up, 2 passed on, 3 ended, 4 opened again."""
        self.sessions[account, external_id].state = state
        more = {"msg_code": self._code(account, external_id)} if change == 3 else {}
        self.happened(account, "session_status_change", external_userid=external_id, change_type=change, **more)

    def entered(self, account: str, external_id: str) -> str:
        """Let a customer open the chat; return the code that is good for one greeting."""
        code = self._code(account, external_id)
        self.happened(account, "enter_session", external_userid=external_id, scene="qr", welcome_code=code)
        return code

    def happened(self, account: str, event: str, **fields: Any) -> str:
        """Let WeCom's system tell of something."""
        return self._add(account, 4, "event", {"event_type": event, "open_kfid": account, **fields})

    def callback_token(self, account: str) -> str:
        token = secrets.token_urlsafe(16)
        self.accounts[account].tokens[token] = self._clock() + TOKEN_LASTS
        return token

    def page(self, asked: Fields) -> Fields:
        """Return the messages behind a cursor: one to seven, as chance will have it."""
        account = self.accounts.get(asked.get("open_kfid", ""))
        if account is None:
            raise Refused(95000)
        cursor, limit, token = asked.get("cursor", ""), asked.get("limit", 1000), asked.get("token")
        if len(cursor.encode()) > 64 or (cursor and cursor not in account.cursors) or not 1 <= limit <= 1000:
            raise Refused(40058)
        if token is not None and account.tokens.get(token, self._clock()) <= self._clock():
            raise Refused(95007)
        start = account.cursors[cursor] if cursor else self._oldest(account)
        end = min(len(account.log), start + min(limit, self._chance.randint(1, LARGEST_PAGE)))
        behind = cursor if end == start and cursor else f"c{secrets.token_hex(24)}"
        account.cursors[behind] = end
        return {"next_cursor": behind, "has_more": int(end < len(account.log)), "msg_list": account.log[start:end]}

    def take(self, asked: Fields) -> Fields:
        """Take a message of ours, if it is right in form and may be sent now."""
        account, msgid = self.accounts.get(asked.get("open_kfid", "")), asked.get("msgid", "")
        if account is None:
            raise Refused(95000)
        if (asked["open_kfid"], asked.get("touser")) not in self.sessions:
            raise Refused(40096)
        if not MSGID.fullmatch(msgid) or msgid in account.msgids:
            raise Refused(40058)
        session = self.sessions[asked["open_kfid"], asked["touser"]]
        text, items = readable(asked)
        if session.state not in (NEW, BOT):
            raise Refused(95018)
        if session.wrote_at is None or self._clock() - session.wrote_at > WINDOW:
            raise Refused(95002)
        if session.sent >= MOST:
            raise Refused(95001)
        session.sent += 1
        account.msgids.add(msgid)
        self.taken.append(Taken(asked["open_kfid"], asked["touser"], msgid, asked["msgtype"], text, items))
        return {"msgid": msgid}

    def greet(self, asked: Fields) -> Fields:
        """Take what is said by a code: once, within its time."""
        account, external_id, until = self.codes.pop(asked.get("code", ""), ("", "", self._clock()))
        if not account or self._clock() >= until:
            raise Refused(40058)
        text, items = readable(asked)
        self.taken.append(Taken(account, external_id, "", asked["msgtype"], text, items))
        return {"msgid": secrets.token_hex(8)}

    def state_of(self, asked: Fields) -> Fields:
        session = self._session(asked)
        return {"service_state": session.state, "servicer_userid": session.servicer}

    def pass_on(self, asked: Fields) -> Fields:
        """Pass a session on, as far as the API may."""
        session, state = self._session(asked), asked.get("service_state")
        if state not in MAY_BECOME.get(session.state, set()):
            raise Refused(95016)
        if state == PERSON and asked.get("servicer_userid") not in self.servicers:
            raise Refused(95014)
        session.state, session.servicer = int(state), asked.get("servicer_userid", "")
        return {"msg_code": secrets.token_hex(8)}

    def texts(self, external_id: str) -> list[str]:
        """Return what a customer has read from us, in order."""
        return [taken.text for taken in self.taken if taken.external_id == external_id]

    def _code(self, account: str, external_id: str) -> str:
        code = secrets.token_urlsafe(24)
        self.codes[code] = (account, external_id, self._clock() + CODE_LASTS)
        return code

    def _session(self, asked: Fields) -> Session:
        if asked.get("open_kfid") not in self.accounts:
            raise Refused(95000)
        return self.sessions[asked["open_kfid"], asked["external_userid"]]

    def _oldest(self, account: Account) -> int:
        since = (self._clock() - KEPT).timestamp()
        return next((place for place, one in enumerate(account.log) if one["send_time"] >= since), len(account.log))

    def _add(self, account: str, origin: int, kind: str, content: Fields, **fields: Any) -> str:
        msgid = f"msg_{next(self._numbers)}"
        sent_at = int(self._clock().timestamp())
        common = {"msgid": msgid, "open_kfid": account, "send_time": sent_at, "origin": origin, "msgtype": kind}
        self.accounts[account].log.append(common | fields | {kind: content})
        return msgid


def readable(asked: Fields) -> tuple[str, tuple[str, ...]]:
    """Return the words of a message and the ids of its menu's items; raises Refused where its form is wrong."""
    kind = asked.get("msgtype", "")
    content = asked.get(kind)
    if not isinstance(content, dict):
        raise Refused(40008)
    if kind == "text":
        return _within(content.get("content"), 2048), ()
    if kind == "msgmenu":
        items = [item["click"] for item in content["list"]]
        if not 0 < len(items) <= 10 or any(len(item["id"].encode()) > 64 for item in items):
            raise Refused(95008)
        titles = [_within(item["content"], 128) for item in items]
        return "\n".join([_within(content["head_content"], 1024), *titles]), tuple(item["id"] for item in items)
    if kind not in ("image", "voice", "video", "file"):
        raise Refused(40008)
    return f"[{kind} {content['media_id']}]", ()


def _within(text: Any, most_bytes: int) -> str:
    if not isinstance(text, str) or not text.strip():
        raise Refused(44004)
    if len(text.encode()) > most_bytes:
        raise Refused(45002)
    return text
