"""Go the whole way with the keyboard alone, and let axe look at the pages in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, Window
from tests.e2e.house import House
from tests.e2e.people import ANSWER_MS, Colleague, Customer

pytestmark = pytest.mark.e2e
WISH = "Can I speak to a real person about my kettle?"


def test_customer_and_colleague_need_no_mouse(house: House, window: Window) -> None:
    customer, anna = Customer(window(), house, "en"), Colleague(window(), house, "en", "anna")
    customer.arrive()
    _type(customer.page, customer.draft, WISH)
    _enter(anna)
    inbox = anna.page.get_by_role("region", name=anna.say("Inbox"))
    _press(anna.page, inbox.get_by_role("link").filter(has_text=WISH))
    _press(anna.page, anna.button("Claim"))
    _type(anna.page, anna.draft, "Good day, the kettle ships today.")
    customer.hear("person", "the kettle ships today")
    _press(anna.page, anna.button("Hand back"))
    stars = customer.page.get_by_role("group", name=customer.say("How did we do?"))
    expect(stars).to_be_visible(timeout=ANSWER_MS)
    _reach(customer.page, stars.get_by_role("radio").first)
    for _ in range(3):
        customer.page.keyboard.press("ArrowRight")
    _press(customer.page, customer.page.get_by_role("button", name=customer.say("Send rating")))
    customer.hear("system", customer.say("thanks-for-rating"))
    assert [one["score"] for one in house.record(customer.external_id)["ratings"]] == [4]


def test_axe_finds_no_serious_fault_on_any_page(house: House, window: Window) -> None:
    customer, anna = Customer(window("en", PHONE), house, "en"), Colleague(window(), house, "en", "anna")
    customer.arrive()
    found = _faults(customer.page, "welcome")
    customer.ask("I want to complain, the kettle leaks and nobody cares.", "C2")
    customer.ask("I like green tea", customer.say("preference-like", object="green tea"))
    customer.write("Give me a human please, the kettle leaks.")
    anna.page.goto(house.address + "/desk/")
    found += _faults(anna.page, "sign-in")
    anna.sign_in()
    anna.open_waiting("Give me a human please, the kettle leaks.")
    anna.claim()
    found += _faults(anna.page, "conversation")
    anna.hand_back()
    expect(customer.page.get_by_role("button", name=customer.say("Send rating"))).to_be_visible(timeout=ANSWER_MS)
    found += _faults(customer.page, "chat")
    anna.open_record()
    found += _faults(anna.page, "record")
    root = Colleague(window(), house, "en", "root")
    root.sign_in()
    for place in ("Inbox", "Complaints", "Preferences", "People", "Audit"):
        root.go(place)
        found += _faults(root.page, place)
    assert found == []


def _faults(page: Page, name: str) -> list[str]:
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                places = "; ".join(" ".join(node["target"]) for node in fault["nodes"][:3])
                found.append(f"{name}, {scheme}: {fault['id']} ({fault['help']}) at {places}")
    page.emulate_media(color_scheme="light")
    return found


def _enter(colleague: Colleague) -> None:
    """Sign in; the name field has the focus when the page opens."""
    page = colleague.page
    page.goto(f"{colleague.house.address}/desk/")
    _reach(page, page.get_by_label(colleague.say("Sign-in name")))
    page.keyboard.type(colleague.name)
    page.keyboard.press("Tab")
    page.keyboard.type(colleague.house.passwords[colleague.name])
    page.keyboard.press("Enter")


def _reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    expect(wanted).to_be_visible(timeout=ANSWER_MS)
    for _ in range(60):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"60 times Tab do not reach {wanted}")


def _press(page: Page, wanted: Locator) -> None:
    _reach(page, wanted)
    page.keyboard.press("Enter")


def _type(page: Page, field: Locator, text: str) -> None:
    _reach(page, field)
    page.keyboard.type(text)
    page.keyboard.press("Enter")
