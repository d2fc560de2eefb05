"""Hold the ways in which a preference is said in English."""

import re
from typing import Final

from bot.domain.preferences import Polarity

_ADVERB: Final = (
    r"(?:(?:really|just|absolutely|especially|particularly|always|usually|much|also|generally|only|truly|actually|"
    r"definitely|quite|so|do|still) )*"
)
_I: Final = r"\b(?:i|we)"
_AM: Final = r"\b(?:i'm|i am|im|we're|we are)"
_REACH: Final = r"call|calls|calling|phone|ring|ringing|contact|texts?|texting|e-?mails?|emailing|messages?"
_POLITELY: Final = r"(?:(?:please|pls|plz|and|but|also|so|just) )*"
_GIVE: Final = r"deliver|leave|send|put|use|wrap"
_MEANS: Final = r"text|texts|sms|e-?mail|phone|whatsapp|wechat|telegram"
_SIZE: Final = r"(?:uk |us |eu )?[0-9]{1,2}(?:\.5)?|s|m|l|x{1,3}[sl]|small|medium|large"


def _said(polarity: Polarity, *ways: str) -> tuple[Polarity, re.Pattern[str]]:
    return polarity, re.compile("|".join(ways), re.IGNORECASE)


PATTERNS: Final = (
    _said(
        Polarity.AVOID,
        rf"(?:{_AM} |^){_ADVERB}(?:severely |very |highly |deathly )?(?:allergic|intolerant|sensitive) to (?P<object>.+)",
        rf"(?:{_AM} |^)(?P<also>lactose|gluten|dairy|nut|peanut)[- ](?:intolerant|allergic)\b",
        r"\bhave an? (?P<third>\w+) (?:allergy|intolerance)\b",
    ),
    _said(
        Polarity.AVOID,
        rf"{_I} (?:can't|cannot|can not|never|don't|dont|do not|won't) {_ADVERB}(?:eat|drink|wear|use|buy|have|take|answer|"
        rf"pick up|touch|smoke) (?P<object>.+)",
        rf"{_I} {_ADVERB}avoid (?P<also>.+)",
    ),
    _said(
        Polarity.DISLIKE,
        rf"{_I} {_ADVERB}(?:don't|dont|do not|never) {_ADVERB}(?:like|love|enjoy|care for|want|fancy|prefer) (?P<object>.+)",
    ),
    _said(
        Polarity.DISLIKE,
        rf"{_I} {_ADVERB}(?:hate|dislike|detest|loathe|can't stand|cannot stand|can't bear) (?P<object>.+)",
        r"\bnot (?:a|much of a|really a) (?:big )?fan of (?P<also>.+)",
        rf"{_AM} not (?:really )?interested in (?P<third>.+)",
    ),
    _said(
        Polarity.AVOID,
        rf"^{_POLITELY}(?:don't|dont|do not|never|stop|no more) (?:ever |more )?(?P<object>(?:{_REACH})\b.*)",
        rf"^{_POLITELY}(?:never|don't ever|from now on don't) (?P<also>(?:{_GIVE})\b.*)",
    ),
    _said(
        Polarity.WANT,
        r"(?:from now on|in (?:the )?future|going forward|every time|each time),? ?(?:please |always |i'd like |i want |just )*(?P<object>.{3,60})",
        rf"^(?:please |pls |just )*(?:always|only) (?P<also>(?:{_REACH}|{_GIVE}|ring)\b.{{2,50}})",
        rf"^(?:please |pls |just )*(?P<third>(?:{_MEANS}|message) me(?: on \w+)?(?: instead| only| first)?|contact me by (?:{_MEANS})(?: only)?|"
        rf"(?:{_MEANS}) only)$",
        r"^(?P<fourth>[a-z0-9 ]{3,40}?) (?:suits?|works? best for) me\b",
    ),
    _said(
        Polarity.WANT,
        rf"{_AM} (?:a |an )?(?:strict )?(?P<object>vegan|vegetarian|pescatarian|muslim|coeliac|celiac|"
        rf"diabetic)\b",
        r"\bi keep (?P<also>halal|kosher)\b",
    ),
    _said(
        Polarity.WANT,
        rf"{_I} (?:always|only|usually|normally|mostly|generally) (?:eat|drink|wear|use|buy|pay (?:with|by)|want|take|"
        rf"order) (?P<object>.+)",
    ),
    _said(
        Polarity.WANT,
        rf"(?:{_I} (?:wear|take)|my (?:shoe |dress |shirt )?size is|{_AM}) (?:an? )?(?P<object>size (?:{_SIZE}))\b",
        rf"(?:{_I} wear|my (?:shoe |dress |shirt )?size is) (?:an? )?(?P<also>{_SIZE})$",
    ),
    _said(
        Polarity.LIKE,
        rf"{_I} {_ADVERB}(?:like|love|prefer|enjoy|adore|favou?r) (?P<object>.+)",
        rf"{_I}(?:'d| would) {_ADVERB}prefer (?P<also>.+)",
        rf"{_AM} (?:a )?(?:big |huge )?(?:fan of|into|mostly into|fond of|partial to) (?P<third>.+)",
    ),
    _said(
        Polarity.LIKE,
        r"\bmy favou?rite(?: \w+){0,2} (?:is|are) (?P<object>.+)",
        r"^(?P<also>.+) (?:is|are) my favou?rite",
    ),
)
"""Read in this order; the first that fits decides, and its named group is what it is about."""
