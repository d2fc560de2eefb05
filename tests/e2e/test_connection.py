"""Break the line under an open chat: nothing is lost, nothing is said twice, and every open page shows the same."""

import json

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import PHONE, Window
from tests.e2e.house import House
from tests.e2e.people import ANSWER_MS, Customer

pytestmark = pytest.mark.e2e
ORDER = "Where is my order?"
HOURS = "What are your opening hours?"


def test_a_message_written_while_the_front_is_dead_arrives_once(house: House, window: Window) -> None:
    customer = Customer(window("en", PHONE), house, "en")
    customer.arrive()
    customer.ask(ORDER, "TJ")
    sent: list[str] = []
    customer.page.on("request", lambda request: sent.extend(_ids_of(request, HOURS)))
    house.kill_front()
    customer.write(HOURS)
    customer.hear("bot", "10:00")
    assert len(sent) > 1, "the message was never sent again: the front was not dead"
    assert len(set(sent)) == 1, "sent again under another id"
    talk = house.record(customer.external_id)["conversations"][0]["messages"]
    assert [one["text"] for one in talk if one["author"] == "customer"] == [ORDER, HOURS]
    shown = _bubbles(customer.page)
    assert len(shown) == len([one for one in talk if one["delivery"] in (None, "sent")])
    customer.page.reload()
    expect(customer.bubbles("customer")).to_have_count(2)
    assert _bubbles(customer.page) == shown


def test_two_tabs_of_one_visitor_show_the_same_conversation(house: House, window: Window) -> None:
    first = Customer(window("en", PHONE), house, "en")
    first.arrive()
    first.ask(ORDER, "TJ")
    second = Customer(first.page.context.new_page(), house, "en")
    second.page.goto(house.address + "/")
    second.hear("customer", ORDER)
    second.ask(HOURS, "10:00")
    first.hear("bot", "10:00")
    first.ask("How can I pay?", "Alipay")
    second.hear("bot", "Alipay")
    expect(second.bubbles("customer")).to_have_count(3)
    expect(first.bubbles("customer")).to_have_count(3, timeout=ANSWER_MS)
    assert _bubbles(first.page) == _bubbles(second.page)


def _ids_of(request: Request, text: str) -> list[str]:
    body = json.loads(request.post_data or "{}") if request.url.endswith("/channels/web/messages") else {}
    return [body["id"]] if body.get("text") == text else []


def _bubbles(page: Page) -> list[str]:
    return page.get_by_role("log").locator(".bubble-text").all_inner_texts()
