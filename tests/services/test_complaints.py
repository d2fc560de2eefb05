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


def test_another_customer_never_joins(database: Database) -> None:
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


def open_one(database: Database, text: str, *, after: timedelta = timedelta(0)) -> Opened | Joined:
    received = build.receive(database, text, now=build.NOW + after)
    return database.perform(complaints.open_complaint, received.message_id, build.NOW + after)


def test_the_same_topic_joins_while_it_is_near_in_time(database: Database) -> None:
    open_one(database, "快递太慢")
    assert isinstance(open_one(database, "包裹还是没到", after=timedelta(days=13)), Joined)


def test_another_topic_is_another_case(database: Database) -> None:
    open_one(database, "快递太慢")
    assert isinstance(open_one(database, "你们多扣了我钱"), Opened)


def test_words_without_a_topic_belong_to_the_case_of_this_conversation(database: Database) -> None:
    first = open_one(database, "快递太慢")
    then = open_one(database, "真的很不爽")
    assert isinstance(then, Joined) and then.complaint.id == first.complaint.id


def test_two_orders_are_two_cases_even_on_the_same_topic(database: Database) -> None:
    open_one(database, "TJ1001的快递太慢")
    other = open_one(database, "TJ1002的快递也没到")
    again = open_one(database, "tj 1001 还没到")
    assert isinstance(other, Opened) and isinstance(again, Joined)
    assert again.complaint.id != other.complaint.id


def test_what_is_wanted_is_kept_and_grows_with_the_case(database: Database) -> None:
    open_one(database, "杯子裂了，给我道歉")
    case = open_one(database, "裂成这样，我要退款").complaint
    assert case.wants == ["refund", "apology"]
    with database.reading() as uow:
        kept = uow.complaints.get(case.id)
    assert kept is not None and kept.wants == ["refund", "apology"]
