"""Give a bundle to WeCom: words, a menu or a file, under a name by which a repetition is known again."""

from typing import Final

from bot.channels.wecom import naming, refusals
from bot.channels.wecom.api import WecomApi
from bot.channels.wecom.outgoing import content_of, kind_of
from bot.channels.wecom.sessions import Sessions
from bot.domain.attachments import Attachment
from bot.domain.ids import MessageId
from bot.domain.reply_plan import Bundle
from bot.errors import NotFound, Undeliverable
from bot.store.unit_of_work import Database, UnitOfWork

NOT_OURS: Final = frozenset(refusals.reason(code) for code in (95013, 95018))
"""Refusals that speak of the session and not of the message."""


class Giver:
    """Make the calls that send; what the state of the session forbids is looked into."""

    def __init__(self, api: WecomApi, database: Database, sessions: Sessions) -> None:
        self._api, self._database, self._sessions = api, database, sessions

    async def give(self, bundle: Bundle) -> str:
        """Send a bundle and return its name; raises as ``Planned.give`` says."""
        msgid = await self._database.read(_name, bundle.message_id, bundle.pieces[0].part)
        if bundle.attachment is None:
            content = content_of(bundle, msgid)
        else:
            content = await self._uploaded(bundle.attachment, bundle.content or b"")
        try:
            await self._api.send(bundle.to, content, msgid, is_repetition=bundle.attempt > 1)
        except Undeliverable as refusal:
            if str(refusal) not in NOT_OURS:
                raise
            raise await self._sessions.refused(bundle.to, refusal) from None
        return msgid

    async def _uploaded(self, attachment: Attachment, content: bytes) -> dict[str, object]:
        """Upload a file and return the fields of the call that sends it; nothing has been said to the customer yet."""
        kind = kind_of(attachment, content)
        name, media_type = attachment.name or "file", attachment.media_type or "application/octet-stream"
        return {"msgtype": kind, kind: {"media_id": await self._api.upload(kind, name, content, media_type)}}


def _name(uow: UnitOfWork, message_id: MessageId, part: int) -> str:
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    return naming.msgid_of(message.conversation_id, message_id, part)
