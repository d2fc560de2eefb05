"""Try what must not work: words that are markup, two colleagues with one customer."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Window
from tests.e2e.house import House
from tests.e2e.people import Colleague, Customer

pytestmark = pytest.mark.e2e
HOSTILE = "<b>hi</b><img src=x onerror=\"document.title='stolen'\"><script>document.title='stolen'</script>"


def test_markup_in_a_message_or_a_name_is_shown_as_text(house: House, window: Window, noise: list[str]) -> None:
    customer = Customer(window("en", PHONE), house, "en")
    customer.arrive()
    customer.write(HOSTILE)
    customer.ask("Where is my order?", "TJ")
    expect(customer.bubbles("customer").first).to_contain_text(HOSTILE)
    root = Colleague(window(), house, "en", "root")
    root.sign_in()
    root.go("People")
    eve = _hire(root, "eve", "<i>Eve</i>")
    eve.page = window()
    eve.sign_in()
    customer.write("I would like to talk to a person.")
    customer.sees_status("A person has been called. Keep writing, they will read everything.")
    eve.open_waiting("I would like to talk to a person.")
    expect(eve.message("document.title")).to_contain_text(HOSTILE)
    eve.claim()
    customer.sees_status("{name} is with you", name="<i>Eve</i>")
    eve.reply("Hello, <u>how</u> can I help?")
    customer.hear("person", "Hello, <u>how</u> can I help?")
    eve.hand_back()
    for page in (customer.page, root.page, eve.page):
        assert page.locator("main b, main i > *, main u, main img[src=x]").count() == 0
        assert "stolen" not in page.title()
    assert noise == []


def test_a_second_colleague_who_claims_is_told_who_was_faster(house: House, window: Window) -> None:
    customer = Customer(window("en", PHONE), house, "en")
    customer.arrive()
    words = "Let me talk to a human, my parcel went to Mars."
    customer.write(words)
    anna, bo = (Colleague(window(), house, "en", name) for name in ("anna", "bo"))
    bo.page.route("**/desk/events*", lambda route: route.abort())  # what he sees is a moment old
    for colleague in (anna, bo):
        colleague.sign_in()
        colleague.open_waiting(words)
    anna.claim()
    with bo.page.expect_response("**/claim") as refused:
        bo.button("Claim").click()
    assert refused.value.status == 409
    expect(bo.page.get_by_role("alert")).to_have_text(bo.say("{holder} has this conversation.", holder="Anna"))
    expect(bo.button("Claim")).to_be_hidden()
    expect(bo.draft).to_be_hidden()
    anna.hand_back()


def _hire(root: Colleague, name: str, shown: str) -> Colleague:
    root.page.get_by_label(root.say("Sign-in name")).fill(name)
    root.page.get_by_label(root.say("Name shown to customers")).fill(shown)
    root.button("Add").click()
    status = root.page.get_by_role("main").locator("code")
    expect(status).to_have_count(1)
    root.house.passwords[name] = status.inner_text()
    return Colleague(root.page, root.house, root.language, name)
