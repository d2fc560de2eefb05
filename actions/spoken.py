"""Say moments, days and what was noted the way people of each language do, in the time of the shop."""

from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from bot import settings
from bot.domain.language import Language
from bot.domain.preferences import CUSTOMER, Preference
from bot.words import say

_LOCALES: Final[dict[Language, str]] = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "en": "en_GB"}


def moment(at: datetime, language: Language) -> str:
    """Return day and time, like "11月23日周一 18:30" or "Mon 23 Nov, 18:30"."""
    return f"{day(at, language)} {at.astimezone(shop_time()):%H:%M}"


def day(at: datetime, language: Language) -> str:
    """Return the day, like "11月23日周一" or "Mon, 23 Nov"."""
    return format_skeleton("MMMEd", at.astimezone(shop_time()), locale=_LOCALES[language])


def noted(wish: Preference, language: Language) -> str:
    """Return a preference as we have noted it; somebody else's names whose it is, in the customer's words."""
    line = say(language, f"preference-{wish.polarity}", object=wish.object)
    return line if wish.subject == CUSTOMER else say(language, "preference-of-another", line=line, person=wish.subject)


@cache
def shop_time() -> ZoneInfo:
    """Return the zone in which the shop lives."""
    return settings.read().timezone
