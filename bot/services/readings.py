"""Keep what a message meant, once."""

from datetime import datetime

from bot.domain.language import Language, detect
from bot.domain.messages import Reading
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork

_FEWEST_WORDS = 3
_FEWEST_HAN = 4


def write_back(uow: UnitOfWork, reading: Reading, now: datetime) -> bool:
    """Keep a reading and learn the customer's language from it; return False when the message had been read before.

    Raises NotFound.
    """
    message = uow.messages.get(reading.message_id)
    customer = uow.customers.get(message.customer_id) if message else None
    if message is None or customer is None:
        raise NotFound("message")
    if not uow.messages.add_reading(reading):
        return False
    uow.tell(
        "reading", now, conversation_id=message.conversation_id, customer_id=customer.id, message_id=message.id
    )  # fmt: skip
    spoken = plainly_written_in(message.text)
    if spoken is not None and spoken != customer.language:
        customer.language = spoken
        uow.record("system", "customer.language_learned", f"customer:{customer.id}", now, language=spoken)
        uow.tell("customer", now, customer_id=customer.id)
    return True


def plainly_written_in(text: str) -> Language | None:
    """Return the language that a text is in beyond doubt: long enough, and the same whatever one expected."""
    guesses = {detect(text, "zh-Hans"), detect(text, "zh-Hant"), detect(text, "en")}
    if len(guesses) != 1:
        return None
    [language] = guesses
    if language == "en":
        return language if len(text.split()) >= _FEWEST_WORDS else None
    return language if sum("\u3400" <= c <= "\u9fff" for c in text) >= _FEWEST_HAN else None
