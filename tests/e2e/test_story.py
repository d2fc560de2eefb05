"""Play the whole story in a browser, once in Chinese and once in English: told once, heard by everybody whom it concerns."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Picture, Window
from tests.e2e.house import House
from tests.e2e.lines import TELLINGS, Lines
from tests.e2e.people import Colleague, Customer

pytestmark = pytest.mark.e2e
CASE = re.compile(r"C\d{6}-\d{4}")


@pytest.mark.parametrize("lines", TELLINGS, ids=lambda lines: lines.language)
def test_a_customer_is_heard_from_the_first_question_to_the_rating(
    house: House, window: Window, picture: Picture, noise: list[str], lines: Lines
) -> None:
    customer = Customer(window(lines.language, PHONE), house, lines.language)
    anna = Colleague(window(lines.language), house, lines.language, "anna")
    anna.sign_in()
    picture(anna.page, f"desk-inbox-empty-{lines.language}")
    case = _tell_the_assistant(customer, lines, picture)
    _be_helped_by_a_person(customer, anna, lines, picture)
    _rate(customer, lines, picture)
    _see_it_in_the_profile(anna, customer, lines, case, picture)
    record = house.record(customer.external_id)
    _see_it_in_the_api(record, lines, case)
    mei = Colleague(window(lines.language), house, lines.language, "mei")
    _approve_the_preference(mei, record["id"], lines, picture)
    assert house.record(customer.external_id)["preferences"][0]["state"] == "approved"
    root = Colleague(window(lines.language), house, lines.language, "root")
    _see_it_in_the_audit(root, record, picture)
    assert noise == []
    _is_refused_the_admin_page(anna, picture)


def _tell_the_assistant(customer: Customer, lines: Lines, picture: Picture) -> str:
    customer.arrive()
    picture(customer.page, f"chat-1-welcome-{lines.language}")
    customer.ask(lines.order, re.compile(r"TJ\d{4}"))
    picture(customer.page, f"chat-2-order-{lines.language}")
    case = CASE.search(customer.ask(lines.complaint, CASE))
    assert case is not None
    customer.ask(lines.preference, customer.say("preference-like", object=lines.object))
    picture(customer.page, f"chat-3-heard-{lines.language}")
    customer.page.get_by_role("button", name=customer.say("Talk to a person"), exact=True).first.click()
    customer.sees_status("A person has been called. Keep writing, they will read everything.")
    picture(customer.page, f"chat-4-waiting-{lines.language}")
    return case.group()


def _be_helped_by_a_person(customer: Customer, anna: Colleague, lines: Lines, picture: Picture) -> None:
    wish = customer.say("I would like to talk to a person.")
    anna.find_waiting(wish)
    picture(anna.page, f"desk-inbox-waiting-{lines.language}")
    anna.open_waiting(wish)
    picture(anna.page, f"desk-talk-waiting-{lines.language}")
    anna.claim()
    customer.sees_status("{name} is with you", name="Anna")
    anna.reply(lines.reply)
    customer.hear("person", lines.reply)
    expect(customer.page.get_by_role("log")).to_contain_text("Anna")
    said_by_bot = customer.bubbles("bot").count()
    customer.write(lines.thanks)
    expect(anna.message(lines.thanks)).to_contain_text(anna.say("Understood as:"), timeout=20_000)
    anna.reply(lines.promise)
    customer.hear("person", lines.promise)
    assert customer.bubbles("bot").count() == said_by_bot, "the bot talked over a person"
    picture(customer.page, f"chat-5-person-{lines.language}")
    picture(anna.page, f"desk-talk-mine-{lines.language}")
    anna.hand_back()
    customer.sees_status("Our assistant")
    picture(anna.page, f"desk-talk-handed-back-{lines.language}")


def _rate(customer: Customer, lines: Lines, picture: Picture) -> None:
    picture(customer.page, f"chat-6-rating-{lines.language}")
    customer.rate("Very good")
    customer.hear("system", customer.say("thanks-for-rating"))
    expect(customer.page.get_by_role("group", name=customer.say("How did we do?"))).to_be_hidden()
    picture(customer.page, f"chat-7-rated-{lines.language}")


def _see_it_in_the_profile(anna: Colleague, customer: Customer, lines: Lines, case: str, picture: Picture) -> None:
    profile = anna.open_record()
    expect(profile).to_contain_text(case)
    expect(profile).to_contain_text(lines.complaint)
    expect(profile).to_contain_text(f"{anna.say('polarity-like')} {lines.object}")
    expect(profile.get_by_role("blockquote").filter(has_text=lines.preference).first).to_be_visible()
    expect(profile).to_contain_text(anna.say("reason-wish"))
    expect(profile).to_contain_text(anna.say("{score} of 5", score="5"))
    expect(profile).to_contain_text(customer.external_id)
    expect(profile.get_by_role("link", name=re.compile(re.escape(anna.say("owner-bot"))))).to_be_visible()
    picture(anna.page, f"desk-profile-{lines.language}")
    anna.go("Complaints")
    expect(anna.page.get_by_role("listitem").filter(has_text=case)).to_contain_text(lines.complaint)
    picture(anna.page, f"desk-complaints-{lines.language}")


def _see_it_in_the_api(record: dict[str, Any], lines: Lines, case: str) -> None:
    assert [one["channel"] for one in record["identities"]] == ["web"]
    (talk,) = record["conversations"]
    assert talk["state"] == "bot"
    messages = talk["messages"]
    heard = {one["text"]: one["intent"] for one in messages if one["author"] == "customer"}
    assert heard[lines.order] == "order_status"
    assert heard[lines.complaint] == "complaint"
    assert heard[lines.preference] == "preference"
    assert lines.reply in [one["text"] for one in messages if one["author"] == "person"]
    assert all(one["sent_at"] and one["text"] for one in messages)
    assert {one["delivery"] for one in messages if one["author"] in ("bot", "person")} == {"sent"}
    assert [(one["number"], one["words"]) for one in record["complaints"]] == [(case, lines.complaint)]
    assert [(one["object"], one["quote"]) for one in record["preferences"]] == [(lines.object, lines.preference)]
    assert [case in one["what"] for one in record["promises"]] == [True]
    assert [one["score"] for one in record["ratings"]] == [5]
    (handoff,) = record["handoffs"]
    assert handoff["reason"] == "wish" and handoff["claimed_at"] and handoff["ended_at"]


def _approve_the_preference(mei: Colleague, customer_id: str, lines: Lines, picture: Picture) -> None:
    mei.sign_in()
    mei.page.get_by_role("searchbox", name=mei.say("Words")).fill(lines.object)
    mei.page.get_by_role("combobox", name=mei.say("State")).select_option("heard")
    mei.button("Look for").click()
    card = mei.page.get_by_role("listitem").filter(has=mei.page.locator(f"a[href$='{customer_id}']"))
    expect(card).to_contain_text(lines.preference)
    picture(mei.page, f"desk-preferences-{lines.language}")
    card.get_by_role("button", name=mei.say("Approve")).click()
    mei.page.get_by_role("combobox", name=mei.say("State")).select_option("approved")
    mei.button("Look for").click()
    expect(card).to_contain_text(mei.say("preference-approved"))
    picture(mei.page, f"desk-preferences-approved-{lines.language}")


def _see_it_in_the_audit(root: Colleague, record: dict[str, Any], picture: Picture) -> None:
    root.sign_in()
    root.go("Audit")
    here = root.page.locator(f"a[href$='{record['conversations'][0]['id']}']")
    rows = root.page.get_by_role("row").filter(has=here).filter(has_text="Anna")
    expect(rows.filter(has_text=root.say("action-conversation.claimed"))).to_have_count(1)
    expect(rows.filter(has_text=root.say("action-conversation.handed_back"))).to_have_count(1)
    picture(root.page, f"desk-audit-{root.language}")


def _is_refused_the_admin_page(anna: Colleague, picture: Picture) -> None:
    answer = anna.page.goto(f"{anna.house.address}/desk/users")
    assert answer is not None and answer.status == 403
    expect(anna.page.get_by_text(anna.say("This page is not for your role."))).to_be_visible()
    picture(anna.page, f"desk-refused-{anna.language}")
