"""Commands answer at once, without the brain, and none takes a conversation from a person."""

import pytest

from bot.domain.commands import command_in
from bot.domain.conversation import Owner, Reason
from bot.domain.customer import Customer
from bot.domain.ids import CustomerId
from bot.domain.messages import Message
from bot.services import commands, handoffs, messaging
from bot.services.messaging import NothingOpen
from bot.store.unit_of_work import Database
from bot.words import LANGUAGES, say
from tests import build
from tests.build import NOW
from tests.services.arriving import owner_of, receive, said, turn_of


def obey(database: Database, text: str, kind: str = "command", *, in_group: bool = False) -> list[Message]:
    """Have a command received and obeyed; return all that was said so far."""
    turn = turn_of(database, text, kind, in_group=in_group)
    command = command_in(turn.kind, turn.text)
    assert command is not None
    for _ in range(2):
        database.perform(commands.obey, turn, command, NOW)
    assert database.perform(messaging.next_turn, turn.conversation_id, NOW) == NothingOpen()
    return said(database, turn.conversation_id)


def greet(database: Database) -> CustomerId:
    """Have a Chinese customer greeted."""
    turn = turn_of(database, "你好，请问有人在吗")
    database.perform(messaging.set_aside, turn.message_id)
    return turn.customer_id


def customer(database: Database, customer_id: CustomerId) -> Customer:
    with database.reading() as uow:
        found = uow.customers.get(customer_id)
    assert found is not None
    return found


def payloads(message: Message) -> list[str]:
    return [button["payload"] for button in message.buttons]


def test_start_greets_and_says_what_can_be_done(database: Database) -> None:
    greet(database)
    [hello] = obey(database, "/start")
    assert hello.text == say("zh-Hans", "greet")
    assert payloads(hello) == ["我的订单到哪里了？", "怎么退换货？", "转人工"]


def test_help_says_what_can_be_done(database: Database) -> None:
    greet(database)
    [told] = obey(database, "/help")
    assert told.text == say("zh-Hans", "what-can-be-done")
    assert len(payloads(told)) == 3


@pytest.mark.parametrize("text", ["/start", "/help"])
def test_in_a_group_no_button_leads_to_the_customers_orders(database: Database, text: str) -> None:
    [told] = obey(database, text, in_group=True)
    assert len(payloads(told)) == 2
    assert not {say(language, "suggest-order") for language in LANGUAGES} & set(payloads(told))


def test_the_link_by_which_a_customer_came_is_remembered_five_times(database: Database) -> None:
    who = greet(database)
    for payload in ("spring", "spring", "a", "b", "c", "d", "e", "f"):
        obey(database, f"/start {payload}")
    assert customer(database, who).tags == ["from:spring", "from:a", "from:b", "from:c", "from:d"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_chosen_by_a_button_and_confirmed_in_it(database: Database, language: str) -> None:
    who = greet(database)
    [question] = obey(database, "/language")
    assert [button["title"] for button in question.buttons] == ["简体中文", "繁體中文", "English"]
    [_, confirmed] = obey(database, payloads(question)[LANGUAGES.index(language)], "button")
    assert confirmed.text == say(language, "language-chosen")
    assert customer(database, who).language == language
    assert turn_of(database, "", "photo").language == language


def test_while_a_person_has_it_commands_are_recorded_and_only_the_language_changes(database: Database) -> None:
    who = greet(database)
    received = receive(database, "我要投诉")
    database.perform(handoffs.bring_person, received.message_id, Reason.WISH, "马上来", NOW)
    database.perform(messaging.set_aside, received.message_id)
    before = len(said(database, received.conversation_id))
    for text in ("/start link", "/help", "/human", "/language", "/language en"):
        assert len(obey(database, text)) == before
    assert owner_of(database, received.conversation_id) is Owner.WAITING
    assert (customer(database, who).language, customer(database, who).tags) == ("en", ["from:link"])


def test_the_command_for_a_person_is_a_wish_and_goes_before_what_waits(database: Database) -> None:
    received = receive(database, "我的订单呢")
    wish = receive(database, "/human", "command")
    assert build.take_turn(database, received.conversation_id).wish == wish.message_id


def test_a_typed_slash_is_text_where_the_channel_knows_no_commands(database: Database) -> None:
    turn = turn_of(database, "/language en")
    assert command_in(turn.kind, turn.text) is None


def test_starting_in_the_middle_of_a_rating_leaves_the_question_open(database: Database) -> None:
    greet(database)
    turn, anna = turn_of(database, "你好"), build.user(database)
    database.perform(messaging.set_aside, turn.message_id)
    database.perform(handoffs.claim, turn.conversation_id, anna, NOW)
    database.perform(handoffs.hand_back, turn.conversation_id, anna, NOW)
    obey(database, "/start")
    assert turn_of(database, "5").rates == turn.conversation_id
