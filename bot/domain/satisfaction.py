"""Say what a rating is, and read one from a customer's words."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.ids import ConversationId, CustomerId, MessageId, RatingId, UserId

SCORES: Final = range(1, 6)
"""What a customer may give: from 1 (not at all content) to 5."""

_CHINESE: Final = {"一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5}
_ENGLISH: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_WHOLE: Final = re.compile(
    r"(?:我?[给給打评評]{0,2}|评分[:：]?|評分[:：]?|rating:?|i(?:'d)? (?:give|rate) (?:it|you|this)(?: an?)?)\s*"
    r"(?P<score>[1-5１-５]|[一二两兩三四五]|one|two|three|four|five)\s*"
    r"(?:/\s*5|分|星|颗星|顆星|stars?|points?|out of (?:5|five))?\s*[!！.。~～]*",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"(?<![\d０-９.:/])(?P<score>[1-5１-５]|[一二两兩三四五]|\b(?:one|two|three|four|five)\b)\s*"
    r"(?:/\s*5(?!\d)|分(?![钟鐘之])|[颗顆]?星|stars?\b|points?\b|out of (?:5|five)\b)",
    re.IGNORECASE,
)
_FULL_MARKS: Final = re.compile(r"[满滿]分|full marks|top marks", re.IGNORECASE)


@dataclass(eq=False)
class Rating:
    """Be how content a customer was, 1 (not at all) to 5, about one conversation and the agent in it."""

    id: RatingId
    customer_id: CustomerId
    conversation_id: ConversationId
    score: int
    words: str
    given_at: datetime
    message_id: MessageId | None = None
    agent_id: UserId | None = None


def parse_rating(text: str) -> int | None:
    """Return the score 1-5 if the whole text is a rating ("5", "五星", "★★★★", "4/5"); None otherwise."""
    text = text.strip()
    if text and set(text) <= set("★⭐☆️ "):
        filled = sum(c in "★⭐" for c in text)
        return filled if 1 <= filled <= 5 else None
    found = _WHOLE.fullmatch(text)
    if not found:
        return None
    return _value(found["score"])


def find_rating(text: str) -> int | None:
    """Return the score 1-5 that is named anywhere in the text; None where none is, or where several disagree."""
    whole = parse_rating(text)
    if whole is not None:
        return whole
    scores = {_value(found["score"]) for found in _WITHIN.finditer(text)}
    if _FULL_MARKS.search(text):
        scores.add(5)
    return scores.pop() if len(scores) == 1 else None


def _value(score: str) -> int:
    score = score.lower()
    return _CHINESE.get(score) or _ENGLISH.get(score) or int(score)
