"""Say what WeCom's error codes mean for somebody at the desk.

https://developer.work.weixin.qq.com/document/path/90313
"""

from typing import Final

NAME_TAKEN: Final = 40058
NOT_PERMITTED: Final = 48002
WORDS: Final = {
    40001: "WeCom does not know our secret",
    40007: "the file is gone",
    40013: "WeCom does not know our corporation id",
    40014: "WeCom does not take our access token",
    NAME_TAKEN: "a message of this name was there before, or a field is wrong",
    40096: "there is no such customer",
    42001: "our access token is too old",
    45009: "too many calls",
    45033: "too many calls at once",
    NOT_PERMITTED: "the application may not call this",
    60020: "our address is not among those that may call",
    95000: "there is no such customer-service account",
    95001: "five messages have gone since the customer's last one",
    95002: "the 48 hours after the customer's last message are over",
    95003: "the company is not verified, and the day's customers are used up",
    95004: "there is no such customer-service account",
    95007: "the callback's token is too old",
    95013: "the session has ended; the customer's next message opens it again",
    95014: "this servicer does not serve there",
    95016: "the session cannot be passed on like this",
    95017: "the account is not managed by this application",
    95018: "the session is with somebody else, or has ended",
}


def reason(code: int) -> str:
    """Return what an error of that code says."""
    return f"{code}: {WORDS[code]}"
