"""Tell customers what we know of them, and forget them if they wish."""

from datetime import datetime

from actions import slots
from actions.base import BotAction, Said, words
from actions.offers import Offer, Offered
from actions.spoken import noted
from actions.turn import Turn
from bot.domain.consent import wants_to_be_forgotten
from bot.services import privacy
from bot.services.privacy import KnownAboutCustomer
from bot.store.unit_of_work import UnitOfWork
from bot.words import say


class ActionWhatWeKnow(BotAction):
    """List what the record holds; stays silent where the wish is to be forgotten, which is the next action's business."""

    only_reads = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_what_we_know"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Read the record and say it in plain words."""
        if wants_to_be_forgotten(turn.text):
            return Said()
        known = privacy.what_we_know(uow, turn.customer_id)
        return words(turn, "what-we-know", buttons=("forget-me",), known="\n".join(_lines(turn, known)))


class ActionForgetMe(BotAction):
    """Ask before forgetting, because it cannot be undone; silent where nobody asked for it."""

    only_reads = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_forget_me"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Offer it; the next yes does it (``forget_at_once``)."""
        return ask_before_forgetting(turn) if wants_to_be_forgotten(turn.text) else Said()


def ask_before_forgetting(turn: Turn) -> Said:
    """Say what will be gone and ask for a plain yes."""
    offer = Offer(Offered.FORGET_ME)
    return words(turn, "forget-sure", buttons=("forget-yes", "forget-no"), slots=offer.as_slot())


def forget_at_once(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Forget the customer and empty the working memory of what came from the profile."""
    privacy.forget(uow, turn.customer_id, now)
    emptied = dict.fromkeys((slots.CUSTOMER_NAME, slots.OPEN_COMPLAINT, slots.PREFERENCES, slots.MATTER))
    return words(turn, "forgotten", slots={**emptied, slots.FORGOTTEN: True})


def _lines(turn: Turn, known: KnownAboutCustomer) -> list[str]:
    def line(msgid: str, **values: str) -> str:
        return say(turn.language, msgid, **values)

    lines = [line("known-name", name=known.name)] if known.name else []
    lines.append(line("known-messages", count=str(known.messages)))
    if known.orders:
        lines.append(line("known-orders", count=str(known.orders)))
    lines += [line("known-complaint", number=number) for number in known.complaints]
    lines += [noted(wish, turn.language) for wish in known.preferences]
    lines.append(line("known-marketing-yes" if known.marketing_allowed else "known-marketing-no"))
    return lines
