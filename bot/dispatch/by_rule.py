"""Deal by rule with what needs no brain, so that it works while the brain is loading, slow or gone.

The rules stand in order below; the first one that fits a message deals with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.commands import command_in
from bot.domain.consent import wants_to_be_forgotten
from bot.domain.conversation import Owner, Reason
from bot.domain.own_words import Words, words_in
from bot.domain.satisfaction import parse_rating
from bot.services import commands, handoffs, rules
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import UnitOfWork
from bot.words import say


@dataclass(frozen=True)
class Settlement:
    """Be how a rule deals with a message: ``outcome`` for the count of turns, ``write`` as one transaction."""

    outcome: str
    write: Callable[[UnitOfWork, datetime], object]


Rule = Callable[[NextTurn], Settlement | None]


def settlement_of(turn: NextTurn) -> Settlement | None:
    """Return how a message is dealt with by rule; None where it has to be understood."""
    return next((found for rule in RULES if (found := rule(turn))), None)


def _wish_for_person(turn: NextTurn) -> Settlement | None:
    """Bring a person who was plainly asked for, before anything that was written earlier."""
    wish = turn.wish
    if wish is None or turn.owner is not Owner.BOT:
        return None
    words = say(turn.language, "person-is-coming")
    return Settlement("person", lambda uow, now: handoffs.bring_person(uow, wish, Reason.WISH, words, now))


def _command(turn: NextTurn) -> Settlement | None:
    command = command_in(turn.kind, turn.text)
    if command is None:
        return None
    return Settlement("command", lambda uow, now: commands.obey(uow, turn, command, now))


def _nothing_of_their_own(turn: NextTurn) -> Settlement | None:
    """Take nothing from a photo without words or from words that are somebody else's, whoever has the conversation."""
    words = words_in(turn.kind, turn.text)
    if words is Words.OWN:
        return None
    return Settlement(words.value, lambda uow, now: rules.explain_silence(uow, turn, now))


def _rating(turn: NextTurn) -> Settlement | None:
    """Take the rating that the customer was asked for; in a group nobody is asked."""
    rated, score = turn.rates, parse_rating(turn.text)
    if rated is None or score is None or turn.owner is not Owner.BOT or turn.sender.is_public:
        return None
    return Settlement("rating", lambda uow, now: rules.take_rating(uow, turn, rated, score, now))


def _wish_to_be_forgotten_in_group(turn: NextTurn) -> Settlement | None:
    """Keep the brain from offering it: what is at stake could not be said there, and a stray "ok" would do it."""
    if not turn.sender.is_public or turn.owner is not Owner.BOT or not wants_to_be_forgotten(turn.text):
        return None
    return Settlement("private", lambda uow, now: rules.ask_into_private(uow, turn, now))


RULES: Final[tuple[Rule, ...]] = (
    _wish_for_person, _command, _nothing_of_their_own, _rating, _wish_to_be_forgotten_in_group,
)  # fmt: skip
