"""Give one piece of a message to Telegram: words, a photo or a file, with buttons, as a reply in groups."""

from typing import Any

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest

from bot.channels.telegram.outgoing import FILE_BYTES, Piece, goes_as_photo
from bot.channels.telegram.refusals import is_about_the_picture
from bot.domain.messages import Outgoing
from bot.errors import Undeliverable


async def give(bot: Bot, outgoing: Outgoing, piece: Piece, file_patience_s: float) -> str:
    """Make the call that sends a piece; return Telegram's id of it."""
    told: dict[str, Any] = {"reply_markup": piece.keyboard}
    answers = outgoing.answers or ""
    if outgoing.to.is_public and outgoing.part == 0 and _is_number(answers):
        told["reply_parameters"] = ReplyParameters(int(answers), allow_sending_without_reply=True)
    chat = chat_of(outgoing.to.external_id)
    if piece.attachment is None:
        unadorned = LinkPreviewOptions(is_disabled=True)
        return str((await bot.send_message(chat, piece.text, link_preview_options=unadorned, **told)).message_id)
    if not outgoing.content or len(outgoing.content) > FILE_BYTES:
        raise Undeliverable("the file is too large for Telegram" if outgoing.content else "the file is empty")
    told |= {"caption": piece.text or None, "filename": piece.attachment.name, "read_timeout": file_patience_s}
    as_photo = goes_as_photo(piece.attachment, outgoing.content)
    return await _give_file(bot, chat, outgoing.content, told, as_photo=as_photo)


def chat_of(external_id: str) -> int:
    """Return Telegram's id of the chat; a member of a group is known as ``<chat>:<user>``."""
    return id_of(external_id.partition(":")[0])


def id_of(text: str) -> int:
    """Return one of Telegram's ids as a number."""
    if not _is_number(text.removeprefix("-")):
        raise Undeliverable("Telegram has no such id")
    return int(text)


async def _give_file(bot: Bot, chat: int, content: bytes, told: dict[str, Any], *, as_photo: bool) -> str:
    """Send a picture as a photo, anything else as a file; a picture that Telegram cannot show is a file too."""
    if as_photo:
        try:
            return str((await bot.send_photo(chat, content, **told)).message_id)
        except BadRequest as error:
            if not is_about_the_picture(error):
                raise
    return str((await bot.send_document(chat, content, **told)).message_id)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 19
