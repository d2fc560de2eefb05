from datetime import timedelta

import pytest

from bot.domain.complaints import Severity
from bot.domain.ids import MessageId
from bot.errors import NotFound
from bot.services import complaints
from bot.services.complaints import Joined, Opened
from bot.store.unit_of_work import Database
from tests import build


def test_a_case_is_opened_once_with_a_promise_an_audit_line_and_news(database: Database) -> None:
    received = build.receive(database, "杯子裂了")
    first = database.perform(complaints.open_complaint, received.message_id, build.NOW)
    again = database.perform(complaints.open_complaint, received.message_id, build.NOW + timedelta(hours=1))
    assert isinstance(first, Opened) and isinstance(again, Opened)
    assert first.complaint.number == again.complaint.number == "C260504-0001"
    with database.reading() as uow:
        assert [promise.due_at for promise in uow.promises.for_complaint(first.complaint.id)] == [
            first.complaint.due_at
        ]
        assert [e.action for e in uow.audit.of_subject(f"complaint:{first.complaint.id}")] == ["complaint.opened"]
        assert [event.kind for event in uow.feed.after(0)].count("complaint") == 1


def test_cases_of_one_day_are_counted_through(database: Database) -> None:
    numbers = []
    for who in ("a", "b", "c"):
        received = build.receive(database, "破了", who=who)
        numbers.append(database.perform(complaints.open_complaint, received.message_id, build.NOW).complaint.number)
    assert numbers == ["C260504-0001", "C260504-0002", "C260504-0003"]


def test_another_conversation_or_customer_never_joins(database: Database) -> None:
    mine = build.receive(database, "快递太慢", who="a")
    theirs = build.receive(database, "快递太慢", who="b")
    database.perform(complaints.open_complaint, mine.message_id, build.NOW)
    assert isinstance(database.perform(complaints.open_complaint, theirs.message_id, build.NOW), Opened)


def test_a_calmer_word_never_lowers_the_severity(database: Database) -> None:
    angry = build.receive(database, "快递太慢，我要打12315")
    calm = build.receive(database, "快递还没到")
    database.perform(complaints.open_complaint, angry.message_id, build.NOW)
    outcome = database.perform(complaints.open_complaint, calm.message_id, build.NOW + timedelta(hours=1))
    assert isinstance(outcome, Joined) and outcome.complaint.severity is Severity.HIGH
    assert outcome.complaint.due_at == build.NOW + timedelta(hours=4)


def test_a_message_that_does_not_exist_is_refused(database: Database) -> None:
    with pytest.raises(NotFound):
        database.perform(complaints.open_complaint, MessageId(99), build.NOW)
