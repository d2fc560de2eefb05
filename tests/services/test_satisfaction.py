import pytest

from bot.errors import NotFound
from bot.services import handoffs, satisfaction
from bot.services.satisfaction import NoSuchScore
from bot.store.unit_of_work import Database
from tests import build


def test_a_rating_counts_for_the_agent_and_is_not_asked_for_again(database: Database) -> None:
    agent = build.user(database)
    asked = build.receive(database, "你好")
    database.perform(handoffs.claim, asked.conversation_id, agent, build.NOW)
    database.perform(handoffs.hand_back, asked.conversation_id, agent, build.NOW)
    rated = build.receive(database, "5分")
    for _ in range(2):
        rating = database.perform(satisfaction.record_rating, rated.message_id, asked.conversation_id, 5, build.NOW)
    assert (rating.score, rating.agent_id, rating.words) == (5, agent.id, "5分")
    with database.reading() as uow:
        conversation = uow.conversations.get(asked.conversation_id)
        assert conversation is not None and not conversation.rating_wanted
        assert len(satisfaction.rates(uow, asked.conversation_id)) == 1


def test_nobody_rates_another_customers_conversation(database: Database) -> None:
    theirs = build.receive(database, "你好", who="other")
    mine = build.receive(database, "1分")
    with pytest.raises(NotFound):
        database.perform(satisfaction.record_rating, mine.message_id, theirs.conversation_id, 1, build.NOW)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_out_of_bounds_is_refused(sqlite_database: Database, score: int) -> None:
    received = build.receive(sqlite_database, "?")
    with pytest.raises(NoSuchScore):
        sqlite_database.perform(
            satisfaction.record_rating, received.message_id, received.conversation_id, score, build.NOW
        )
