"""Turn a raw update of Telegram into an Arrival. Pure: whatever comes in gives an Arrival or UnreadablePayload.

python-telegram-bot reads the updates; it trusts their sender, so what it raises on an odd one, and what it lets through, ends
in an Arrival that is put aside. https://core.telegram.org/bots/api#update
"""

import hashlib
import json
import re
from typing import Any, Final

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update

from bot.channels.telegram import groups, kinds, rich, senders
from bot.channels.telegram.attachments import attachment_of
from bot.channels.telegram.dialects import mended
from bot.channels.telegram.fields import mapping, positive, words
from bot.channels.telegram.groups import Ourselves
from bot.channels.telegram.senders import incoming_of
from bot.domain.arrivals import Arrival, Content, Edit, Ignored, Press, Reach, Unreadable
from bot.domain.ids import MessageId
from bot.domain.messages import Incoming
from bot.errors import UnreadablePayload

CHANNEL: Final = senders.CHANNEL
COMMANDS: Final = ("start", "help", "human", "language")
MOST_UPDATE_ID: Final = 2**63
_COMMAND: Final = re.compile(rf"/({'|'.join(COMMANDS)})(?:@(\w{{1,64}}))?(?=\s|$)", re.IGNORECASE | re.ASCII)
_BUTTON: Final = re.compile(r"b:([1-9][0-9]{0,17}):([0-9]{1,2})", re.ASCII)
_PRESS_ID: Final = re.compile(r"[!-~]{1,64}")
_GONE: Final = (ChatMember.BANNED, ChatMember.LEFT)


def parse(raw: object, us: Ourselves) -> Arrival:
    """Return what an update is; raises UnreadablePayload for one that is no update at all: it has no usable id."""
    if not isinstance(raw, dict):
        raise UnreadablePayload("an update must be a JSON object")
    update_id = raw.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < MOST_UPDATE_ID:
        raise UnreadablePayload("update_id must be a number from 0 to 2^63 - 1")
    written = canonical(raw)
    try:
        content = _content(raw, update_id, us)
    except Exception as error:  # the edge: strangers' values reach the insides of a library that trusts them
        content = Unreadable(written, type(error).__name__)
    digest = hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
    return Arrival(CHANNEL, us.account, str(update_id), digest, content)


def canonical(raw: object) -> str:
    """Return an update as JSON that is the same for the same update, in ASCII."""
    try:
        return json.dumps(raw, sort_keys=True, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise UnreadablePayload("the update is nested too deeply or has endless numbers") from error


def press_id(raw: dict[str, Any]) -> str | None:
    """Return the id under which a press on a button wants its answer, also of a press that is not readable otherwise."""
    press = raw.get("callback_query")
    found = press.get("id") if isinstance(press, dict) else None
    return found if isinstance(found, str) and _PRESS_ID.fullmatch(found) else None


def is_from_group(raw: dict[str, Any]) -> bool:
    """Say whether an update may hold words in a group: to read those one has to know one's own name."""
    message = raw.get("message") or raw.get("edited_message")
    chat = message.get("chat") if isinstance(message, dict) else None
    return isinstance(chat, dict) and chat.get("type") in (Chat.GROUP, Chat.SUPERGROUP)


def _content(raw: dict[str, Any], update_id: int, us: Ourselves) -> Content:
    kind = next((kind for kind in kinds.READ if raw.get(kind) is not None), None)
    if kind is None:
        return Ignored(next((kind for kind in raw if kind in kinds.IGNORED), "unknown"))
    fields = mended(mapping(raw[kind]))
    update = Update.de_json({"update_id": update_id, kind: fields}, None)
    if update.message is not None:
        return _message(update.message, fields, us)
    if update.edited_message is not None:
        return _edit(update.edited_message, fields, update_id, us)
    if update.callback_query is not None:
        return _press(update.callback_query, us)
    return _reach(update.my_chat_member)


def _message(message: Message, fields: dict[str, Any], us: Ourselves) -> Incoming | Ignored:
    strange = _strange(message, fields, us)
    if strange is not None or message.from_user is None:
        return Ignored(strange or "message")
    is_public = message.chat.type != Chat.PRIVATE
    written = groups.without_mentions(us, message) if is_public else groups.text_of(message)
    text, is_command = _command(written or rich.words_of(mapping(fields.get("rich_message", {}))), us)
    attachment = None if text and "rich_message" in fields else attachment_of(fields)
    kind = "forwarded" if message.forward_origin or message.via_bot else "command" if is_command else "text"
    if attachment is not None and kind == "text":
        kind = attachment.kind
    message_id = positive(message.message_id)
    return incoming_of(
        message.from_user, message.chat, us, platform_id=str(message_id), text=text, kind=kind, attachment=attachment,
        platform_order=message_id, reply_to=_answered(message),
    )  # fmt: skip


def _strange(message: Message, fields: dict[str, Any], us: Ourselves) -> str | None:
    """Return why a message is none of our business; None if it is: a customer's words, in private or to us in a group."""
    if service := next((name for name in fields if name in kinds.SERVICE and fields[name] not in (False, [])), None):
        return service
    if message.is_automatic_forward:
        return "is_automatic_forward"
    if message.sender_chat is not None:  # a channel, or an administrator who hides behind the group
        return "sender_chat"
    if message.from_user is None or message.from_user.is_bot:
        return "bot"
    if message.chat.type == Chat.PRIVATE:
        return None
    if message.chat.type not in (Chat.GROUP, Chat.SUPERGROUP):
        return "channel"
    return None if groups.is_for(us, message) else "group"


def _edit(message: Message, fields: dict[str, Any], update_id: int, us: Ourselves) -> Edit | Ignored:
    """Read an edit. Its version rises with the second of the edit, and within a second with the id of the update.

    A live location is "edited" every few seconds for hours: nobody wants its history.
    """
    if "location" in fields:
        return Ignored("live_location")
    incoming = _message(message, fields, us)
    if isinstance(incoming, Ignored):
        return incoming
    edited_at = int((message.edit_date or message.date).timestamp())
    return Edit(incoming, max(1, edited_at * 2**20 + update_id % 2**20))


def _press(press: CallbackQuery, us: Ourselves) -> Press | Ignored:
    """Read a press on one of our buttons; those of others, of games and of messages that were sent inline are not ours."""
    button = _BUTTON.fullmatch(words(press.data)) if press.data is not None else None
    if button is None or press.message is None or press.from_user.is_bot:
        return Ignored("callback_query")
    chat = press.message.chat
    if chat.type not in (Chat.PRIVATE, Chat.GROUP, Chat.SUPERGROUP):
        return Ignored("callback_query")
    incoming = incoming_of(
        press.from_user, chat, us, platform_id=f"press:{button[1]}", text="", kind="button",
        reply_to=str(positive(press.message.message_id)),
    )  # fmt: skip
    return Press(incoming, MessageId(int(button[1])), int(button[2]))


def _reach(change: ChatMemberUpdated | None) -> Reach | Ignored:
    """Read whether a customer has blocked us or let us in again; what groups do with us is no news about a customer."""
    if change is None or change.chat.type != Chat.PRIVATE:
        return Ignored("my_chat_member")
    return Reach(str(positive(change.chat.id)), reachable=words(change.new_chat_member.status) not in _GONE)


def _command(text: str, us: Ourselves) -> tuple[str, bool]:
    """Return a text, and whether it begins with one of our commands; another bot's is plain text."""
    found = _COMMAND.match(text)
    if found is None or (found[2] and us.username is not None and not us.is_called(found[2])):
        return text, False
    return f"/{found[1].lower()}{text[found.end() :]}", True


def _answered(message: Message) -> str | None:
    answered = message.reply_to_message
    return None if answered is None else str(positive(answered.message_id))
