"""Call WeCom's API as far as customer service needs it.

https://developer.work.weixin.qq.com/document/path/94638
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any, Final

from bot.channel_settings.wecom import WecomSettings
from bot.channels.tencent.access_token import AccessToken, Fetched
from bot.channels.tencent.calls import Calls
from bot.channels.tencent.refusals import Unanswered
from bot.channels.tencent.wire import Patience
from bot.channels.wecom import refusals
from bot.channels.wecom.payload import CHANNEL
from bot.clock import Clock
from bot.domain.messages import Address
from bot.errors import TryLater, Undeliverable
from bot.store.unit_of_work import Database

PAGE: Final = 100
"""WeCom gives up to a thousand at once; a page is one transaction, and should not hold up all others."""
ACCOUNTS: Final = 100
NAMES: Final = 100
LARGEST_FETCHED: Final = 20 * 1024 * 1024


class State(IntEnum):
    """Name the states of a session as WeCom numbers them."""

    NEW = 0
    BOT = 1
    POOL = 2
    PERSON = 3
    ENDED = 4


@dataclass(frozen=True)
class Account:
    """Be one customer-service account of the company."""

    id: str
    name: str


@dataclass(frozen=True)
class Page:
    """Be messages in their order, the cursor behind them, and whether more are waiting."""

    messages: list[dict[str, Any]]
    cursor: str
    has_more: bool


class WecomApi:
    """Be the client of one company.

    Calls raise TryLater, WindowClosed, Unreachable or Undeliverable, and Unanswered when nobody knows what became of one.
    """

    def __init__(
        self, settings: WecomSettings, database: Database, clock: Clock, *, patience: Patience | None = None
    ) -> None:
        self._settings = settings
        token = AccessToken(database, clock, CHANNEL, settings.corp_id, self._fetch_token)
        self._calls = Calls(settings.api_base, refusals.WORDS, token, patience)
        self._tokens = Calls(settings.api_base, refusals.WORDS, patience=patience)

    async def accounts(self) -> list[Account]:
        """Return the customer-service accounts that our application may serve."""
        found: list[Account] = []
        while True:
            said = await self._ask("/cgi-bin/kf/account/list", {"offset": len(found), "limit": ACCOUNTS})
            listed = _objects(said, "account_list")
            found += [Account(_text(one, "open_kfid"), _text(one, "name")) for one in listed if _text(one, "open_kfid")]
            if len(listed) < ACCOUNTS:
                return found

    async def messages(self, account: str, cursor: str, callback_token: str | None) -> Page:
        """Return the messages of an account behind a cursor, as many as WeCom gives at once."""
        body: dict[str, Any] = {"open_kfid": account, "cursor": cursor, "limit": PAGE}
        if callback_token:
            body["token"] = callback_token
        said = await self._ask("/cgi-bin/kf/sync_msg", body)
        next_cursor = _text(said, "next_cursor") or cursor
        return Page(_objects(said, "msg_list"), next_cursor, said.get("has_more") == 1)

    async def send(self, to: Address, content: Mapping[str, Any], msgid: str, *, is_repetition: bool) -> None:
        """Send something under a name of ours; a repetition whose name is taken has arrived before."""
        where = {"touser": to.external_id, "open_kfid": to.account, "msgid": msgid}
        try:
            await self._calls.post("/cgi-bin/kf/send_msg", {**where, **content})
        except Undeliverable as error:
            reason = str(error)
            if reason == refusals.reason(refusals.NOT_PERMITTED):  # in the console that can be mended
                raise TryLater(reason, timedelta(minutes=1)) from None
            if reason != refusals.reason(refusals.NAME_TAKEN):
                raise Undeliverable(reason) from None  # that a customer is gone, no code of WeCom's says here
            if not is_repetition:
                raise Unanswered("the name of a new message is taken") from None

    async def speak(self, code: str, text: str) -> None:
        """Say one thing by the code of an event; good for 20 seconds, and once."""
        said = {"code": code, "msgtype": "text", "text": {"content": text}}
        await self._calls.post("/cgi-bin/kf/send_msg_on_event", said)

    async def state(self, account: str, external_id: str) -> State:
        """Return the state of the session with a customer; raises TryLater for one that we do not know."""
        said = await self._ask("/cgi-bin/kf/service_state/get", {"open_kfid": account, "external_userid": external_id})
        try:
            return State(said.get("service_state", -1))
        except ValueError:
            raise TryLater("the session is in a state that we do not know", timedelta(minutes=1)) from None

    async def pass_to(self, account: str, external_id: str, state: State, servicer: str | None = None) -> None:
        """Pass the session with a customer on; raises Undeliverable where it cannot be passed on like this."""
        body: dict[str, Any] = {"open_kfid": account, "external_userid": external_id, "service_state": int(state)}
        if servicer:
            body["servicer_userid"] = servicer
        await self._ask("/cgi-bin/kf/service_state/trans", body)

    async def names(self, external_ids: Sequence[str]) -> dict[str, str]:
        """Return how customers call themselves, of as many as WeCom knows; at most a hundred are asked for."""
        said = await self._ask("/cgi-bin/kf/customer/batchget", {"external_userid_list": list(external_ids[:NAMES])})
        listed = _objects(said, "customer_list")
        return {_text(one, "external_userid"): _text(one, "nickname") for one in listed if _text(one, "nickname")}

    async def upload(self, kind: str, name: str, content: bytes, media_type: str) -> str:
        """Upload a file and return the id under which it can be sent; WeCom keeps it for three days."""
        said = await self._calls.upload("/cgi-bin/media/upload", {"type": kind}, name, content, media_type)
        media_id = _text(said, "media_id")
        if not media_id:
            raise TryLater("WeCom gives no id for the file")
        return media_id

    async def fetch(self, media_id: str) -> bytes:
        """Return the content of a file; WeCom keeps it for three days. Raises TryLater, or Undeliverable."""
        found = await self._calls.download("/cgi-bin/media/get", {"media_id": media_id}, LARGEST_FETCHED)
        return found.content

    async def close(self) -> None:
        """Let go of every connection."""
        await self._calls.close()
        await self._tokens.close()

    async def _ask(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Make a call that may be made twice."""
        return await self._calls.post(path, body, is_repeatable=True)

    async def _fetch_token(self, force: bool) -> Fetched:
        """Ask for an access token; the same one comes back while it is good, and no other can be forced."""
        known = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        said = await self._tokens.get("/cgi-bin/gettoken", known)
        token, life_s = _text(said, "access_token"), said.get("expires_in")
        if not token or not isinstance(life_s, int):
            raise TryLater("WeCom gives no access token")
        return Fetched(token, timedelta(seconds=life_s))


def _objects(said: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = said.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    return found if isinstance(found, str) else ""
