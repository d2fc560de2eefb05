"""Do by rule, without the brain, what was plainly asked for, and explain what we cannot read."""

from datetime import datetime
from typing import Final

from bot.domain.conversation import Conversation, Owner
from bot.domain.ids import ConversationId, MessageId
from bot.domain.messages import Author, Message, Reading, Turn
from bot.domain.own_words import Words, thing_of, words_in
from bot.errors import NotFound
from bot.services import handoffs, messaging, quick_replies, readings, satisfaction, speaking
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

_LOOK_BACK: Final = 200
"""How many messages a run of wordless ones may have before it is explained again."""


def take_rating(uow: UnitOfWork, turn: NextTurn, rated: ConversationId, score: int, now: datetime) -> None:
    """Keep the rating that the customer was asked for, say thank you, and count the message as dealt with."""
    satisfaction.record_rating(uow, turn.message_id, rated, score, now)
    readings.write_back(uow, Reading(turn.message_id, "rating", 1.0, turn.language, score - 3, now), now)
    conversation = handoffs.locked(uow, turn.conversation_id)
    speaking.as_system(uow, conversation, say(turn.language, "thanks-for-rating"), now, in_reply_to=turn.message_id)
    messaging.set_aside(uow, turn.message_id)


def explain_silence(uow: UnitOfWork, turn: NextTurn, now: datetime) -> None:
    """Count a message without words of the customer's own as dealt with, and say why it gets no answer.

    It is said once for a whole run of such messages (an album, ten stickers), and again after words of their own. While
    a person has the conversation nothing is said: they see what came.
    """
    words = words_in(turn.kind, turn.text)
    conversation, customer = take_floor(uow, turn), uow.customers.get(turn.customer_id)
    if conversation is None or customer is None or _is_explained(uow, turn.message_id, words):
        return
    language = customer.language  # not the turn's: forwarded words may be in a language that the customer does not read
    msgid = "not-your-own-words" if words is Words.FORWARDED else f"wordless-{thing_of(turn.kind)}"
    buttons = quick_replies.for_person(language)
    speaking.as_system(uow, conversation, say(language, msgid), now, buttons=buttons, in_reply_to=turn.message_id)


def ask_into_private(uow: UnitOfWork, turn: NextTurn, now: datetime) -> None:
    """Count a message in a group as dealt with, and ask the customer to write where nobody reads along."""
    conversation = take_floor(uow, turn)
    if conversation is not None:
        words = say(turn.language, "let-us-talk-in-private")
        speaking.as_system(uow, conversation, words, now, in_reply_to=turn.message_id)


def take_floor(uow: UnitOfWork, turn: NextTurn) -> Conversation | None:
    """Count a message as dealt with; return its conversation, locked, or None where the house has nothing to say.

    That is where a person has the conversation or is awaited, and where the message had its turn before.
    """
    conversation = handoffs.locked(uow, turn.conversation_id)
    message = uow.messages.get(turn.message_id)
    if message is None:
        raise NotFound("message")
    uow.session.refresh(message)
    if message.turn is not Turn.OPEN:
        return None
    message.turn = Turn.DONE
    return conversation if conversation.owner is Owner.BOT else None


def _is_explained(uow: UnitOfWork, message_id: MessageId, words: Words) -> bool:
    """Say whether a message like this one got its explanation since the customer's last words of their own."""
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    recent = {one.id: one for one in uow.messages.of_conversation(message.conversation_id, limit=_LOOK_BACK)}
    own = (one.order for one in recent.values() if one.author is Author.CUSTOMER and _words(one) is Words.OWN)
    last_own = max((order for order in own if order < message.order), default=(0, 0, 0))

    def explains(said: Message) -> bool:
        if said.author is not Author.SYSTEM or said.in_reply_to is None:
            return False
        asked = recent.get(said.in_reply_to)
        return (asked or said).order > last_own and (asked is None or _words(asked) is words)

    return any(explains(one) for one in recent.values())


def _words(message: Message) -> Words:
    return words_in(message.kind, message.text)
