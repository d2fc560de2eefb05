"""Talk to a Bot API server that we did not write, over real HTTP, with a real front."""

from collections.abc import Iterator

import pytest

from bot.domain.escape import asks_for_person
from tests.channels.telegram.emulator.customer import Customer, buttons
from tests.channels.telegram.emulator.emulator import TOKEN, Emulator
from tests.crash.telegram_house import TelegramHouse
from tests.crash.waiting import eventually

pytestmark = pytest.mark.e2e
WISH = "I want to talk to a person"


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


@pytest.fixture(scope="module", params=["polling", "webhook"])
def house(
    emulator: Emulator, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TelegramHouse]:
    folder = tmp_path_factory.mktemp(request.param)
    house = TelegramHouse(folder, api_base=emulator.url, token=TOKEN, mode=request.param)
    try:
        house.start()
        if request.param == "webhook":
            house.command("set-webhook")
        house.command("check")
        yield house
    finally:
        house.close()


def customer_texts(house: TelegramHouse, customer: Customer) -> list[str]:
    return [one["text"] for one in house.messages(customer.id) if one["author"] == "customer"]


def test_two_customers_write_side_by_side_and_each_is_answered_in_order(
    house: TelegramHouse, emulator: Emulator
) -> None:
    li, wang = Customer(emulator, "Li", "zh-hans"), Customer(emulator, "Wang")
    for number in range(3):
        li.write(f"你好 {number}")
        wang.write(f"hello {number}")
    assert [li.reads() for _ in range(3)] == [f"echo 你好 {number}" for number in range(3)]
    assert [wang.reads() for _ in range(3)] == [f"echo hello {number}" for number in range(3)]
    assert customer_texts(house, li) == [f"你好 {number}" for number in range(3)]
    assert house.customer(wang.id)["id"] != house.customer(li.id)["id"]


def test_start_is_greeted_and_a_slow_answer_is_announced(house: TelegramHouse, emulator: Emulator) -> None:
    typed = emulator.proxy.calls["sendChatAction"]
    customer = Customer(emulator, "Zhao")
    customer.command("/start")
    assert customer.reads()
    customer.write("think")
    while customer.reads() != "echo think":
        """The greeting may be more than one message."""
    assert emulator.proxy.calls["sendChatAction"] > typed


def test_a_button_says_its_words_once_and_every_press_is_answered(house: TelegramHouse, emulator: Emulator) -> None:
    answered = emulator.proxy.calls["answerCallbackQuery"]
    customer = Customer(emulator, "Qian")
    customer.write("choose")
    assert customer.reads() == "tea or coffee?"
    assert [button["text"] for button in buttons(customer.screen[0])] == ["tea", "coffee"]
    customer.press("tea")
    customer.press("tea")
    assert customer.reads() == "echo I take tea"
    eventually(lambda: emulator.proxy.calls["answerCallbackQuery"] == answered + 2, 20, "two answers to two presses")
    customer.write("goodbye")
    assert customer.reads() == "echo goodbye"
    assert customer_texts(house, customer) == ["choose", "I take tea", "goodbye"]


def test_an_edited_message_changes_the_record_and_is_not_answered_again(
    house: TelegramHouse, emulator: Emulator
) -> None:
    customer = Customer(emulator, "Sun")
    first = customer.write("two cups")
    assert customer.reads() == "echo two cups"
    customer.write("three cups", edit_of=first)
    eventually(lambda: customer_texts(house, customer) == ["three cups"], 20, "the edit in the record")
    customer.write("thanks")
    assert customer.reads() == "echo thanks"


def test_who_asks_for_a_person_reads_what_the_person_writes(house: TelegramHouse, emulator: Emulator) -> None:
    assert asks_for_person(WISH)
    customer, agent = Customer(emulator, "Zhou"), house.hire(f"anna-{house.folder.name}")
    customer.write(WISH)
    assert customer.reads()
    (talk,) = house.customer(customer.id)["conversations"]
    agent.claim(talk["id"])
    agent.reply(talk["id"], "Hello, this is Anna.")
    words = customer.reads()
    while "Hello, this is Anna." not in words:
        words = customer.reads()
    customer.write("good to meet you")
    agent.reply(talk["id"], "How can I help?")
    assert "How can I help?" in customer.reads()
    assert not any(shown["message"]["text"].startswith("echo") for shown in customer.screen)


def test_a_restart_in_between_loses_and_repeats_nothing(house: TelegramHouse, emulator: Emulator) -> None:
    """What is written while nobody is at home waits there; what was read and not yet confirmed comes again."""
    customer = Customer(emulator, "Wu")
    texts = [f"line {number}" for number in range(9)]
    for number, text in enumerate(texts):
        if number % 3 == 1:
            eventually(house.record.is_quiet, 60, "the house being quiet")
            house.front.kill()
        customer.write(text)
    assert [customer.reads(within=60) for _ in texts] == [f"echo {text}" for text in texts]
    eventually(house.record.is_quiet, 20, "the house being quiet")
    assert customer.unread() == 0
    assert customer_texts(house, customer) == texts


def test_nothing_was_asked_of_telegram_that_it_does_not_know(house: TelegramHouse, emulator: Emulator) -> None:
    assert emulator.proxy.refused == []
    assert TOKEN not in house.log()
