"""Answer from what the shop says about itself, and bring a person where it says nothing."""

from datetime import datetime

from actions.base import BotAction, Said, buttons_of
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.domain.messages import Reply
from bot.domain.orders import ShopFact
from bot.services import orders
from bot.store.unit_of_work import UnitOfWork


class ActionShopFact(BotAction):
    """Answer delivery, returns, invoices, payment and opening hours; the fact's topic is the name of the intent."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_shop_fact"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Say the fact word for word: it is the shop's, not ours to embellish."""
        fact = orders.shop_fact(uow, turn.intent, turn.language)
        if isinstance(fact, ShopFact):
            return Said((Reply(fact.text, buttons_of(turn, "ask-for-person")),))
        return call_person(uow, turn, Reason.UNANSWERABLE, "colleague-knows", now)
