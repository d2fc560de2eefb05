"""Do what a customer's command asks for; none of them takes a conversation from a person."""

from datetime import datetime
from typing import Final

from bot.domain.commands import ChooseLanguage, Command, Help, Start, spelt
from bot.domain.customer import Customer
from bot.domain.language import LANGUAGES, Language
from bot.domain.messages import Button
from bot.errors import NotFound
from bot.services import quick_replies, rules, speaking
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

MOST_ORIGINS: Final = 5
"""How many links a customer is remembered to have come by: the first ones, which brought them to us."""
_NAMES: Final[dict[Language, str]] = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def obey(uow: UnitOfWork, turn: NextTurn, command: Command, now: datetime) -> None:
    """Do it, answer at once if the bot has the conversation, and count the message as dealt with.

    ``/human`` finds a person called already: as a wish it has gone before everything else.
    """
    customer = uow.customers.get(turn.customer_id)
    if customer is None:
        raise NotFound("customer")
    if isinstance(command, Start) and command.payload:
        _remember_origin(uow, customer, f"from:{command.payload}", now)
    if isinstance(command, ChooseLanguage) and command.language:
        _choose_language(uow, customer, command.language, now)
    conversation = rules.take_floor(uow, turn)
    answer = _answer(turn, command)
    if conversation is not None and answer is not None:
        words, buttons = answer
        speaking.as_system(uow, conversation, words, now, buttons=buttons, in_reply_to=turn.message_id)


def _answer(turn: NextTurn, command: Command) -> tuple[str, tuple[Button, ...]] | None:
    if isinstance(command, Start | Help):
        msgid = "greet" if isinstance(command, Start) else "what-can-be-done"
        return say(turn.language, msgid), _suggestions(turn)
    if isinstance(command, ChooseLanguage):
        if command.language:
            return say(command.language, "language-chosen"), ()
        choices = [Button(title=_NAMES[tag], payload=spelt(ChooseLanguage(tag))) for tag in LANGUAGES]
        return say(turn.language, "which-language"), tuple(choices)
    return None


def _suggestions(turn: NextTurn) -> tuple[Button, ...]:
    """Return what customers ask most; where others read along, nothing that leads to their own orders."""
    private = () if turn.sender.is_public else ("suggest-order",)
    return quick_replies.to_say(turn.language, *private, "suggest-return", "talk-to-person")


def _remember_origin(uow: UnitOfWork, customer: Customer, tag: str, now: datetime) -> None:
    known = [known for known in customer.tags if known.startswith("from:")]
    if tag in known or len(known) >= MOST_ORIGINS:
        return
    customer.tags = [*customer.tags, tag]
    uow.tell("customer", now, customer_id=customer.id)


def _choose_language(uow: UnitOfWork, customer: Customer, language: Language, now: datetime) -> None:
    if customer.language == language:
        return
    customer.language = language
    uow.record("customer", "customer.language_chosen", f"customer:{customer.id}", now, language=language)
    uow.tell("customer", now, customer_id=customer.id)
