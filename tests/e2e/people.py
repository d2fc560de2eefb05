"""Let a customer and a colleague do in a real browser what people do, by what they read on the page."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from bot.words import say
from tests.e2e.house import House

ANSWER_MS: Final = 20_000
"""A turn takes a fraction of a second; a busy machine may take longer, a lost one never comes."""


class Customer:
    """Be the visitor of the web chat."""

    def __init__(self, page: Page, house: House, language: str) -> None:
        self.page, self.house, self.language = page, house, language
        self.external_id = ""

    def say(self, words: str, **values: str) -> str:
        """Give the words that the page uses in this language."""
        return say(self.language, words, **values)

    def arrive(self) -> None:
        """Open the chat for the first time and learn who the server says one is."""
        with self.page.expect_response("**/channels/web/visitors") as visiting:
            self.page.goto(self.house.address + "/")
        self.external_id = visiting.value.json()["id"]
        expect(self.page.get_by_text(self.say("Hello. We are listening."))).to_be_visible()

    def write(self, text: str) -> None:
        """Write a message and send it with Enter."""
        self.draft.fill(text)
        self.draft.press("Enter")
        expect(self.bubbles("customer").filter(has_text=text)).to_have_count(1)

    def ask(self, text: str, answer: str | re.Pattern[str]) -> str:
        """Write a message, wait for the assistant's answer and return its words."""
        self.write(text)
        return self.hear("bot", answer)

    def hear(self, author: str, answer: str | re.Pattern[str]) -> str:
        """Wait until somebody has said something and return it."""
        bubble = self.bubbles(author).filter(has_text=answer).last
        expect(bubble).to_be_visible(timeout=ANSWER_MS)
        return bubble.inner_text()

    def sees_status(self, words: str, **values: str) -> None:
        """Wait until the head of the page says who is there."""
        status = self.page.get_by_role("banner").get_by_role("status")
        expect(status).to_have_text(self.say(words, **values), timeout=ANSWER_MS)

    def rate(self, words: str) -> None:
        """Use the rating control: tap a star, send."""
        self.page.get_by_role("radio", name=self.say(words), exact=True).check()
        self.page.get_by_role("button", name=self.say("Send rating")).click()

    @property
    def draft(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.say("Your message"))

    def bubbles(self, author: str) -> Locator:
        """Return what one author said, on the screen."""
        return self.page.get_by_role("log").locator(f".bubble[data-author={author}]")


class Colleague:
    """Be somebody who works at the desk."""

    def __init__(self, page: Page, house: House, language: str, name: str) -> None:
        self.page, self.house, self.language, self.name = page, house, language, name

    def say(self, words: str, **values: str) -> str:
        """Give the words that the page uses in this language."""
        return say(self.language, words, **values)

    def sign_in(self) -> None:
        """Sign in with the password that the house printed, on the way to the desk."""
        self.page.goto(f"{self.house.address}/desk/")
        self.page.get_by_label(self.say("Sign-in name")).fill(self.name)
        self.page.get_by_label(self.say("Password")).fill(self.house.passwords[self.name])
        self.button("Sign in").click()
        expect(self.page.get_by_role("navigation", name=self.say("Places"))).to_be_visible()

    def go(self, place: str) -> None:
        """Go to a place of the desk by its name in the navigation."""
        places = self.page.get_by_role("navigation", name=self.say("Places"))
        places.get_by_role("link", name=re.compile("^" + re.escape(self.say(place)))).click()
        expect(self.page.get_by_role("heading", level=1, name=self.say(place))).to_be_visible()

    def button(self, words: str) -> Locator:
        """Return the button with these words, and no other."""
        return self.page.get_by_role("button", name=self.say(words), exact=True)

    def find_waiting(self, words: str) -> Locator:
        """Return the row of the list that shows these words, as soon as it is there, without a reload."""
        inbox = self.page.get_by_role("region", name=self.say("Inbox"))
        row = inbox.get_by_role("listitem").filter(has_text=words).get_by_role("link")
        expect(row).to_be_visible(timeout=ANSWER_MS)
        return row

    def open_waiting(self, words: str) -> None:
        """Open the conversation that the list shows with these words."""
        self.find_waiting(words).click()
        expect(self.talk.get_by_text(words, exact=True).first).to_be_visible()

    def claim(self) -> None:
        """Take the open conversation."""
        self.button("Claim").click()
        expect(self.draft).to_be_visible(timeout=ANSWER_MS)

    def reply(self, text: str) -> None:
        """Write to the customer."""
        self.draft.fill(text)
        self.button("Send").click()
        expect(self.message(text)).to_contain_text(self.say("delivery-sent"), timeout=ANSWER_MS)

    def hand_back(self) -> None:
        """Give the conversation back to the assistant."""
        self.button("Hand back").click()
        expect(self.draft).to_be_hidden(timeout=ANSWER_MS)

    def open_record(self) -> Locator:
        """Open the customer's profile page and return what it shows."""
        self.page.get_by_role("link", name=self.say("The whole record")).click()
        expect(self.page).to_have_url(re.compile("/desk/customers/"))
        return self.page.get_by_role("main")

    def message(self, text: str) -> Locator:
        """Return the message with these words in the open conversation."""
        return self.talk.get_by_role("listitem").filter(has_text=text)

    @property
    def draft(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.say("Your reply"))

    @property
    def talk(self) -> Locator:
        return self.page.get_by_role("region", name=self.say("Messages"))
