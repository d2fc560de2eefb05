"""Hear a preference, say what was noted, and how to take it back."""

from datetime import datetime

from actions.base import BotAction, Said, words
from actions.offers import Offer, Offered
from actions.spoken import noted, shop_time
from actions.turn import Turn
from bot.domain.hearing import consents_in, vaguely_expressed_in
from bot.services import consents, preferences
from bot.store.unit_of_work import UnitOfWork


class ActionHearPreference(BotAction):
    """Note what a customer likes or does not, with their words as proof."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_hear_preference"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Note what was said clearly; a statement we cannot take apart is kept whole, with little confidence."""
        wishes = consents.hear(uow, turn.message_id, consents_in(turn.text), now)
        if wishes:
            return words(turn, "marketing-yes" if wishes[-1].granted else "marketing-no")
        expressed = turn.expressed or vaguely_expressed_in(turn.text)
        if not expressed:
            return words(turn, "preference-unclear")
        heard = preferences.hear(uow, turn.message_id, expressed, now, shop_time())
        if not heard.standing:
            return words(turn, "preference-unclear")
        lines = "\n".join(noted(preference, turn.language) for preference in heard.standing)
        offer = Offer(Offered.KEEP_PREFERENCES, tuple(preference.id for preference in heard.standing))
        return words(turn, "preference-noted", buttons=("take-it-back",), slots=offer.as_slot(), noted=lines)
