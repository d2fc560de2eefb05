import pytest

from bot.domain.language import Language
from bot.domain.messages import Reading
from bot.services import readings
from bot.services.readings import plainly_written_in
from bot.store.unit_of_work import Database
from tests import build


def write_back(database: Database, text: str, language: Language) -> bool:
    received = build.receive(database, text)
    reading = Reading(received.message_id, "greeting", 0.9, language, 0, build.NOW, [])
    first = database.perform(readings.write_back, reading, build.NOW)
    again = Reading(received.message_id, "goodbye", 0.1, language, 0, build.NOW, [])
    assert not database.perform(readings.write_back, again, build.NOW)
    return first


def language_of_customer(database: Database) -> Language:
    with database.reading() as uow:
        customer = uow.customers.get(build.identity(database).customer_id)
    assert customer is not None
    return customer.language


def test_a_reading_is_kept_once_and_the_first_stands(database: Database) -> None:
    assert write_back(database, "你好", "zh-Hans")


def test_the_customers_language_follows_plain_words_and_not_a_stray_one(database: Database) -> None:
    write_back(database, "你好，请问什么时候发货", "zh-Hans")
    write_back(database, "ok", "en")
    assert language_of_customer(database) == "zh-Hans"
    write_back(database, "could we speak English please", "en")
    assert language_of_customer(database) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok thanks", None),
        ("where is it now", "en"),
        ("好的好的", None),
        ("請問什麼時候到貨", "zh-Hant"),
        ("请问什么时候到货", "zh-Hans"),
        ("12345 😀", None),
    ],
)
def test_a_language_is_taken_for_certain_only_beyond_doubt(text: str, language: Language | None) -> None:
    assert plainly_written_in(text) == language
