"""Answer where others read along: only what everybody may know, and the rest in private."""

from datetime import datetime
from typing import Final

from bot.domain.messages import Reply
from bot.services import messaging
from bot.services.messaging import AlreadyAnswered, Answered, NextTurn, TakenOver
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

PUBLIC_INTENTS: Final = frozenset({
    "goodbye", "thanks", "store_hours", "price", "product_question", "delivery", "payment", "invoice", "refund_return",
    "out_of_scope", "nlu_fallback",
})  # fmt: skip
"""Intents whose answers say nothing of the customer's record: facts of the shop, a colleague called, a kind word."""
_GREETING: Final = "greeting"
"""The brain greets by name and speaks of open complaints: in a group the house greets instead."""


def answer(
    uow: UnitOfWork, turn: NextTurn, intent: str, replies: list[Reply], now: datetime, *, is_fetched: bool = False
) -> Answered | TakenOver | AlreadyAnswered:
    """Make an answer in a group pending, as ``messaging.answer`` does, with what must stay private left out.

    A hand-off works as ever, and that a person was called may be read by everybody.
    """
    return messaging.answer(uow, turn, _fit_for_others(uow, turn, intent, replies), now, is_fetched=is_fetched)


def _fit_for_others(uow: UnitOfWork, turn: NextTurn, intent: str, replies: list[Reply]) -> list[Reply]:
    if intent in PUBLIC_INTENTS:
        return replies
    if uow.conversations.handoff_for(turn.message_id) is not None:
        return [Reply(say(turn.language, "person-is-coming"))]
    return [Reply(say(turn.language, "greet" if intent == _GREETING else "let-us-talk-in-private"))]
